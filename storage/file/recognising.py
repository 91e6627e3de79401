"""Is this file a dossier of ours? Asked in an order that changes no byte of what is not."""

import os
import re
import sqlite3
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

from storage.errors import CannotOpen
from storage.file.beside import SIDE_FILES, log_beside
from storage.file.connection import connect_to_read, may_be_written, refusal
from storage.file.schema import APPLICATION_ID, VERSION, statements
from storage.printable import shell_word
from storage.questions import searching
from storage.record import RECORDS

MAGIC: Final = b"SQLite format 3\x00"
HEADER_BYTES: Final = 100
PLAIN_COLUMN: Final = re.compile("(\\w+?)(?:text|integer|int|real|blob|any)")
"""A column that others may have added, white space taken out: no default, no check, no reference, never required."""

TABLES: Final = ("CREATE TABLE ", "CREATE VIRTUAL TABLE ")

OURS: Final = re.compile(r"CREATE (?:(?:VIRTUAL )?TABLE|(?:UNIQUE )?INDEX) (\w+)")


class Header(NamedTuple):
    """What the first bytes of a file say of it."""

    application_id: int
    version: int
    size: int
    """How many bytes its pages take; the file is shorter while a log beside it holds the last ones."""


def header_of(start: bytes) -> Header | None:
    """The header of an SQLite file, as that format describes it; None when there are too few bytes for one."""
    if len(start) < HEADER_BYTES:
        return None
    page = int.from_bytes(start[16:18])
    return Header(
        application_id=int.from_bytes(start[68:72]),
        version=int.from_bytes(start[60:64], signed=True),
        size=int.from_bytes(start[28:32]) * (65_536 if page == 1 else page),
    )


def refuse_what_is_no_file(path: Path) -> None:
    """CannotOpen for what is missing, not a regular file, unreadable or empty, and for such things beside it."""
    try:
        found = os.stat(path)
    except FileNotFoundError:
        raise CannotOpen(f"There is no file {path}. `parley new {shell_word(path)}` makes one.") from None
    except OSError as error:
        raise CannotOpen(f"{path} can't be opened: {error.strerror}.") from error
    if stat.S_ISDIR(found.st_mode):
        raise CannotOpen(f"{path} is a folder; name a dossier file in it.")
    if not stat.S_ISREG(found.st_mode):
        raise CannotOpen(f"{path} is not a regular file, so it can't be a dossier.")
    if not found.st_size:
        raise CannotOpen(f"{path} is empty, not a Parley dossier. Delete it and run `parley new {shell_word(path)}`.")
    if not os.access(path, os.R_OK):
        raise CannotOpen(f"{path} can't be read: you lack the permission.")
    real = os.path.realpath(path)
    for beside in (Path(f"{real}{end}") for end in SIDE_FILES):
        if os.path.exists(beside) and not beside.is_file():  # SQLite would wait for ever for a pipe
            raise CannotOpen(f"{beside} is not a regular file, and stands where SQLite keeps one; move it away.")


def refuse_what_cannot_be_written(path: Path) -> None:
    """CannotOpen where an edit would fail: SQLite itself would say so only at the first one."""
    if not may_be_written(path):
        raise CannotOpen(f"{path} may only be read; open it with --read-only.")


def version_of(path: Path) -> int:
    """The format of a dossier; CannotOpen unless the first bytes are those of one that this program can read."""
    start = _start(path)
    header = header_of(start)
    if header is None or not start.startswith(MAGIC):
        raise CannotOpen(f"{path} is not a Parley dossier.")
    number, version = _marks(path, header)
    if number != APPLICATION_ID:
        raise CannotOpen(f"{path} is an SQLite file, but not a Parley dossier.")
    if version > VERSION:
        raise CannotOpen(
            f"{path} was made by a newer Parley (format {version}, this one knows {VERSION}). Update Parley."
        )
    if version < 1:
        raise CannotOpen(f"{path} is not a Parley dossier: its format number is {version}.")
    return version


def bring_up_to_date(path: Path, version: int, read_only: bool) -> None:
    """Bring a dossier that an older Parley made up to the format of this one; CannotOpen where that can't be."""
    if version == VERSION:
        return
    if read_only:
        raise CannotOpen(f"{path} was made by an older Parley; open it once without --read-only, which keeps a copy.")
    from storage.file import migrations

    migrations.bring_up_to_date(path)


def refuse_what_acts_by_itself(connection: sqlite3.Connection, path: Path) -> None:
    """CannotOpen when the file brings triggers or views, which could do something other than what is asked."""
    if connection.execute("SELECT 1 FROM sqlite_master WHERE type IN ('trigger', 'view')").fetchone():
        raise CannotOpen(f"{path} holds a trigger or view that is not Parley's; it is not opened.")


def refuse_strange_schema(connection: sqlite3.Connection, path: Path) -> None:
    """CannotOpen when a table or unique key of ours is missing or altered, or when the file brings triggers or views.

    Indexes, tables and plain columns that others have added are left alone.
    """
    written = connection.execute("SELECT type, name, sql FROM sqlite_master").fetchall()
    made = {name_of(statement): statement for statement in statements()}
    same = {name for _, name, text in written if text == made.get(name)}  # to the letter, as most of them are
    found = {name: (kind, _bare(text or "")) for kind, name, text in written if name not in same}
    if any(
        kind in ("trigger", "view") or (text.startswith("createvirtual") and text != _bare(made.get(name, "")))
        for name, (kind, text) in found.items()
    ):
        raise CannotOpen(f"{path} holds a trigger, view or virtual table that is not Parley's; it is not opened.")
    for name, statement in made.items():
        if name in same:
            continue
        ours = _bare(statement)
        kind, text = found.get(name, ("", ""))
        if statement.startswith(TABLES) and not (kind == "table" and _strangers(text, ours) is not None):
            raise CannotOpen(f"{path} is not a sound dossier: its table {name} is missing or altered.")
        if statement.startswith("CREATE UNIQUE ") and text != ours:
            raise CannotOpen(f"{path} is not a sound dossier: its unique key {name} is missing or altered.")


def name_of(statement: str) -> str:
    """The table or index that a CREATE statement of ours makes."""
    made = OURS.match(statement)
    return made[1] if made else ""


def own_names() -> set[str]:
    """Every table and index of ours in a dossier, including those in which SQLite keeps an index of the search."""
    return {name_of(statement) for statement in statements()}.union(*map(searching.tables, RECORDS.values()))


def strange_columns(connection: sqlite3.Connection) -> Iterator[tuple[str, str]]:
    """The columns that others have added, each with its table."""
    tables = dict(connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'").fetchall())
    for statement in statements():
        name = name_of(statement)
        for column in _strangers(_bare(tables.get(name) or ""), _bare(statement)) or ():
            yield name, PLAIN_COLUMN.sub(r"\1", column)


def _start(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(HEADER_BYTES)
    except OSError as error:
        raise CannotOpen(f"{path} can't be read: {error.strerror}.") from error


def _marks(path: Path, header: Header) -> tuple[int, int]:
    """The application id and the version; by SQLite where the newest commit may only be in the log beside the file."""
    if not log_beside(path):
        return header.application_id, header.version
    connection = connect_to_read(path)
    try:
        number = connection.execute("PRAGMA application_id").fetchone()[0]
        return number, connection.execute("PRAGMA user_version").fetchone()[0]
    except sqlite3.DatabaseError as error:
        raise refusal(path, error) from error
    finally:
        connection.close()


def _strangers(found: str, ours: str) -> list[str] | None:
    """The columns after ours in a table; None when it is not ours, or when they do more than hold a value."""
    end = ")strict"
    if found == ours:
        return []
    if not (found.endswith(end) and found.startswith(ours.removesuffix(end) + ",")):
        return None
    added = found.removesuffix(end)[len(ours.removesuffix(end)) + 1 :].split(",")
    return added if all(PLAIN_COLUMN.fullmatch(column) for column in added) else None


def _bare(sql: str) -> str:
    """SQL text without the differences that mean nothing: white space, quotes around names, letter case."""
    return re.sub(r"""[\s"\[\]`]+""", "", sql).lower()
