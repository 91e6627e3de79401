"""What may leave: the one place that every view, copy and brief asks before it writes a byte."""

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from storage.editing.deleting import Deletion, deletion
from storage.errors import CannotOpen, Damaged
from storage.file.connection import prepare, said
from storage.file.copying import empty_log, write_anew
from storage.questions import searching
from storage.record import RECORDS, SINGULAR, Kind
from storage.records import Source, Statement
from storage.sqlite import SqliteStore
from storage.store import Store

INTERNAL: Final = "SELECT id FROM statements WHERE visibility = 'internal'"

ON_INTERNAL_ALONE: Final = """SELECT e.subject, e.subject_id FROM evidence e JOIN statements s ON s.id = e.statement
    WHERE e.relation = 'supports' AND e.subject <> 'dossier' GROUP BY 1, 2 HAVING min(s.visibility = 'internal')"""

SOURCES_LEFT_EMPTY: Final = "SELECT source FROM statements GROUP BY 1 HAVING min(visibility = 'internal')"


@contextmanager
def redacted(store: Store) -> Iterator[Store]:
    """The dossier as if everything internal had been deleted; the store itself where nothing is."""
    if not store.holds_internal():
        yield store
        return
    with tempfile.TemporaryDirectory(prefix="parley-") as folder:
        whole, path = Path(folder, f"{store.path.name}.whole"), Path(folder, store.path.name)
        store.backup(whole)
        try:
            _delete_internal(whole)
            write_anew(whole, path)
        except sqlite3.Error as error:
            raise CannotOpen(f"What is internal can't be left out of a copy: {said(error)}") from error
        whole.unlink()
        try:
            copy = SqliteStore(path, read_only=True)
        except Damaged as error:  # of a large file not every value is looked at, of a small copy of it every one
            raise CannotOpen(
                "What is internal can't be left out, since the dossier holds what none may hold. "
                "`parley check` names all of it; --internal lets all of it leave."
            ) from error
        try:
            yield copy
        finally:
            copy.close()


def _delete_internal(path: Path) -> None:
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        prepare(connection)
        connection.execute("PRAGMA journal_mode = DELETE")
        connection.execute("BEGIN IMMEDIATE")
        _take_away(connection, deletion(connection, _withheld(connection)))
        empty_log(connection)
        searching.index_anew(connection)
        connection.execute("COMMIT")
    finally:
        connection.close()


def _withheld(connection: sqlite3.Connection) -> dict[Kind, list[int]]:
    """The records that are internal, or rest on what is internal alone."""
    found: dict[Kind, list[int]] = {}
    for subject, id in connection.execute(ON_INTERNAL_ALONE):
        if subject in SINGULAR:  # otherwise another program wrote a word there that is none of the vocabulary
            found.setdefault(SINGULAR[subject], []).append(id)
    found[Source] = [id for (id,) in connection.execute(SOURCES_LEFT_EMPTY)]
    found[Statement] = [id for (id,) in connection.execute(INTERNAL)]
    return found


def _take_away(connection: sqlite3.Connection, going: Deletion) -> None:
    for each in going.emptied():
        connection.execute(f"UPDATE {each.table} SET {each.field} = NULL WHERE id = ?", (each.id,))
    for kind in RECORDS.values():
        connection.executemany(f"DELETE FROM {kind.table} WHERE id = ?", ((id,) for id in going.ids(kind)))
