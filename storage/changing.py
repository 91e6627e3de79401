"""An edit of one row before it is made: against what the user saw, with what follows from it, checked as a whole."""

import sqlite3
from collections.abc import Iterator, Mapping

from storage.changes import Edit, Row
from storage.errors import Conflict
from storage.fields import Value
from storage.following import companions
from storage.labels import said
from storage.reading import keys, row
from storage.record import Kind


def seen_row(
    connection: sqlite3.Connection, kind: Kind, id: int, values: Mapping[str, Value], seen: Mapping[str, Value]
) -> Row:
    """The row as it is, when the fields to change hold what the user saw; Conflict with both values otherwise."""
    now = row(connection, kind, id)
    if now is None:
        raise Conflict(f"The {kind.singular} is gone: somebody else has deleted it.")
    for name in values:
        if name in seen and name in now and now[name] != seen[name]:
            field = kind.fields[name]
            theirs, yours = (said(connection, field, each) for each in (now[name], seen[name]))
            [key] = keys(connection, kind, [id])
            sentence = f"{key}.{name} is {theirs} now, changed by somebody else; you saw {yours}."
            raise Conflict(sentence, now[name], values[name])
    return now


def edits_of_row(kind: Kind, id: int, now: Row, values: Mapping[str, Value]) -> Iterator[Edit]:
    """The edits that give a row these values and what follows from them; Refused when the whole row is not right."""
    from storage.validation import checked

    wanted = {**now, **values, **companions(kind, now, values)}
    after = checked(kind, wanted)
    for name, value in after.items():
        if value != now[name]:
            yield Edit(kind.table, id, name, now[name], value)
