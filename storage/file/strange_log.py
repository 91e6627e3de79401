"""A log beside a dossier that is not its own: SQLite plays into a file whatever log it finds beside it."""

import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path

from storage.errors import CannotOpen
from storage.file.beside import log_beside
from storage.file.connection import connect_to_read


@contextmanager
def log_left_alone(path: Path) -> Iterator[None]:
    """However connections are closed inside, the log beside the file stays there, and nothing of it gets into the file.

    Else the last connection that is closed moves the log into the file, unless it may only read.
    """
    with ExitStack() as last:
        if log_beside(path):
            with suppress(CannotOpen, sqlite3.Error):  # a file that can't even be opened is not written to either
                connection = last.enter_context(closing(connect_to_read(path)))
                connection.execute("PRAGMA schema_version").fetchone()  # from here on it counts as one that is open
        yield
