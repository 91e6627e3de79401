"""Which rows of a computed table are asked for, and in which order: the rules of a record view over machine values."""

from array import array
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from storage.fields import Field, Value
from storage.folding import fold, natural
from storage.questions.table import Row, Rows
from storage.view import Condition, Sort, alternatives

Called = Callable[[str, str], str]
"""All that a record of a table is called, folded, by its ref or name."""

NATURAL: Final = ("ref", "reference", "text", "long", "open", "list")


def narrowed(rows: Rows, fields: Mapping[str, Field], where: Sequence[Condition], needle: str, called: Called) -> Rows:
    """The rows that fulfil the conditions and hold the text."""
    tests = [_test(fields[group[0].field], group) for group in alternatives(where)]
    folded = fold(needle)
    return kept(
        rows,
        lambda row: all(test(row) for test in tests) and (not folded or folded in _haystack(row, fields, called)),
    )


def kept(rows: Rows, test: Callable[[Row], bool]) -> Rows:
    """The rows that pass a test."""
    return rows.only(array("q", (row.id for row in rows if test(row))))


def ordered(rows: Rows, fields: Mapping[str, Field], sort: Sequence[Sort]) -> Rows:
    """The rows in the order asked for; rows alike in it stay as they were, empties come last either way."""
    if not sort:
        return rows
    keyed = [(row.id, [_place(fields[each.field], row) for each in sort]) for row in rows]
    for number, each in reversed([*enumerate(sort)]):
        keyed.sort(key=lambda row: row[1][number][1], reverse=each.descending)
        keyed.sort(key=lambda row: row[1][number][0])
    return rows.only(array("q", (id for id, _ in keyed)))


def _place(field: Field, row: Row) -> tuple[bool, tuple[float, str]]:
    """Whether the row is empty there, and what it is compared by otherwise."""
    value = row.values[field.name]
    return (True, (0.0, "")) if field.is_empty(value) else (False, _key(field, value))


def _test(field: Field, group: Sequence[Condition]) -> Callable[[Row], bool]:
    tests = [_compared(field, each) for each in group]
    return lambda row: any(test(row.values[field.name]) for test in tests)


def _compared(field: Field, asked: Condition) -> Callable[[Value], bool]:
    wanted = asked.value
    if field.is_empty(wanted):
        return lambda value: field.is_empty(value) is (asked.operator == "=")
    if asked.operator == "=":
        return lambda value: value == wanted
    if asked.operator == "!=":
        return lambda value: value != wanted
    edge = _key(field, wanted)
    if asked.operator == ">=":
        return lambda value: not field.is_empty(value) and _key(field, value) >= edge
    return lambda value: not field.is_empty(value) and _key(field, value) <= edge


def _key(field: Field, value: Value) -> tuple[float, str]:
    """What a value is compared by: numbers by size, refs and texts in natural order, all else as it is written."""
    if isinstance(value, bool | int | float):
        return float(value), ""
    text = "; ".join(value) if isinstance(value, tuple) else str(value or "")
    return 0.0, natural(text) if field.type in NATURAL else text


def _haystack(row: Row, fields: Mapping[str, Field], called: Called) -> str:
    """The row's own text, and what the records that it names are called."""
    parts = []
    for name, field in fields.items():
        if name in row.cells:
            continue
        value = row.values[name]
        if field.refers_to and isinstance(value, str):
            parts.append(called(field.refers_to, value))
        elif field.is_text and value:
            parts.append(fold("; ".join(value) if isinstance(value, tuple) else str(value)))
    return "\n".join(parts)
