"""Who has given way and who has hardened, round by round?"""

from collections import Counter, defaultdict
from collections.abc import Mapping
from itertools import pairwise
from typing import NamedTuple

from storage.analysis.movement import Movement, Stand, moved
from storage.analysis.standing import terms_in_force
from storage.analysis.talks import Course, Talks


class Account(NamedTuple):
    """How often one party moved in which way in the round with this seq."""

    seq: int
    party: int
    counts: Mapping[Movement, int]


def ledger(talks: Talks, seq: int) -> list[Account]:
    """The movements of each round up to this one against the round before it: by round, then parties in order.

    Only a row of the round itself can have moved a party, and what it moved from is its row before: one walk over
    all rows. In the first round nothing moves. O(positions).
    """
    first = talks.rounds[0].seq if talks.rounds else seq
    counts: dict[tuple[int, int], Counter[Movement]] = defaultdict(Counter)
    for courses in talks.courses.values():
        for party, course in courses.items():
            for at, movement in _movements(talks, course, first, seq):
                counts[at, party][movement] += 1
    ordered = sorted(counts, key=lambda key: (key[0], talks.party_places[key[1]]))
    return [Account(at, party, counts[at, party]) for at, party in ordered]


def _movements(talks: Talks, course: Course, first: int, seq: int) -> list[tuple[int, Movement]]:
    found = []
    for before, row in pairwise((None, *course)):
        if row is None or not first < row.seq <= seq:
            continue
        earlier = None if before is None else Stand(before, terms_in_force(course, before))
        change = moved(talks, earlier, Stand(row, terms_in_force(course, row)), row.seq)
        if change is not None:
            found.append((row.seq, change.movement))
    return found
