"""Is a dossier's file whole? A damaged one is refused; counts that another program left in it are dropped."""

import sqlite3
from contextlib import closing, suppress
from pathlib import Path
from typing import Final

from storage.errors import CannotOpen
from storage.file.beside import log_beside
from storage.file.connection import connect, error_name, said
from storage.file.damage import damaged
from storage.file.unguarded import refuse_outdated

LARGE_BYTES: Final = 20_000_000


def refuse_damage(connection: sqlite3.Connection, path: Path, values: bool = True) -> None:
    """Damaged when SQLite's quick check finds the file so; CannotOpen when only the log beside it makes it so.

    Whether each value is one that its column allows takes three times as long as all the rest: without `values` it is
    not asked, and of a large file it never is, which leaves it to `parley check`.
    """
    values = values and not is_large(path)
    if _is_sound(connection, path, values):
        return
    if log := log_beside(path):
        with closing(connect(path, "ro&immutable=1")) as without_log:
            if _is_sound(without_log, path, values):
                raise CannotOpen(
                    f"{path} is sound, but not with {log.name} beside it, the log of another file or of another state "
                    "of this one. Nothing is written; move that log away."
                )
    refuse_outdated(connection)
    raise damaged(path)


def _is_sound(connection: sqlite3.Connection, path: Path, values: bool) -> bool:
    try:
        connection.execute(f"PRAGMA ignore_check_constraints = {not values}")
        found = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    except sqlite3.DatabaseError as error:
        if not error_name(error).startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")):
            raise CannotOpen(f"{path}: {said(error)}") from error
        found = ""
    finally:
        connection.execute("PRAGMA ignore_check_constraints = OFF")
    return bool(found == "ok")


def forget_statistics(connection: sqlite3.Connection, path: Path) -> None:
    """Drop the ANALYZE statistics that another program left; if the file is busy, at the next opening.

    SQLite believes them without looking, and with wrong numbers walks through whole tables. Our questions are worded
    for a file without any; and what is dropped holds nothing but counts, which any program makes anew.
    """
    found = connection.execute("SELECT name FROM sqlite_master WHERE name GLOB 'sqlite_stat[1-4]'").fetchall()
    if not found:
        return
    with closing(connect(path)) as alone, suppress(sqlite3.DatabaseError):  # the others read the schema anew after it
        alone.execute("PRAGMA busy_timeout = 0")
        for (name,) in found:
            alone.execute(f"DROP TABLE {name}")


def is_large(path: Path) -> bool:
    """True for a file whose check for damage takes longer than a frame or two."""
    return path.stat().st_size > LARGE_BYTES
