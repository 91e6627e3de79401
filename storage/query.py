"""A view as SQL: column names come from the records alone, values only as parameters."""

import json
from collections.abc import Iterable, Sequence
from typing import Final

from storage.changes import Row
from storage.errors import Unknown
from storage.fields import Field, Value
from storage.folding import fold
from storage.record import RECORDS, Kind, references
from storage.view import Condition, Sort, View

Parameters = list[object]

NAMES: Final = ("ref", "name")
"""What a reference is written as: the first of these that the other record has."""

LONG_NAMES: Final = ("name", "title", "text")


def ids_of(view: View, limit: int | None = None) -> tuple[str, Parameters]:
    """The SELECT of the view's ids in its order."""
    where, parameters = condition(view)
    text = f"SELECT t.id FROM {view.kind.table} t{where} ORDER BY {order(view)}"
    return (f"{text} LIMIT {int(limit)}" if limit is not None else text), parameters


def count_of(view: View) -> tuple[str, Parameters]:
    """The SELECT of the number of the view's records."""
    where, parameters = condition(view)
    return f"SELECT count(*) FROM {view.kind.table} t{where}", parameters


def values_of(view: View, field: Field) -> tuple[str, Parameters]:
    """The SELECT of each value that a column holds in the view, with its count."""
    where, parameters = condition(view)
    return f"SELECT t.{field.name}, count(*) FROM {view.kind.table} t{where} GROUP BY 1", parameters


def rows_of(kind: Kind) -> str:
    """The SELECT of whole records: id, fields, then name and long name of each reference."""
    columns = ["t.id", *(f"t.{name}" for name in kind.fields)]
    for field in references(kind):
        columns += [_named(field, NAMES), _named(field, LONG_NAMES)]
    return f"SELECT {', '.join(columns)} FROM {kind.table} t"


def whole_view(view: View) -> tuple[str, Parameters]:
    """The SELECT of every record of the view, whole, in its order."""
    where, parameters = condition(view)
    return f"{rows_of(view.kind)}{where} ORDER BY {order(view)}", parameters


def condition(view: View) -> tuple[str, Parameters]:
    """The WHERE of a view: alternatives within a field, everything else together."""
    parts: list[str] = []
    parameters: Parameters = []
    for alternatives in _by_field(view.where):
        texts = [_compare(view.kind, each, parameters) for each in alternatives]
        parts.append(f"({' OR '.join(texts)})")
    if view.ids is not None:
        parts.append("t.id IN (SELECT value FROM json_each(?))")
        parameters.append(json.dumps(view.ids))
    if view.search:
        parts.append(_search(view.kind, fold(view.search), parameters))
    return (" WHERE " + " AND ".join(parts) if parts else ""), parameters


def order(view: View) -> str:
    """The ORDER BY of a view: its own keys, the usual ones of the kind, the order of recording."""
    usual = (Sort(name) for name in view.kind.order)
    keys = [_sort_key(view.kind, sort) for sort in (*view.sort, *usual)]
    return ", ".join([*keys, "t.id"])


def decoded(kind: Kind, row: Sequence[object]) -> Row:
    """The stored values of a record from the columns of its fields."""
    return {field.name: from_column(field, cell) for field, cell in zip(kind.fields.values(), row, strict=False)}


def from_column(field: Field, cell: object) -> Value:
    """A stored value from what stands in its column."""
    if field.type == "flag":
        return bool(cell)
    if field.type == "list":
        return tuple(json.loads(str(cell)))
    return cell  # type: ignore[return-value]  # STRICT tables hold nothing but the column's type


def to_column(field: Field, value: Value) -> object:
    """What stands in the column for a stored value."""
    if field.type == "list" and isinstance(value, Iterable):
        return json.dumps(list(value), ensure_ascii=False)
    return int(value) if isinstance(value, bool) else value


def field_of(kind: Kind, name: str) -> Field:
    """The field of that name; Unknown with the names there are."""
    if name not in kind.fields:
        raise Unknown(f'There is no field "{name}" in {kind.table}; there are {", ".join(kind.fields)}.')
    return kind.fields[name]


def _named(field: Field, names: Iterable[str]) -> str:
    other = RECORDS[field.refers_to or ""]
    column = next(name for name in names if name in other.fields)
    return f"(SELECT {column} FROM {other.table} WHERE id = t.{field.name})"


def _by_field(where: Iterable[Condition]) -> list[list[Condition]]:
    groups: dict[object, list[Condition]] = {}
    for number, each in enumerate(where):
        groups.setdefault(each.field if each.operator == "=" else number, []).append(each)
    return list(groups.values())


def _compare(kind: Kind, asked: Condition, parameters: Parameters) -> str:
    field = field_of(kind, asked.field)
    column = f"t.{field.name}"
    if asked.value is None or field.is_empty(asked.value):
        empty = _is_empty(field)
        return f"NOT {empty}" if asked.operator == "!=" else empty
    parameters.append(to_column(field, asked.value))
    if asked.operator in ("=", "!="):
        return f"{column} IS {'NOT ' if asked.operator == '!=' else ''}?"
    return f"({column} {asked.operator} ? AND NOT {_is_empty(field)})"


def _is_empty(field: Field) -> str:
    empty = "'[]'" if field.type == "list" else "''"
    return f"coalesce(t.{field.name}, {empty}) IS {empty}"


def _search(kind: Kind, needle: str, parameters: Parameters) -> str:
    """Own text, and the names of the records referred to, since these are what the row shows."""
    parts = []
    if any(field.is_text for field in kind.fields.values()):
        parts.append("instr(t.folded, ?)")
        parameters.append(needle)
    for field in references(kind):
        other = RECORDS[field.refers_to or ""]
        names = [name for name in ("ref", "name", "aliases", "title") if name in other.fields]
        text = " || ' ' || ".join(names)
        parts.append(f"t.{field.name} IN (SELECT id FROM {other.table} WHERE instr(fold({text}), ?))")
        parameters.append(needle)
    return f"({' OR '.join(parts)})"


def _sort_key(kind: Kind, sort: Sort) -> str:
    field = field_of(kind, sort.field)
    key = _ordered(field)
    down = " DESC" if sort.descending else ""
    may_be_empty = field.optional or (field.is_text and not field.required)
    return f"{_is_empty(field)}, {key}{down}" if may_be_empty else f"{key}{down}"


def _ordered(field: Field) -> str:
    if field.type == "ref":
        return "t.ref_key"
    if field.refers_to:
        other = RECORDS[field.refers_to]
        key = "ref_key" if "ref" in other.fields else "natural_key(name)"
        return f"(SELECT {key} FROM {other.table} WHERE id = t.{field.name})"
    return f"natural_key(t.{field.name})" if field.is_text else f"t.{field.name}"
