"""The rows that every question about demands and answers looks at, put in order once."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final, NamedTuple, TypeVar

from storage.folding import natural
from storage.questions.analysis.rows import Demand, Link, Party, Position, Round

R = TypeVar("R")
"""A round, in whichever form."""

STANDINGS: Final = ("primary", "secondary", "third")

Course = Sequence[Position]
"""What one party said to one demand, by round."""

Conflicts = Mapping[int, frozenset[int]]
"""The demands that each demand conflicts with, whichever of the two the link was written at."""


class Said(NamedTuple):
    """What was said to one demand: every row by round, and the course of each party that ever said something."""

    rows: Sequence[Position]
    courses: Mapping[int, Course]


NOTHING_SAID: Final = Said((), {})


@dataclass(frozen=True)
class Talks:
    """Who asked for what and who answered what, in the orders in which views list them."""

    rounds: Sequence[Round]
    parties: Mapping[int, Party]
    demands: Mapping[int, Demand]
    said: Mapping[int, Said]
    """By demand; one to which nothing was said may be missing."""
    conflicts: Conflicts

    def about(self, demands: Mapping[int, Demand], said: Mapping[int, Said], conflicts: Conflicts) -> "Talks":
        """The same rounds and parties with these demands, in no order."""
        return replace(self, demands=demands, said=said, conflicts=conflicts)

    def of_demand(self, demand: int) -> Mapping[int, Course]:
        """The course of each party that ever said something to the demand."""
        return self.said.get(demand, NOTHING_SAID).courses

    def rows_on(self, demand: int) -> Sequence[Position]:
        """Every row on the demand, by round."""
        return self.said.get(demand, NOTHING_SAID).rows

    @cached_property
    def primary(self) -> frozenset[int]:
        """The parties whose answers a demand without an addressee waits for."""
        return frozenset(party.id for party in self.parties.values() if party.standing == "primary")

    @cached_property
    def usual(self) -> Round | None:
        """The round that a view stands as of unless told otherwise."""
        return usual_round(self.rounds, lambda each: each.status)

    def known(self, demands: Iterable[int]) -> list[int]:
        """Those of the demands that there are."""
        return [each for each in demands if each in self.demands]

    def place(self, demand: int) -> tuple[str, int]:
        """What puts a demand in order among others."""
        return place_of(self.demands[demand])

    @cached_property
    def party_places(self) -> Mapping[int, int]:
        """The place of each party in the order."""
        return {party: place for place, party in enumerate(self.parties)}

    @cached_property
    def parties_by_ref(self) -> Mapping[str, Party]:
        """Each party by its ref, in order."""
        return {party.ref: party for party in self.parties.values()}

    @cached_property
    def rounds_by_seq(self) -> Mapping[int, Round]:
        """Each round by its seq."""
        return {round.seq: round for round in self.rounds}

    def party_ref(self, party: int | None) -> str | None:
        """The ref of a party; None for none."""
        return None if party is None else self.parties[party].ref

    def demand_ref(self, demand: int | None) -> str | None:
        """The ref of a demand; None for none."""
        return None if demand is None else self.demands[demand].ref

    def round_ref(self, seq: int) -> str:
        """The ref of the round with this seq."""
        return self.rounds_by_seq[seq].ref

    def long_name(self, table: str, name: str) -> str:
        """The name or title of a party, demand or round, by its ref; any other record goes by the name that it has."""
        return self._long_names.get(table, {}).get(name, name)

    @cached_property
    def _long_names(self) -> Mapping[str, Mapping[str, str]]:
        return {
            "parties": {each.ref: each.name for each in self.parties.values()},
            "demands": {each.ref: each.title for each in self.demands.values()},
            "rounds": {each.ref: each.title for each in self.rounds},
        }


def usual_round(rounds: Sequence[R], status: Callable[[R], object]) -> R | None:
    """The round that everything stands as of unless told otherwise: the last held, else the last; None without any."""
    among = [each for each in rounds if status(each) == "held"] or rounds
    return among[-1] if among else None


def arranged(
    rounds: Iterable[Round],
    parties: Iterable[Party],
    demands: Iterable[Demand],
    positions: Iterable[Position] = (),
    links: Iterable[Link] = (),
) -> Talks:
    """The rows in the orders of exports: rounds by seq, parties by standing, demands by ref. O(n log n)."""
    return Talks(
        rounds=sorted(rounds, key=lambda each: each.seq),
        parties={each.id: each for each in sorted(parties, key=lambda each: (STANDINGS.index(each.standing), each.id))},
        demands={each.id: each for each in sorted(demands, key=place_of)},
        said=said_of(positions),
        conflicts=conflicts_among(links),
    )


def conflicts_among(links: Iterable[Link]) -> Conflicts:
    """What conflicts by these links."""
    found: dict[int, set[int]] = {}
    for link in links:
        if link.kind == "conflicts":
            found.setdefault(link.demand, set()).add(link.other)
            found.setdefault(link.other, set()).add(link.demand)
    return {id: frozenset(others) for id, others in found.items()}


def place_of(demand: Demand) -> tuple[str, int]:
    """What puts a demand in order among others."""
    return natural(demand.ref), demand.id


def said_of(positions: Iterable[Position]) -> dict[int, Said]:
    """What was said to each demand. O(n log n)."""
    found: dict[int, tuple[list[Position], dict[int, list[Position]]]] = {}
    for row in sorted(positions, key=lambda each: each.seq):
        said = found.get(row.demand)
        if said is None:
            said = found[row.demand] = [], {}
        rows, courses = said
        rows.append(row)
        course = courses.get(row.party)
        if course is None:
            courses[row.party] = [row]
        else:
            course.append(row)
    return {demand: Said(*said) for demand, said in found.items()}
