"""A record as lines of label and text: its fields, what hangs off it, what it rests on, how it came to be so."""

from collections.abc import Callable, Container, Iterator, Mapping
from functools import partial
from typing import Final, NamedTuple

from storage import (
    RECORDS,
    Assessment,
    Condition,
    Delegate,
    Evidence,
    Field,
    Found,
    Kind,
    Party,
    Round,
    Sort,
    Statement,
    Value,
    View,
    referrers,
    shown,
)
from tui.keys import key_for
from tui.live_store import LiveStore
from tui.signs import glyphs

MOST_OF_A_KIND: Final = 200
MOST_OF_HISTORY: Final = 20

MAIN_FIELD: Final[Mapping[str, str]] = {
    "parties": "standing",
    "people": "office",
    "rounds": "outcome",
    "demands": "status",
    "positions": "response",
    "delegates": "role",
    "links": "kind",
    "agreements": "state",
    "signatories": "role",
    "commitments": "state",
    "deliveries": "amount",
    "sources": "reliability",
    "statements": "text",
    "evidence": "relation",
    "stances": "will",
    "assessments": "rating",
}
"""What `e` edits of a record that hangs off another one."""

IN_LABEL: Final[Mapping[str, tuple[str, ...]]] = {
    "positions": ("round", "demand", "party"),
    "delegates": ("round", "party"),
    "links": ("demand", "other"),
    "signatories": ("party",),
    "deliveries": ("on_date",),
    "stances": ("party",),
    "assessments": ("aspect",),
}
"""What stands at the left of a record that hangs off another one; of the kinds not named here, the ref."""

PLACED: Final[tuple[tuple[str, Kind], ...]] = (("round", Round), ("party", Party))
"""By which references what hangs off a record is ordered, each in the order of its own pane."""

RANKS: Final[Mapping[Value, int]] = {rank: at for at, rank in enumerate((*Delegate.fields["rank"].choices, None))}

LEAST_WORD: Final = 4
"""Letters of the shortest choice that says by itself what it is about."""


class Under(NamedTuple):
    """A new record that would hang off the one shown: its kind, and what it would refer to."""

    kind: Kind
    values: Mapping[str, Value]


class Line(NamedTuple):
    """A label and a text; the record and the field that an edit changes, and what can be added here."""

    label: str
    text: str
    kind: Kind | None = None
    found: Found | None = None
    field: str | None = None
    hangs: bool = False
    """True when the line stands for a whole record that hangs off the one shown."""
    adds: Under | None = None
    read: Callable[[Found], str] | None = None
    """How the text is made of the record, where it is that of a whole one."""

    def is_of(self, other: "Line | None") -> bool:
        """True when both show the same field of the same record, or parts of it."""
        return other is not None and (self.kind, self.field, self.found) == (other.kind, other.field, other.found)


async def lines_of(live: LiveStore, kind: Kind, found: Found) -> list[Line]:
    """Every line of one record."""
    lines = list(own_lines(kind, found))
    for other, reference in referrers(kind.table):
        if other is not Evidence:
            heading = _heading(other, reference, kind)
            lines += await _hanging(live, other, {reference.name: found.id}, heading, reference.required)
    lines += await _about(live, kind, found)
    if kind is Statement:
        lines += await _hanging(live, Evidence, {"statement": found.id}, "", True)
    return lines + await _history(live, kind, found)


def own_lines(kind: Kind, found: Found) -> Iterator[Line]:
    """One line for each field; a reference with the name after its ref."""
    for name, each in kind.fields.items():
        text = shown(each, found, glyphs())
        long = found.long_names.get(name)
        if each.type == "long":
            text = str(found.values[name]) or text
        elif long and long != found.names.get(name):
            text = f"{text}  {long}"
        yield Line(each.label, text, kind, found, name)


def summary(kind: Kind, found: Found, without: tuple[str, ...]) -> str:
    """A record in one line: what its columns show, but for what is known or said already."""
    fields = (kind.fields[name] for name in kind.columns() if name not in without)
    texts = (_without_heading(each, found) for each in fields if not each.is_empty(found.values.get(each.name)))
    return " · ".join(filter(None, texts))


def _without_heading(field: Field, found: Found) -> str:
    """What a cell says where no heading stands over it: a yes, a number, a grade or a role says of what it is one."""
    text = shown(field, found, glyphs())
    label = field.label if field.label.isupper() else field.label.lower()
    if field.type == "flag":
        return text and label
    is_grade = field.type == "choice" and all(len(each) < LEAST_WORD for each in field.choices)
    is_number = field.type in ("integer", "number")
    is_in_a_role = field.refers_to is not None and label != RECORDS[field.refers_to].singular
    return f"{label} {text}" if is_number or is_grade or is_in_a_role else text


def _heading(other: Kind, reference: Field, kind: Kind) -> str:
    """In which role the record is referred to, where that is not its place in the dossier."""
    return "" if other.parent == reference.name else f"{reference.label.lower()}: this {kind.singular}"


async def _hanging(live: LiveStore, kind: Kind, values: Mapping[str, Value], role: str, always: bool) -> list[Line]:
    """A heading and the records of a kind with these values; the heading alone, if that is always there."""
    view = View(kind, where=tuple(Condition(name, "=", value) for name, value in values.items()))
    count = await live.count(view)
    if not count and not always:
        return []
    under = Under(kind, values)
    says = " · ".join(filter(None, (role, "" if count else f"none: {key_for('add')} adds one")))
    heading = Line(f"{kind.title_of_kind} ({count:,})", says, adds=under)
    rows = await _in_order(live, kind, await live.rows(view, await live.find(view, MOST_OF_A_KIND)))
    lines = [_child(kind, row, tuple(values), under) for row in rows]
    more = [Line("", f"and {count - len(rows):,} more", adds=under)] if count > len(rows) else []
    return [Line("", ""), heading, *lines, *more] if lines else [heading]


def _child(kind: Kind, row: Found, known: tuple[str, ...], under: Under) -> Line:
    in_label = IN_LABEL.get(kind.table, ("ref",) if "ref" in kind.fields else ())
    label = [shown(kind.fields[name], row, glyphs()) for name in in_label if name not in known]
    return _hung(" ".join(label), kind, row, under, lambda found: summary(kind, found, (*known, *in_label)))


def _hung(label: str, kind: Kind, row: Found, under: Under, read: Callable[[Found], str]) -> Line:
    return Line(label, read(row), kind, row, MAIN_FIELD[kind.table], hangs=True, adds=under, read=read)


async def _in_order(live: LiveStore, kind: Kind, rows: list[Found]) -> list[Found]:
    """By round, then party, heads before the others; what has neither stays as it is."""
    if kind.fields.keys().isdisjoint(("round", "party")) or kind.order:
        return rows
    places = {name: {id: at for at, id in enumerate(await live.few(of))} for name, of in PLACED}

    def place(row: Found) -> tuple[int, ...]:
        at = (places[name].get(row.id_in(name), -1) for name, _ in PLACED)
        return (*at, RANKS.get(row.values.get("rank"), len(RANKS)))

    return sorted(rows, key=place)


async def _about(live: LiveStore, kind: Kind, found: Found) -> list[Line]:
    """Judgements of the record, and the statements that support or dispute it."""
    about: dict[str, Value] = {"subject": kind.singular, "subject_id": found.id}
    lines: list[Line] = []
    if kind.singular in Assessment.fields["subject"].choices:
        lines += await _hanging(live, Assessment, about, "", True)
    if kind.singular in Evidence.fields["subject"].choices:
        lines += await _statements(live, about)
    return lines


async def _statements(live: LiveStore, about: Mapping[str, Value]) -> list[Line]:
    where = tuple(Condition(name, "=", value) for name, value in about.items())
    view = View(Evidence, where=where, sort=(Sort("relation", descending=True), Sort("statement")))
    rows = await live.rows(view, await live.find(view, MOST_OF_A_KIND))
    under = Under(Evidence, about)
    if not rows:
        none = f"none: no statement supports this; {key_for('evidence')} links or writes one"
        return [Line("Evidence (0)", none, adds=under)]
    lines = [Line("", ""), Line(f"Evidence ({len(rows)})", "", adds=under)]
    said = await live.rows(View(Statement), [row.id_in("statement") for row in rows])
    says = partial(_says, {each.id for each in said if each.values["visibility"] == "internal"})
    return lines + [_hung(shown(Evidence.fields["statement"], row), Evidence, row, under, says) for row in rows]


def _says(internal: Container[int], row: Found) -> str:
    marks = {"disputes": row.values["relation"] == "disputes", "internal": row.id_in("statement") in internal}
    marked = ", ".join(mark for mark, is_so in marks.items() if is_so)
    return f"{marked}{': ' if marked else ''}{row.long_names.get('statement', '')}"


async def _history(live: LiveStore, kind: Kind, found: Found) -> list[Line]:
    steps = (await live.history_of(kind.table, found.id))[-MOST_OF_HISTORY:]
    if not steps:
        return []
    lines = [Line(each.at[:10], f"{each.author}: {each.label}") for each in reversed(steps)]
    return [Line("", ""), Line(f"History ({len(steps)})", ""), *lines]
