"""Why a question was not answered: SQLite refused, a newer one came, or the file holds what no dossier may hold."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from storage.errors import CannotOpen
from storage.file.connection import refusal
from storage.file.readers import Readers
from storage.record import RECORDS, Kind
from storage.store import Finding


def refuse_lost_references(connection: sqlite3.Connection, kind: Kind) -> None:
    """CannotOpen, naming the first, when a record of the kind refers to one that is not there."""
    lost = connection.execute(f"PRAGMA foreign_key_check({kind.table})").fetchone()
    if lost:
        from storage.checking import lost_reference

        _table, id, other, _number = lost
        raise _cannot_be_told(lost_reference(connection, kind, id, RECORDS[other]))


def _cannot_be_told(found: Finding) -> CannotOpen:
    """The error for a question that has no answer because of what was found in the file."""
    where = "" if found.kind == "file" else f"{found.kind} {found.key}: "
    return CannotOpen(
        f"This can't be told, since the dossier holds what none may hold: {where}"
        f"{found.sentence} `parley check` names all of it."
    )


@contextmanager
def explained(path: Path, readers: Readers) -> Iterator[None]:
    """Whatever fails inside fails with a sentence, unless the fault is our own.

    Other programs may write references to nothing (SQLite checks them only if it is told to), and not every value of
    a large file is looked at. Whatever computes with records relies on both, so a failure there may be the fault of
    the file; whether it is, is asked only then.
    """
    try:
        try:
            readers.mine()  # made anew before a question begins, where it is outdated
            yield
            readers.refuse_outdated()
        except (LookupError, TypeError, ValueError) as error:
            from storage.checking import first_error

            found = first_error(readers.mine())
            if found is None:
                raise
            raise _cannot_be_told(found) from error
    except sqlite3.Error as error:
        raise refusal(path, error, "read") from error
