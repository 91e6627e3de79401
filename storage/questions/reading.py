"""Whole records out of a connection, with a name for each record that they refer to."""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, cast

from storage import natural_keys
from storage.blocks import in_blocks
from storage.changes import Row
from storage.fields import Value
from storage.questions.query import LONG_NAMES, field_of, rows_of
from storage.questions.stored import decoded, stored
from storage.record import SINGULAR, Kind, references
from storage.store import Found

BY_IDS: Final = " WHERE t.id IN (SELECT value FROM json_each(?))"


def row(connection: sqlite3.Connection, kind: Kind, id: int) -> Row | None:
    """The stored values of one record; None if it is gone."""
    return stored(connection, kind, [id]).get(id)


def records(connection: sqlite3.Connection, kind: Kind, ids: Sequence[int]) -> list[Found]:
    """The records with these ids in this order; those that are gone are left out."""
    rows = connection.execute(rows_of(kind) + BY_IDS, (json.dumps(list(ids)),))
    found = {each.id: each for each in named(connection, kind, rows)}
    return [found[id] for id in ids if id in found]


def named(connection: sqlite3.Connection, kind: Kind, rows: Iterable[tuple[object, ...]]) -> Iterator[Found]:
    """The records that a SELECT of query.rows_of gives, one by one."""
    referring = [field.name for field in references(kind)]
    found = (_found(kind, referring, cells) for cells in rows)
    if "subject_id" not in kind.fields:
        return found
    return _with_subjects(connection, found)


def keys(connection: sqlite3.Connection, kind: Kind, ids: Sequence[int]) -> list[str]:
    """The ref or natural key of each record; the second one with the same key gets #2."""
    if kind.key == ("ref",):
        refs = stored(connection, kind, ids, kind.key)
        return [str(refs[id]["ref"]) for id in ids if id in refs]
    return _keys_of(connection, kind, records(connection, kind, ids))


def all_rows(
    connection: sqlite3.Connection, kind: Kind, among: Mapping[str, Sequence[Value]]
) -> Iterator[tuple[int, Row]]:
    """The stored values of all records of a kind, or of those with one of these values in these fields, as recorded."""
    names = [name if name == "id" else field_of(kind, name).name for name in among]
    tests = " AND ".join(f"{name} IN (SELECT value FROM json_each(?))" for name in names)
    select = (
        f"SELECT {', '.join(['id', *kind.fields])} FROM {kind.table}{' WHERE ' if tests else ''}{tests} ORDER BY id"
    )
    for id, *cells in connection.execute(select, [json.dumps(list(values)) for values in among.values()]):
        yield id, decoded(kind, cells)


def all_ids(connection: sqlite3.Connection, kind: Kind) -> Iterator[int]:
    """The id of every record of a kind, as recorded."""
    return (id for (id,) in connection.execute(f"SELECT id FROM {kind.table} ORDER BY id"))


def all_keys(connection: sqlite3.Connection, kind: Kind) -> Iterator[tuple[str, int]]:
    """What every record of a kind is called, and its id, as recorded; read some at a time."""
    for ids in in_blocks(all_ids(connection, kind)):
        yield from zip(keys(connection, kind, ids), ids, strict=True)


def _keys_of(connection: sqlite3.Connection, kind: Kind, found: Sequence[Found]) -> list[str]:
    called = [natural_keys.key(kind, each.values, each.names) for each in found]
    if not kind.key or kind.unique:
        return called
    earlier = _duplicates_before(connection, kind, [each.id for each in found])
    return [
        f"{key}#{earlier[each.id] + 1}" if each.id in earlier else key for key, each in zip(called, found, strict=True)
    ]


def _duplicates_before(connection: sqlite3.Connection, kind: Kind, ids: Sequence[int]) -> dict[int, int]:
    """How many records with the same key were recorded before each of these; those without any are missing."""
    same = " AND ".join(f"o.{name} IS t.{name}" for name in natural_keys.fields_of(kind))
    rows = connection.execute(
        f"""SELECT t.id, count(*) FROM {kind.table} t JOIN {kind.table} o ON o.id < t.id AND {same}{BY_IDS}
            GROUP BY t.id""",
        (json.dumps(list(ids)),),
    )
    return dict(rows.fetchall())


def _found(kind: Kind, referring: Sequence[str], cells: Sequence[object]) -> Found:
    values = decoded(kind, cells[1:])
    names, long_names = {}, {}
    at = 1 + len(kind.fields)
    for field in referring:
        if (name := cells[at]) is not None:
            names[field], long_names[field] = str(name), str(cells[at + 1])
        at += 2
    return Found(cast(int, cells[0]), values, names, long_names)


def _with_subjects(connection: sqlite3.Connection, rows: Iterable[Found]) -> Iterator[Found]:
    """The records with the names of what they are about, asked for a block at a time."""
    for block in in_blocks(rows):
        called = _subjects(connection, block)
        for found in block:
            about = called.get((found.values["subject"], found.values["subject_id"]))
            if about:
                found = Found(
                    found.id,
                    found.values,
                    {**found.names, "subject_id": about[0]},
                    {**found.long_names, "subject_id": about[1]},
                )
            yield found


def _subjects(connection: sqlite3.Connection, block: Iterable[Found]) -> dict[tuple[Value, Value], tuple[str, str]]:
    """The key and the title of each record that these are about; a record that is gone is called nothing."""
    asked: dict[str, set[int]] = {}
    for found in block:
        # another program may have given the process, which is no record, an id
        if isinstance(id := found.values["subject_id"], int) and found.values["subject"] in SINGULAR:
            asked.setdefault(str(found.values["subject"]), set()).add(id)
    called: dict[tuple[Value, Value], tuple[str, str]] = {}
    for subject, ids in asked.items():
        about = SINGULAR[subject]
        there = records(connection, about, sorted(ids))
        title = next((name for name in LONG_NAMES if name in about.fields), None)
        called |= {(subject, id): ("", "") for id in ids}
        for each, key in zip(there, _keys_of(connection, about, there), strict=True):
            called[subject, each.id] = (key, str(each.values[title] if title else "") or key)
    return called
