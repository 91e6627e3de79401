"""A dossier made by an older Parley is brought up to date when it is opened, and nothing in it is lost."""

import sqlite3

import pytest

from storage.checking import findings
from storage.connection import connect
from storage.errors import CannotOpen
from storage.opened import open_store
from storage.record import RECORDS
from storage.records import Demand
from storage.schema import derived_columns
from storage.searching import index_name, is_searched
from storage.view import Sort, View

FIRST_COLUMNS = ("ref_key", "folded")
"""What the first version derived from the fields."""


@pytest.fixture
def of_version_1(istanbul):
    """The dossier of the seed as the first version kept it: without the index, and with fewer derived columns."""
    connection = sqlite3.connect(istanbul, isolation_level=None)
    for kind in RECORDS.values():
        if is_searched(kind):
            connection.execute(f"DROP TABLE {index_name(kind)}")
        for name in derived_columns(kind):
            if name not in FIRST_COLUMNS:
                connection.execute(f"ALTER TABLE {kind.table} DROP COLUMN {name}")
    connection.execute("DELETE FROM _sqlite_migrations WHERE name LIKE 'v2%'")
    connection.execute("PRAGMA user_version = 1")
    connection.close()
    return istanbul


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


def test_the_copy_made_before_is_the_dossier_as_it_was(of_version_1):
    before = dumped(of_version_1)

    open_store(of_version_1).close()

    assert dumped(of_version_1.with_name(of_version_1.name + ".v1.bak")) == before


def test_an_older_dossier_is_not_changed_where_it_is_only_read(of_version_1):
    before = of_version_1.read_bytes()

    with pytest.raises(CannotOpen, match="without --read-only"):
        open_store(of_version_1, read_only=True)

    assert of_version_1.read_bytes() == before


@pytest.fixture
def ours_new(tmp_path):
    """The same dossier as it is made now."""
    from storage.creating import create
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
