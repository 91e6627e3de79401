"""Whole records out of a connection, with a name for each record that they refer to."""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence

from storage import keys as natural_keys
from storage.changes import Row
from storage.query import decoded, rows_of
from storage.record import SINGULAR, Kind, references
from storage.store import Found

BY_IDS = " WHERE t.id IN (SELECT value FROM json_each(?))"


def row(connection: sqlite3.Connection, kind: Kind, id: int) -> Row | None:
    """The stored values of one record; None if it is gone."""
    columns = ", ".join(kind.fields)
    found = connection.execute(f"SELECT {columns} FROM {kind.table} WHERE id = ?", (id,)).fetchone()
    return decoded(kind, found) if found else None


def records(connection: sqlite3.Connection, kind: Kind, ids: Sequence[int]) -> list[Found]:
    """The records with these ids in this order; those that are gone are left out."""
    rows = connection.execute(rows_of(kind) + BY_IDS, (json.dumps(list(ids)),))
    found = {each.id: each for each in named(connection, kind, rows)}
    return [found[id] for id in ids if id in found]


def named(connection: sqlite3.Connection, kind: Kind, rows: Iterable[tuple[object, ...]]) -> Iterator[Found]:
    """The records that a SELECT of query.rows_of gives, one by one."""
    for cells in rows:
        yield _with_subject(connection, _found(kind, cells))


def keys(connection: sqlite3.Connection, kind: Kind, ids: Sequence[int]) -> list[str]:
    """The ref or natural key of each record; the second one with the same key gets #2."""
    return [_key(connection, kind, found) for found in records(connection, kind, ids)]


def _found(kind: Kind, cells: Sequence[object]) -> Found:
    values = decoded(kind, cells[1:])
    names, long_names = {}, {}
    behind = 1 + len(kind.fields)
    for number, field in enumerate(references(kind)):
        name, long_name = cells[behind + 2 * number], cells[behind + 2 * number + 1]
        if name is not None:
            names[field.name], long_names[field.name] = str(name), str(long_name)
    return Found(int(str(cells[0])), values, names, long_names)


def _with_subject(connection: sqlite3.Connection, found: Found) -> Found:
    subject_id = found.values.get("subject_id")
    if not isinstance(subject_id, int):
        return found
    about = SINGULAR[str(found.values["subject"])]
    called = keys(connection, about, [subject_id])
    name = called[0] if called else ""
    long_name = str(_title(connection, about, subject_id) or name)
    return Found(
        found.id,
        found.values,
        {**found.names, "subject_id": name},
        {**found.long_names, "subject_id": long_name},
    )


def _title(connection: sqlite3.Connection, kind: Kind, id: int) -> object:
    column = next((name for name in ("name", "title", "text") if name in kind.fields), None)
    if column is None:
        return None
    found = connection.execute(f"SELECT {column} FROM {kind.table} WHERE id = ?", (id,)).fetchone()
    return found[0] if found else None


def _key(connection: sqlite3.Connection, kind: Kind, found: Found) -> str:
    key = natural_keys.key(kind, found.values, found.names)
    if not kind.key or kind.unique:
        return key
    fields = natural_keys.fields_of(kind)
    same = " AND ".join(f"o.{name} IS t.{name}" for name in fields)
    earlier = connection.execute(
        f"SELECT count(*) FROM {kind.table} t JOIN {kind.table} o ON o.id < t.id AND {same} WHERE t.id = ?", (found.id,)
    ).fetchone()[0]
    return f"{key}#{earlier + 1}" if earlier else key
