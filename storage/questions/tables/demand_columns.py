"""The columns that tell which demand a row is about, alike in every view of demands."""

from typing import Final

from storage.fields import Field, Value
from storage.questions.analysis.rows import Demand
from storage.questions.analysis.talks import Talks
from storage.questions.analysis.zones import ZONES, Zone
from storage.questions.table import Origin, computed, reference
from storage.records import Demand as DemandRecord

FIELDS: Final = DemandRecord.fields

DEMAND: Final = reference("demand", FIELDS["ref"].label, FIELDS["ref"].width, "demands")
TITLE: Final = FIELDS["title"]
STATUS: Final = FIELDS["status"]
ZONE: Final = computed("zone", "Zone", 10, "choice", choices=ZONES)

OF_DEMAND: Final[tuple[Field, ...]] = (DEMAND, TITLE, FIELDS["issue"], FIELDS["by_party"], FIELDS["to_party"])


def demand_values(talks: Talks, demand: Demand) -> dict[str, Value]:
    """The values of a demand's own columns."""
    return {
        "demand": demand.ref,
        "title": demand.title,
        "issue": demand.issue,
        "by_party": talks.party_ref(demand.by_party),
        "to_party": talks.party_ref(demand.to_party),
    }


def demand_sources(demand: Demand, *more: str) -> dict[str, Origin]:
    """The fields of the demand behind its own columns."""
    names = {"demand": "ref"} | {name: name for name in ("title", "issue", "by_party", "to_party", *more)}
    return {column: Origin("demands", demand.id, name) for column, name in names.items()}


def demand_parties(demand: Demand) -> frozenset[int]:
    """The parties that a demand names."""
    return frozenset({demand.by_party} | ({demand.to_party} if demand.to_party is not None else set()))


def because_refs(talks: Talks, zone: Zone | None) -> tuple[str, ...]:
    """The refs of what puts a demand into its zone."""
    if zone is None:
        return ()
    if zone.of_demands:
        return tuple(talks.demands[id].ref for id in zone.because)
    return tuple(talks.parties[id].ref for id in zone.because)
