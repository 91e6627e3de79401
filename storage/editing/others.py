"""What others have changed in the file since they were last asked about: their steps, or that it stands in no log."""

import sqlite3

from storage.changes import Change
from storage.editing import history


class Others:
    """Told apart from us by their session, asked about on the connection that writes, or that would."""

    def __init__(self, connection: sqlite3.Connection, session: str) -> None:
        self._session = session
        self._told = self.opened_at = history.last(connection)
        """The newest step that was told; the one when the file was opened."""
        self._version = self._noted = _data_version(connection)
        """What it was when their steps were told last; when note was taken of what stands in no log."""
        self.unlogged = 0
        """How often a change of theirs was met that stands not in the log."""

    def have_changed(self, connection: sqlite3.Connection) -> bool:
        """True when another connection has changed the file."""
        return _data_version(connection) != self._version

    def steps(self, connection: sqlite3.Connection) -> list[Change]:
        """What stands new in the log; nothing when the file was changed without a word there."""
        connection.execute("BEGIN")
        try:
            steps = self._untold(connection)
            self._told = history.last(connection)
            self._version = self._noted = _data_version(connection)
        finally:
            connection.execute("COMMIT")
        return steps

    def note_unlogged(self, connection: sqlite3.Connection) -> None:
        """Take note that they have changed something without a step, before a step of our own hides that."""
        if (version := _data_version(connection)) != self._noted:
            self._untold(connection)
            self._noted = version

    def _untold(self, connection: sqlite3.Connection) -> list[Change]:
        steps = [each for each in history.since(connection, self._told) if each.session != self._session]
        self.unlogged += not steps
        return steps


def _data_version(connection: sqlite3.Connection) -> int:
    """A number that moves whenever another connection has changed the file."""
    return int(connection.execute("PRAGMA data_version").fetchone()[0])
