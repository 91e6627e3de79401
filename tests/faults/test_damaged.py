"""A damaged dossier: nothing is written to it, the rest of it may leave, and `check` says where the damage is."""

import os
import sqlite3
import tempfile
from contextlib import closing
from itertools import chain

import pytest
from click.testing import CliRunner

from storage import CannotOpen, Demand, Party, View, open_store, read_data
from tests.storage.hand import Hand, by_sqlite
from tests.tui.desk import desk, until
from tui.commands.group import parley
from tui.ending import ended

PAGE = 4096
TABLE_LEAF = 13
"""The first byte of a page that holds rows."""


@pytest.fixture
def damaged(istanbul):
    """A dossier in which the pages where tables or indexes begin are garbage, and two backups of it."""

    def damaged(*names):
        for age, backup in enumerate(["istanbul-20250601T101010.bak", "istanbul.db.v1.bak", "another.bak"]):
            (istanbul.parent / backup).write_bytes(istanbul.read_bytes())
            os.utime(istanbul.parent / backup, (age, age))
        with closing(sqlite3.connect(istanbul)) as connection:
            pages = dict(connection.execute("SELECT name, rootpage FROM sqlite_master"))
        for name in names:
            overwrite(istanbul, pages[name])
        return istanbul

    return damaged


def overwrite(path, page):
    """Put garbage into a page."""
    with path.open("r+b") as file:
        file.seek((page - 1) * PAGE)
        file.write(b"\xff" * PAGE)


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


def test_the_backup_of_another_dossier_is_not_named_though_it_begins_alike(damaged, tmp_path):
    path = damaged("positions")
    for each in tmp_path.glob("*.bak"):
        each.rename(tmp_path / f"istanbul-north.db.v{len(each.name)}.bak")

    with pytest.raises(CannotOpen, match=r"No .bak of it lies beside it."):
        open_store(path)


def test_without_a_backup_it_says_so(damaged, tmp_path):
    path = damaged("positions")
    for each in tmp_path.glob("*.bak"):
        each.unlink()

    with pytest.raises(CannotOpen, match=r"No .bak of it lies beside it."):
        open_store(path)


def test_a_value_that_its_column_does_not_allow_is_looked_for_behind_the_first_rows(istanbul):
    by_sqlite(istanbul, "PRAGMA ignore_check_constraints = ON", "UPDATE demands SET status = 'no such status'")
    before = istanbul.read_bytes()

    with pytest.raises(CannotOpen, match="damaged"):
        open_store(istanbul)
    with closing(open_store(istanbul, check_later=True)) as store:
        [first, *_] = store.find(View(Demand))
        for _again in range(2):
            with pytest.raises(CannotOpen, match="damaged"):
                store.edit(Demand, [first], {"title": "Not written"})

    assert istanbul.read_bytes() == before
    assert run("export", istanbul, "demands")[:2] == (1, "")


LESS = "That was what can still be read."
"""How a command ends that could not do all it was asked for."""


def test_what_can_still_be_read_leaves_with_a_word_on_what_can_not_and_the_file_is_left_alone(damaged, tmp_path):
    path = damaged("positions")
    before = files(tmp_path)

    code, out, error = run("export", path, "statements", "--read-only")
    assert (code, len(out.splitlines()), error) == (1, 27, LESS)
    code, _, error = run("export", path, "positions", "--read-only", "-o", tmp_path / "positions.csv")
    assert (code, error) == (1, LESS)
    assert (tmp_path / "positions.csv").read_text().count("\n") == 1
    (tmp_path / "positions.csv").unlink()
    assert files(tmp_path) == before


@pytest.mark.parametrize(
    "index", ["demands_ref_key", "evidence_subject", "statements_ref_unique", "demands_search_data"]
)
def test_a_damaged_index_keeps_no_row_back(damaged, tmp_path, index):
    sound = [run("export", tmp_path / "istanbul.db", view) for view in ("demands", "evidence", "dossier")]
    path = damaged(index)

    with closing(open_store(path, read_only=True)) as store:
        assert "Every record in it can still be read." in store.notices[0]
        assert len(store.find(View(Demand, search="ceasefire"))) > 0
    assert [run("export", path, view, "--read-only") for view in ("demands", "evidence", "dossier")] == sound


@pytest.mark.parametrize("table", ["statements", "evidence"])
def test_what_is_internal_stays_when_it_can_no_longer_be_told(damaged, table):
    path = damaged(table)

    code, out, error = run("export", path, "demands", "--read-only")
    assert (code, out) == (1, "")
    assert error.startswith("What is internal can't be told from the rest any more")
    code, out, error = run("export", path, "demands", "--read-only", "--internal")
    assert (code, len(out.splitlines()), error) == (1, 10, LESS)


def test_the_rows_before_and_behind_the_damage_are_read(istanbul, tmp_path):
    hand = Hand(istanbul)
    parties = "\n".join(("ref,name,kind", *(f"P{at},Party {at} {'x' * 300},state" for at in range(300))))
    (tmp_path / "parties.csv").write_text(parties)
    with read_data(tmp_path / "parties.csv") as arriving:
        hand.store.import_data(arriving)
    hand.store.close()
    data = istanbul.read_bytes()
    starts = range(0, len(data), PAGE)
    leaves = [
        start // PAGE + 1
        for start in starts
        if data[start] == TABLE_LEAF and b"Party 150 " in data[start : start + PAGE]
    ]
    overwrite(istanbul, leaves[0])

    assert run("backup", istanbul, tmp_path / "rest.db", "--read-only") == (1, "", LESS)

    with closing(open_store(tmp_path / "rest.db")) as store:
        assert 280 < store.count(View(Party)) < 306
        assert {each.sentence for each in store.check() if each.error} == set()
        assert sum(each.sentence == "It was deleted without a word." for each in store.check()) > 5


@pytest.mark.parametrize("share", [2, 4])
def test_of_a_file_cut_in_half_the_first_half_is_read(istanbul, tmp_path, share):
    with istanbul.open("r+b") as file:
        file.truncate(istanbul.stat().st_size // share)
    before = files(tmp_path)

    code, out, error = run("export", istanbul, "demands", "--read-only", "--internal")
    assert (code, len(out.splitlines()), error) == (1, 10, LESS)
    code, out, _ = run("check", istanbul)
    assert (code, out) == (1, "error file -: The file is damaged where it tells which tables there are.\n")
    assert files(tmp_path) == before


@pytest.mark.parametrize("length", [100, 1_000, 50_000])
def test_a_file_of_which_nothing_can_be_read_says_so(istanbul, tmp_path, length):
    (tmp_path / "istanbul.bak").write_bytes(istanbul.read_bytes())
    with istanbul.open("r+b") as file:
        file.truncate(length)

    code, out, error = run("export", istanbul, "demands", "--read-only")

    assert (code, out) == (1, "")
    assert error.endswith("Its newest backup here is istanbul.bak. Nothing in it can be read any more.")


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


@pytest.mark.parametrize("name", ["commitments", "demands_ref_key"])
async def test_the_screen_shows_the_rest_and_says_that_the_file_is_damaged(damaged, tmp_path, monkeypatch, name):
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    async with desk(damaged(name), read_only=True) as at:
        assert "is damaged, so nothing is written to it" in at.says
        await at.press("3")
        assert "REST.db" in at.text()
        at.app.clear_notifications()
        await at.press("e")
        assert len(at.rows()) == 9
        assert at.says == "This dossier is open for reading only."
    assert list((tmp_path / "temporary").iterdir()) == []


@pytest.mark.parametrize(
    ("names", "read_only"),
    [
        (["demands"], True),
        (["demands"], False),
        (["positions"], False),
        (["demands_ref_key", "demands_search_data", "history_edits"], False),
    ],
)
async def test_no_key_ends_a_screen_on_a_large_file_that_is_found_damaged_late(
    damaged, tmp_path, monkeypatch, names, read_only
):
    monkeypatch.chdir(tmp_path)
    with closing(sqlite3.connect(tmp_path / "istanbul.db")) as connection:
        connection.execute("CREATE TABLE ballast AS SELECT zeroblob(20500000)")
        connection.commit()
    path = damaged(*names)
    before = path.read_bytes()
    async with desk(path, read_only=read_only) as at:
        await until(lambda: "istanbul.db is damaged, so nothing is written to it." in at.says, at)
        await at.press("3")
        assert "istanbul.db is damaged, so nothing is written to it." in at.says
        assert "REST.db" in at.text()  # the command to keep the rest by, which the line below has no room for

        dialogs = [(key, "c", "escape", "escape") for key in ("x", "f", "o", "E", "b", "y", "d", "t", "u", "slash")]
        await at.press("5", "6", "9", "3", "s", "G", *chain(*dialogs), "e", "x", "enter")

        assert at.app.is_running
    assert path.read_bytes() == before
    assert run("backup", path, tmp_path / "rest.db", "--read-only")[0] in (0, 1)
    with closing(open_store(tmp_path / "rest.db")) as rest:
        assert rest.count(View(Party)) == 6
