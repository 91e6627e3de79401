"""The connections on which questions are asked: a thread each, so that a long question keeps no short one waiting."""

import sqlite3
import threading
from collections.abc import Callable


class Readers:
    """Hands each thread its connection, made when it first asks."""

    def __init__(self, connected: Callable[[], sqlite3.Connection]) -> None:
        self._connected = connected
        self._of_thread = threading.local()
        self._asked: dict[int, sqlite3.Connection] = {}
        """The connections in use, by the number of the thread that asks."""
        self._unused: list[sqlite3.Connection] = []
        self._offered: sqlite3.Connection | None = None
        self._closed = False

    def offer(self, connection: sqlite3.Connection) -> None:
        """Keep a connection for the next thread that asks for the first time."""
        self._offered = connection
        self._unused.append(connection)

    def mine(self) -> sqlite3.Connection:
        """The connection of this thread; an error of SQLite when all are closed."""
        if self._closed:
            raise sqlite3.ProgrammingError("the dossier is closed")
        connection: sqlite3.Connection | None = getattr(self._of_thread, "connection", None)
        if connection is None:
            try:
                connection = self._unused.pop()
            except IndexError:
                connection = self._connected()
            self._of_thread.connection = self._asked[threading.get_ident()] = connection
        return connection

    def interrupt(self, thread: int) -> None:
        """Make what the thread of this number has running raise an error of SQLite."""
        if thread in self._asked:
            self._asked[thread].interrupt()

    def close(self) -> None:
        """Close every connection, last the one that was offered, which may take away what lies beside the file."""
        self._closed = True
        made = [*self._asked.values(), *self._unused]
        for connection in sorted(made, key=lambda each: each is self._offered):
            connection.close()
