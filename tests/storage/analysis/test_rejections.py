"""Who rejected what, and whether it still does."""

from storage.questions.analysis.rejections import by_round, is_current, rejected, up_to
from tests.storage.analysis.small_talks import REFS, said, talks


def told(given, seq):
    rows = {row.id: row for row in rejected(given, given.demands)}
    listed = [rows[id] for id in up_to(seq, by_round(rows.values()))]
    return [(row.seq, f"D{row.demand}", REFS[row.party], is_current(given, row, seq)) for row in listed]


def test_every_rejection_is_listed_by_round_demand_and_party():
    given = talks(
        said(2, "D2", "RUS", "rejects"),
        said(2, "D2", "UKR", "rejects"),
        said(1, "D10", "RUS", "rejects"),
        said(1, "D2", "EU", "rejects"),
        said(1, "D2", "RUS", "accepts"),
    )

    assert told(given, 2) == [
        (1, "D2", "EU", True),
        (1, "D10", "RUS", True),
        (2, "D2", "UKR", True),
        (2, "D2", "RUS", True),
    ]


def test_a_rejection_is_current_while_it_is_the_latest_row_as_of_the_round():
    given = talks(said(1, "D1", "RUS", "rejects"), said(2, "D1", "RUS", "rejects"), said(3, "D1", "RUS", "accepts"))

    assert told(given, 1) == [(1, "D1", "RUS", True)]
    assert told(given, 2) == [(1, "D1", "RUS", False), (2, "D1", "RUS", True)]
    assert told(given, 3) == [(1, "D1", "RUS", False), (2, "D1", "RUS", False)]
