"""A large file is shown before it is checked for damage, and written to only after that."""

import sqlite3

import pytest
from click.testing import CliRunner

from storage.errors import CannotOpen
from storage.file.opened import open_store
from storage.file.soundness import LARGE_BYTES
from storage.records import Demand
from storage.view import View
from tests.storage.hand import by_sqlite
from tests.tui.desk import desk
from tui.commands.group import parley

PAGE_BYTES = 4096


@pytest.fixture
def large(istanbul):
    """A dossier made large by a table of another program."""
    connection = sqlite3.connect(istanbul)
    connection.execute("CREATE TABLE ballast (bytes BLOB)")
    connection.execute("INSERT INTO ballast VALUES (zeroblob(?))", (LARGE_BYTES,))
    connection.commit()
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    return istanbul


def damage(path):
    """Overwrite a page that no demand stands in."""
    connection = sqlite3.connect(path)
    [page] = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'stances'").fetchone()
    connection.close()
    with path.open("r+b") as file:
        file.seek((page - 1) * PAGE_BYTES)
        file.write(b"\xff" * PAGE_BYTES)


def test_a_damaged_large_file_is_refused_at_once_where_nobody_waits_for_a_screen(large):
    damage(large)

    with pytest.raises(CannotOpen, match="damaged"):
        open_store(large)


def test_statistics_of_another_program_go_when_a_large_file_is_found_sound(large):
    by_sqlite(large, "ANALYZE")
    store = open_store(large, check_later=True)
    assert "sqlite_stat1" in {each.key for each in store.check()}

    store.make_sure()

    assert "sqlite_stat1" not in {each.key for each in store.check()}
    store.close()


def test_a_damaged_large_file_is_shown_first_and_never_written_to(large):
    damage(large)
    before = large.read_bytes()

    store = open_store(large, check_later=True)
    [first, *_] = store.find(View(Demand))
    with pytest.raises(CannotOpen, match="damaged"):
        store.make_sure()
    with pytest.raises(CannotOpen, match="damaged"):
        store.edit(Demand, [first], {"title": "Not written"})
    store.close()

    assert large.read_bytes() == before


@pytest.mark.parametrize("target", ["demands.csv", "demands.xlsx", "dossier.json"])
def test_what_leaves_a_damaged_large_file_takes_no_place(large, tmp_path, target):
    damage(large)
    before = large.read_bytes()
    (tmp_path / target).write_text("as it was")

    done = exported(large, target.split(".")[0], "-o", tmp_path / target)

    assert "is damaged, so nothing is written to it" in str(done.exception)
    assert (tmp_path / target).read_text() == "as it was"
    assert large.read_bytes() == before
    assert {path.name for path in tmp_path.iterdir()} == {large.name, target}


def test_rows_of_a_damaged_large_file_that_have_left_as_a_stream_are_followed_by_the_refusal(large):
    damage(large)

    done = exported(large, "demands")

    assert len(done.stdout.splitlines()) == 10
    assert "is damaged, so nothing is written to it" in str(done.exception)


def exported(dossier, *words):
    """How `parley export` of a view ended."""
    return CliRunner().invoke(parley, ["export", str(dossier), *map(str, words)], standalone_mode=False)


async def test_the_screen_shows_a_damaged_large_file_and_refuses_to_save_into_it(large):
    damage(large)

    async with desk(large) as at:
        assert len(at.rows()) == 9
        await at.press("3", "right", "e", "x", "enter")
        assert "is damaged, so nothing is written to it" in at.says


def test_a_sound_large_file_is_written_to_after_the_check(large):
    store = open_store(large, check_later=True)
    [first, *_] = store.find(View(Demand))

    store.edit(Demand, [first], {"title": "Written"})

    assert [found.values["title"] for found in store.rows(View(Demand), [first])] == ["Written"]
    store.close()
