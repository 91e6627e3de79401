"""Find as you type: an index of the trigrams in each row's folded text, for needles of three letters and more.

The index only proposes rows; whether one holds the needle is always seen in its text. A shorter needle, or one that
many rows hold, needs no index: a walk through the rows in their order meets enough of them at once.
"""

import sqlite3
from collections.abc import Iterable
from typing import Final

from storage.record import RECORDS, Kind

LETTERS: Final = 3
"""How many letters stand in one entry of the index."""


def is_searched(kind: Kind) -> bool:
    """True when records of the kind hold text."""
    return any(field.is_text for field in kind.fields.values())


def index_name(kind: Kind) -> str:
    """The table that holds the index of a kind."""
    return f"{kind.table}_search"


def index_table(kind: Kind) -> str:
    """The CREATE of the index of a kind; the text itself stays in the column of the rows."""
    return (
        f"CREATE VIRTUAL TABLE {index_name(kind)} USING fts5(folded, content={kind.table}, content_rowid=id, "
        f"tokenize='trigram case_sensitive 1', detail=none, columnsize=0)"
    )


def tables(kind: Kind) -> set[str]:
    """The tables in which SQLite keeps the index of a kind; none for a kind without text."""
    parts = ("", "_data", "_idx", "_config") if is_searched(kind) else ()
    return {f"{index_name(kind)}{part}" for part in parts}


def entries_in(needle: str) -> str | None:
    """What to ask the index for; None for a needle that it can't find.

    Trigrams side by side and the last one: they cover the needle, and more of them would leave out hardly a row.
    """
    if len(needle) < LETTERS or "\0" in needle:
        return None
    starts = [*range(0, len(needle) - LETTERS, LETTERS), len(needle) - LETTERS]
    found = dict.fromkeys(needle[start : start + LETTERS] for start in starts)
    return " ".join(f'"{entry.replace(chr(34), chr(34) * 2)}"' for entry in found)


def put(connection: sqlite3.Connection, kind: Kind, texts: Iterable[tuple[int, str]]) -> None:
    """Put the texts of rows into the index under their ids, behind writing them into the rows."""
    if is_searched(kind):
        connection.executemany(
            f"INSERT INTO {index_name(kind)} (rowid, folded) VALUES (?, ?)", ((id, text) for id, text in texts if text)
        )


def take(connection: sqlite3.Connection, kind: Kind, ids: Iterable[int]) -> None:
    """Take the texts of rows out of the index, before these change or go."""
    if is_searched(kind):
        index = index_name(kind)
        connection.executemany(
            f"INSERT INTO {index} ({index}, rowid, folded) SELECT 'delete', id, folded FROM {kind.table} "
            "WHERE id = ? AND folded <> ''",
            ((id,) for id in ids),
        )


def index_anew(connection: sqlite3.Connection) -> None:
    """Make every index from the rows alone, with nothing left of what they held before."""
    for kind in RECORDS.values():
        if is_searched(kind):
            index = index_name(kind)
            connection.execute(f"INSERT INTO {index} ({index}) VALUES ('rebuild')")
