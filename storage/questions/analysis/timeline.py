"""What happened, what is due, and what was said, in one order?"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final, NamedTuple

from storage.folding import natural
from storage.questions.analysis.rows import Agreement, Commitment, Delivery, Round, Statement

EVENT_KINDS: Final = ("round", "agreement", "delivery", "due", "statement")


class Event(NamedTuple):
    """Something dated: of which kind, and which record it is read from."""

    date: str
    kind: str
    ref: str
    title: str
    party: int | None
    estimated: bool
    id: int
    """Of the record that holds the date."""


def timeline(
    rounds: Iterable[Round],
    agreements: Iterable[Agreement],
    commitments: Mapping[int, Commitment],
    deliveries: Iterable[Delivery],
    statements: Iterable[Statement],
) -> list[Event]:
    """Everything that has a date: by date, then by kind, then by ref; no round bounds it. O(n log n)."""
    found = [
        *_dated("round", ((each.starts_on, each.ref, each.title, None, each.id) for each in rounds)),
        *_dated("agreement", ((each.agreed_on, each.ref, each.title, None, each.id) for each in agreements)),
        *(_delivered(each, commitments[each.commitment]) for each in deliveries),
        *(_due(each, each.due_on) for each in commitments.values() if each.due_on),
        *_dated("statement", ((each.said_on, each.ref, each.text, each.party, each.id) for each in statements)),
    ]
    return sorted(found, key=lambda each: (each.date, EVENT_KINDS.index(each.kind), natural(each.ref), each.id))


Dated = tuple[str | None, str, str, int | None, int]


def _dated(kind: str, events: Iterable[Dated]) -> Iterator[Event]:
    for date, ref, title, party, id in events:
        if date:
            yield Event(date, kind, ref, title, party, False, id)


def _delivered(delivery: Delivery, commitment: Commitment) -> Event:
    """What was delivered goes by the commitment's ref and by who had promised it."""
    return Event(delivery.on_date, "delivery", commitment.ref, delivery.note, commitment.by_party, False, delivery.id)


def _due(commitment: Commitment, due_on: str) -> Event:
    estimated = commitment.due_basis == "estimated"
    return Event(due_on, "due", commitment.ref, commitment.text, commitment.by_party, estimated, commitment.id)
