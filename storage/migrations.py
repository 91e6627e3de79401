"""The history of the schema: one function a version, run by sqlite-utils in this order."""

from sqlite_utils import Database, Migrations

from storage import searching
from storage.record import RECORDS
from storage.schema import APPLICATION_ID, VERSION, derived_columns, statements

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
    """Keys by which short texts are put in order, and an index for search; a new dossier has both already."""
    for kind in RECORDS.values():
        there = {column.name for column in db[kind.table].columns}
        missing = [name for name in derived_columns(kind) if name not in there]
        for name in missing:
            db.execute(f"ALTER TABLE {kind.table} ADD COLUMN {name} TEXT NOT NULL DEFAULT ''")
        if missing:
            sets = ", ".join(f"{name} = natural_key({name.removesuffix('_key')})" for name in missing)
            db.execute(f"UPDATE {kind.table} SET {sets}")
        if searching.is_searched(kind) and not db[searching.index_name(kind)].exists():
            db.execute(searching.index_table(kind))
    searching.index_anew(db.conn)
    db.execute("PRAGMA user_version = 2")


def migrate(db: Database) -> None:
    """Bring the file to the version of this program, each version in a transaction of its own."""
    dossier.apply(db)
