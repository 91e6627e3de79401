"""What stands in columns for stored values; rows read and written some at a time, so that a million fill no memory."""

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import cast

from storage.changes import Row
from storage.fields import Field, Value
from storage.record import Kind


def from_column(field: Field, cell: object) -> Value:
    """A stored value from what stands in its column."""
    if field.type == "flag":
        return bool(cell)
    if field.type == "list":
        return listed(str(cell))
    return cell  # type: ignore[return-value]  # STRICT tables hold nothing but the column's type


def listed(text: str) -> tuple[str, ...]:
    """The items of a list; what other programs wrote may be no list of texts, which must not stop a reader."""
    try:
        items = json.loads(text)
    except ValueError:
        return (text,)
    items = items if isinstance(items, list) else [items]
    # half of a pair of surrogates can be told in JSON, but neither shown nor written
    texts = (item if isinstance(item, str) else json.dumps(item) for item in items)
    return tuple(text.encode("utf-8", "replace").decode() for text in texts)


def to_column(field: Field, value: Value) -> object:
    """What stands in the column for a stored value."""
    if field.type == "list" and isinstance(value, Iterable):
        return json.dumps(list(value), ensure_ascii=False)
    return int(value) if isinstance(value, bool) else value


def stored(connection: sqlite3.Connection, kind: Kind, ids: Sequence[int], names: Iterable[str] = ()) -> dict[int, Row]:
    """The values of rows, or these of their fields, by id; those that are gone are missing."""
    columns = tuple(names) or tuple(kind.fields)
    found = connection.execute(
        f"SELECT id, {', '.join(columns)} FROM {kind.table} WHERE id IN (SELECT value FROM json_each(?))",
        (json.dumps([*ids]),),
    )
    rows = {id: dict(zip(columns, cells, strict=True)) for id, *cells in found}
    for _, field in _kept_otherwise(kind):  # type: ignore[arg-type]  # mypy takes a class for unhashable
        if field.name in columns:
            for row in rows.values():
                row[field.name] = from_column(field, row[field.name])
    return rows


def decoded(kind: Kind, cells: Sequence[object]) -> Row:
    """The stored values of a record from the columns of its fields, which may stand before others."""
    # STRICT tables hold nothing but the column's type
    row = cast(Row, dict(zip(kind.fields, cells, strict=False)))
    for at, field in _kept_otherwise(kind):  # type: ignore[arg-type]  # mypy takes a class for unhashable
        row[field.name] = from_column(field, cells[at])
    return row


def to_columns(kind: Kind, values: Mapping[str, Value]) -> list[object]:
    """What stands in the columns of a row, in the order of its fields."""
    cells: list[object] = list(map(values.__getitem__, kind.fields))
    for at, field in _kept_otherwise(kind):  # type: ignore[arg-type]  # mypy takes a class for unhashable
        cells[at] = to_column(field, values[field.name])
    return cells


@cache
def _kept_otherwise(kind: Kind) -> list[tuple[int, Field]]:
    """The fields whose columns do not hold the value itself, and their places."""
    return [(at, field) for at, field in enumerate(kind.fields.values()) if field.type in ("flag", "list")]
