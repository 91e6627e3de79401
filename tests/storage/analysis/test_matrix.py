"""The table itself: who stands where, carried forward, and how each got there."""

from storage.questions.analysis.matrix import matrix
from tests.storage.analysis.small_talks import IDS, REFS, demand, said, talks


def cells(line):
    """Party, response, seq of the row and movement of each cell of a line."""
    return {
        REFS[party]: (cell.stand.row.response, cell.stand.row.seq, cell.movement) for party, cell in line.cells.items()
    }


def test_a_cell_is_carried_forward_and_only_what_moved_is_marked():
    given = talks(said(1, "D1", "UKR", "asks"), said(1, "D1", "RUS", "rejects"), said(2, "D1", "RUS", "accepts"))

    [line] = matrix(given, 1, 2)

    assert cells(line) == {"UKR": ("asks", 1, None), "RUS": ("accepts", 2, "softer")}
    assert line.zone == ("agreed", [IDS["RUS"]], False)


def test_a_party_with_nothing_recorded_has_no_cell_which_is_not_silence():
    given = talks(said(1, "D1", "RUS", "silent"), said(2, "D1", "USA", "accepts"))

    [line] = matrix(given, None, 1)

    assert cells(line) == {"RUS": ("silent", 1, None)}


def test_a_demand_not_yet_raised_is_not_listed():
    given = talks(demands=[demand("D1", first=1), demand("D2", first=2)])

    assert [line.demand.ref for line in matrix(given, None, 1)] == ["D1"]


def test_a_cell_holds_the_terms_in_force():
    given = talks(said(1, "D1", "UKR", "asks", "30 days"), said(2, "D1", "UKR", "asks"))

    [line] = matrix(given, 1, 2)

    [cell] = line.cells.values()
    assert (cell.stand.terms, cell.movement) == ("30 days", None)


def test_movement_is_since_the_round_asked_about():
    given = talks(said(1, "D1", "RUS", "rejects"), said(2, "D1", "RUS", "accepts"), said(4, "D1", "RUS", "silent"))

    assert [cells(matrix(given, since, 3)[0])["RUS"][2] for since in (1, 2, 4, None)] == ["softer", None, None, None]
