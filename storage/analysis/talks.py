"""The rows that every question about demands and answers looks at, put in order once."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from storage.analysis.rows import Demand, Link, Party, Position, Round
from storage.folding import natural

STANDINGS: Final = ("primary", "secondary", "third")

Course = Sequence[Position]
"""What one party said to one demand, by round."""

Courses = Mapping[int, Mapping[int, Course]]
"""Every course, by demand, then by party."""

NO_COURSES: Final[Mapping[int, Course]] = {}


@dataclass(frozen=True)
class Talks:
    """Who asked for what and who answered what, in the orders in which views list them."""

    rounds: Sequence[Round]
    parties: Mapping[int, Party]
    demands: Mapping[int, Demand]
    courses: Courses
    conflicts: Mapping[int, frozenset[int]]
    """The demands that each demand conflicts with, whichever of the two the link was written at."""

    def of_demand(self, demand: int) -> Mapping[int, Course]:
        """The course of each party that ever said something to the demand."""
        return self.courses.get(demand, NO_COURSES)

    @cached_property
    def primary(self) -> frozenset[int]:
        """The parties whose answers a demand without an addressee waits for."""
        return frozenset(party.id for party in self.parties.values() if party.standing == "primary")

    @cached_property
    def usual(self) -> Round | None:
        """The round that a view stands as of unless told otherwise: the last held, else the last; None without any."""
        held = [each for each in self.rounds if each.status == "held"]
        among = held or self.rounds
        return among[-1] if among else None

    @cached_property
    def raised(self) -> Mapping[int, int]:
        """The seq from which each demand is listed: its first round's or its first position's, the earlier.

        A demand with neither is missing, and is always listed. O(positions).
        """
        found = {id: demand.first for id, demand in self.demands.items() if demand.first is not None}
        for id, courses in self.courses.items():
            first = min(course[0].seq for course in courses.values())
            found[id] = min(first, found.get(id, first))
        return found

    @cached_property
    def places(self) -> Mapping[int, int]:
        """The place of each demand in the order."""
        return {demand: place for place, demand in enumerate(self.demands)}

    @cached_property
    def party_places(self) -> Mapping[int, int]:
        """The place of each party in the order."""
        return {party: place for place, party in enumerate(self.parties)}

    @cached_property
    def by_seq(self) -> Mapping[int, Sequence[Position]]:
        """The positions of each round. O(positions)."""
        found: dict[int, list[Position]] = {}
        for courses in self.courses.values():
            for course in courses.values():
                for row in course:
                    found.setdefault(row.seq, []).append(row)
        return found


def arranged(
    rounds: Iterable[Round],
    parties: Iterable[Party],
    demands: Iterable[Demand],
    courses: Courses,
    links: Iterable[Link] = (),
) -> Talks:
    """The rows in the orders of exports: rounds by seq, parties by standing, demands by ref. O(n log n)."""
    conflicts: dict[int, set[int]] = {}
    for link in links:
        if link.kind == "conflicts":
            conflicts.setdefault(link.demand, set()).add(link.other)
            conflicts.setdefault(link.other, set()).add(link.demand)
    return Talks(
        rounds=sorted(rounds, key=lambda each: each.seq),
        parties={each.id: each for each in sorted(parties, key=lambda each: (STANDINGS.index(each.standing), each.id))},
        demands={each.id: each for each in sorted(demands, key=lambda each: (natural(each.ref), each.id))},
        courses=courses,
        conflicts={id: frozenset(others) for id, others in conflicts.items()},
    )


def courses_of(positions: Iterable[Position]) -> dict[int, dict[int, list[Position]]]:
    """The positions of each party on each demand, by round. O(n log n)."""
    found: dict[int, dict[int, list[Position]]] = {}
    for row in sorted(positions, key=lambda each: each.seq):
        courses = found.get(row.demand)
        if courses is None:
            courses = found[row.demand] = {}
        course = courses.get(row.party)
        if course is None:
            courses[row.party] = [row]
        else:
            course.append(row)
    return found
