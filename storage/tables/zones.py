"""Where agreement is possible and what is blocked, demand by demand."""

from collections.abc import Sequence
from typing import Final

from storage.analysis.rows import Demand
from storage.analysis.standing import latest, raised_demands
from storage.analysis.zones import zone
from storage.facts import Facts
from storage.fields import Field
from storage.table import Row, Rows, computed
from storage.tables.demand_columns import (
    OF_DEMAND,
    STATUS,
    ZONE,
    because_refs,
    demand_parties,
    demand_sources,
    demand_values,
)
from storage.tables.making import made
from storage.tables.registry import Moment, computed_view

COLUMNS: Final[tuple[Field, ...]] = (*OF_DEMAND, STATUS, ZONE, computed("because", "Because", 16, "list"))


@computed_view(
    "zones",
    title="Zones",
    columns=lambda _facts: COLUMNS,
    takes=("as_of",),
    watches=("rounds", "parties", "demands", "positions", "links"),
)
def rows(facts: Facts, moment: Moment) -> Sequence[Row]:
    """One row per demand raised as of the round."""
    if moment.as_of is None:
        return ()
    seq = moment.as_of.seq
    return Rows(list(raised_demands(facts.talks, seq)), lambda demand: _row(facts, facts.talks.demands[demand], seq))


def _row(facts: Facts, demand: Demand, seq: int) -> Row:
    found = zone(facts.talks, demand.id, seq)
    values = demand_values(facts, demand) | {
        "status": demand.status,
        "zone": found.name if found else None,
        "because": because_refs(facts, found),
    }
    parties = frozenset(found.because) if found and not found.of_demands else frozenset()
    return made(
        facts,
        OF_DEMAND,
        demand.id,
        values,
        sources=demand_sources(demand, "status"),
        parties=demand_parties(demand) | parties,
        inferred=_inferred(facts, demand.id, parties, seq),
    )


def _inferred(facts: Facts, demand: int, parties: frozenset[int], seq: int) -> list[str]:
    """The refs of those whose answer, which makes the zone, is only inferred."""
    courses = facts.talks.of_demand(demand)
    rows = {party: latest(courses.get(party, ()), seq) for party in parties}
    return [facts.talks.parties[party].ref for party, row in rows.items() if row and row.basis == "inferred"]
