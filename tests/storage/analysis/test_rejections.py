"""Who rejected what, in which words, and whether it still does."""

from storage.analysis.rejections import rejections
from storage.analysis.rows import Statement
from tests.storage.analysis.small_talks import REFS, said, talks


def told(given, seq, supporting=None):
    return [
        (each.row.seq, f"D{each.row.demand}", REFS[each.row.party], each.current)
        for each in rejections(given, supporting or {}, seq)
    ]


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


def test_a_rejection_tells_the_statements_that_support_it():
    row = said(1, "D1", "RUS", "rejects")
    statement = Statement(1, "4b", 1, None, None, "Russia would not.", 6)

    [found] = rejections(talks(row), {row.id: [statement]}, 1)

    assert found.statements == [statement]
