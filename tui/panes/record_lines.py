"""A record as lines of label and text: its fields, what hangs off it, what it rests on, how it came to be so."""

from collections.abc import Iterator
from dataclasses import dataclass

from storage import RECORDS, Condition, Evidence, Found, Kind, Statement, View, referrers, shown
from tui.live_store import LiveStore

MOST_OF_A_KIND = 200
MOST_OF_HISTORY = 20


@dataclass(frozen=True, slots=True)
class Line:
    """A label and a text; the field that it shows, or, without a field, the record that it stands for."""

    label: str
    text: str
    kind: Kind | None = None
    found: Found | None = None
    field: str | None = None


async def lines_of(live: LiveStore, kind: Kind, found: Found) -> list[Line]:
    """Every line of one record."""
    lines = list(own_lines(kind, found))
    for other, field in referrers(kind.table):
        if other is not Evidence:
            lines += await _hanging(live, other, (Condition(field.name, "=", found.id),), field.name)
    lines += await _about(live, kind, found)
    if kind is Statement:
        lines += await _hanging(live, Evidence, (Condition("statement", "=", found.id),), "statement")
    return lines + await _history(live, kind, found)


def own_lines(kind: Kind, found: Found) -> Iterator[Line]:
    """One line for each field; a reference with the name behind its ref."""
    for name, field in kind.fields.items():
        text = shown(field, found)
        long = found.long_names.get(name)
        if field.type == "long":
            text = str(found.values[name]) or text
        elif long and long != found.names.get(name):
            text = f"{text}  {long}"
        yield Line(field.label, text, kind, found, name)


def summary(kind: Kind, found: Found, without: str) -> str:
    """A record in one line: what its columns show, but for the record that it hangs off."""
    texts = (shown(kind.fields[name], found) for name in kind.columns() if name != without)
    return " · ".join(text for text in texts if text and text != "∅")


async def _hanging(live: LiveStore, kind: Kind, where: tuple[Condition, ...], without: str) -> list[Line]:
    view = View(kind, where=where)
    ids = await live.find(view, MOST_OF_A_KIND)
    if not ids:
        return []
    rows = await live.rows(view, ids)
    heading = f"{kind.title_of_kind} ({await live.count(view)})"
    return [Line("", ""), Line(heading, "")] + [Line("", summary(kind, row, without), kind, row) for row in rows]


async def _about(live: LiveStore, kind: Kind, found: Found) -> list[Line]:
    """Judgements of the record, and the statements that support or dispute it."""
    lines: list[Line] = []
    for other in (RECORDS["assessments"], Evidence):
        if kind.singular in other.fields["subject"].choices:
            about = (Condition("subject", "=", kind.singular), Condition("subject_id", "=", found.id))
            if other is Evidence:
                lines += await _statements(live, about)
            else:
                lines += await _hanging(live, other, about, "subject_id")
    return lines


async def _statements(live: LiveStore, about: tuple[Condition, ...]) -> list[Line]:
    view = View(Evidence, where=about)
    rows = await live.rows(view, await live.find(view, MOST_OF_A_KIND))
    if not rows:
        return [Line("", ""), Line("Evidence", "none: no statement supports this")]
    lines = [Line("", ""), Line(f"Evidence ({len(rows)})", "")]
    for row in rows:
        says = "" if row.values["relation"] == "supports" else "disputes: "
        lines.append(Line(row.names["statement"], f"{says}{row.long_names['statement']}", Evidence, row))
    return lines


async def _history(live: LiveStore, kind: Kind, found: Found) -> list[Line]:
    steps = (await live.history_of(kind.table, found.id))[-MOST_OF_HISTORY:]
    if not steps:
        return []
    lines = [Line(each.at[:10], f"{each.author}: {each.label}") for each in reversed(steps)]
    return [Line("", ""), Line(f"History ({len(steps)})", ""), *lines]
