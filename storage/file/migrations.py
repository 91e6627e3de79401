"""The history of the schema: one function a version, run by sqlite-utils in this order."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from sqlite_utils import Database, Migrations

from storage.errors import CannotOpen
from storage.file import recognising
from storage.file.beside import remove
from storage.file.connection import connect, connect_to_read, said
from storage.file.creating import copy_into_place
from storage.file.schema import APPLICATION_ID, VERSION, derived_columns, statements
from storage.file.soundness import refuse_damage
from storage.folding import TYPED_AS
from storage.questions import searching
from storage.record import RECORDS

dossier = Migrations("parley")


@dossier()
def v1_make_the_tables(db: Database) -> None:
    """The tables, keys and indexes of a new dossier."""
    for statement in statements():
        db.execute(statement)
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    db.execute(f"PRAGMA user_version = {VERSION}")


@dossier()
def v2_order_and_search(db: Database) -> None:
    """Keys by which texts are put in order, and an index for search; a new dossier has both already."""
    for kind in RECORDS.values():
        there = {column.name for column in db[kind.table].columns}
        missing = [name for name in derived_columns(kind) if name not in there]
        for name in missing:
            db.execute(f"ALTER TABLE {kind.table} ADD COLUMN {name} TEXT NOT NULL DEFAULT ''")
        if missing:
            sets = ", ".join(f"{name} = natural_key(CAST({name.removesuffix('_key')} AS BLOB))" for name in missing)
            db.execute(f"UPDATE {kind.table} SET {sets}")
    _make_what_is_missing(db)


@dossier()
def v3_short_needles_and_more_orders(db: Database) -> None:
    """Marks after all folded text, by which the index finds one or two letters too, and indexes of more columns."""
    for kind in filter(searching.is_searched, RECORDS.values()):
        db.execute(f"UPDATE {kind.table} SET folded = folded || ? WHERE folded <> ''", [searching.END])
    _make_what_is_missing(db)
    searching.index_anew(db.conn)


@dossier()
def v4_signs_as_typed(db: Database) -> None:
    """Quotation marks, apostrophes and dashes of print in folded text and in keys as a keyboard has them."""
    changed = 0
    for kind in RECORDS.values():
        for name in derived_columns(kind):
            typed = name
            for sign, key in TYPED_AS.items():
                typed = f"replace({typed}, char({ord(sign)}), char({ord(key)}))"
            changed += db.execute(f"UPDATE {kind.table} SET {name} = {typed} WHERE {name} <> {typed}").rowcount
    if changed:
        searching.index_anew(db.conn)


def _make_what_is_missing(db: Database) -> None:
    """Make the tables that only a new dossier has, and all indexes as it has them; columns are not looked at."""
    there = dict(db.execute("SELECT name, sql FROM sqlite_master"))
    for statement in statements():
        name = recognising.name_of(statement)
        if statement.startswith("CREATE INDEX") and there.get(name) != statement:
            db.execute(f"DROP INDEX IF EXISTS {name}")
            there.pop(name, None)
        if name not in there:
            db.execute(statement)


def make_new(db: Database) -> None:
    """Make everything that a new dossier has, in an empty file."""
    dossier.apply(db)


def bring_up_to_date(path: Path, steps: Migrations = dossier, version: int = VERSION) -> Path:
    """Bring an older dossier to a version, whole or not at all; the copy that was made of it before: NAME.v1.bak.

    CannotOpen says why that can't be, and then the dossier is as it was.
    """
    with closing(connect_to_read(path)) as looking:  # what is refused here is not changed by a log beside it either
        refuse_damage(looking, path)
        recognising.refuse_what_acts_by_itself(looking, path)
    with closing(connect(path)) as connection:
        old = _version(connection)
        if not steps.pending(Database(connection)):
            raise CannotOpen(f"{path} is of format {old}, which this Parley can't bring up to date.")
        backup = path.with_name(f"{path.name}.v{old}.bak")
        if os.path.lexists(backup):
            raise CannotOpen(
                f"{path} is of an older format and is copied to {backup.name} before it is brought up to date; "
                "a file of that name is there already. Move it elsewhere, then open the dossier again."
            )
        copy_into_place(connection, backup)
        try:
            with closing(connect_to_read(backup)) as copy:
                refuse_damage(copy, backup)
            connection.execute("BEGIN IMMEDIATE")
            if _version(connection) == old:  # else another program has just done it
                steps.apply(Database(connection))
                connection.execute(f"PRAGMA user_version = {version}")
            recognising.refuse_strange_schema(connection, path)
            connection.execute("COMMIT")
        except BaseException as error:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            remove(backup)
            if isinstance(error, sqlite3.Error):
                sentence = f"{path} can't be brought up to this Parley's format, and is as it was: {said(error)}"
                raise CannotOpen(sentence) from error
            raise
    return backup


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])
