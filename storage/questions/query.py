"""A view as SQL: column names come from the records alone, values only as parameters."""

import json
import math
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from storage.errors import Unknown
from storage.fields import Field
from storage.folding import fold
from storage.questions.searching import is_searched, proposal
from storage.questions.stored import to_column
from storage.record import CALLED_BY, NAMES, RECORDS, SINGULAR, Kind, names_of, references
from storage.view import Condition, Sort, View, alternatives

Parameters = list[object]

NAMING: Final = (*CALLED_BY, "title")
"""The fields by which a record is looked for."""

LONG_NAMES: Final = ("name", "title", "text")


def ids_of(view: View, limit: int | None = None, by_index: bool = False) -> Iterator[tuple[str, Parameters]]:
    """The SELECTs of the view's ids in its order, to be asked one after the other until there are enough.

    By the index of the search, or without a limit, there is only one.
    """
    where, parameters = condition(view, by_index)
    if limit is None or by_index or not view.sort:
        end = f" LIMIT {int(limit)}" if limit is not None else ""
        yield f"SELECT t.id FROM {view.kind.table} t{where} ORDER BY {order(view)}{end}", parameters
        return
    and_where = where.replace(" WHERE ", " AND ", 1)
    for source, first, more in _first_ones(view):
        yield f"SELECT t.id FROM {source}{and_where} ORDER BY {first} LIMIT {int(limit)}", [*more, *parameters]


def _first_ones(view: View) -> Iterator[tuple[str, str, Parameters]]:
    """FROM and WHERE, ORDER BY, and parameters of SELECTs that lead to the first rows of a sorted view soonest.

    By a reference, the records referred to are taken in their own order, and those that refer to none come last. By
    a choice, there is a SELECT for each word, since an index goes through two columns only where both go up or down.
    """
    table, field = view.kind.table, field_of(view.kind, view.sort[0].field)
    rest = order(view._replace(sort=view.sort[1:]))
    descending = view.sort[0].descending
    if field.refers_to:
        other = RECORDS[field.refers_to]
        down = " DESC" if descending else ""
        yield (
            f"{other.table} o CROSS JOIN {table} t WHERE t.{field.name} = o.id",
            f"{_key(other, 'o')}{down}, {rest}",
            [],
        )
        lost = f"t.{field.name} IS NULL OR t.{field.name} NOT IN (SELECT id FROM {other.table})"
        yield f"{table} t WHERE ({lost})", rest, []
    elif field.type == "choice" and field.name in view.kind.indexed_orders:
        for word in sorted(field.choices, reverse=descending):
            yield f"{table} t WHERE t.{field.name} = ?", rest, [word]
    else:
        yield f"{table} t WHERE 1", order(view), []


def columns_of(kind: Kind, names: Sequence[str], among: tuple[str, Sequence[int]] | None) -> tuple[str, Parameters]:
    """The SELECT of the id and these fields of every record, or only of those with one of the values of a field."""
    columns = ", ".join(["id", *(field_of(kind, name).name for name in names)])
    if among is None:
        return f"SELECT {columns} FROM {kind.table} ORDER BY id", []
    field, values = among
    name = "id" if field == "id" else field_of(kind, field).name
    where = f"{name} IN (SELECT value FROM json_each(?))"
    return f"SELECT {columns} FROM {kind.table} WHERE {where} ORDER BY id", [json.dumps(list(values))]


RAISED: Final = """SELECT id, coalesce(min(first, said), first, said) FROM (
    SELECT d.id, d.ref_key, (SELECT seq FROM rounds WHERE id = d.first_round) first,
        (SELECT min(r.seq) FROM positions p JOIN rounds r ON r.id = p.round WHERE p.demand = d.id) said FROM demands d
    ) ORDER BY ref_key, id"""
"""The SELECT of every demand in order and the seq of its first round or of its first position, the earlier."""


def count_of(view: View) -> tuple[str, Parameters]:
    """The SELECT of the number of the view's records."""
    where, parameters = condition(view)
    return f"SELECT count(*) FROM {view.kind.table} t{where}", parameters


def values_of(view: View, field: Field, most: int, by_index: bool = False) -> tuple[str, Parameters]:
    """The SELECT of the most frequent values of a column in the view, their counts, and for an id the kind it is of."""
    where, parameters = condition(view, by_index)
    subject = "t.subject" if field.type == "subject_id" else "NULL"
    group = "1, 3" if field.type == "subject_id" else "1"  # by a constant as well, no index would be of use
    grouped = f"SELECT t.{field.name}, count(*), {subject} FROM {view.kind.table} t{where} GROUP BY {group}"
    return f"{grouped} ORDER BY 2 DESC, 1 LIMIT {most}", parameters


def rows_of(kind: Kind) -> str:
    """The SELECT of whole records: id, fields, then name and long name of each reference."""
    columns, others = ["t.id", *(f"t.{name}" for name in kind.fields)], references(kind)
    for field in others:
        columns += [named(field, NAMES), named(field, LONG_NAMES)]
    return f"SELECT {', '.join(columns)} FROM {with_others(kind, others)}"


def whole_view(view: View) -> tuple[str, Parameters]:
    """The SELECT of every record of the view, whole, in its order."""
    where, parameters = condition(view)
    return f"{rows_of(view.kind)}{where} ORDER BY {order(view)}", parameters


def condition(view: View, by_index: bool = False) -> tuple[str, Parameters]:
    """The WHERE of a view: alternatives within a field, everything else together.

    By the index of the search, only the rows that it proposes are looked at.
    """
    parts: list[str] = []
    parameters: Parameters = []
    for group in alternatives(view.where):
        texts = [_compare(view.kind, each, parameters) for each in group]
        parts.append(f"({' OR '.join(texts)})")
    if view.ids is not None:
        parts.append("t.id IN (SELECT value FROM json_each(?))")
        parameters.append(json.dumps(view.ids))
    if view.search and by_index and (few := proposed(view)):
        parts.append(f"t.id IN ({few[0]})")
        parameters.extend(few[1])
    if view.search:
        parts.append(_search(view.kind, fold(view.search), parameters))
    return (" WHERE " + " AND ".join(parts) if parts else ""), parameters


def proposed(view: View) -> tuple[str, Parameters] | None:
    """The SELECT, by the index, of the ids of all records that can hold what is searched for; None if it can't tell."""
    needle = fold(view.search)
    if not needle or "\0" in needle:
        return None
    parts: list[str] = []
    parameters: Parameters = []
    if is_searched(view.kind):
        select, values = proposal(view.kind, needle)
        parts.append(select)
        parameters += values
    by_name = _by_name(view.kind, needle, parameters)
    parts += [f"SELECT t.id FROM {view.kind.table} t WHERE {test}" for test in by_name]
    return (" UNION ALL ".join(parts), parameters) if parts else None


def order(view: View) -> str:
    """The ORDER BY of a view: its own keys, the usual ones of the kind, the order of recording."""
    usual = (Sort(name) for name in view.kind.order)
    keys = [_sort_key(view.kind, sort) for sort in (*view.sort, *usual)]
    return ", ".join([*keys, "t.id"])


def called(kind: Kind, row: str) -> list[str]:
    """SQL texts, one for each thing that the records of a kind are called: ref, name, title, aliases."""
    return [_text(kind.fields[name], row) for name in NAMING if name in kind.fields]


def holds(kind: Kind, row: str = "t") -> tuple[str, int]:
    """A test whether a record is called something that holds the parameter, and how often it takes that.

    The folded text of the row is asked first, since that costs a tenth of folding each name.
    """
    names = called(kind, row)
    tests = " OR ".join(f"instr({folded(name)}, ?)" for name in names)
    return f"(instr({row}.folded, ?) AND ({tests}))", 1 + len(names)


def field_of(kind: Kind, name: str) -> Field:
    """The field of that name; Unknown with the names there are."""
    if name not in kind.fields:
        raise Unknown.named("field", name, kind.fields, kind.table)
    return kind.fields[name]


def with_others(kind: Kind, fields: Iterable[Field]) -> str:
    """The SQL of the records and those that these fields refer to; a subquery for each would take twice as long."""
    joins = (f" LEFT JOIN {each.refers_to} {each.name}_of ON {each.name}_of.id = t.{each.name}" for each in fields)
    return f"{kind.table} t{''.join(joins)}"


def named(field: Field, names: Iterable[str]) -> str:
    """The SQL, `with_others`, of what a reference is written as: the first of these that the other record has."""
    other = RECORDS[field.refers_to or ""]
    return f"{field.name}_of.{next(name for name in names if name in other.fields)}"


def _compare(kind: Kind, asked: Condition, parameters: Parameters) -> str:
    field = field_of(kind, asked.field)
    column = f"t.{field.name}"
    if asked.value is None or field.is_empty(asked.value):
        empty = _is_empty(field)
        return f"NOT {empty}" if asked.operator == "!=" else empty
    exact = asked.operator in ("=", "!=")
    value = "; ".join(asked.value) if isinstance(asked.value, tuple) and not exact else to_column(field, asked.value)
    parameters.append(_comparable(value))
    if exact:
        return f"{column} IS {'NOT ' if asked.operator == '!=' else ''}?"
    return f"({_ordered(field)} {asked.operator} {_ordered_value(field)} AND NOT {_is_empty(field)})"


def _ordered_value(field: Field) -> str:
    """The one parameter, compared as the column is sorted: R2 before R10, a reference by what it is called."""
    if field.refers_to:
        other = RECORDS[field.refers_to]
        return f"(SELECT {_key(other, other.table)} FROM {other.table} WHERE id = ?)"
    return "natural_key(?)" if field.is_text else "?"


def _comparable(value: object) -> object:
    """The value; a whole number beyond SQLite's is made infinite, which compares with every other as it should."""
    if isinstance(value, int) and not -(2**63) <= value < 2**63:
        return math.inf if value > 0 else -math.inf
    return value


def _is_empty(field: Field) -> str:
    empty = "'[]'" if field.type == "list" else "''"
    return f"coalesce(t.{field.name}, {empty}) IS {empty}"


def _search(kind: Kind, needle: str, parameters: Parameters) -> str:
    """Own text, and the names of the records referred to, since these are what the row shows."""
    parts = []
    if is_searched(kind):
        parts.append("instr(t.folded, ?)")
        parameters.append(needle)
    parts += _by_name(kind, needle, parameters)
    return f"({' OR '.join(parts)})"


def _by_name(kind: Kind, needle: str, parameters: Parameters) -> Iterator[str]:
    """Tests whether a record refers to one whose name holds the needle."""
    for field in references(kind):
        other = RECORDS[field.refers_to or ""]
        test, times = holds(other, "o")
        parameters.extend([needle] * times)
        yield f"t.{field.name} IN (SELECT o.id FROM {other.table} o WHERE {test})"
    for subject in kind.fields["subject"].choices if "subject_id" in kind.fields else ():
        about = SINGULAR.get(subject)
        if about and names_of(about):
            test, times = holds(about, "o")
            parameters.extend([needle] * times)
            yield f"(t.subject = '{subject}' AND t.subject_id IN (SELECT o.id FROM {about.table} o WHERE {test}))"


def _sort_key(kind: Kind, sort: Sort) -> str:
    field = field_of(kind, sort.field)
    key = _ordered(field)
    down = " DESC" if sort.descending else ""
    if field.refers_to:
        return f"{key}{down} NULLS LAST"
    may_be_empty = field.optional or (field.is_text and not field.required)
    return f"{_is_empty(field)}, {key}{down}" if may_be_empty else f"{key}{down}"


def _ordered(field: Field) -> str:
    if field.has_key:
        return f"t.{field.name}_key"
    if field.refers_to:
        other = RECORDS[field.refers_to]
        return f"(SELECT {_key(other, other.table)} FROM {other.table} WHERE id = t.{field.name})"
    return f"natural_key({_bytes(_text(field))})" if field.is_text else f"t.{field.name}"


def _key(kind: Kind, row: str) -> str:
    """The column that puts records in the order of what they are called."""
    return f"{row}.{names_of(kind)[0]}_key"


def folded(text: str) -> str:
    """The text without case and accents."""
    return f"fold({_bytes(text)})"


def _bytes(text: str) -> str:
    """The text as bytes for a function of ours: Python is not handed a text that is not UTF-8 otherwise."""
    return f"CAST({text} AS BLOB)"


def _text(field: Field, row: str = "t") -> str:
    """The text of a field as people read it, without the brackets and quotes in which a list is stored."""
    column = f"{row}.{field.name}"
    if field.type != "list":
        return column
    # another program may have written what is no list: no CHECK may call a function of JSON (trusted_schema is off)
    return f"iif(json_valid({column}), (SELECT group_concat(value, '; ') FROM json_each({column})), {column})"
