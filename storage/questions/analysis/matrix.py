"""Who wants what of whom, and how did the others answer, as of a round?"""

from collections.abc import Mapping
from typing import NamedTuple

from storage.questions.analysis.movement import Movement, Stand, moved, stand
from storage.questions.analysis.rows import Demand
from storage.questions.analysis.standing import latest, raised_demands, terms_in_force
from storage.questions.analysis.talks import Course, Talks
from storage.questions.analysis.zones import Zone, zone


class Cell(NamedTuple):
    """What a party stands on, carried forward to the round, and how it got there since an earlier one."""

    stand: Stand
    movement: Movement | None


class Line(NamedTuple):
    """One demand with its zone and a cell for each party that has said something."""

    demand: Demand
    zone: Zone | None
    cells: Mapping[int, Cell]


def cell(talks: Talks, course: Course, since: int | None, seq: int) -> Cell | None:
    """One party's cell; None if nothing is recorded as of the round. O(rounds)."""
    row = latest(course, seq)
    if row is None:
        return None
    after = Stand(row, terms_in_force(course, row))
    if since is None or row.seq <= since or since >= seq:
        return Cell(after, None)
    change = moved(talks, stand(course, since), after, seq)
    return Cell(after, change.movement if change else None)


def cells(talks: Talks, demand: int, since: int | None, seq: int) -> dict[int, Cell]:
    """The cells of one demand by party. O(parties)."""
    found = ((party, cell(talks, course, since, seq)) for party, course in talks.of_demand(demand).items())
    return {party: each for party, each in found if each is not None}


def matrix(talks: Talks, since: int | None, seq: int) -> list[Line]:
    """Every demand raised as of the round, in order. O(positions)."""
    return [
        Line(talks.demands[demand], zone(talks, demand, seq), cells(talks, demand, since, seq))
        for demand in raised_demands(talks, seq)
    ]
