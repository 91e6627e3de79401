"""New files: a dossier made from a seed, and copies of one; each is whole or not there, and never over another."""

import errno
import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from storage.editing.indexing import Indexing
from storage.editing.writing import id_by_time, insert
from storage.errors import CannotOpen
from storage.file.atomic import sync, sync_name
from storage.file.beside import SIDE_FILES, owner_of, remove
from storage.file.connection import hold_more, prepare, said, write_ahead
from storage.file.unguarded import refuse_outdated
from storage.questions import searching
from storage.record import RECORDS
from storage.records import Dossier


def create(path: Path, seed: bytes | None, name: str = "seed") -> None:
    """Make a dossier at `path` from JSON, or an empty one; BadInput names every mistake, and then nothing is made."""
    with _new_file(path) as temporary:
        connection = sqlite3.connect(temporary, isolation_level=None)
        try:
            prepare(connection)
            hold_more(connection)
            write_ahead(connection, path)
            _make_tables(connection)
            _fill(connection, seed, name)
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            connection.close()


def copy_into_place(source: sqlite3.Connection, target: Path) -> None:
    """A whole copy of an open dossier at `target`; CannotOpen when something is there already."""
    with _new_file(target) as temporary:
        copy = sqlite3.connect(temporary, isolation_level=None)
        try:
            source.backup(copy)
            refuse_outdated(source)
        finally:
            copy.close()


def _make_tables(connection: sqlite3.Connection) -> None:
    from sqlite_utils import Database

    from storage.file.migrations import make_new

    make_new(Database(connection))


def _fill(connection: sqlite3.Connection, seed: bytes | None, name: str) -> None:
    """Everything in one transaction, the rules that span records asked of the whole at its end."""
    connection.execute("BEGIN IMMEDIATE")
    if seed is None:
        insert(connection, Dossier, [(1, {"title": "Untitled dossier", "about": ""})])
    else:
        _plant(connection, seed, name)
    searching.catch_up(connection)
    connection.execute("COMMIT")


def _plant(connection: sqlite3.Connection, seed: bytes, name: str) -> None:
    from storage.incoming.seeding import prepare as prepared
    from storage.incoming.seeding import read_seed

    ready = prepared(read_seed(seed, name), name, id_by_time())
    indexing = Indexing(connection)
    for table, rows in ready.rows.items():
        indexing.expect(RECORDS[table], len(rows))
        insert(connection, RECORDS[table], rows)
    indexing.rebuild()
    ready.refuse_broken(connection)


@contextmanager
def _new_file(path: Path) -> Iterator[Path]:
    """A temporary file beside the target that is linked into place at the end, never over something."""
    _refuse_taken(path)
    try:
        handle, name = tempfile.mkstemp(prefix=".parley-", suffix=".tmp", dir=path.parent)
        os.close(handle)
        temporary = Path(name)
        try:
            yield temporary
            sync(temporary)
            _refuse_taken(path)
            _put(temporary, path)
            sync_name(path, str(path))
        finally:
            remove(temporary)
    except sqlite3.Error as error:
        raise CannotOpen(f"{path} can't be made: {said(error)}") from error
    except OSError as error:
        raise CannotOpen(f"{path} can't be made: {error.strerror}.") from error


def _put(made: Path, path: Path) -> None:
    """Give a file its name unless something is called so."""
    try:
        os.link(made, path)
    except FileExistsError:
        raise _taken(path) from None
    except OSError as error:
        if error.errno not in (errno.EPERM, errno.EOPNOTSUPP):
            raise
        # a file system without links, such as that of many USB sticks: the name is taken first, then what it names
        try:
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        except FileExistsError:
            raise _taken(path) from None
        os.replace(made, path)


def _refuse_taken(path: Path) -> None:
    if os.path.lexists(path):
        raise _taken(path)
    left = next((path.name + end for end in SIDE_FILES if os.path.lexists(path.with_name(path.name + end))), None)
    if left:
        raise CannotOpen(f"{path} can't be made: {left} of another dossier still lies there. Move it away first.")
    if owner := owner_of(path):
        raise CannotOpen(f"{path} can't be made: it would be taken for a part of {owner.name}; choose another name.")


def _taken(path: Path) -> CannotOpen:
    return CannotOpen(f"{path} is there already; choose another name.")
