"""What can still be read of a damaged dossier, as a sound one in a private folder that lasts as long as it is open.

Whatever is asked is asked of that copy: its keys and indexes are new, so that a damaged one keeps no row back.
"""

import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path
from typing import Final

from storage import checking
from storage.errors import CannotOpen, Refused
from storage.file.connection import connect, connect_to_read, said
from storage.file.creating import create
from storage.file.damage import KEEP, only_read
from storage.file.unguarded import refuse_outdated
from storage.questions import searching
from storage.record import RECORDS
from storage.records import Evidence, Statement
from storage.sqlite import SqliteStore
from storage.store import Finding

LOG_TABLES: Final = ("history", "history_edits")

LEAST: Final = -(2**63)
"""No rowid is less."""

TELL_WHAT_IS_INTERNAL: Final = frozenset({Statement.table, Evidence.table})


class Salvaged(SqliteStore):
    """A damaged dossier, open for reading only."""

    def __init__(self, path: Path) -> None:
        """Read what can be read; CannotOpen when nothing can."""
        self._folder = tempfile.TemporaryDirectory(prefix="parley-")
        copy = Path(self._folder.name, path.name)
        try:
            lost = _salvage(path, copy)
            super().__init__(copy, read_only=True)
        except BaseException:
            self._folder.cleanup()
            raise
        self.path = path
        self.lost = lost
        named = ", ".join(dict.fromkeys("the log" if table in LOG_TABLES else table for table in lost))
        less = f"Of {named} not everything can be read." if lost else "Every record in it can still be read."
        self.notices = [f"{only_read(path)} {less} {KEEP}"]

    def check(self) -> list[Finding]:
        """Where the damage is, in the file itself."""
        with closing(connect_to_read(self.path, cut_short=True)) as connection:
            return list(checking.damage(connection))

    def holds_internal(self) -> bool:
        """Refused when that can't be known any more."""
        if TELL_WHAT_IS_INTERNAL.intersection(self.lost):
            raise Refused("What is internal can't be told from the rest any more; --internal lets all of it leave.")
        return super().holds_internal()

    def close(self) -> None:
        """Close the copy and delete it."""
        super().close()
        self._folder.cleanup()


def _salvage(damaged: Path, path: Path) -> tuple[str, ...]:
    """Put what can be read into a new dossier; the tables that could not be read whole."""
    create(path, None)
    with closing(connect_to_read(damaged, cut_short=True)) as source, closing(connect(path)) as copy:
        # by a table alone, since a stranger's view may stand in its place
        tables = {name for _, name, kind, *_ in source.execute("PRAGMA table_list") if kind == "table"}
        copy.execute("PRAGMA foreign_keys = OFF")  # what is referred to may be lost
        copy.execute("BEGIN")
        copy.execute("DELETE FROM dossier")
        lost = [table for table in (*RECORDS, *LOG_TABLES) if table not in tables or not _copied(source, copy, table)]
        searching.index_anew(copy)
        copy.execute("COMMIT")
        refuse_outdated(source)
    if len(lost) == len(RECORDS) + len(LOG_TABLES):
        raise CannotOpen(f"{only_read(damaged)} Nothing in it can be read any more.")
    return tuple(lost)


def _copied(source: sqlite3.Connection, copy: sqlite3.Connection, table: str) -> bool:
    """Copy the rows up to where a table is damaged, then from its end back to there; True when that was all of them."""
    names = ["rowid", *(name for _, name, *_, key in copy.execute(f"PRAGMA table_info({table})") if not key)]
    select = f"SELECT {', '.join(names)} FROM {table} NOT INDEXED WHERE rowid > ? ORDER BY rowid"
    insert = f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"
    whole, last = True, LEAST
    for direction in ("ASC", "DESC"):
        try:
            for row in source.execute(f"{select} {direction}", (last,)):
                last = row[0]
                whole &= _put(copy, insert, row)
            return whole
        except sqlite3.DatabaseError:
            whole = False
    return whole


def _put(copy: sqlite3.Connection, insert: str, row: tuple[object, ...]) -> bool:
    """False for a row that no dossier can hold."""
    try:
        copy.execute(insert, row)
    except sqlite3.IntegrityError:
        return False
    except sqlite3.Error as error:
        raise CannotOpen(f"What can still be read can't be copied: {said(error)}") from error
    return True
