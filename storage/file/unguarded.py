"""A file beside which nothing may be kept is read without locks: what was read holds if nobody wrote meanwhile."""

import os
import sqlite3
from pathlib import Path
from typing import TypeGuard

from storage.errors import CannotOpen
from storage.file.beside import JOURNAL_ENDING, log_beside

State = tuple[int, ...] | None
"""What changes when a program writes to a file; None while one may."""


class Unguarded(sqlite3.Connection):
    """A connection for which SQLite takes it that nobody changes the file."""

    path: Path
    state: State
    """That of the file before anything was read."""


def state_of(path: Path) -> State:
    """What tells later whether a program has written to the file: that begins with a log or a journal beside it."""
    real = os.path.realpath(path)
    if log_beside(path) or os.path.exists(f"{real}{JOURNAL_ENDING}"):
        return None
    try:
        found = os.stat(real)
    except OSError:
        return None
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns


def is_outdated(connection: sqlite3.Connection) -> TypeGuard[Unguarded]:
    """True of a connection without locks when another program has worked on the file since it was made."""
    return isinstance(connection, Unguarded) and (
        connection.state is None or state_of(connection.path) != connection.state
    )


def refuse_outdated(connection: sqlite3.Connection) -> None:
    """CannotOpen when what was read may be half of a step of another program."""
    if is_outdated(connection):
        raise CannotOpen(f"Another program has begun to work on {connection.path} while it was read. Try again.")
