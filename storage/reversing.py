"""A step taken back or done again: what stands in its way, and what it is called."""

import sqlite3
from collections.abc import Sequence

from storage import labels, writing
from storage.changes import Change, Edit
from storage.deleting import deletion
from storage.errors import Refused
from storage.record import RECORDS, Kind


def reverse(connection: sqlite3.Connection, edits: Sequence[Edit]) -> None:
    """Make the edits of an undo or a redo; Refused or Conflict when what others did since does not allow it."""
    _refuse_to_orphan(connection, edits)
    writing.apply(connection, edits)
    writing.refuse_broken_records(connection, edits)


def label(connection: sqlite3.Connection, step: Change, edits: Sequence[Edit]) -> str:
    """`D1 status agreed → open` for what an undo did to one record; else what the step was called. Asked behind it."""
    one_record = len({(edit.table, edit.id) for edit in edits}) == 1
    if one_record and edits[0].field and edits[0].before != step.edits[0].before:
        asked_first = next(edit for edit in edits if edit.field == step.edits[0].field)
        return labels.of_edits(connection, [asked_first])
    return step.label


def _refuse_to_orphan(connection: sqlite3.Connection, edits: Sequence[Edit]) -> None:
    """Refused when a row that is to go is referred to by one that is to stay."""
    going: dict[Kind, list[int]] = {}
    for edit in edits:
        if edit.deletes:
            going.setdefault(RECORDS[edit.table], []).append(edit.id)
    found = deletion(connection, going)
    emptied = {(edit.table, edit.id) for edit in edits if edit.field}
    left = {table: len(ids.difference(going.get(RECORDS[table], ()))) for table, ids in found.rows.items()}
    for table, id, _name in found.cleared:
        if (table, id) not in emptied:
            left[table] = left.get(table, 0) + 1
    told = [labels.counted(RECORDS[table], count) for table, count in left.items() if count]
    if told:
        raise Refused(f"by now it is referred to by {', '.join(told)}.")
