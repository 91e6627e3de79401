"""A copy of a dossier that may be given away: rewritten, so that nothing deleted is left in its pages, and unlogged."""

import os
import sqlite3
import tempfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from storage.errors import NotSaved, Refused
from storage.file.atomic import replacing_by_path
from storage.file.beside import SIDE_FILES
from storage.file.connection import prepare, said
from storage.file.recognising import own_names
from storage.file.schema import derived_columns
from storage.file.stopping import STOPPED, stoppable
from storage.questions import searching
from storage.record import RECORDS
from storage.store import Store


def write_copy(store: Store, target: Path, strangers: bool, cancelled: Callable[[], bool] | None = None) -> None:
    """Put a copy in the target's place, whole or not at all; Cancelled when that says True meanwhile.

    Without `strangers` it holds nothing that other programs have added to the file: nobody knows what of it may leave.
    """
    _refuse_side_files(target)
    try:
        with tempfile.TemporaryDirectory(prefix="parley-") as folder, replacing_by_path(target) as place:
            whole = Path(folder, "whole.db")
            store.backup(whole)
            with closing(sqlite3.connect(whole, isolation_level=None)) as connection:
                prepare(connection)
                with stoppable(connection, cancelled, STOPPED):
                    _strip(connection, strangers)
            write_anew(whole, place, cancelled)
    except sqlite3.Error as error:
        raise NotSaved(f"{target} is not written: {said(error)}") from error


def write_anew(source: Path, target: Path, cancelled: Callable[[], bool] | None = None) -> None:
    """Write what the tables of a file hold into an empty one, and nothing of what stands in pages that are free by now.

    Cancelled is raised when that says True meanwhile.
    """
    # on a connection that is not prepared, since such a one may not attach another file, as this does for a while
    with (
        closing(sqlite3.connect(source, isolation_level=None)) as connection,
        stoppable(connection, cancelled, STOPPED),
    ):
        connection.execute("VACUUM INTO ?", (str(target),))


def _refuse_side_files(target: Path) -> None:
    """SQLite would replay a log that lies there into whatever file it finds beside it."""
    real = os.path.realpath(target)
    left = next((real + end for end in SIDE_FILES if os.path.lexists(real + end)), None)
    if left:
        raise Refused(f"{target} is not written: {Path(left).name} of a dossier lies beside it. Name another file.")


def _strip(connection: sqlite3.Connection, strangers: bool) -> None:
    """Take out the log and, without `strangers`, what others have added; the search index is made anew of the rest."""
    connection.execute("PRAGMA journal_mode = DELETE")
    connection.execute("PRAGMA foreign_keys = OFF")  # tables of others may refer to each other in any order
    connection.execute("BEGIN IMMEDIATE")
    empty_log(connection)
    if not strangers:
        _drop_strangers(connection)
    searching.index_anew(connection)
    connection.execute("COMMIT")


def empty_log(connection: sqlite3.Connection) -> None:
    """Forget every step, in the running transaction."""
    connection.execute("DELETE FROM history_edits")
    connection.execute("DELETE FROM history")


def _drop_strangers(connection: sqlite3.Connection) -> None:
    """Leave out tables and indexes of others, what their columns hold, and SQLite's samples of what stood in ours."""
    ours = own_names()
    found = connection.execute("SELECT type, name FROM sqlite_master WHERE sql IS NOT NULL ORDER BY type").fetchall()
    for type, name in found:  # indexes first, as they go with their tables
        if name not in ours:
            connection.execute(f"DROP {type} IF EXISTS {_quoted(name)}")
    for kind in RECORDS.values():
        known = {"id", *kind.fields, *derived_columns(kind)}
        columns = [name for (name,) in connection.execute("SELECT name FROM pragma_table_info(?)", (kind.table,))]
        for name in columns:
            if name not in known:
                connection.execute(f"UPDATE {kind.table} SET {_quoted(name)} = NULL")


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
