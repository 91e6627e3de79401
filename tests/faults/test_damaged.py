"""A damaged dossier: nothing is written to it, the rest of it may leave, and `check` says where the damage is."""

import os
import sqlite3
from contextlib import closing

import pytest
from click.testing import CliRunner

from storage import CannotOpen, open_store
from tests.tui.desk import desk
from tui.commands.group import parley
from tui.ending import ended


@pytest.fixture
def damaged(istanbul):
    """A dossier in which the page where a table begins is garbage, and two backups of it."""

    def damaged(name):
        for age, backup in enumerate(["istanbul-20250601T101010.bak", "istanbul.db.v1.bak", "another.bak"]):
            (istanbul.parent / backup).write_bytes(istanbul.read_bytes())
            os.utime(istanbul.parent / backup, (age, age))
        with closing(sqlite3.connect(istanbul)) as connection:
            [page] = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (name,)).fetchone()
            [size] = connection.execute("PRAGMA page_size").fetchone()
        with istanbul.open("r+b") as file:
            file.seek((page - 1) * size)
            file.write(b"\xff" * size)
        return istanbul

    return damaged


def run(*words):
    """How a command ended: its exit code, stdout and the last line of stderr."""
    done = CliRunner().invoke(parley, [*map(str, words)], standalone_mode=False)
    code = ended(lambda: done.return_value or 0) if done.exception is None else getattr(done.exception, "exit_code", 70)
    return code, done.stdout, str(done.exception or "")


def files(folder):
    """Every file in a folder with its bytes."""
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_it_is_refused_for_work_with_its_newest_backup_named(damaged):
    path = damaged("positions")
    before = files(path.parent)

    with pytest.raises(
        CannotOpen, match=r"Its newest backup here is istanbul.db.v1.bak. --read-only shows and exports"
    ):
        open_store(path)
    assert run("undo", path)[0] == 1
    assert files(path.parent) == before


def test_without_a_backup_it_says_so(damaged, tmp_path):
    path = damaged("positions")
    for each in tmp_path.glob("*.bak"):
        each.unlink()

    with pytest.raises(CannotOpen, match=r"There is no backup of it beside it."):
        open_store(path)


def test_what_can_still_be_read_leaves_and_what_can_not_leaves_no_half_file(damaged, tmp_path):
    path = damaged("positions")
    before = files(tmp_path)

    code, out, _ = run("export", path, "statements", "--read-only", "--internal")
    assert (code, len(out.splitlines())) == (0, 27)
    code, _, error = run("export", path, "positions", "--read-only", "--internal", "-o", tmp_path / "positions.csv")
    assert (code, "can't be read: it is damaged." in error) == (1, True)
    assert files(tmp_path) == before


@pytest.mark.parametrize("name", ["positions", "demands_ref_key"])
def test_check_says_where_it_is_damaged(damaged, name):
    path = damaged(name)

    code, out, _ = run("check", path)

    assert (code, out) == (
        1,
        f"error file -: The file is damaged in the table {name.partition('_')[0]}, or in an index of it.\n",
    )


def test_check_names_the_index_in_which_rows_are_missing(istanbul):
    with closing(sqlite3.connect(istanbul)) as connection:
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute(
            "UPDATE sqlite_master SET rootpage = (SELECT rootpage FROM sqlite_master WHERE name = "
            "'parties_ref_key') WHERE name = 'demands_ref_key'"
        )
        connection.commit()

    code, out, _ = run("check", istanbul)

    assert code == 1
    assert "demands_ref_key" in out


async def test_the_screen_shows_the_rest_and_says_that_the_file_is_damaged(damaged):
    async with desk(damaged("commitments"), read_only=True) as at:
        assert "is damaged, so nothing is written to it" in at.says
        assert len(at.rows()) == 9

        await at.press("3", "e")
        assert at.says == "This dossier is open for reading only."
