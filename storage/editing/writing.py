"""Edits put into the tables, each against the value that it expects to find."""

import random
import sqlite3
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import groupby
from typing import Final, cast

from storage.blocks import in_blocks
from storage.changes import Edit, Row
from storage.editing.conflicts import changed, gone
from storage.editing.inserts import insert_rows
from storage.errors import Conflict, Refused
from storage.fields import Field, Value
from storage.file.schema import derived_columns
from storage.folding import folded_with_key
from storage.questions import searching
from storage.questions.reading import keys, row
from storage.questions.stored import from_column, stored, to_column, to_columns
from storage.record import RECORDS, Kind
from storage.records import Dossier
from storage.sentences import headings, of_namesakes

EPOCH_MS: Final = 1_577_836_800_000
"""2020-01-01, from which the milliseconds in an id are counted."""

RANDOM_BITS: Final = 22

LATEST_MS: Final = 2**41 - 2**30
"""In 2089, some days before ids would be too large for SQLite; from then on they only count."""

Numbered = tuple[int, Row]
"""A row with its id."""


def new_id(connection: sqlite3.Connection, table: str) -> int:
    """An id greater than every other of the table, by time, with a random tail so that other machines' differ."""
    if table == Dossier.table:
        return 1
    greatest = connection.execute(f"SELECT coalesce(max(id), 0) FROM {table}").fetchone()[0]
    return max(id_by_time(), int(greatest) + 1)


def id_by_time() -> int:
    """The id of a record made now in an empty table, or the first of many made at once."""
    since = int(time.time() * 1000) - EPOCH_MS  # a wrong clock makes wrong times, but no wrong ids
    return min(max(since, 1), LATEST_MS) << RANDOM_BITS | random.getrandbits(RANDOM_BITS)


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


def apply(connection: sqlite3.Connection, edits: Iterable[Edit], just_read: bool) -> None:
    """Make the edits inside the running transaction; Conflict, Refused, or an error of SQLite if one can't be.

    The edits of one row must stand together. What they expect to find is compared with what is there, unless it was
    just read in this transaction. What spans rows is not looked at here.
    """
    for (table, adds, deletes), run in groupby(edits, lambda edit: (edit.table, edit.adds, edit.deletes)):
        kind, alike = RECORDS[table], list(run)
        if adds:
            insert(connection, kind, [(edit.id, _whole(edit.after)) for edit in alike])
        elif deletes:
            _delete(connection, kind, alike, just_read)
        else:
            _change(connection, kind, alike, just_read)


def insert(connection: sqlite3.Connection, kind: Kind, rows: Iterable[Numbered]) -> None:
    """Insert whole rows under their ids, with the columns derived from them; Refused when a key is taken.

    `searching.catch_up` is due after the last one.
    """
    for id, values, error in inserting(connection, kind, rows):
        raise _refusal(connection, kind, id, values, error) from error


def inserting(
    connection: sqlite3.Connection, kind: Kind, rows: Iterable[Numbered]
) -> Iterator[tuple[int, Row, sqlite3.IntegrityError]]:
    """Insert rows as `insert` does; those that the table does not take are left out and given, each with the error."""
    follow = derived_columns(kind)
    columns = ("id", *kind.fields, *follow)
    for block in in_blocks(rows):
        searching.note(connection, kind, [id for id, _ in block])
        cells: list[list[object]] = []
        for id, values in block:
            made = derived(kind, values)
            cells.append([id, *to_columns(kind, values), *map(made.__getitem__, follow)])
        for at, error in insert_rows(connection, kind.table, columns, cells):
            yield *block[at], error


def derived(kind: Kind, values: Mapping[str, Value]) -> dict[str, str]:
    """The columns that follow from the fields, by name: what puts each text in order, all of it folded for search."""
    made: dict[str, str] = {}
    texts: list[str] = []
    for name, key in _sources(kind.table):
        value = values[name]
        folded = in_order = ""
        if value:
            folded, in_order = folded_with_key("; ".join(value) if isinstance(value, tuple) else str(value))
            texts.append(folded)
        made[key] = in_order
    made["folded"] = "\n".join(texts) + searching.END if texts else ""
    return made


@cache
def _sources(table: str) -> list[tuple[str, str]]:
    """The fields that hold text, each with the name of its key; no column holds that of a list."""
    return [(field.name, f"{field.name}_key") for field in RECORDS[table].fields.values() if field.is_text]


def remake_derived(connection: sqlite3.Connection, stale: Mapping[Kind, Iterable[int]]) -> None:
    """Make the derived columns of these rows anew, and what search knows of them.

    Other programs write the fields alone. What follows from them is nobody's change, so it stands in no log.
    """
    for kind, ids in stale.items():
        texts, columns = [name for name, _ in _sources(kind.table)], derived_columns(kind)
        sets = ", ".join(f"{name} = ?" for name in columns)
        update = f"UPDATE {kind.table} SET {sets} WHERE id = ?"
        for some in in_blocks(ids):
            searching.note(connection, kind, some)
            now = stored(connection, kind, some, texts)
            made = ((derived(kind, values), id) for id, values in now.items())
            connection.executemany(update, ([*map(each.__getitem__, columns), id] for each, id in made))
    searching.catch_up(connection)


def stale_derived(connection: sqlite3.Connection, kind: Kind) -> Iterator[int]:
    """The ids of the rows whose derived columns are not those of their fields."""
    names = derived_columns(kind)
    if not names:
        return
    fields = [field for field in kind.fields.values() if field.is_text]
    columns = ", ".join(["id", *names, *(field.name for field in fields)])
    for id, *cells in connection.execute(f"SELECT {columns} FROM {kind.table}"):
        values = {field.name: from_column(field, cell) for field, cell in zip(fields, cells[len(names) :], strict=True)}
        made = derived(kind, values)
        if [made[name] for name in names] != cells[: len(names)]:
            yield id


def _whole(value: Value | Row) -> Row:
    if not isinstance(value, dict):
        raise TypeError("an edit of a whole row carries the row")
    return value


def _delete(connection: sqlite3.Connection, kind: Kind, edits: Sequence[Edit], just_read: bool) -> None:
    for some in in_blocks(edits):
        if not just_read:
            _refuse_to_delete_changed(connection, kind, some)
        searching.note(connection, kind, [edit.id for edit in some])
        connection.executemany(f"DELETE FROM {kind.table} WHERE id = ?", ((edit.id,) for edit in some))


def _refuse_to_delete_changed(connection: sqlite3.Connection, kind: Kind, edits: Sequence[Edit]) -> None:
    now = stored(connection, kind, [edit.id for edit in edits])
    for edit in edits:
        if edit.id not in now:
            raise gone(kind)
        if now[edit.id] != edit.before:
            [key] = keys(connection, kind, [edit.id])
            raise Conflict(f"{key} was changed by somebody else meanwhile; look at it before you delete it.")


def _change(connection: sqlite3.Connection, kind: Kind, edits: Sequence[Edit], just_read: bool) -> None:
    """Change fields, those of one row together: a key of several fields may be free only when all have moved."""
    rows = (list(of_row) for _, of_row in groupby(edits, lambda edit: edit.id))
    for names, same in groupby(rows, lambda of_row: tuple(edit.field or "" for edit in of_row)):
        fields = [kind.fields[name] for name in names]
        for some in in_blocks(same):
            _update(connection, kind, fields, some, just_read)


def _update(
    connection: sqlite3.Connection,
    kind: Kind,
    fields: Sequence[Field],
    rows: Sequence[Sequence[Edit]],
    just_read: bool,
) -> None:
    """Change the same fields in some rows; what holds something else than the edits expect to find is a Conflict."""
    ids = [of_row[0].id for of_row in rows]
    columns = [field.name for field in fields]
    texts = dict(_sources(kind.table))
    follow = [f"{field.name}_key" for field in fields if field.has_key]
    if any(field.is_text for field in fields):
        follow.append("folded")
        searching.note(connection, kind, ids)
    now = {} if just_read and not follow else stored(connection, kind, ids, {*columns, *texts} if follow else columns)
    cells: list[list[object]] = []
    for of_row in rows:
        found = now.get(of_row[0].id)
        if not just_read:
            _refuse_changed(connection, kind, found, of_row)
        made = derived(kind, {**(found or {}), **_after(of_row)}) if follow else {}
        after = map(_cell, fields, (edit.after for edit in of_row))
        cells.append([*after, *(made[name] for name in follow), of_row[0].id])
    update = f"UPDATE {kind.table} SET {', '.join(f'{name} = ?' for name in (*columns, *follow))} WHERE id = ?"
    try:
        connection.executemany(update, cells)
    except sqlite3.IntegrityError as error:
        raise _refused_update(connection, kind, rows, error) from error


def _refuse_changed(connection: sqlite3.Connection, kind: Kind, found: Row | None, edits: Sequence[Edit]) -> None:
    """Conflict when a row does not hold what the edits of its fields expect to find."""
    for edit in edits:
        if found is None:
            raise gone(kind, edit.after)
        now = found[edit.field or ""]
        if now != edit.before:
            raise changed(connection, edit, now, "wrote")


def _refused_update(
    connection: sqlite3.Connection, kind: Kind, rows: Sequence[Sequence[Edit]], error: sqlite3.IntegrityError
) -> Exception:
    """What to raise for the first row that could not be changed; those before it were, and so have no duplicate."""
    for of_row in rows:
        id = of_row[0].id
        wanted = (row(connection, kind, id) or {}) | _after(of_row)
        refusal = _refusal(connection, kind, id, wanted, error)
        if refusal is not error:
            return refusal
    return error


def _after(edits: Iterable[Edit]) -> Row:
    """What the edits of fields give a row, by field."""
    return {edit.field or "": cast(Value, edit.after) for edit in edits}


def lost_reference(connection: sqlite3.Connection) -> str:
    """What to say when a row refers to one that is not there; asked in the transaction that could not be committed."""
    for table, id, other, _number in connection.execute("PRAGMA foreign_key_check"):
        called = keys(connection, RECORDS[table], [id]) if table in RECORDS else []
        if called:
            return f"The {RECORDS[other].singular} that {called[0]} refers to is not there."
    return "The file does not take this: another program has changed what it allows."


def _cell(field: Field, value: Value | Row) -> object:
    if isinstance(value, dict):
        raise TypeError("an edit of a field carries one value")
    return to_column(field, value)


def _refusal(
    connection: sqlite3.Connection, kind: Kind, id: int, values: Mapping[str, Value], error: sqlite3.IntegrityError
) -> Exception:
    """What to raise for a broken key or check: keys are found by asking, since SQLite names them only in text."""
    for fields, other in duplicates(connection, kind, id, values):
        [key] = keys(connection, kind, [other])
        there = f"There is already a {kind.singular} with this {headings(kind, fields)}: {key}."
        return Refused(f"{there}{of_namesakes(kind)}", fields[0])
    return error


def duplicates(
    connection: sqlite3.Connection, kind: Kind, id: int, values: Mapping[str, Value]
) -> Iterator[tuple[tuple[str, ...], int]]:
    """The fields of each unique key that another record holds in these values already, and that record's id."""
    for fields in kind.unique:
        same = " AND ".join(f"{name} IS ?" for name in fields)
        cells = [to_column(kind.fields[name], values[name]) for name in fields]
        taken = f"SELECT id FROM {kind.table} WHERE {same} AND id <> ?"
        if other := connection.execute(taken, [*cells, id]).fetchone():
            yield fields, other[0]
