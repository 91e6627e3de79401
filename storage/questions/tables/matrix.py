"""Who stands where on what? Demands down, parties across, in each cell the response of the party and how it moved."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from storage.fields import Field, Value
from storage.questions.analysis.matrix import cell
from storage.questions.analysis.talks import Talks
from storage.questions.analysis.zones import zone
from storage.questions.facts import Facts
from storage.questions.table import NO_ROWS, Cell, Lazy, Origin, Row, Rows, computed
from storage.questions.tables.demand_columns import OF_DEMAND, ZONE, demand_parties, demand_sources, demand_values
from storage.questions.tables.making import made
from storage.questions.tables.registry import Moment, computed_view
from storage.records import Demand

BEFORE_PARTIES: Final = (*OF_DEMAND, ZONE)

CELL_WIDTH: Final = 6


def columns(facts: Facts) -> tuple[Field, ...]:
    """What tells the demand, then every party."""
    return (*BEFORE_PARTIES, *(computed(ref, ref, CELL_WIDTH) for ref in facts.frame.parties_by_ref))


@computed_view(
    "matrix",
    title="Matrix",
    columns=columns,
    parties=lambda facts: facts.frame.parties_by_ref,
    takes=("as_of", "since"),
    watches=("rounds", "parties", "demands", "positions", "links"),
    begins_at_once=True,
    of=Demand,
)
def rows(facts: Facts, moment: Moment) -> Rows:
    """One row per demand raised as of the round; a cell is found when it is looked at."""
    if moment.seqs is None:
        return NO_ROWS
    since, seq = moment.seqs

    def make(demands: Sequence[int]) -> Iterator[Row]:
        finder = _Finder(facts.around(demands), since, seq)
        return (_row(finder, demand) for demand in finder.talks.known(demands))

    return Rows(lambda most: facts.raised(seq, most), make)


class _Finder:
    """Finds the cells of a matrix as of a round."""

    def __init__(self, talks: Talks, since: int | None, seq: int) -> None:
        self.talks = talks
        self.since = since
        self.seq = seq
        self.names = dict.fromkeys([*(each.name for each in BEFORE_PARTIES), *talks.parties_by_ref])
        self.empty = dict.fromkeys(talks.parties_by_ref)

    def cell(self, demand: int, party: str) -> Cell | None:
        """The cell of a party on a demand; None where nothing is recorded."""
        talks = self.talks
        course = talks.of_demand(demand).get(talks.parties_by_ref[party].id)
        found = cell(talks, course, self.since, self.seq) if course else None
        if found is None:
            return None
        row = found.stand.row
        hinge, said_in = talks.demand_ref(row.hinges_on), talks.round_ref(row.seq)
        return Cell(row.response, row.red_line, row.basis, hinge, found.stand.terms, said_in, found.movement, row.id)

    def zone(self, demand: int) -> str | None:
        """The name of a demand's zone; None when it has none."""
        found = zone(self.talks, demand, self.seq)
        return found.name if found else None


def _row(finder: _Finder, id: int) -> Row:
    talks, demand = finder.talks, finder.talks.demands[id]
    own = demand_values(talks, demand)
    row = made(talks, OF_DEMAND, id, own, parties=demand_parties(demand))
    said = [party for party, course in talks.of_demand(id).items() if course[0].seq <= finder.seq]
    empty = {**finder.empty}  # most of two hundred parties have said nothing, and most columns are never looked at
    for party in said:
        del empty[talks.parties[party].ref]
    cells = Lazy(talks.parties_by_ref, lambda party: finder.cell(id, party), empty)

    def value(name: str) -> Value:
        if name in cells:
            found = cells[name]
            return found.words() if found else None
        return finder.zone(id)

    def source(name: str) -> Origin | None:
        if name in cells:
            found = cells[name]
            return Origin("positions", found.id if found else None, "response")
        return demand_sources(demand).get(name)

    return replace(
        row,
        values=Lazy(finder.names, value, {**own, **empty}),
        sources=Lazy(finder.names, source, {}),
        cells=cells,
        parties=row.parties.union(said),
    )
