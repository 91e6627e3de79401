"""Who has rejected what, in which words, and when?"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from storage.analysis.rows import Position, Statement
from storage.analysis.standing import latest
from storage.analysis.talks import Talks


class Rejection(NamedTuple):
    """One rejection, what was said, and whether the party still stands on it."""

    row: Position
    statements: Sequence[Statement]
    current: bool


def rejections(talks: Talks, supporting: Mapping[int, Sequence[Statement]], seq: int) -> list[Rejection]:
    """Every rejection up to the round: by round, demand, party. O(positions).

    `supporting` holds the statements that support each position, by its id.
    """
    found = [row for at, rows in talks.by_seq.items() if at <= seq for row in rows if row.response == "rejects"]
    found.sort(key=lambda row: (row.seq, talks.places[row.demand], talks.party_places[row.party]))
    return [Rejection(row, supporting.get(row.id, ()), _is_current(talks, row, seq)) for row in found]


def _is_current(talks: Talks, row: Position, seq: int) -> bool:
    return latest(talks.courses[row.demand][row.party], seq) is row
