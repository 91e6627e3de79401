"""A dossier made by an older Parley is brought up to date when it is opened, and nothing in it is lost."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from storage.checking import findings
from storage.errors import CannotOpen
from storage.file.connection import connect
from storage.file.opened import open_store
from storage.file.schema import derived_columns
from storage.questions.searching import END, entries_name, index_anew, index_name, is_searched, proposal
from storage.record import RECORDS, references
from storage.records import Demand
from storage.view import Sort, View

FIRST_COLUMNS = ("ref_key", "folded")
"""What the first version derived from the fields."""


@pytest.fixture(scope="module")
def of_version_2_once(made_once, tmp_path_factory):
    """The dossier of the seed as the second version kept it: without marks after its text and with fewer indexes."""
    path = Path(shutil.copy(made_once, tmp_path_factory.mktemp("older")))
    with closing(connect(path)) as connection:
        for kind in RECORDS.values():
            for name in kind.indexed_orders:
                connection.execute(f"DROP INDEX IF EXISTS {kind.table}_{name}")
                connection.execute(f"DROP INDEX IF EXISTS {kind.table}_{name}_key")
            for field in references(kind):
                column = f"{kind.table}_{field.name}"
                connection.execute(f"CREATE INDEX IF NOT EXISTS {column} ON {kind.table}({field.name})")
            if is_searched(kind):
                connection.execute(f"DROP TABLE {entries_name(kind)}")
                connection.execute(f"UPDATE {kind.table} SET folded = rtrim(folded, char(10))")
        index_anew(connection)
        connection.execute("DELETE FROM _sqlite_migrations WHERE name LIKE 'v3%' OR name LIKE 'v4%'")
        connection.execute("PRAGMA user_version = 2")
    return path


@pytest.fixture(scope="module")
def of_version_1_once(of_version_2_once, tmp_path_factory):
    """The dossier of the seed as the first version kept it: without the index, and with fewer derived columns."""
    path = Path(shutil.copy(of_version_2_once, tmp_path_factory.mktemp("older")))
    with closing(connect(path)) as connection:
        for kind in RECORDS.values():
            if is_searched(kind):
                connection.execute(f"DROP TABLE {index_name(kind)}")
            for name in derived_columns(kind):
                if name not in FIRST_COLUMNS:
                    connection.execute(f"ALTER TABLE {kind.table} DROP COLUMN {name}")
        connection.execute("DELETE FROM _sqlite_migrations WHERE name LIKE 'v2%'")
        connection.execute("PRAGMA user_version = 1")
    return path


@pytest.fixture
def of_version_2(of_version_2_once, tmp_path):
    """A fresh dossier of the second version."""
    return Path(shutil.copy(of_version_2_once, tmp_path))


@pytest.fixture
def of_version_1(of_version_1_once, tmp_path):
    """A fresh dossier of the first version."""
    return Path(shutil.copy(of_version_1_once, tmp_path))


@pytest.fixture(params=[1, 2])
def older(request):
    """A dossier of each older version."""
    return request.getfixturevalue(f"of_version_{request.param}")


def test_an_older_dossier_gets_the_indexes_of_a_new_one(older, ours_new):
    open_store(older).close()

    assert indexes(older) == indexes(ours_new.path)


def indexes(path):
    """Every index of a file, that of the search too, as it was made."""
    with closing(sqlite3.connect(path)) as connection:
        made = "SELECT name, sql FROM sqlite_master WHERE type = 'index' OR sql LIKE 'CREATE VIRTUAL%'"
        return dict(connection.execute(made).fetchall())


@pytest.mark.parametrize("letters", [1, 2])
def test_the_index_of_an_older_dossier_finds_the_last_letters_of_every_text(older, letters):
    open_store(older).close()

    with closing(connect(older)) as connection:
        texts = connection.execute("SELECT id, folded FROM demands").fetchall()
        for id, folded in texts:
            needle = folded.removesuffix(END)[-letters:]
            assert (id,) in connection.execute(*proposal(Demand, needle)).fetchall()
    assert len(texts) == 9


def test_an_older_dossier_is_searched_and_sorted_like_a_new_one(of_version_1, ours_new):
    by_title = View(Demand, search="ceasefire", sort=(Sort("title"),))

    store = open_store(of_version_1)
    refs = store.keys("demands", store.find(by_title))
    store.edit(Demand, list(store.find(by_title)), {"title": "Ceasefire"})
    store.close()

    assert refs == ours_new.keys("demands", ours_new.find(by_title))
    connection = connect(of_version_1)
    assert findings(connection) == []
    connection.close()


def test_signs_of_print_in_an_older_dossier_are_found_as_a_keyboard_has_them(istanbul):
    with closing(connect(istanbul)) as connection:
        row = {"title": "d’Hondt – „now“", "title_key": "d’hondt – „now“", "folded": f"d’hondt – „now“{END}"}
        connection.execute(
            "UPDATE demands SET title = :title, title_key = :title_key, folded = :folded WHERE ref = 'D3'", row
        )
        index_anew(connection)
        connection.execute("DELETE FROM _sqlite_migrations WHERE name LIKE 'v4%'")
        connection.execute("PRAGMA user_version = 3")

    with closing(open_store(istanbul)) as store:
        for typed in ('d\'hondt - "now"', "d’Hondt –", "w“"):
            assert store.keys("demands", store.find(View(Demand, search=typed))) == ["D3"]


def test_the_copy_made_before_is_the_dossier_as_it_was(of_version_1):
    before = dumped(of_version_1)

    open_store(of_version_1).close()

    assert dumped(of_version_1.with_name(of_version_1.name + ".v1.bak")) == before


def test_an_older_dossier_whose_copy_has_no_room_is_left_as_it_is_and_says_what_to_move(of_version_1):
    before, copy = of_version_1.read_bytes(), of_version_1.with_name(of_version_1.name + ".v1.bak")
    copy.write_text("mine")

    with pytest.raises(CannotOpen, match=rf"copied to {copy.name} before .* Move it elsewhere, then open the dossier"):
        open_store(of_version_1)

    assert (of_version_1.read_bytes(), copy.read_text()) == (before, "mine")


def test_an_older_dossier_is_not_changed_where_it_is_only_read(of_version_1):
    before = of_version_1.read_bytes()

    with pytest.raises(CannotOpen, match="without --read-only"):
        open_store(of_version_1, read_only=True)

    assert of_version_1.read_bytes() == before


@pytest.fixture
def ours_new(tmp_path):
    """The same dossier as it is made now."""
    from storage.file.creating import create
    from storage.packaged import packaged_seed

    path = tmp_path / "new.db"
    create(path, packaged_seed())
    store = open_store(path)
    yield store
    store.close()


def dumped(path):
    connection = sqlite3.connect(path)
    lines = list(connection.iterdump())
    connection.close()
    return lines
