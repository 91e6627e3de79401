"""Who has given way and who has hardened, round by round?"""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from storage.questions.analysis.movement import Movement, course_moves
from storage.questions.analysis.talks import Talks


class Move(NamedTuple):
    """That a party moved in the round with this seq."""

    seq: int
    party: int
    movement: Movement


class Account(NamedTuple):
    """How often one party moved in which way in the round with this seq."""

    seq: int
    party: int
    counts: Mapping[Movement, int]


def moves(talks: Talks, demands: Iterable[int]) -> Iterator[Move]:
    """Each movement on these demands, in whichever round, against the round before it. O(positions)."""
    for demand in demands:
        for course in talks.of_demand(demand).values():
            for change in course_moves(talks, course):
                yield Move(change.after.row.seq, change.party, change.movement)


def ledger(talks: Talks, moved: Mapping[Move, int], seq: int) -> list[Account]:
    """The accounts of each round up to this one, out of how often each move was made: by round, parties in order."""
    counts: dict[tuple[int, int], dict[Movement, int]] = {}
    for move, count in moved.items():
        if move.seq <= seq:
            counts.setdefault((move.seq, move.party), {})[move.movement] = count
    ordered = sorted(counts, key=lambda key: (key[0], talks.party_places[key[1]]))
    return [Account(at, party, counts[at, party]) for at, party in ordered]
