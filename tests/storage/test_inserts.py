"""Rows that a table does not take are left out and told, and all others are in, wherever they stand in a statement."""

import sqlite3

from hypothesis import given
from hypothesis import strategies as st

from storage.editing.inserts import ROWS_AT_ONCE, insert_rows


@given(st.lists(st.integers(0, 2 * ROWS_AT_ONCE), max_size=5 * ROWS_AT_ONCE))
def test_each_row_is_taken_unless_its_key_is_taken(keys):
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.execute("CREATE TABLE seen (key INTEGER UNIQUE, place INTEGER CHECK (place > 0)) STRICT")
    rows = [(key, place) for place, key in enumerate(keys)]

    refused = [at for at, _ in insert_rows(connection, "seen", ("key", "place"), rows)]

    found = connection.execute("SELECT key, place FROM seen ORDER BY place").fetchall()
    first = {key: place for key, place in reversed(rows) if place}
    assert dict(found) == first
    assert refused == [place for key, place in rows if first.get(key) != place]
    connection.close()
