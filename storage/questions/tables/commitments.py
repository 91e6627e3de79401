"""What was promised, how much of it came, and what is overdue?"""

from collections.abc import Sequence
from typing import Final

from storage.fields import Field
from storage.questions.analysis.commitments import TIMINGS, progress
from storage.questions.analysis.rows import Commitment, Delivery
from storage.questions.facts import Facts
from storage.questions.table import Origin, Row, Rows, at_hand, computed
from storage.questions.tables.registry import Moment, computed_view
from storage.record import references
from storage.records import Commitment as CommitmentRecord
from storage.store import Found

STORED: Final = CommitmentRecord.fields

COLUMNS: Final[tuple[Field, ...]] = (
    *STORED.values(),
    computed("delivered", "Delivered", 9, "number"),
    computed("percent", "Percent", 7, "integer"),
    computed("level", "Level", 5, "integer"),
    computed("timing", "Timing", 14, "choice", choices=TIMINGS),
)

PARTIES: Final = tuple(each.name for each in references(CommitmentRecord) if each.refers_to == "parties")


@computed_view(
    "commitments",
    title="Commitments",
    columns=lambda _facts: COLUMNS,
    takes=("on",),
    watches=("parties", "agreements", "commitments", "deliveries"),
    of=CommitmentRecord,
)
def rows(facts: Facts, moment: Moment) -> Rows:
    """One row per commitment, by ref."""
    by_commitment: dict[int, list[Delivery]] = {}
    for delivery in facts.deliveries:
        by_commitment.setdefault(delivery.commitment, []).append(delivery)
    return at_hand(
        {found.id: found for found in facts.commitments},
        lambda found: _row(found, by_commitment.get(found.id, ()), moment.on),
    )


def commitment_of(found: Found) -> Commitment:
    """The record as the questions look at it."""
    return Commitment._make((found.id, *(found.values[name] for name in Commitment._fields[1:])))


def _row(found: Found, deliveries: Sequence[Delivery], on: str) -> Row:
    reached = progress(commitment_of(found), deliveries, on)
    return Row(
        found.id,
        {name: found.machine(name) for name in STORED} | reached._asdict(),
        found.names,
        found.long_names,
        sources={name: Origin("commitments", found.id, name) for name in STORED},
        parties=frozenset(id for name in PARTIES if isinstance(id := found.values[name], int)),
    )
