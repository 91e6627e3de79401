"""What may leave: the one place that every route out of a dossier asks before it writes a byte."""

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from storage.connection import prepare
from storage.deleting import Deletion, deletion
from storage.record import SINGULAR, Kind
from storage.records import Source, Statement
from storage.sqlite import SqliteStore
from storage.store import Store

INTERNAL: Final = "SELECT id FROM statements WHERE visibility = 'internal'"

ON_INTERNAL_ALONE: Final = """SELECT e.subject, e.subject_id FROM evidence e JOIN statements s ON s.id = e.statement
    WHERE e.relation = 'supports' GROUP BY 1, 2 HAVING min(s.visibility = 'internal')"""

SOURCES_LEFT_EMPTY: Final = "SELECT source FROM statements GROUP BY 1 HAVING min(visibility = 'internal')"


@contextmanager
def redacted(store: Store) -> Iterator[Store]:
    """The dossier as if everything internal had been deleted; the store itself where nothing is."""
    if not store.holds_internal():
        yield store
        return
    with tempfile.TemporaryDirectory(prefix="parley-") as folder:
        path = Path(folder, store.path.name)
        store.backup(path)
        _delete_internal(path)
        copy = SqliteStore(path, read_only=True)
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
        for kind, ids in _withheld(connection).items():
            _take_away(connection, deletion(connection, kind, ids))
        connection.execute("DELETE FROM history_edits")
        connection.execute("DELETE FROM history")
        connection.execute("COMMIT")
    finally:
        connection.close()


def _withheld(connection: sqlite3.Connection) -> dict[Kind, list[int]]:
    """All that goes, asked before the first row goes, since a support that is gone would not be missed any more."""
    found: dict[Kind, list[int]] = {}
    for subject, id in connection.execute(ON_INTERNAL_ALONE):
        found.setdefault(SINGULAR[subject], []).append(id)
    found[Source] = [id for (id,) in connection.execute(SOURCES_LEFT_EMPTY)]
    found[Statement] = [id for (id,) in connection.execute(INTERNAL)]
    return found


def _take_away(connection: sqlite3.Connection, going: Deletion) -> None:
    for table, id, name in going.cleared:
        connection.execute(f"UPDATE {table} SET {name} = NULL WHERE id = ?", (id,))
    for table, ids in going.rows.items():
        connection.executemany(f"DELETE FROM {table} WHERE id = ?", ((id,) for id in ids))
