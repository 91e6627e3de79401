"""What happened when, and what is due? Rounds, agreements, deliveries, due dates, statements in one order."""

from typing import Final

from storage.fields import Field, Value
from storage.questions.analysis.talks import Talks
from storage.questions.analysis.timeline import EVENT_KINDS, Event, timeline
from storage.questions.facts import Facts
from storage.questions.table import Origin, Row, Rows, at_hand, computed, id_of
from storage.questions.tables.commitments import commitment_of
from storage.questions.tables.making import made
from storage.questions.tables.registry import Moment, computed_view
from storage.records import Statement

COLUMNS: Final[tuple[Field, ...]] = (
    computed("date", "Date", 11, "date"),
    computed("kind", "Kind", 9, "choice", choices=EVENT_KINDS),
    computed("ref", "Ref", 5, "ref"),
    computed("title", "What", 40),
    Statement.fields["party"],
    computed("estimated", "Estimated", 9, "flag"),
)

HELD_BY: Final = {
    "round": ("rounds", "starts_on"),
    "agreement": ("agreements", "agreed_on"),
    "delivery": ("deliveries", "on_date"),
    "due": ("commitments", "due_on"),
    "statement": ("statements", "said_on"),
}
"""The table and the field that hold the date of an event."""


@computed_view(
    "timeline",
    title="Timeline",
    columns=lambda _facts: COLUMNS,
    watches=("rounds", "parties", "agreements", "commitments", "deliveries", "statements"),
)
def rows(facts: Facts, _moment: Moment) -> Rows:
    """One row per event that has a date."""
    commitments = {each.id: commitment_of(each) for each in facts.commitments}
    statements = facts.provenance.statements.values()
    events = timeline(facts.frame.rounds, facts.agreements, commitments, facts.deliveries, statements)
    return at_hand({_id(event): event for event in events}, lambda event: _row(facts.frame, event))


def _id(event: Event) -> int:
    return id_of(event.kind, event.id)


def _row(talks: Talks, event: Event) -> Row:
    values: dict[str, Value] = {
        "date": event.date,
        "kind": event.kind,
        "ref": event.ref,
        "title": event.title,
        "party": talks.party_ref(event.party),
        "estimated": event.estimated,
    }
    table, field = HELD_BY[event.kind]
    return made(
        talks,
        COLUMNS,
        _id(event),
        values,
        sources={"date": Origin(table, event.id, field)},
        parties=[event.party],
        estimated=["date"] if event.estimated else [],
    )
