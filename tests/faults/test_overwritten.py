"""A dossier that others write over, cut off or give a strange schema while it is open: nothing more goes into it."""

import os
import sqlite3
from contextlib import closing

import pytest

from storage import Demand, NotSaved, open_store
from tests.storage.hand import Hand

OVERWRITTEN = r"Not saved: another program has overwritten istanbul.db or cut it off. Leave, and go back to a backup"


def write_over(path):
    with path.open("r+b") as file:
        file.write(b"hello world" * 1000)


def cut_in_half(path):
    os.truncate(path, path.stat().st_size // 2)


def cut_off_a_page(path):
    os.truncate(path, path.stat().st_size - 4096)


def empty(path):
    os.truncate(path, 0)


@pytest.mark.parametrize("harm", [write_over, cut_in_half, cut_off_a_page, empty])
def test_nothing_is_saved_in_what_is_left_and_the_log_stays_beside_it(istanbul, harm):
    hand = Hand(istanbul)
    hand.edit(Demand, "D1", title="Saved before")
    d1 = hand.id(Demand, "D1")
    harm(istanbul)
    beside = istanbul.with_name("istanbul.db-wal")
    left = istanbul.read_bytes(), beside.read_bytes()

    for _ in range(2):
        with pytest.raises(NotSaved, match=OVERWRITTEN):
            hand.store.edit(Demand, [d1], {"title": "Saved behind"})
    hand.store.close()

    assert (istanbul.read_bytes(), beside.read_bytes()) == left


def test_a_file_that_another_program_makes_smaller_is_written_as_ever(istanbul):
    with closing(sqlite3.connect(istanbul)) as other:
        other.execute("CREATE TABLE theirs AS SELECT randomblob(1000000)")
        other.commit()
    hand = Hand(istanbul)
    hand.edit(Demand, "D1", title="Before")
    before = istanbul.stat().st_size
    with closing(sqlite3.connect(istanbul)) as other:
        other.execute("DROP TABLE theirs")
        other.commit()
        other.execute("VACUUM")
        other.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert istanbul.stat().st_size < before

    hand.edit(Demand, "D2", title="Behind")
    hand.store.close()

    assert [each.name for each in istanbul.parent.glob("istanbul.db*")] == ["istanbul.db"]
    with closing(open_store(istanbul)) as store:
        assert [each for each in store.check() if each.error] == []


STRANGE = {
    "CREATE TRIGGER t AFTER UPDATE ON demands BEGIN DELETE FROM positions; END": "holds a trigger",
    "DROP TABLE history_edits": "its table history_edits is missing",
}


@pytest.mark.parametrize("statement", STRANGE)
def test_nothing_is_saved_once_another_program_has_made_the_schema_strange(istanbul, statement):
    hand = Hand(istanbul)
    hand.edit(Demand, "D1", title="Before")
    with closing(sqlite3.connect(istanbul)) as other:
        other.execute(statement)
        other.commit()

    with pytest.raises(NotSaved, match=f"^Not saved: another program has changed the tables.*{STRANGE[statement]}"):
        hand.edit(Demand, "D1", title="Behind")

    with closing(sqlite3.connect(istanbul)) as other:
        assert other.execute("SELECT count(*) FROM positions").fetchone() == (12,)
    hand.store.close()


def test_an_index_of_another_program_stands_in_no_edit_s_way(istanbul):
    hand = Hand(istanbul)
    hand.edit(Demand, "D1", title="Before")
    with closing(sqlite3.connect(istanbul)) as other:
        other.execute("CREATE INDEX theirs ON demands(title)")

    hand.edit(Demand, "D1", title="Behind")

    assert hand.row(Demand, "D1")["title"] == "Behind"
    hand.store.close()
