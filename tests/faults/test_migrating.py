"""An older dossier is brought up to date whole, with a copy kept; where that fails it is as it was."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database, Migrations

from storage import CannotOpen, open_store
from storage.file.beside import BESIDE
from storage.file.migrations import bring_up_to_date
from storage.file.schema import VERSION
from tests.storage.hand import by_sqlite

BACKUP = f"istanbul.db.v{VERSION}.bak"


def next_steps(*more):
    """What a later Parley could do to a dossier of today."""
    steps = Migrations("later")

    @steps()
    def add_a_colour(db: Database) -> None:
        db.execute("ALTER TABLE demands ADD COLUMN colour TEXT")
        db.execute("UPDATE demands SET colour = 'red'")

    for each in more:
        steps()(each)
    return steps


def asked(path, sql):
    """The answer of a file."""
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(sql).fetchone()[0]


def everything(path):
    """All that a file holds, as SQL."""
    with closing(sqlite3.connect(path)) as connection:
        return [*connection.iterdump(), connection.execute("PRAGMA user_version").fetchone()]


def test_a_dossier_is_brought_up_to_date_and_a_copy_of_the_old_one_kept(istanbul):
    before = everything(istanbul)

    backup = bring_up_to_date(istanbul, next_steps(), VERSION + 1)

    assert backup.name == BACKUP
    assert everything(backup) == before
    assert backup.stat().st_mode & 0o777 == 0o600
    assert asked(istanbul, "PRAGMA user_version") == VERSION + 1
    assert asked(istanbul, "SELECT count(*) FROM demands WHERE colour = 'red'") == 9
    with closing(open_store(backup)) as store:
        assert store.check() == []
    with pytest.raises(CannotOpen, match="made by a newer Parley"):
        open_store(istanbul)


def fails(db):
    db.execute("UPDATE demands SET title = 'half'")
    db.execute("UPDATE demands SET no_such_column = 1")


def crashes(db):
    db.execute("UPDATE demands SET title = 'half'")
    raise KeyboardInterrupt


def fills(db):
    most = db.execute("PRAGMA page_count").fetchone()[0]
    db.execute(f"PRAGMA max_page_count = {most}")
    db.execute("UPDATE demands SET text = ?", ["much " * 10_000])


def fills_while_its_copy_is_looked_at(db):
    for ending in BESIDE:
        Path(db.execute("PRAGMA database_list").fetchone()[2]).with_name(BACKUP + ending).touch()
    fills(db)


@pytest.mark.parametrize(
    ("step", "error"),
    [
        (fails, CannotOpen),
        (fills, CannotOpen),
        (fills_while_its_copy_is_looked_at, CannotOpen),
        (crashes, KeyboardInterrupt),
    ],
)
def test_a_dossier_whose_migration_fails_is_as_it_was_and_no_copy_is_left(istanbul, step, error):
    before = everything(istanbul)

    with pytest.raises(error, match="as it was" if error is CannotOpen else None):
        bring_up_to_date(istanbul, next_steps(step), VERSION + 1)

    assert everything(istanbul) == before
    assert [each.name for each in istanbul.parent.iterdir()] == ["istanbul.db"]


def test_without_a_copy_there_is_no_migration(istanbul):
    (istanbul.parent / BACKUP).write_text("mine")
    before = everything(istanbul)

    with pytest.raises(CannotOpen, match=rf"copied to {BACKUP} before"):
        bring_up_to_date(istanbul, next_steps(), VERSION + 1)

    assert everything(istanbul) == before
    assert (istanbul.parent / BACKUP).read_text() == "mine"


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("CREATE TRIGGER t AFTER UPDATE ON demands BEGIN DELETE FROM parties; END", "holds a trigger or view"),
        ("CREATE VIRTUAL TABLE foreign_words USING fts5(word)", "virtual table that is not Parley's"),
    ],
)
def test_an_old_file_with_what_a_stranger_has_put_into_it_is_left_as_it_was(istanbul, statement, told):
    by_sqlite(istanbul, statement)
    before = everything(istanbul)

    with pytest.raises(CannotOpen, match=told):
        bring_up_to_date(istanbul, next_steps(), VERSION + 1)

    assert everything(istanbul) == before


def test_a_format_that_no_step_leads_on_from_is_refused(istanbul):
    by_sqlite(istanbul, "PRAGMA user_version = 1")
    before = everything(istanbul)

    with pytest.raises(CannotOpen, match=r"is of format 1, which this Parley can't bring up to date."):
        open_store(istanbul)
    with pytest.raises(CannotOpen, match=r"was made by an older Parley"):
        open_store(istanbul, read_only=True)

    assert everything(istanbul) == before
