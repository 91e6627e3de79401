"""One cell of the table: what a party stands on, carried forward, and how it got there."""

from storage.questions.analysis.matrix import cell
from tests.storage.analysis.small_talks import IDS, said, talks


def cell_of(given, party, since, seq):
    """A party's cell of D1."""
    return cell(given, given.of_demand(1)[IDS[party]], since, seq)


def told(given, party, since, seq):
    """Response, seq of the row and movement of a party's cell of D1."""
    stand, movement = cell_of(given, party, since, seq)
    return stand.row.response, stand.row.seq, movement


def test_a_cell_is_carried_forward_and_only_what_moved_is_marked():
    given = talks(said(1, "D1", "UKR", "asks"), said(1, "D1", "RUS", "rejects"), said(2, "D1", "RUS", "accepts"))

    assert told(given, "UKR", 1, 2) == ("asks", 1, None)
    assert told(given, "RUS", 1, 2) == ("accepts", 2, "softer")


def test_a_party_with_nothing_recorded_has_no_cell_which_is_not_silence():
    given = talks(said(1, "D1", "RUS", "silent"), said(2, "D1", "USA", "accepts"))

    assert told(given, "RUS", None, 1) == ("silent", 1, None)
    assert cell_of(given, "USA", None, 1) is None


def test_a_cell_holds_the_terms_in_force():
    given = talks(said(1, "D1", "UKR", "asks", "30 days"), said(2, "D1", "UKR", "asks"))

    stand, movement = cell_of(given, "UKR", 1, 2)

    assert (stand.terms, movement) == ("30 days", None)


def test_movement_is_since_the_round_asked_about():
    given = talks(said(1, "D1", "RUS", "rejects"), said(2, "D1", "RUS", "accepts"), said(4, "D1", "RUS", "silent"))

    assert [told(given, "RUS", since, 3)[2] for since in (1, 2, 4, None)] == ["softer", None, None, None]
