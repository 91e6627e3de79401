"""The connections on which questions are asked: a thread each, so that a long question keeps no short one waiting."""

import sqlite3
import threading
from collections.abc import Callable

from storage.file.unguarded import is_outdated, refuse_outdated


class Readers:
    """Hands each thread its connection, made when it first asks."""

    def __init__(self, connected: Callable[[], sqlite3.Connection]) -> None:
        self._connected = connected
        self._of_thread = threading.local()
        self._asked: dict[int, sqlite3.Connection] = {}
        """The connections in use, by the number of the thread that asks."""
        self._unused: list[sqlite3.Connection] = []
        self._offered: sqlite3.Connection | None = None
        self._outdated: list[sqlite3.Connection] = []
        self._closed = False

    def offer(self, connection: sqlite3.Connection) -> None:
        """Keep a connection for the next thread that asks for the first time."""
        self._offered = connection
        self._unused.append(connection)

    def mine(self) -> sqlite3.Connection:
        """The connection of this thread; an error of SQLite when all are closed."""
        if self._closed:
            raise sqlite3.ProgrammingError("the dossier is closed")
        known = self._of_this_thread()
        connection = self.renewed(known or self._one_unused() or self._connected())
        if connection is not known:
            self._of_thread.connection = self._asked[threading.get_ident()] = connection
        return connection

    def refuse_outdated(self) -> None:
        """CannotOpen when what this thread has just read may be half of a step of another program."""
        connection = self._of_this_thread()
        if connection is not None:
            refuse_outdated(connection)

    def renewed(self, connection: sqlite3.Connection) -> sqlite3.Connection:
        """A connection, or one in its place where it is outdated and nothing has begun on it."""
        if connection.in_transaction or not is_outdated(connection):
            return connection
        self._outdated.append(connection)  # to be closed with the others, since this one may just be interrupted
        return self._connected()

    def _one_unused(self) -> sqlite3.Connection | None:
        try:
            return self._unused.pop()
        except IndexError:
            return None

    def _of_this_thread(self) -> sqlite3.Connection | None:
        found: sqlite3.Connection | None = getattr(self._of_thread, "connection", None)
        return found

    def interrupt(self, thread: int) -> None:
        """Make what the thread of this number has running raise an error of SQLite."""
        if thread in self._asked:
            self._asked[thread].interrupt()

    def close(self) -> None:
        """Close every connection, last the one that was offered, which may take away what lies beside the file."""
        self._closed = True
        made = [*self._asked.values(), *self._unused, *self._outdated]
        for connection in sorted(made, key=lambda each: each is self._offered):
            connection.close()
