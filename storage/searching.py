"""Find as you type: an index of the trigrams in each row's folded text, for needles of three letters and more.

The index only proposes rows; whether one holds the needle is always seen in its text. A shorter needle, or one that
many rows hold, needs no index: a walk through the rows in their order meets enough of them at once.
"""

import json
import sqlite3
from collections.abc import Sequence
from typing import Final

from storage.record import RECORDS, Kind

LETTERS: Final = 3
"""How many letters stand in one entry of the index."""

NOTES: Final = """CREATE TEMP TABLE IF NOT EXISTS noted
    (kind TEXT, id INTEGER, held TEXT, PRIMARY KEY (kind, id)) WITHOUT ROWID"""


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
    for (table,) in connection.execute("SELECT DISTINCT kind FROM noted").fetchall():
        index = index_name(RECORDS[table])
        connection.execute(
            f"""INSERT INTO {index} ({index}, rowid, folded)
                SELECT iif(takes, 'delete', NULL), id, iif(takes, held, holds)
                FROM (SELECT id, held, {_held(table, "noted.id")} AS holds FROM noted WHERE kind = ?)
                CROSS JOIN (SELECT 1 AS takes UNION ALL SELECT 0)
                WHERE held <> holds AND iif(takes, held, holds) <> '' ORDER BY id, takes DESC""",
            (table,),
        )
    connection.execute("DELETE FROM noted")


def _held(table: str, id: str) -> str:
    """The SQL of the text that a row holds for search; empty when there is no such row."""
    return f"coalesce((SELECT folded FROM {table} WHERE id = {id}), '')"


def index_anew(connection: sqlite3.Connection) -> None:
    """Make every index from the rows alone, with nothing left of what they held before."""
    for kind in RECORDS.values():
        if is_searched(kind):
            index = index_name(kind)
            connection.execute(f"INSERT INTO {index} ({index}) VALUES ('rebuild')")
