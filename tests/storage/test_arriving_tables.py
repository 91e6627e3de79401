"""Csv and tsv are read as they were written, line by line, and any other bytes are refused with a sentence."""

import io
from contextlib import suppress

from hypothesis import given
from hypothesis import strategies as st

from storage import AS_IT_IS, format_named
from storage.errors import BadInput
from storage.exports.formats import Heading, Sheet
from storage.incoming.arriving_tables import csv_rows, tsv_rows


def read(reader, data):
    return list(reader(io.BytesIO(data), "x"))


@given(st.lists(st.lists(st.text(st.sampled_from('ab,";\t\n\r\\é \u2028'), max_size=5), min_size=2, max_size=2)))
def test_what_was_written_as_a_table_is_read_as_it_was(rows):
    for format, reader in (("csv", csv_rows), ("tsv", tsv_rows)):
        out = io.StringIO(newline="")
        format_named(format).write(Sheet((Heading("a", "A"), Heading("b", "B")), rows), out, AS_IT_IS)
        found = [cells for _, cells in read(reader, out.getvalue().encode())]
        assert found == [["a", "b"], *rows]


@given(st.binary(max_size=50))
def test_a_table_of_any_bytes_is_read_or_refused(data):
    for reader in (csv_rows, tsv_rows):
        with suppress(BadInput):
            read(reader, data)


def test_a_row_is_known_by_the_line_on_which_it_starts():
    with_mark = b'\xef\xbb\xbfa,b\r\n\r\n"1\n2",3\n4,5'
    assert read(csv_rows, with_mark) == [(1, ["a", "b"]), (3, ["1\n2", "3"]), (5, ["4", "5"])]
    assert read(tsv_rows, b"a\tb\r\n\n1\\n2\t3\n") == [(1, ["a", "b"]), (3, ["1\n2", "3"])]
