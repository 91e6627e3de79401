"""A log that some file left behind: SQLite would play it into whatever is put beside it, so nothing is."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner

from storage import CannotOpen, Demand, Party, StorageError, View, open_store
from storage.file import soundness
from storage.file.migrations import bring_up_to_date
from storage.file.schema import VERSION
from tests.faults.terminal import Terminal
from tests.faults.test_migrating import BACKUP, next_steps
from tests.faults.test_no_room import files
from tests.storage.hand import Hand
from tui.commands.group import parley
from tui.dossiers import new_from_seed

MAKING = {
    "new": ("new", "NEW"),
    "empty": ("new", "NEW", "--empty"),
    "backup": ("backup", "FILE", "NEW"),
    "copy": ("export", "FILE", "dossier", "-f", "sqlite", "-o", "NEW"),
}
"""The commands that make a dossier."""


@pytest.mark.parametrize("left", ["-wal", "-shm", "-journal"])
@pytest.mark.parametrize("command", MAKING)
def test_no_command_makes_a_dossier_beside_a_leftover(istanbul, tmp_path, command, left):
    (tmp_path / f"new.db{left}").write_bytes(b"left")
    before = files(tmp_path)
    named = {"FILE": str(istanbul), "NEW": str(tmp_path / "new.db")}

    done = CliRunner().invoke(parley, [named.get(word, word) for word in MAKING[command]], standalone_mode=False)

    assert isinstance(done.exception, StorageError)
    assert f"new.db{left} of a" in str(done.exception)
    assert files(tmp_path) == before


def test_no_copy_is_made_through_a_link_beside_a_leftover(istanbul, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "real.db-wal").write_bytes(b"left")
    (tmp_path / "link.db").symlink_to(tmp_path / "elsewhere" / "real.db")
    before = files(tmp_path)

    for words in (["new"], ["backup", str(istanbul)], ["export", str(istanbul), "dossier", "-f", "sqlite", "-o"]):
        done = CliRunner().invoke(parley, [*words, str(tmp_path / "link.db")], standalone_mode=False)
        assert isinstance(done.exception, StorageError)
    assert files(tmp_path) == before


def test_a_migration_keeps_no_copy_beside_a_leftover_and_so_does_not_begin(istanbul, tmp_path):
    (tmp_path / f"{BACKUP}-wal").write_bytes(b"left")
    before = files(tmp_path)

    with pytest.raises(CannotOpen, match=rf"{BACKUP}-wal of another dossier still lies there"):
        bring_up_to_date(istanbul, next_steps(), VERSION + 1)

    assert files(tmp_path) == before


def test_the_dossiers_that_parley_makes_of_itself_are_not_made_beside_a_leftover(tmp_path):
    (tmp_path / "demo.db-wal").write_bytes(b"left")
    with pytest.raises(CannotOpen, match=r"demo.db-wal of another dossier still lies there"):
        new_from_seed(tmp_path / "demo.db")

    (tmp_path / "parley").mkdir()
    (tmp_path / "parley" / "istanbul.db-wal").write_bytes(b"left")
    before = files(tmp_path)
    terminal = Terminal(home=tmp_path, columns=300)
    assert terminal.drained() == 1
    assert "istanbul.db-wal of another dossier still lies there. Move it away first." in terminal.text()
    assert files(tmp_path) == before


# Somebody has put a file beside a leftover all the same


@pytest.fixture(scope="module")
def restored_once(made_once, tmp_path_factory):
    """The file and the log of the next, to be copied."""
    folder = tmp_path_factory.mktemp("restored")
    istanbul = Path(shutil.copy(made_once, folder))
    shutil.copy(made_once, folder / "killed.db")
    with closing(open_store(folder / "killed.db")) as killed:
        for number in range(5):
            killed.edit(Demand, killed.find(View(Demand)), {"text": f"Text {number}. " * 400})
        log = (folder / "killed.db-wal").read_bytes()
    with closing(open_store(istanbul)) as store:
        store.add_all([(Party, {"ref": f"P{n}", "name": f"Party {n}", "kind": "state"}) for n in range(600)])
    return istanbul.read_bytes(), log


@pytest.fixture
def restored(restored_once, istanbul):
    """A sound dossier of many parties, put in the place of one that was killed and had texts in its log."""
    file, log = restored_once
    istanbul.write_bytes(file)
    istanbul.with_name("istanbul.db-wal").write_bytes(log)
    return istanbul


def kept(path):
    """What stands in a dossier and in the log beside it."""
    return path.read_bytes(), path.with_name(f"{path.name}-wal").read_bytes()


STRANGE = r"istanbul.db is sound, but not with istanbul.db-wal beside it, the log of another file"


@pytest.mark.parametrize("words", [["undo"], ["check"], ["export", "demands"], ["export", "demands", "--read-only"]])
def test_a_log_that_would_damage_the_file_beside_it_is_not_played_into_it(restored, words):
    before = kept(restored)

    done = CliRunner().invoke(parley, [words[0], str(restored), *words[1:]], standalone_mode=False)

    assert isinstance(done.exception, CannotOpen)
    assert STRANGE in str(done.exception)
    assert kept(restored) == before
    restored.with_name("istanbul.db-wal").unlink()
    with closing(open_store(restored)) as store:
        assert store.count(View(Party)) > 600
        assert [each for each in store.check() if each.error] == []


def test_it_is_not_played_into_an_older_file_that_is_to_be_migrated(restored):
    before = kept(restored)

    with pytest.raises(CannotOpen, match=STRANGE):
        bring_up_to_date(restored, next_steps(), VERSION + 1)

    assert kept(restored) == before


@pytest.mark.parametrize("edits", [False, True])
def test_it_is_not_played_into_a_large_file_that_is_closed_before_or_after_its_check(restored, monkeypatch, edits):
    monkeypatch.setattr(soundness, "LARGE_BYTES", 1000)
    before = kept(restored)

    with closing(open_store(restored, check_later=True)) as store:
        if edits:
            with pytest.raises(CannotOpen, match=STRANGE):
                store.edit(Demand, [1], {"title": "Lost"})

    assert kept(restored) == before


def test_a_log_in_which_a_trigger_stands_is_not_played_into_the_file(istanbul, tmp_path):
    shutil.copy(istanbul, tmp_path / "killed.db")
    with closing(sqlite3.connect(tmp_path / "killed.db")) as other:
        other.execute("CREATE TRIGGER t AFTER UPDATE ON demands BEGIN DELETE FROM parties; END")
        log = (tmp_path / "killed.db-wal").read_bytes()
    istanbul.with_name("istanbul.db-wal").write_bytes(log)
    before = kept(istanbul)

    with pytest.raises(CannotOpen, match="holds a trigger"):
        open_store(istanbul)

    assert kept(istanbul) == before


def test_a_log_of_its_own_is_played_into_the_file_when_that_is_closed(istanbul, tmp_path):
    hand = Hand(istanbul)
    hand.edit(Demand, "D1", title="Before the kill")
    for end in ("", "-wal"):
        shutil.copy(f"{istanbul}{end}", tmp_path / f"killed.db{end}")
    hand.store.close()

    found = Hand(tmp_path / "killed.db")
    assert found.row(Demand, "D1")["title"] == "Before the kill"
    found.store.close()
    assert [each.name for each in tmp_path.glob("killed.db*")] == ["killed.db"]
