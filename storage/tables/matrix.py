"""Pane 5: demands down, parties across, in each cell what the party stands on and how it moved."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from storage.analysis.matrix import cell
from storage.analysis.rows import Demand
from storage.analysis.standing import raised_demands
from storage.analysis.zones import zone
from storage.facts import Facts
from storage.fields import Field, Value
from storage.table import Cell, Lazy, Origin, Row, Rows, computed
from storage.tables.demand_columns import OF_DEMAND, ZONE, demand_parties, demand_sources, demand_values
from storage.tables.making import made
from storage.tables.registry import Moment, computed_view

BEFORE_PARTIES: Final = (*OF_DEMAND, ZONE)

CELL_WIDTH: Final = 6


def columns(facts: Facts) -> tuple[Field, ...]:
    """What tells the demand, then every party."""
    return (*BEFORE_PARTIES, *(computed(each.ref, each.ref, CELL_WIDTH) for each in facts.talks.parties.values()))


@computed_view(
    "matrix",
    title="Matrix",
    columns=columns,
    takes=("as_of", "since"),
    watches=("rounds", "parties", "demands", "positions", "links"),
)
def rows(facts: Facts, moment: Moment) -> Sequence[Row]:
    """One row per demand raised as of the round; a cell is found when it is looked at."""
    if moment.seqs is None:
        return ()
    since, seq = moment.seqs
    finder = _Finder(facts, since, seq)
    return Rows(list(raised_demands(facts.talks, seq)), lambda demand: _row(finder, facts.talks.demands[demand]))


class _Finder:
    """Finds the cells of a matrix as of a round."""

    def __init__(self, facts: Facts, since: int | None, seq: int) -> None:
        self.facts = facts
        self.since = since
        self.seq = seq
        self.names = dict.fromkeys([*(each.name for each in BEFORE_PARTIES), *facts.parties_by_ref])

    def cell(self, demand: int, party: str) -> Cell | None:
        """The cell of a party on a demand; None where nothing is recorded."""
        facts = self.facts
        course = facts.talks.of_demand(demand).get(facts.parties_by_ref[party].id)
        found = cell(facts.talks, course, self.since, self.seq) if course else None
        if found is None:
            return None
        row = found.stand.row
        hinge = None if row.hinges_on is None else facts.demand_refs[row.hinges_on]
        said_in = facts.round_refs[row.seq]
        return Cell(row.response, row.red_line, row.basis, hinge, found.stand.terms, said_in, found.movement, row.id)

    def zone(self, demand: int) -> str | None:
        """The name of a demand's zone; None when it has none."""
        found = zone(self.facts.talks, demand, self.seq)
        return found.name if found else None


def _row(finder: _Finder, demand: Demand) -> Row:
    facts = finder.facts
    own = demand_values(facts, demand)
    row = made(facts, OF_DEMAND, demand.id, own, parties=demand_parties(demand))
    cells = Lazy(facts.parties_by_ref, lambda party: finder.cell(demand.id, party))
    said = (party for party, course in facts.talks.of_demand(demand.id).items() if course[0].seq <= finder.seq)

    def value(name: str) -> Value:
        if name in cells:
            found = cells[name]
            return found.words() if found else None
        return finder.zone(demand.id) if name == ZONE.name else own[name]

    def source(name: str) -> Origin | None:
        if name in cells:
            found = cells[name]
            return Origin("positions", found.id if found else None, "response")
        return demand_sources(demand).get(name)

    return replace(
        row,
        values=Lazy(finder.names, value),
        sources=Lazy(finder.names, source),
        cells=cells,
        parties=row.parties.union(said),
    )
