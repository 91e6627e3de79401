"""What a step is called in the log and in the status line."""

import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, cast

from storage.changes import Edit
from storage.fields import Field, Value, spoken
from storage.questions.reading import keys
from storage.record import RECORDS, Kind, counted_records
from storage.showing import SIGNS, as_text

LONGEST_VALUE: Final = 40


def of_edit(connection: sqlite3.Connection, edit: Edit) -> str:
    """`D1 status open → agreed`; asked while the row is there."""
    kind, field = RECORDS[edit.table], _field(edit)
    [key] = keys(connection, kind, [edit.id])
    if field.type in ("long", "list", "subject_id"):
        return f"{key} {spoken(field.name)} changed"
    return f"{key} {of_companion(connection, edit)}"


def of_same_edits(connection: sqlite3.Connection, edit: Edit, count: int) -> str:
    """`status → agreed in 5 demands`, of an edit that was made in each of that many records."""
    after = of_value(connection, _field(edit), cast(Value, edit.after))
    return f"{spoken(edit.field or '')} → {after} in {RECORDS[edit.table].counted(count)}"


def of_companion(connection: sqlite3.Connection, edit: Edit) -> str:
    """`due basis none → stated` for a field that an edit took along."""
    before, after = of_two_values(connection, _field(edit), cast(Value, edit.before), cast(Value, edit.after))
    return f"{spoken(edit.field or '')} {before} → {after}"


def _field(edit: Edit) -> Field:
    return RECORDS[edit.table].fields[edit.field or ""]


def of_additions(connection: sqlite3.Connection, edits: Sequence[Edit]) -> str:
    """`D1 added`, or `S1.3 added, with 1 evidence`; asked while the rows are there."""
    if not edits:
        return "nothing changed"
    [key] = keys(connection, RECORDS[edits[0].table], [edits[0].id])
    beside = counts_of(edits[1:])
    return f"{key} added, with {counted_records(beside)}" if beside else f"{key} added"


def of_recorded(connection: sqlite3.Connection, kind: Kind, changed: int, added: Sequence[Edit]) -> str:
    """`5 positions recorded, 2 of them new`, of a step that changed some records of a kind and added others."""
    if changed:
        return f"{kind.counted(changed + len(added))} recorded, {len(added):,} of them new"
    return of_additions(connection, added) if len(added) == 1 else f"{kind.counted(len(added))} added"


def of_deletion(what: str, beside: Mapping[str, int]) -> str:
    """`D1 deleted, with 9 positions, 2 links`."""
    return f"{what} deleted, with {counted_records(beside)}" if beside else f"{what} deleted"


def counts_of(edits: Iterable[Edit]) -> Counter[str]:
    """How many whole rows of each table the edits add or delete."""
    return Counter(edit.table for edit in edits if edit.field is None)


def of_value(connection: sqlite3.Connection, field: Field, value: Value) -> str:
    """A value as labels and messages say it: a reference by its ref, nothing as ∅, long text cut."""
    if field.is_empty(value):
        return SIGNS.empty
    if field.type == "flag":
        return "yes" if value else "no"
    if field.refers_to and isinstance(value, int):
        return next(iter(keys(connection, RECORDS[field.refers_to], [value])), "?")
    if field.type == "subject_id":
        return "another record"  # its kind stands in another field, which is not asked here
    return _cut(as_text(value))


def of_two_values(connection: sqlite3.Connection, field: Field, one: Value, other: Value) -> tuple[str, str]:
    """Two values as `of_value` says each; long texts that begin alike from shortly before they differ."""
    told = of_value(connection, field, one), of_value(connection, field, other)
    if told[0] != told[1] or not field.is_text:
        return told
    texts = as_text(one), as_text(other)
    letters = enumerate(zip(*texts, strict=False))
    differ = next((at for at, (ours, theirs) in letters if ours != theirs), min(map(len, texts)))
    start = differ - LONGEST_VALUE // 2
    return _cut(f"…{texts[0][start:]}"), _cut(f"…{texts[1][start:]}")


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_VALUE else text[: LONGEST_VALUE - 1] + "…"
