"""What is said where somebody else was sooner: a record that is gone, a field that holds something else by now."""

import sqlite3
from typing import Literal, cast

from storage import labels
from storage.changes import Edit, Row
from storage.errors import Conflict, Gone
from storage.fields import Value
from storage.questions.reading import keys
from storage.record import RECORDS, Kind


def gone(kind: Kind, wanted: Value | Row = None) -> Gone:
    """The error for a record that is not there any more."""
    return Gone(f"The {kind.singular} is gone: somebody else has deleted it.", None, wanted)


def changed(connection: sqlite3.Connection, edit: Edit, now: Value, you: Literal["saw", "wrote"]) -> Conflict:
    """The error for a field that does not hold what the edit expects; `you` tells how the user knows of that value."""
    kind, name = RECORDS[edit.table], edit.field or ""
    theirs, yours = labels.of_two_values(connection, kind.fields[name], now, cast(Value, edit.before))
    [key] = keys(connection, kind, [edit.id])
    sentence = f"{key}.{name} is {theirs} now, changed by somebody else; you {you} {yours}."
    return Conflict(sentence, now, edit.after)
