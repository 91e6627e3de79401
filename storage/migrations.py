"""The history of the schema: one function a version, run by sqlite-utils in this order."""

from sqlite_utils import Database, Migrations

from storage.schema import APPLICATION_ID, VERSION, statements

dossier = Migrations("parley")


@dossier()
def v1_make_the_tables(db: Database) -> None:
    """The tables, keys and indexes of a new dossier."""
    for statement in statements():
        db.execute(statement)
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    db.execute(f"PRAGMA user_version = {VERSION}")


def migrate(db: Database) -> None:
    """Bring the file to the version of this program, each version in a transaction of its own."""
    dossier.apply(db)
