"""A log that some file left behind: SQLite would play it into whatever is put beside it, so nothing is."""

import pytest
from click.testing import CliRunner

from storage import CannotOpen, StorageError
from storage.migrations import bring_up_to_date
from storage.schema import VERSION
from tests.faults.terminal import Terminal
from tests.faults.test_migrating import BACKUP, next_steps
from tests.faults.test_no_room import files
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
