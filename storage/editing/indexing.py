"""Indexes of a table that takes in very many rows: made anew after the last, which takes half as long as keeping them.

Unique ones stay, since they tell which rows may not come.
"""

import sqlite3
import sys
from typing import Final

from storage.file.connection import hold_more
from storage.file.schema import indexes
from storage.record import Kind

MANY: Final = 10_000
"""Below this, rebuilding saves nothing noticeable."""

SORTED_KIB: Final = 1_000
"""Page cache while the indexes are built, in KiB; SQLite sorts in as much besides, and more makes it no faster."""


class Indexing:
    """What becomes of the indexes in one step."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._came: dict[str, int] = {}
        self._enough: dict[str, int] = {}
        self._aside: list[str] = []

    def expect(self, kind: Kind, count: int) -> None:
        """Put the indexes of a kind aside once more rows have come, these next `count` included, than were there."""
        came = self._came[kind.table] = self._came.get(kind.table, 0) + count
        if came < self._enough.get(kind.table, MANY):
            return
        there = self._connection.execute(f"SELECT count(*) FROM {kind.table}").fetchone()[0] - (came - count)
        if came < there:
            self._enough[kind.table] = there
            return
        self._enough[kind.table] = sys.maxsize
        for statement in indexes(kind):
            create, what, name, *_ = statement.split()
            if (create, what) == ("CREATE", "INDEX"):
                self._connection.execute(f"DROP INDEX IF EXISTS {name}")
                self._aside.append(statement)

    def rebuild(self) -> None:
        """Make those anew that were put aside; due before rows are looked up by what they refer to."""
        if self._aside:
            self._connection.execute(f"PRAGMA cache_size = -{SORTED_KIB}")
            for statement in self._aside:
                self._connection.execute(statement)
            self._aside.clear()
            hold_more(self._connection)
