"""Edits put into the tables, each against the value that it expects to find."""

import json
import random
import sqlite3
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Final

from storage import searching
from storage.changes import Edit, Row
from storage.errors import Conflict, Refused
from storage.fields import Field, Value
from storage.folding import fold, natural
from storage.query import from_column, to_column
from storage.reading import keys, row
from storage.record import RECORDS, Kind, broken_rules
from storage.records import Dossier
from storage.rules import Touched, broken
from storage.schema import derived_columns

EPOCH_MS: Final = 1_577_836_800_000
"""2020-01-01, from which the milliseconds in an id are counted."""

RANDOM_BITS: Final = 22


def new_id(connection: sqlite3.Connection, table: str) -> int:
    """An id greater than every other of the table, by time, with a random tail so that other machines' differ."""
    if table == Dossier.table:
        return 1
    greatest = connection.execute(f"SELECT coalesce(max(id), 0) FROM {table}").fetchone()[0]
    return max(id_by_time(), int(greatest) + 1)


def id_by_time() -> int:
    """The id of a record made now in an empty table, or the first of many made at once."""
    return (int(time.time() * 1000) - EPOCH_MS) << RANDOM_BITS | random.getrandbits(RANDOM_BITS)


def additions(connection: sqlite3.Connection, rows: Iterable[tuple[Kind, Row]]) -> tuple[Edit, ...]:
    """The edits that add these rows in this order, each under a new id; a reference -n becomes that of the n-th."""
    edits: list[Edit] = []
    last: dict[str, int] = {}
    for kind, values in rows:
        id = max(new_id(connection, kind.table), last.get(kind.table, 0) + 1)
        meant = {name: edits[number].id for name, number in _numbered(kind, values) if number < len(edits)}
        edits.append(Edit(kind.table, id, None, None, {**values, **meant}))
        last[kind.table] = id
    return tuple(edits)


def _numbered(kind: Kind, values: Row) -> Iterator[tuple[str, int]]:
    """The references to a record of the same step, and its place in it; no id in a file is negative."""
    for name, field in kind.fields.items():
        value = values[name]
        if (field.refers_to or field.type == "subject_id") and isinstance(value, int) and value < 0:
            yield name, -value - 1


def apply(connection: sqlite3.Connection, edits: Iterable[Edit]) -> None:
    """Make the edits inside the running transaction; Conflict, Refused, or an error of SQLite if one can't be."""
    stale: set[tuple[str, int]] = set()
    touched: dict[str, set[int]] = {}
    for (table, id, is_of_fields), group in groupby(edits, lambda edit: (edit.table, edit.id, edit.field is not None)):
        touched.setdefault(table, set()).add(id)
        kind, of_row = RECORDS[table], list(group)
        if is_of_fields:
            _update(connection, kind, id, of_row)
            if any(kind.fields[edit.field or ""].is_text for edit in of_row):
                stale.add((table, id))
            continue
        for edit in of_row:
            if edit.adds:
                insert(connection, kind, [(id, _whole(edit.after))])
            else:
                _delete(connection, kind, edit)
    for table, id in stale:
        _derive(connection, RECORDS[table], id)
    refuse_broken(connection, touched)


def insert(connection: sqlite3.Connection, kind: Kind, rows: Iterable[tuple[int, Row]]) -> None:
    """Insert whole rows under their ids, with the columns derived from them; Refused when a key is taken."""
    columns = ["id", *kind.fields, *derived_columns(kind)]
    marks = ", ".join("?" * len(columns))
    statement = f"INSERT INTO {kind.table} ({', '.join(columns)}) VALUES ({marks})"
    for id, values in rows:
        cells = [to_column(field, values[field.name]) for field in kind.fields.values()]
        try:
            made = derived(kind, values)
            connection.execute(statement, [id, *cells, *made.values()])
            searching.put(connection, kind, id, made.get("folded", ""))
        except sqlite3.IntegrityError as error:
            raise _refusal(connection, kind, id, values, error) from error


def derived(kind: Kind, values: Mapping[str, Value]) -> dict[str, str]:
    """The columns that follow from the fields: the order of short texts, and all text folded for search."""
    made = {f"{field.name}_key": natural(str(values[field.name])) for field in kind.fields.values() if field.has_key}
    return {name: made[name] if name in made else _folded(kind, values) for name in derived_columns(kind)}


def refuse_broken(connection: sqlite3.Connection, touched: Touched) -> None:
    """Refused with the sentence of the first rule that the touched rows break."""
    for each in broken(connection, touched):
        raise Refused(each.sentence, each.field)


def refuse_broken_records(connection: sqlite3.Connection, edits: Iterable[Edit]) -> None:
    """Refused with the first rule of one record that the edited rows break, because they were not checked before."""
    edited = {(edit.table, edit.id) for edit in edits if edit.field}
    for table, id in sorted(edited):
        kind = RECORDS[table]
        if kind.rules and (now := row(connection, kind, id)):
            for each in broken_rules(kind, now):
                raise Refused(each.sentence, each.field)


def remake_derived(connection: sqlite3.Connection, stale: Mapping[Kind, Iterable[int]]) -> None:
    """Make the derived columns of these rows anew.

    Other programs write the fields alone. What follows from them is nobody's change, so it stands in no log.
    """
    for kind, ids in stale.items():
        for id in ids:
            _derive(connection, kind, id)


def stale_derived(connection: sqlite3.Connection, kind: Kind) -> Iterator[int]:
    """The ids of the rows whose derived columns are not those of their fields."""
    names = derived_columns(kind)
    if not names:
        return
    fields = [field for field in kind.fields.values() if field.is_text]
    columns = ", ".join(["id", *names, *(field.name for field in fields)])
    for id, *cells in connection.execute(f"SELECT {columns} FROM {kind.table}"):
        values = {field.name: from_column(field, cell) for field, cell in zip(fields, cells[len(names) :], strict=True)}
        if list(derived(kind, values).values()) != cells[: len(names)]:
            yield id


def _folded(kind: Kind, values: Mapping[str, Value]) -> str:
    texts = (values[field.name] for field in kind.fields.values() if field.is_text)
    return "\n".join(fold("; ".join(text) if isinstance(text, tuple) else str(text)) for text in texts if text)


def _whole(value: Value | Row) -> Row:
    if not isinstance(value, dict):
        raise TypeError("an edit of a whole row carries the row")
    return value


def _delete(connection: sqlite3.Connection, kind: Kind, edit: Edit) -> None:
    now = row(connection, kind, edit.id)
    if now is None:
        raise Conflict(f"The {kind.singular} is gone already: somebody else has deleted it.")
    if now != edit.before:
        [key] = keys(connection, kind, [edit.id])
        raise Conflict(f"{key} was changed by somebody else meanwhile; look at it before you delete it.")
    if searching.is_searched(kind):
        searching.take(connection, kind, edit.id)
    connection.execute(f"DELETE FROM {kind.table} WHERE id = ?", (edit.id,))


def _update(connection: sqlite3.Connection, kind: Kind, id: int, edits: Sequence[Edit]) -> None:
    """Change the fields of one row together, since a key of several fields may be free only when all have moved."""
    fields = [kind.fields[edit.field or ""] for edit in edits]
    before = [_cell(field, edit.before) for field, edit in zip(fields, edits, strict=True)]
    after = [_cell(field, edit.after) for field, edit in zip(fields, edits, strict=True)]
    update = f"UPDATE {kind.table} SET {', '.join(f'{field.name} = ?' for field in fields)} WHERE id = ?"
    seen = "".join(f" AND {field.name} IS ?" for field in fields)
    try:
        if connection.execute(update + seen, (*after, id, *before)).rowcount:
            return
        # what was seen may stand there in other bytes: a list with other blanks, text that is not UTF-8
        now = row(connection, kind, id)
        for field, edit in zip(fields, edits, strict=True):
            if now is None or now[field.name] != edit.before:
                raise conflict(connection, kind, field, edit)
        connection.execute(update, (*after, id))
    except sqlite3.IntegrityError as error:
        values = row(connection, kind, id) or {}
        for field, cell in zip(fields, after, strict=True):
            values[field.name] = from_column(field, cell)
        raise _refusal(connection, kind, id, values, error) from error


def lost_reference(connection: sqlite3.Connection) -> str:
    """What to say when a row refers to one that is not there; asked in the transaction that could not be committed."""
    for table, id, other, _number in connection.execute("PRAGMA foreign_key_check"):
        called = keys(connection, RECORDS[table], [id]) if table in RECORDS else []
        if called:
            return f"The {RECORDS[other].singular} that {called[0]} refers to is not there."
    return "The file does not take this: another program has changed what it allows."


def conflict(connection: sqlite3.Connection, kind: Kind, field: Field, edit: Edit) -> Conflict:
    """The error for a field that does not hold the value that was seen, with what it holds and what was wanted."""
    now = row(connection, kind, edit.id)
    if now is None:
        return Conflict(f"The {kind.singular} is gone: somebody else has deleted it.", None, edit.after)
    [key] = keys(connection, kind, [edit.id])
    theirs, seen = _said(connection, field, now[field.name]), _said(connection, field, edit.before)
    return Conflict(f"{key}.{field.name} is {theirs} now; you wrote {seen}.", now[field.name], edit.after)


def _derive(connection: sqlite3.Connection, kind: Kind, id: int) -> None:
    now = row(connection, kind, id)
    if now is None or not derived_columns(kind):
        return
    made = derived(kind, now)
    sets = ", ".join(f"{name} = ?" for name in made)
    searching.take(connection, kind, id)
    connection.execute(f"UPDATE {kind.table} SET {sets} WHERE id = ?", [*made.values(), id])
    searching.put(connection, kind, id, made["folded"])


def _cell(field: Field, value: Value | Row) -> object:
    if isinstance(value, dict):
        raise TypeError("an edit of a field carries one value")
    return to_column(field, value)


def _said(connection: sqlite3.Connection, field: Field, value: object) -> str:
    if value in (None, "", ()):
        return "empty"
    if field.refers_to and isinstance(value, int):
        return next(iter(keys(connection, RECORDS[field.refers_to], [value])), "a record that is gone")
    if field.type == "subject_id":
        return "another record"
    return json.dumps(value, ensure_ascii=False)


def _refusal(
    connection: sqlite3.Connection, kind: Kind, id: int, values: Mapping[str, Value], error: sqlite3.IntegrityError
) -> Exception:
    """What to raise for a broken key or check: keys are found by asking, since SQLite names them only in text."""
    for fields, other in twins(connection, kind, id, values):
        [key] = keys(connection, kind, [other])
        return Refused(f"There is already a {kind.singular} with this {worded(kind, fields)}: {key}.", fields[0])
    return error


def twins(
    connection: sqlite3.Connection, kind: Kind, id: int, values: Mapping[str, Value]
) -> Iterator[tuple[tuple[str, ...], int]]:
    """The fields of each unique key that another record holds in these values already, and that record's id."""
    for fields in kind.unique:
        same = " AND ".join(f"{name} IS ?" for name in fields)
        cells = [to_column(kind.fields[name], values[name]) for name in fields]
        taken = f"SELECT id FROM {kind.table} WHERE {same} AND id <> ?"
        if other := connection.execute(taken, [*cells, id]).fetchone():
            yield fields, other[0]


def worded(kind: Kind, fields: Iterable[str]) -> str:
    """`round, demand, party`: fields as a sentence names them."""
    return ", ".join(kind.fields[name].label.lower() for name in fields)
