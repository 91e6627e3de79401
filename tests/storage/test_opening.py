"""What is no sound dossier is refused in one sentence, and not a byte of it is changed."""

import os
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from storage.errors import CannotOpen, NotSaved
from storage.file.opened import create_store, open_store
from storage.file.schema import APPLICATION_ID, VERSION
from storage.packaged import packaged_seed
from storage.records import Demand
from tests.storage.hand import Hand, by_sqlite


def files(folder):
    """Every file below a folder with its bytes."""
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def refused(path, sentence):
    """The file is refused for reading and for writing, with that sentence alone, and nothing in its folder changes."""
    before = files(path.parent)
    for read_only in (False, True):
        with pytest.raises(CannotOpen, match=sentence) as error:
            open_store(path, read_only)
        assert "\n" not in str(error.value)
        assert str(path) in str(error.value)
    assert files(path.parent) == before


def test_a_missing_file_is_not_made(tmp_path):
    refused(tmp_path / "missing.db", r"There is no file .*missing.db. `parley new .*` makes one.")


def test_a_folder_is_named_as_one(tmp_path):
    (tmp_path / "folder").mkdir()

    refused(tmp_path / "folder", r"is a folder; name a dossier file in it.")


def test_a_name_below_a_file_is_refused(istanbul):
    with pytest.raises(CannotOpen, match=r"can't be opened: Not a directory."):
        open_store(istanbul / "inside.db")


def test_a_pipe_is_refused_without_waiting_for_it(tmp_path):
    os.mkfifo(tmp_path / "pipe")

    refused(tmp_path / "pipe", r"is not a regular file")


@pytest.mark.parametrize("beside", ["-journal", "-wal", "-shm"])
@pytest.mark.parametrize("lie", [os.mkfifo, os.mkdir], ids=["a pipe", "a folder"])
def test_what_is_no_file_beside_a_dossier_is_named_and_not_waited_for(istanbul, lie, beside):
    lie(f"{istanbul}{beside}")

    for read_only in (False, True):
        with pytest.raises(CannotOpen, match=rf"istanbul.db{beside} is not a regular file, .* move it away\."):
            open_store(istanbul, read_only=read_only)
    os.rename(f"{istanbul}{beside}", f"{istanbul}.odd")
    open_store(istanbul).close()


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", r"is empty, not a Parley dossier. Delete it and run `parley new"),
        (b"{}", r"is not a Parley dossier."),
        (random.Random(7).randbytes(9000), r"is not a Parley dossier."),
        (b"SQLite format 3\0", r"is not a Parley dossier."),
        (b"SQLite format 3\0" + b"\0" * 9000, r"is an SQLite file, but not a Parley dossier."),
    ],
    ids=["nothing", "JSON", "anything", "the first words alone", "zeroes"],
)
def test_other_bytes_are_refused(tmp_path, data, sentence):
    (tmp_path / "file.db").write_bytes(data)

    refused(tmp_path / "file.db", sentence)


def test_another_sqlite_file_is_refused(tmp_path):
    by_sqlite(tmp_path / "other.db", "CREATE TABLE demands (id INTEGER PRIMARY KEY)")

    refused(tmp_path / "other.db", r"is an SQLite file, but not a Parley dossier.")


@pytest.mark.parametrize(
    ("version", "sentence"),
    [
        (
            VERSION + 1,
            rf"was made by a newer Parley \(format {VERSION + 1}, this one knows {VERSION}\). Update Parley.",
        ),
        (-1, r"is not a Parley dossier: its format number is -1."),
        (0, r"is not a Parley dossier: its format number is 0."),
    ],
)
def test_another_version_is_refused(istanbul, version, sentence):
    by_sqlite(istanbul, f"PRAGMA user_version = {version}")

    refused(istanbul, sentence)


def test_a_version_that_is_only_in_the_log_beside_the_file_is_seen(istanbul):
    writer = sqlite3.connect(istanbul, isolation_level=None)
    writer.execute(f"PRAGMA user_version = {VERSION + 1}")

    with pytest.raises(CannotOpen, match=r"was made by a newer Parley"):
        open_store(istanbul)

    writer.close()


def test_a_cut_file_is_refused_for_work(istanbul):
    with istanbul.open("r+b") as file:
        file.truncate(istanbul.stat().st_size // 2)

    refused_for_work(istanbul)


def refused_for_work(path):
    """The file is refused for writing, and opened for reading with a word; nothing in its folder changes."""
    before = files(path.parent)
    with pytest.raises(CannotOpen, match="is damaged, so nothing is written to it"):
        open_store(path)
    reader = open_store(path, read_only=True)
    [notice] = reader.notices
    assert "is damaged, so nothing is written to it" in notice
    reader.close()
    assert files(path.parent) == before


def test_one_page_of_garbage_is_seen(istanbul):
    connection = sqlite3.connect(istanbul)
    page = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'statements'").fetchone()[0]
    size = connection.execute("PRAGMA page_size").fetchone()[0]
    connection.close()
    with istanbul.open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(b"\xff" * size)

    refused_for_work(istanbul)


def test_a_value_that_a_check_forbids_counts_as_damage(istanbul):
    by_sqlite(istanbul, "PRAGMA ignore_check_constraints = ON", "UPDATE demands SET status = 'foo'")

    refused_for_work(istanbul)


@pytest.mark.parametrize(
    ("statements", "sentence"),
    [
        (
            ["CREATE TRIGGER t AFTER UPDATE ON demands BEGIN DELETE FROM parties; END"],
            r"holds a trigger, view or virtual",
        ),
        (["CREATE VIEW v AS SELECT 1"], r"holds a trigger, view or virtual table"),
        (["CREATE VIRTUAL TABLE f USING fts5(x)"], r"holds a trigger, view or virtual table"),
        (["DROP TABLE deliveries"], r"its table deliveries is missing or altered"),
        (["DROP TABLE history_edits"], r"its table history_edits is missing or altered"),
        (["ALTER TABLE demands RENAME COLUMN note TO notes"], r"its table demands is missing or altered"),
        (["ALTER TABLE demands DROP COLUMN note"], r"its table demands is missing or altered"),
        (["ALTER TABLE demands ADD COLUMN more TEXT CHECK (more <> '')"], r"its table demands is missing or altered"),
        (["ALTER TABLE demands ADD COLUMN more TEXT NOT NULL DEFAULT ''"], r"its table demands is missing or altered"),
        (
            ["DROP TABLE deliveries", "CREATE VIEW deliveries AS SELECT 1 AS id"],
            r"holds a trigger, view or virtual table",
        ),
        (["DROP INDEX demands_ref_unique"], r"its unique key demands_ref_unique is missing or altered"),
        (
            ["DROP INDEX demands_ref_unique", "CREATE INDEX demands_ref_unique ON demands(ref)"],
            r"its unique key demands_ref_unique is missing or altered",
        ),
    ],
)
def test_a_schema_that_is_not_ours_is_refused(istanbul, statements, sentence):
    by_sqlite(istanbul, *statements)

    refused(istanbul, sentence)


@pytest.mark.parametrize(("old", "new"), [("'lapsed'", "'lapsed', 'x'"), ("NOT NULL", ""), (") STRICT", ")")])
def test_a_table_whose_checks_were_altered_is_refused(istanbul, old, new):
    by_sqlite(
        istanbul,
        "PRAGMA writable_schema = ON",
        f"""UPDATE sqlite_master SET sql = replace(sql, "{old}", "{new}") WHERE name = 'demands'""",
    )

    refused(istanbul, r"its table demands is missing or altered|damaged")


def test_what_others_added_beside_ours_is_left_alone(istanbul):
    by_sqlite(
        istanbul,
        "CREATE INDEX theirs ON demands(title)",
        "CREATE TABLE notes (x)",
        "ALTER TABLE demands ADD COLUMN colour TEXT",
        "UPDATE demands SET colour = 'red'",
    )

    hand = Hand(istanbul)
    hand.edit(Demand, "D1", status="agreed")
    hand.add(Demand, ref="D10", title="Pause", kind="demand", by_party="UKR")
    hand.delete(Demand, "D10")
    hand.store.close()

    connection = sqlite3.connect(istanbul)
    assert connection.execute("SELECT DISTINCT colour FROM demands").fetchall() == [("red",)]


def test_a_missing_index_only_costs_time(istanbul):
    by_sqlite(istanbul, "DROP INDEX positions_demand")

    assert Hand(istanbul).keys(Demand)[0] == "D1"


@pytest.mark.parametrize(
    "name", ["a?b.db", "a#b.db", "100%41.db", "two words.db", "Київ.db", "mode=ro&x", "'quoted'\".db", "-"]
)
def test_any_name_that_a_file_may_have_is_opened_as_it_is(istanbul, tmp_path, name):
    path = tmp_path / name
    shutil.copy(istanbul, path)

    hand = Hand(path)
    hand.edit(Demand, "D1", status="agreed")
    hand.store.close()

    assert Hand(path, read_only=True).row(Demand, "D1")["status"] == "agreed"
    assert files(tmp_path)["istanbul.db"] != files(tmp_path)[name]


def test_a_name_that_is_no_text_and_a_path_with_two_slashes_are_opened(istanbul, tmp_path):
    strange = tmp_path / os.fsdecode(b"\xff.db")
    shutil.copy(istanbul, strange)

    assert open_store(strange).title() == "Istanbul talks"
    assert open_store(f"/{istanbul}").title() == "Istanbul talks"


def test_a_link_opens_the_file_behind_it(istanbul, tmp_path):
    (tmp_path / "link.db").symlink_to(istanbul)

    Hand(tmp_path / "link.db").edit(Demand, "D1", status="agreed")

    assert Hand(istanbul).row(Demand, "D1")["status"] == "agreed"


def test_reading_a_dossier_changes_none_of_its_bytes(istanbul):
    before = istanbul.read_bytes()

    reader = Hand(istanbul, read_only=True)
    reader.keys(Demand)
    reader.store.check()
    with pytest.raises(NotSaved):
        reader.edit(Demand, "D1", status="agreed")
    reader.store.close()

    assert files(istanbul.parent) == {istanbul.name: before}


def test_opening_for_work_and_closing_without_any_changes_none_of_its_bytes(istanbul):
    before = istanbul.read_bytes()

    hand = Hand(istanbul)
    hand.keys(Demand)
    hand.store.close()

    assert files(istanbul.parent) == {istanbul.name: before}


def test_two_may_have_a_dossier_open_and_one_may_only_read(istanbul):
    writer, reader = Hand(istanbul), Hand(istanbul, read_only=True)

    writer.edit(Demand, "D1", status="agreed")

    assert reader.row(Demand, "D1")["status"] == "agreed"
    assert [each.label for each in reader.store.news()] == ["D1 status open → agreed"]


def test_a_new_file_is_never_put_over_another_nor_beside_leftovers(istanbul, tmp_path):
    with pytest.raises(CannotOpen, match=r"is there already; choose another name."):
        create_store(istanbul)
    (tmp_path / "new.db-wal").write_bytes(b"left")
    with pytest.raises(CannotOpen, match=r"new.db-wal of another dossier still lies there. Move it away first."):
        create_store(tmp_path / "new.db", packaged_seed())
    with pytest.raises(CannotOpen, match=r"it would be taken for a part of istanbul.db; choose another name."):
        create_store(tmp_path / "istanbul.db-journal")

    assert sorted(each.name for each in tmp_path.iterdir()) == ["istanbul.db", "new.db-wal"]


# What only a user without all rights can meet

AS_NOBODY = """
import os, sys
sys.path.insert(0, os.getcwd())
from storage.errors import StorageError
from storage.file.opened import open_store
if os.getuid() == 0:
    os.setuid(65534)
try:
    store = open_store(sys.argv[1], sys.argv[2] == "read")
    print(store.title())
except StorageError as error:
    print(error)
"""


def as_nobody(path, way):
    """What a person without any rights of their own is told."""
    done = subprocess.run([sys.executable, "-c", AS_NOBODY, path, way], capture_output=True, text=True, check=False)
    return done.stdout.strip() or done.stderr


@pytest.fixture
def open_folder(istanbul):
    """A dossier in a folder that everybody can reach; those of pytest are closed whenever another run begins."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield Path(shutil.copy(istanbul, folder))


def test_a_file_that_may_not_be_read_is_refused(open_folder):
    open_folder.chmod(0)

    assert as_nobody(open_folder, "write") == f"{open_folder} can't be read: you lack the permission."


@pytest.mark.parametrize("mode", [0o444, 0o644])
def test_a_file_that_may_only_be_read_is_refused_for_work_and_opened_for_reading(open_folder, mode):
    open_folder.chmod(mode)
    before = files(open_folder.parent)

    assert as_nobody(open_folder, "write") == f"{open_folder} may only be read; open it with --read-only."
    assert as_nobody(open_folder, "read") == "Istanbul talks"
    assert files(open_folder.parent) == before


def test_a_folder_that_may_only_be_read_is_refused_for_work_and_opened_for_reading(open_folder):
    open_folder.chmod(0o666)
    open_folder.parent.chmod(0o555)

    assert as_nobody(open_folder, "write") == f"{open_folder} may only be read; open it with --read-only."
    assert as_nobody(open_folder, "read") == "Istanbul talks"


def test_the_number_of_the_application_is_ours(istanbul):
    assert int.from_bytes(istanbul.read_bytes()[68:72], "big") == APPLICATION_ID == 0x50524C59
