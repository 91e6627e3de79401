"""Find as you type: an index of the trigrams in each row's folded text.

The index only proposes rows; whether one holds the needle is always seen in its text. A needle of one or two letters
is the beginning of some trigrams. A needle that many rows hold needs no index: a walk through the rows in their order
meets enough of them at once.
"""

import json
import sqlite3
from collections.abc import Sequence
from typing import Final

from storage.record import RECORDS, Kind

TRIGRAM: Final = 3
"""How many letters are one entry of the index."""

END: Final = "\n" * (TRIGRAM - 1)
"""Stands after all folded text, so that the last letters of it begin a trigram too."""

LAST: Final = chr(0x10FFFF) * TRIGRAM
"""No trigram with the same beginning comes after this one."""

MANY: Final = 10_000
"""Rows told at once, from which on it pays to gather more than the megabyte after which an index writes unasked."""

GATHERED_BYTES: Final = 8_000_000
"""What an index then gathers before it writes; more makes it no faster."""

NOTES: Final = """CREATE TEMP TABLE IF NOT EXISTS noted
    (kind TEXT, id INTEGER, held TEXT, PRIMARY KEY (kind, id)) WITHOUT ROWID"""


def is_searched(kind: Kind) -> bool:
    """True when records of the kind hold text."""
    return any(field.is_text for field in kind.fields.values())


def index_name(kind: Kind) -> str:
    """The table that holds the index of a kind."""
    return f"{kind.table}_search"


def entries_name(kind: Kind) -> str:
    """The table that shows each entry in the index of a kind, with the rows that hold it."""
    return f"{kind.table}_entries"


def index_tables(kind: Kind) -> list[str]:
    """The CREATEs of the index of a kind and of its entries as a table; the text itself stays in the rows."""
    if not is_searched(kind):
        return []
    return [
        f"CREATE VIRTUAL TABLE {index_name(kind)} USING fts5(folded, content={kind.table}, content_rowid=id, "
        f"tokenize='trigram case_sensitive 1', detail=none, columnsize=0)",
        f"CREATE VIRTUAL TABLE {entries_name(kind)} USING fts5vocab({index_name(kind)}, instance)",
    ]


def tables(kind: Kind) -> set[str]:
    """The tables in which SQLite keeps the index of a kind; none for a kind without text."""
    if not is_searched(kind):
        return set()
    return {entries_name(kind), *(f"{index_name(kind)}{part}" for part in ("", "_data", "_idx", "_config"))}


def proposal(kind: Kind, needle: str) -> tuple[str, list[object]]:
    """The SELECT of the rows that the index proposes for a folded needle; a row may come more than once."""
    if len(needle) < TRIGRAM:
        return f"SELECT doc FROM {entries_name(kind)} WHERE term BETWEEN ? AND ?", [needle, needle + LAST]
    return f"SELECT rowid FROM {index_name(kind)} WHERE {index_name(kind)} MATCH ?", [_entries_in(needle)]


def _entries_in(needle: str) -> str:
    """What to ask the index for.

    Trigrams side by side and the last one: they cover the needle, and more of them would hardly leave out a row.
    """
    starts = [*range(0, len(needle) - TRIGRAM, TRIGRAM), len(needle) - TRIGRAM]
    found = dict.fromkeys(needle[start : start + TRIGRAM] for start in starts)
    return " ".join(f'"{entry.replace(chr(34), chr(34) * 2)}"' for entry in found)


def note(connection: sqlite3.Connection, kind: Kind, ids: Sequence[int]) -> None:
    """Note what the index holds of rows, before they come, change or go; `catch_up` tells it the difference."""
    if is_searched(kind):
        connection.execute(NOTES)
        noted = f"SELECT ?, value, {_held(kind.table, 'value')} FROM json_each(?) ORDER BY value"
        connection.execute(f"INSERT OR IGNORE INTO noted {noted}", (kind.table, json.dumps(ids)))


def catch_up(connection: sqlite3.Connection) -> None:
    """Take out of the index what it held of the rows noted, and put in what they hold now.

    That is done at the end of a step and in the order of the ids: in any other order, and at every other statement in
    between, the index writes what it has gathered to the file, which for many rows takes longer than all else together.
    """
    connection.execute(NOTES)
    for table, count in connection.execute("SELECT kind, count(*) FROM noted GROUP BY kind").fetchall():
        index = index_name(RECORDS[table])
        if count >= MANY:
            _gather_more(connection, index)
        connection.execute(
            f"""INSERT INTO {index} ({index}, rowid, folded)
                SELECT iif(takes, 'delete', NULL), id, iif(takes, held, holds)
                FROM (SELECT id, held, {_held(table, "noted.id")} AS holds FROM noted WHERE kind = ?)
                CROSS JOIN (SELECT 1 AS takes UNION ALL SELECT 0)
                WHERE held <> holds AND iif(takes, held, holds) <> '' ORDER BY id, takes DESC""",
            (table,),
        )
    connection.execute("DELETE FROM noted")


def _gather_more(connection: sqlite3.Connection, index: str) -> None:
    """Let an index write what it is told in fewer pieces, since it merges them again and again; it keeps to that."""
    connection.execute(f"INSERT INTO {index} ({index}, rank) VALUES ('hashsize', {GATHERED_BYTES})")


def _held(table: str, id: str) -> str:
    """The SQL of the text that a row holds for search; empty when there is no such row."""
    return f"coalesce((SELECT folded FROM {table} WHERE id = {id}), '')"


def index_anew(connection: sqlite3.Connection) -> None:
    """Make every index from the rows alone, with nothing left of what they held before."""
    for kind in RECORDS.values():
        if is_searched(kind):
            index = index_name(kind)
            _gather_more(connection, index)
            connection.execute(f"INSERT INTO {index} ({index}) VALUES ('rebuild')")
