"""A step taken back or done again: what stands in its way, and what it is called."""

import sqlite3
from collections.abc import Sequence

from storage import labels
from storage.blocks import in_blocks
from storage.changes import Change, Edit
from storage.editing import history
from storage.editing.deleting import deletion_by_reversing
from storage.editing.steps import Step
from storage.errors import Refused
from storage.questions.stored import stored
from storage.record import RECORDS, Kind, broken_rules, counted_records


def reverse(step: Step, other: Change, undoing: bool) -> None:
    """Undo or redo the other step by this one; Refused or Conflict when what others did since does not allow it."""
    connection = step.connection
    _refuse_to_orphan(connection, other, undoing)
    edits = history.edits_of(connection, other.step, last_first=undoing)
    step.make((edit.inverted() for edit in edits) if undoing else edits)
    step.refuse_broken()
    for kind in RECORDS.values():
        if kind.rules:
            _refuse_broken_records(connection, step.number, kind)


def label(connection: sqlite3.Connection, other: Change, undoing: bool) -> str:
    """`D1 status agreed → open` for an undo of what was done to one record; else what the step was called."""
    edits = _of_one_record(other)
    return labels.of_edit(connection, edits[0].inverted()) if undoing and edits else other.label


def also(connection: sqlite3.Connection, other: Change, undoing: bool) -> tuple[str, ...]:
    """`due basis stated → none` for each field of the one record that went along when it was done."""
    edits = _of_one_record(other)[1:]
    return tuple(labels.of_companion(connection, edit.inverted() if undoing else edit) for edit in edits)


def _of_one_record(other: Change) -> Sequence[Edit]:
    """The edits of a step that changed fields of one record alone; of any other step, none."""
    first, *_ = other.edits
    same = all((edit.table, edit.id) == (first.table, first.id) and edit.field for edit in other.edits)
    return other.edits if same and not other.beyond else ()


def _refuse_to_orphan(connection: sqlite3.Connection, other: Change, undoing: bool) -> None:
    """Refused when a row that is to go is referred to by one that is to stay."""
    staying = deletion_by_reversing(connection, other.step, undoing).staying(other.step)
    if staying:
        raise Refused(f"by now it is referred to by {counted_records(staying)}.")


def _refuse_broken_records(connection: sqlite3.Connection, step: int, kind: Kind) -> None:
    """Refused with the first rule of one record that an edited row breaks, because it was not checked before."""
    edited = connection.execute(
        "SELECT DISTINCT id FROM history_edits WHERE step = ? AND +kind = ? AND field IS NOT NULL", (step, kind.table)
    )
    for some in in_blocks(id for (id,) in edited):
        for row in stored(connection, kind, some).values():
            for each in broken_rules(kind, row):
                raise Refused(each.sentence, each.field)
