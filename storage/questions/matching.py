"""The records of a view: their ids in its order, and what they hold in a column."""

import sqlite3
from array import array
from itertools import chain
from typing import Final

from storage import labels
from storage.fields import Field
from storage.folding import fold, natural
from storage.questions.query import field_of, ids_of, proposed, values_of
from storage.questions.searching import TRIGRAM
from storage.questions.stored import from_column
from storage.record import SINGULAR
from storage.store import MOST_VALUES, Counted
from storage.view import View

FEW: Final = 5_000
"""How many entries of the index can be looked at one by one within a frame."""
MANY: Final = 100_000
"""From here on a walk through a million records takes no longer."""
SMALL: Final = 2_000
"""So many records of a kind are walked through before the index has told where one or two letters stand."""


def ids(connection: sqlite3.Connection, view: View, limit: int | None) -> "array[int]":
    """The ids of a view in its order, the first `limit` of them."""
    found = array("q")
    for text, parameters in ids_of(view, limit, _is_rare(connection, view, FEW if limit else MANY)):
        found.extend(chain.from_iterable(connection.execute(text, parameters)))
        if limit is not None and len(found) >= limit:
            return found[:limit]
    return found


def values(connection: sqlite3.Connection, view: View, name: str) -> list[Counted]:
    """What a column holds in a view, in order, with counts."""
    field = field_of(view.kind, name)
    select, parameters = values_of(view, field, MOST_VALUES, _is_rare(connection, view))
    counted = [_counted(connection, field, *row) for row in connection.execute(select, parameters).fetchall()]
    return sorted(counted, key=lambda each: order_of_value(field, each))


def _is_rare(connection: sqlite3.Connection, view: View, many: int = MANY) -> bool:
    """True when the index proposes so few records for what is searched that they are looked at one by one.

    With more of them a walk through all records in their order meets enough of them sooner.
    """
    proposal = proposed(view) if view.search else None
    is_short = len(fold(view.search)) < TRIGRAM
    if proposal is None or (is_short and not _has_more_than(connection, view, SMALL)):
        return False
    counted = f"SELECT count(*) FROM (SELECT 1 FROM ({proposal[0]}) LIMIT {many})"
    return int(connection.execute(counted, proposal[1]).fetchone()[0]) < many


def _has_more_than(connection: sqlite3.Connection, view: View, few: int) -> bool:
    """True when there are more records of the view's kind than that."""
    beyond = f"SELECT EXISTS (SELECT 1 FROM {view.kind.table} LIMIT 1 OFFSET ?)"
    return bool(connection.execute(beyond, (few,)).fetchone()[0])


def _counted(connection: sqlite3.Connection, field: Field, cell: object, count: int, subject: str | None) -> Counted:
    """How often a column holds the cell; what an id is called goes by the kind of its record, where that is told."""
    value = from_column(field, cell)
    about = SINGULAR.get(subject or "")
    named = field._replace(refers_to=about.table) if about else field
    return Counted(value, labels.of_value(connection, named, value), count)


def order_of_value(field: Field, counted: Counted) -> tuple[bool, float, str]:
    """How the values of a column are listed: empty last, numbers by size, days as they follow, words naturally."""
    by_size = field.type in ("flag", "integer", "number")
    number = counted.value if by_size and isinstance(counted.value, int | float) else 0
    text = str(counted.value) if field.type == "date" else counted.shown  # a sign may stand before an estimated day
    return field.is_empty(counted.value), float(number), natural(text)
