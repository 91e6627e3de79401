"""What can be done to a dossier, each one step inside the running transaction: add, edit, delete, undo, redo."""

import sqlite3
from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Final, Literal

from storage import labels
from storage.changes import REVERSED, Change, Row
from storage.editing import deleting, history, reversing, writing
from storage.editing.changing import Editing
from storage.editing.conflicts import gone
from storage.editing.following import begun
from storage.editing.steps import Step
from storage.errors import NothingToUndo, Refused
from storage.fields import Value
from storage.questions import reading
from storage.record import Kind
from storage.records import Dossier
from storage.sentences import headings

ONE_DOSSIER: Final = "A file holds one dossier; `parley new` makes another."


def load_checks() -> None:
    """Load what checks a change, so that the first one need not wait for it."""
    import_module("storage.editing.validation")


def to_add(records: Sequence[tuple[Kind, Mapping[str, Value]]]) -> list[tuple[Kind, Row]]:
    """New records with all their fields; Refused when one is not right."""
    from storage.editing.validation import checked

    if any(kind is Dossier for kind, _ in records):
        raise Refused(ONE_DOSSIER)
    return [(kind, checked(kind, begun(kind, values))) for kind, values in records]


def add(connection: sqlite3.Connection, session: str, rows: Sequence[tuple[Kind, Row]]) -> Change:
    """Add records that may refer to each other."""
    step = Step(connection, session)
    edits = writing.additions(connection, rows)
    step.make(edits)
    step.refuse_broken()
    return step.done(labels.of_additions(connection, edits))


def edit(
    connection: sqlite3.Connection,
    session: str,
    kind: Kind,
    ids: Sequence[int],
    values: Mapping[str, Value],
    seen: Mapping[int, Mapping[str, Value]],
    adding: Sequence[tuple[Kind, Row]] = (),
) -> Change:
    """Give these fields of some records these values and add others; Conflict where one does not hold what was seen."""
    step, editing = Step(connection, session), Editing(connection, kind, values, seen)
    own = next((fields for fields in kind.unique if values.keys() >= set(fields)), None)
    if own is not None and len(ids) > 1:
        raise Refused(f"One {headings(kind, own)} can't be given to {kind.counted(len(ids))}.", own[0])
    step.make(editing.edits(dict.fromkeys(ids)))
    added = writing.additions(connection, adding)
    step.make(added)
    step.refuse_broken()
    label = labels.of_recorded(connection, kind, editing.count, added) if added else editing.label()
    return step.done(label, editing.also())


def delete(connection: sqlite3.Connection, session: str, kind: Kind, ids: Sequence[int]) -> Change:
    """Delete records with what goes along."""
    if kind is Dossier:
        raise Refused("The dossier itself can't be deleted; delete its file.")
    asked = dict.fromkeys(ids)
    if not asked:
        return Change("nothing changed")
    going = deleting.deletion(connection, {kind: asked})
    if going.are_missing():
        raise gone(kind)
    called = reading.keys(connection, kind, [*asked]) if len(asked) == 1 else [kind.counted(len(asked))]
    step = Step(connection, session)
    step.make(going.edits())
    step.refuse_broken()
    return step.done(labels.of_deletion(called[0], going.along()))


def step_to_reverse(
    connection: sqlite3.Connection, session: str, opened_at: int, kind: Literal["undo", "redo"]
) -> Change:
    """The last step not undone, or the one undone last, leaving out what other sessions did after `opened_at`."""
    choose = history.to_undo if kind == "undo" else history.to_redo
    number = choose(connection, session, opened_at)
    if number is None:
        raise NothingToUndo(f"There is nothing to {kind}.")
    return history.step(connection, number)


def reverse(connection: sqlite3.Connection, session: str, other: Change, kind: Literal["undo", "redo"]) -> Change:
    """Take a step back or do it again; Conflict or Refused when that can't be any more."""
    undoing = kind == "undo"
    step = Step(connection, session, kind, other.step)
    reversing.reverse(step, other, undoing)
    label = f"{reversing.label(connection, other, undoing)}, {REVERSED[kind]}"
    return step.done(label, reversing.also(connection, other, undoing))
