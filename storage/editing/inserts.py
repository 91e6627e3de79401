"""Rows put into a table many to a statement: what SQLite repeats for each statement costs half as much as a row."""

import sqlite3
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Final

ROWS_AT_ONCE: Final = 50
"""More rows to a statement make it no faster."""

Cells = Sequence[object]


def insert_rows(
    connection: sqlite3.Connection, table: str, columns: Sequence[str], rows: Sequence[Cells]
) -> Iterator[tuple[int, sqlite3.IntegrityError]]:
    """Insert rows in their order; those that the table does not take are left out, and the place of each is given."""
    at = 0
    while at < len(rows):
        some = rows[at : at + ROWS_AT_ONCE]
        before = connection.total_changes
        try:
            connection.execute(_statement(table, columns, len(some)), [*chain.from_iterable(some)])
            at += len(some)
        except sqlite3.IntegrityError as error:
            at += connection.total_changes - before
            yield at, error
            at += 1


def _statement(table: str, columns: Sequence[str], count: int) -> str:
    """One INSERT of this many rows; those before one that the table does not take stay in, and so need no journal."""
    row = f"({', '.join('?' * len(columns))})"
    return f"INSERT OR FAIL INTO {table} ({', '.join(columns)}) VALUES {', '.join([row] * count)}"
