"""Where is agreement possible, and what is blocked, demand by demand?"""

from collections.abc import Iterator, Sequence
from typing import Final

from storage.fields import Field
from storage.questions.analysis.rows import Demand
from storage.questions.analysis.standing import latest
from storage.questions.analysis.talks import Talks
from storage.questions.analysis.zones import zone
from storage.questions.facts import Facts
from storage.questions.table import NO_ROWS, Row, Rows, computed
from storage.questions.tables.demand_columns import (
    OF_DEMAND,
    STATUS,
    ZONE,
    because_refs,
    demand_parties,
    demand_sources,
    demand_values,
)
from storage.questions.tables.making import made
from storage.questions.tables.registry import Moment, computed_view
from storage.records import Demand as DemandRecord

COLUMNS: Final[tuple[Field, ...]] = (*OF_DEMAND, STATUS, ZONE, computed("because", "Because", 16, "list"))


@computed_view(
    "zones",
    title="Zones",
    columns=lambda _facts: COLUMNS,
    takes=("as_of",),
    watches=("rounds", "parties", "demands", "positions", "links"),
    begins_at_once=True,
    of=DemandRecord,
)
def rows(facts: Facts, moment: Moment) -> Rows:
    """One row per demand raised as of the round."""
    if moment.as_of is None:
        return NO_ROWS
    seq = moment.as_of.seq

    def make(demands: Sequence[int]) -> Iterator[Row]:
        talks = facts.around(demands)
        return (_row(talks, talks.demands[demand], seq) for demand in talks.known(demands))

    return Rows(lambda most: facts.raised(seq, most), make)


def _row(talks: Talks, demand: Demand, seq: int) -> Row:
    found = zone(talks, demand.id, seq)
    values = demand_values(talks, demand) | {
        "status": demand.status,
        "zone": found.name if found else None,
        "because": because_refs(talks, found),
    }
    parties = frozenset(found.because) if found and not found.of_demands else frozenset()
    return made(
        talks,
        OF_DEMAND,
        demand.id,
        values,
        sources=demand_sources(demand, "status"),
        parties=demand_parties(demand) | parties,
        inferred=_inferred(talks, demand.id, parties, seq),
    )


def _inferred(talks: Talks, demand: int, parties: frozenset[int], seq: int) -> list[str]:
    """The refs of those whose answer, which makes the zone, is only inferred."""
    courses = talks.of_demand(demand)
    rows = {party: latest(courses.get(party, ()), seq) for party in parties}
    return [talks.parties[party].ref for party, row in rows.items() if row and row.basis == "inferred"]
