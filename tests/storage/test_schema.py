"""The tables are made from the records, and the file as made holds what they promise."""

import sqlite3
from typing import Annotated, Literal

import pytest

from storage.changes import Row
from storage.editing.validation import problems
from storage.errors import CannotOpen, Refused
from storage.fields import Day, Ref, RefersTo, Shown, Within
from storage.file.connection import connect, connect_to_read, prepare
from storage.file.opened import create_store
from storage.file.schema import APPLICATION_ID, VERSION, table
from storage.incoming.form_schema import json_schema
from storage.record import RECORDS, SINGULAR, Record, record, references
from storage.view import Sort, View
from tests.storage.hand import Hand


@pytest.fixture
def raw(istanbul):
    """The file as any program sees it."""
    connection = sqlite3.connect(istanbul)
    connection.execute("PRAGMA foreign_keys = ON")
    yield connection
    connection.close()


def test_the_file_says_what_it_is(raw):
    assert raw.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
    assert raw.execute("PRAGMA user_version").fetchone() == (VERSION,)
    assert raw.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_every_kind_has_a_strict_table_with_a_column_for_each_field(raw):
    strict = {name for name, is_strict in raw.execute("SELECT name, strict FROM pragma_table_list") if is_strict}

    assert strict >= {*RECORDS, "history", "history_edits"}
    for kind in RECORDS.values():
        columns = {row[1]: row for row in raw.execute(f"PRAGMA table_info({kind.table})")}
        assert list(columns)[: 1 + len(kind.fields)] == ["id", *kind.fields]
        for field in kind.fields.values():
            assert bool(columns[field.name][3]) != field.optional, f"{kind.table}.{field.name}"


def test_every_reference_is_a_foreign_key_with_an_index_and_never_deletes(raw):
    for kind in RECORDS.values():
        keys = {(row[3], row[2], row[6]) for row in raw.execute(f"PRAGMA foreign_key_list({kind.table})")}
        indexed = {first_column(raw, row[1]) for row in raw.execute(f"PRAGMA index_list({kind.table})")}

        assert keys == {(field.name, field.refers_to, "NO ACTION") for field in references(kind)}
        assert indexed >= {field.name for field in references(kind)}


def test_every_unique_key_is_one_in_the_file(raw):
    for kind in RECORDS.values():
        unique = {columns(raw, row[1]) for row in raw.execute(f"PRAGMA index_list({kind.table})") if row[2]}

        assert unique == set(kind.unique)


def columns(connection, index):
    return tuple(row[2] for row in connection.execute(f"PRAGMA index_info({index})"))


def first_column(connection, index):
    return columns(connection, index)[0]


@pytest.mark.parametrize(
    ("statement", "constraint"),
    [
        ("UPDATE demands SET status = 'foo'", "CHECK"),
        ("UPDATE demands SET status = NULL", "NOT NULL"),
        ("UPDATE demands SET to_party = 'RUS'", "cannot store TEXT"),
        ("UPDATE parties SET essential = 2", "CHECK"),
        ("UPDATE rounds SET starts_on = '2025-02-31'", "CHECK"),
        ("UPDATE rounds SET starts_on = '16 May'", "CHECK"),
        ("UPDATE statements SET credibility = 7", "CHECK"),
        ("UPDATE commitments SET quantity = 0", "CHECK"),
        ("UPDATE assessments SET rating = 3", "CHECK"),
        ("UPDATE demands SET ref = 'D1'", "UNIQUE"),
        ("INSERT INTO dossier (id, title) VALUES (2, 'Another')", "CHECK"),
        ("DELETE FROM parties", "FOREIGN KEY"),
    ],
)
def test_the_file_itself_refuses_what_no_record_may_hold(raw, statement, constraint):
    with pytest.raises(sqlite3.IntegrityError, match=constraint), raw:
        raw.execute(statement)


# What every connection is told


@pytest.mark.parametrize("make", [connect, connect_to_read, lambda path: connect(path, "ro")])
def test_every_connection_trusts_nothing_and_writes_through(istanbul, make):
    connection = make(istanbul)

    told = {name: connection.execute(f"PRAGMA {name}").fetchone()[0] for name in SAFE}
    assert told == SAFE
    assert connection.getlimit(sqlite3.SQLITE_LIMIT_ATTACHED) == 0
    assert connection.getlimit(sqlite3.SQLITE_LIMIT_LENGTH) == 50_000_000
    with pytest.raises(sqlite3.OperationalError):
        connection.execute("ATTACH ':memory:' AS other")
    connection.close()


SAFE = {
    "trusted_schema": 0,
    "cell_size_check": 1,
    "foreign_keys": 1,
    "mmap_size": 0,
    "synchronous": 2,
    "journal_mode": "wal",
}


def test_a_connection_that_does_not_hear_is_not_used(istanbul):
    connection = connect(istanbul)
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute("BEGIN")  # in a transaction SQLite leaves foreign_keys as it is, without an error

    with pytest.raises(CannotOpen, match=r"SQLite here refuses foreign_keys = 1"):
        prepare(connection)


def test_text_that_is_not_utf_8_is_read_with_marks(istanbul):
    connection = connect(istanbul)
    connection.execute("UPDATE demands SET note = CAST(x'C328' AS TEXT)")

    assert Hand(istanbul).row(RECORDS["demands"], "D1")["note"] == "\ufffd("


# Adding a field is one line


@pytest.fixture
def venues():
    """A kind of record declared as in records.py, and forgotten again after the test."""

    @record
    class Venue(Record):
        """Where rounds take place."""

        table = "venues"
        singular = "venue"
        unique = (("ref",),)
        ref: Annotated[Ref, Shown("Ref", 4)]
        host: Annotated[int, Shown("Host", 5), RefersTo("parties")]
        seats: Annotated[int, Shown("Seats", 5), Within(1, 99)] = 2  # the one line
        opened_on: Annotated[Day | None, Shown("Opened", 10)] = None
        aliases: Annotated[tuple[str, ...], Shown("Aliases", 10)] = ()
        sort: Annotated[Literal["hall", "tent"], Shown("Sort", 5)] = "hall"

    yield Venue
    del RECORDS["venues"], SINGULAR["venue"]


def test_one_line_makes_a_column_with_its_default_and_check(venues):
    assert "\n  seats INTEGER NOT NULL DEFAULT 2 CHECK (seats BETWEEN 1 AND 99),\n" in table(venues)


def test_one_line_makes_a_check_of_what_is_typed(venues):
    good: Row = {"ref": "V1", "host": 1}

    assert problems(venues, good) == []
    assert problems(venues, {**good, "seats": 100}) == [
        ("seats", "Seats must be a whole number from 1 to 99; 100 is not.")
    ]


@pytest.mark.usefixtures("venues")
def test_one_line_makes_a_member_of_the_json_schema():
    schema = json_schema()

    assert isinstance(schema["$defs"], dict)
    assert schema["$defs"]["venue"]["properties"]["seats"] == {
        "title": "Seats",
        "type": "integer",
        "minimum": 1,
        "maximum": 99,
        "default": 2,
    }


def test_one_line_makes_a_field_that_is_kept_found_sorted_undone_and_deleted_along(venues, tmp_path):
    create_store(tmp_path / "new.db").close()
    hand = Hand(tmp_path / "new.db")
    party = RECORDS["parties"]
    hand.add(party, ref="TUR", name="Türkiye", kind="state")
    for number, seats in ((1, 20), (2, 3)):
        hand.add(venues, ref=f"V{number}", host="TUR", seats=seats, aliases=(f"Hall {number}",))

    assert hand.store.keys("venues", hand.store.find(View(venues, sort=(Sort("seats"),)))) == ["V2", "V1"]
    assert hand.store.keys("venues", hand.store.find(View(venues, search="hall 2"))) == ["V2"]
    assert hand.store.count(View(venues, search="turkiye")) == 2
    hand.edit(venues, "V1", seats=21)
    assert hand.undo() == "V1 seats 21 → 20, undone"
    with pytest.raises(Refused, match=r"There is already a venue with this ref: V2."):
        hand.edit(venues, "V1", ref="V2")
    assert hand.delete(party, "TUR").label == "TUR deleted, with 2 venues"
    hand.store.close()
