"""Who has rejected what, and when?"""

from array import array
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

from storage.questions.analysis.rows import Position
from storage.questions.analysis.standing import latest
from storage.questions.analysis.talks import Talks

ByRound = Mapping[int, "array[int]"]
"""The ids of rows by the seq of their round; those of a round in the order in which views list them."""


def rejected(talks: Talks, demands: Iterable[int]) -> Iterator[Position]:
    """Every row that rejects one of these demands: by demand, parties in order, then by round. O(positions)."""
    for demand in demands:
        courses = talks.of_demand(demand)
        for party in sorted(courses, key=talks.party_places.__getitem__):
            yield from (row for row in courses[party] if row.response == "rejects")


def by_round(rows: Iterable[Position]) -> ByRound:
    """Rows that come by demand and party."""
    found: dict[int, array[int]] = {}
    for row in rows:
        found.setdefault(row.seq, array("q")).append(row.id)
    return found


def up_to(seq: int, ids: ByRound) -> "array[int]":
    """The ids of all rows up to the round: by round, demand, party."""
    return array("q", chain.from_iterable(ids[at] for at in sorted(ids) if at <= seq))


def is_current(talks: Talks, row: Position, seq: int) -> bool:
    """True when the party still stands on the row as of the round. O(rounds)."""
    return latest(talks.of_demand(row.demand)[row.party], seq) is row
