"""Who has given way and who has hardened, round by round?"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import NamedTuple

from storage.questions.analysis.movement import Movement, Stand, moved
from storage.questions.analysis.standing import terms_in_force
from storage.questions.analysis.talks import Course, Talks


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
    """Each movement on these demands, in whichever round, against the round before it. O(positions).

    Only a row of the round itself can have moved a party, and what it moved from is its row before. In the first
    round nothing moves.
    """
    for demand in demands:
        for course in talks.of_demand(demand).values():
            yield from _moves(talks, course)


def ledger(talks: Talks, moved: Mapping[Move, int], seq: int) -> list[Account]:
    """The accounts of each round up to this one, out of how often each move was made: by round, parties in order."""
    counts: dict[tuple[int, int], dict[Movement, int]] = {}
    for move, count in moved.items():
        if move.seq <= seq:
            counts.setdefault((move.seq, move.party), {})[move.movement] = count
    ordered = sorted(counts, key=lambda key: (key[0], talks.party_places[key[1]]))
    return [Account(at, party, counts[at, party]) for at, party in ordered]


def _moves(talks: Talks, course: Course) -> Iterator[Move]:
    first = talks.rounds[0].seq
    for before, row in pairwise((None, *course)):
        if row is None or row.seq <= first:
            continue
        earlier = None if before is None else Stand(before, terms_in_force(course, before))
        change = moved(talks, earlier, Stand(row, terms_in_force(course, row)), row.seq)
        if change is not None:
            yield Move(row.seq, row.party, change.movement)
