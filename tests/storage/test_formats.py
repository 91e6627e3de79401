"""What each format writes, byte by byte, and that a reader gets back what went in."""

import csv
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.errors import Unknown
from storage.exports.formats import FORMATS, Heading, Sheet, Switches, format_named, format_of

TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
CELLS = st.one_of(st.none(), st.booleans(), st.integers(-(2**53), 2**53), TEXTS)
ROWS = st.lists(st.tuples(CELLS, CELLS, CELLS), max_size=5)


def written(name, rows, headings=("ref", "title", "by_party"), **switches):
    out = io.StringIO(newline="")
    sheet = Sheet(tuple(Heading(each, each.capitalize()) for each in headings), iter(rows))
    format_named(name).write(sheet, out, Switches(**switches))
    return out.getvalue()


def write(name, rows, folder):
    """Write into memory, or where the format is no text into a file."""
    if write_file := FORMATS[name].write_file:
        write_file(Sheet((Heading("ref", "Ref"),), rows), folder / f"out.{name}", Switches())
    else:
        written(name, rows)


def bare(cell):
    if cell is None:
        return ""
    return str(cell).lower() if isinstance(cell, bool) else str(cell)


def read_tsv(text):
    escapes = {"t": "\t", "n": "\n", "r": "\r", "\\": "\\"}

    def unescaped(cell):
        letters = iter(cell)
        return "".join(escapes[next(letters)] if letter == "\\" else letter for letter in letters)

    return [[unescaped(cell) for cell in line.split("\t")] for line in text.split("\n")[:-1]]


@given(ROWS)
def test_a_csv_reader_gets_back_what_was_written(rows):
    text = written("csv", rows)

    found = list(csv.reader(io.StringIO(text, newline=""), strict=True))

    assert found == [["ref", "title", "by_party"], *([bare(cell) for cell in row] for row in rows)]


@given(ROWS)
def test_a_tsv_line_is_a_row_whatever_its_values_hold(rows):
    text = written("tsv", rows, headers=False)

    assert read_tsv(text) == [[bare(cell) for cell in row] for row in rows]


@given(ROWS)
def test_json_is_what_json_dumps_would_write_of_all_rows_at_once(rows):
    text = written("json", rows)

    names = ("ref", "title", "by_party")
    objects = [dict(zip(names, (None if cell == "" else cell for cell in row), strict=True)) for row in rows]
    assert text == json.dumps(objects, ensure_ascii=False, indent=2) + "\n"


@given(ROWS)
def test_every_line_of_ndjson_is_one_object(rows):
    lines = written("ndjson", rows).split("\n")

    assert lines.pop() == ""
    assert [list(json.loads(line).values()) for line in lines] == [
        [None if cell == "" else cell for cell in row] for row in rows
    ]


@given(ROWS)
def test_a_markdown_table_has_one_line_a_row_and_no_bar_of_its_data(rows):
    header, rule, *lines = written("md", rows).split("\n")[:-1]

    assert (header, rule) == ("| Ref | Title | By\\_party |", "| --- | --- | --- |")
    assert len(lines) == len(rows)
    for line in lines:
        bars = line.replace("\\\\", "").replace("\\|", "").count("|")
        assert bars == 4


def test_csv_follows_rfc_4180():
    text = written("csv", [("D1", 'a "b", c', None), ("D2", "two\nlines", True), ("D3", "", 1000.0)])

    assert text == 'ref,title,by_party\r\nD1,"a ""b"", c",\r\nD2,"two\nlines",true\r\nD3,,1000\r\n'


def test_tsv_escapes_tab_newline_return_and_backslash():
    assert written("tsv", [("a\tb", "c\nd\re", "f\\g")], headers=False) == "a\\tb\tc\\nd\\re\tf\\\\g\n"


def test_json_has_an_empty_array_where_there_are_no_rows():
    assert written("json", []) == "[]\n"
    assert written("ndjson", []) == ""
    assert written("csv", []) == "ref,title,by_party\r\n"


def test_json_writes_letters_as_they_are_and_nothing_as_null():
    text = written("json", [("D1", "Zelenśkyj ✔", ("Kyjiv", "Київ")), ("D2", "", ())])

    assert (
        text
        == """\
[
  {
    "ref": "D1",
    "title": "Zelenśkyj ✔",
    "by_party": [
      "Kyjiv",
      "Київ"
    ]
  },
  {
    "ref": "D2",
    "title": null,
    "by_party": []
  }
]
"""
    )


def test_ndjson_has_no_blanks_between():
    assert written("ndjson", [("D1", "a", 0.5)]) == '{"ref":"D1","title":"a","by_party":0.5}\n'


@pytest.mark.parametrize(
    ("number", "text"), [(1000.0, "1000"), (0.5, "0.5"), (-2, "-2"), (1e22, "1" + 22 * "0"), (1e-7, "0.0000001")]
)
def test_numbers_are_plain(number, text):
    assert written("csv", [(number, "", "")], headers=False) == f"{text},,\r\n"


def test_what_is_no_number_is_nothing():
    assert written("csv", [(float("inf"), "x", "")], headers=False) == ",x,\r\n"
    assert json.loads(written("json", [(float("nan"), "x", "")]))[0]["ref"] is None


def test_lists_are_joined_in_csv_and_arrays_in_json():
    rows = [("UKR", ("Kyiv", "Kiev"), "")]

    assert written("csv", rows, headers=False) == "UKR,Kyiv; Kiev,\r\n"
    assert json.loads(written("ndjson", rows))["title"] == ["Kyiv", "Kiev"]


@pytest.mark.parametrize("name", ["csv", "tsv"])
@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_the_guard_keeps_text_from_being_a_formula(name, start):
    guarded = written(name, [(f"{start}1", "", "")], headers=False, guard=True)
    as_it_is = written(name, [(f"{start}1", "", "")], headers=False)

    assert guarded.lstrip('"').startswith("'")
    assert "'" not in as_it_is


def test_the_guard_leaves_numbers_and_all_other_text_alone():
    assert written("csv", [(-1, "a=b", ("x", "-y"))], headers=False, guard=True) == "-1,a=b,x; -y\r\n"


def test_the_mark_of_byte_order_stands_first():
    assert written("csv", [], bom=True) == "\ufeffref,title,by_party\r\n"
    assert written("tsv", [], bom=True) == "\ufeffref\ttitle\tby_party\n"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a|b", "a\\|b"),
        ("<b>&", "&lt;b>&amp;"),
        ("*a* _b_ `c` [d](e) ~f~", "\\*a\\* \\_b\\_ \\`c\\` \\[d\\](e) \\~f\\~"),
        ("one\ntwo\r\nthree", "one<br>two<br>three"),
        ("\x1b[31m", "␛\\[31m"),
        ("\u202egpj", "\ufffdgpj"),
        ("back\\slash", "back\\\\slash"),
    ],
)
def test_markdown_shows_text_and_starts_nothing(text, shown):
    assert written("md", [(text,)], headings=("ref",)) == f"| Ref |\n| --- |\n| {shown} |\n"


def test_a_format_is_found_by_its_name_and_by_the_end_of_a_file():
    assert [each.name for each in FORMATS.values()] == ["csv", "tsv", "json", "ndjson", "md", "html", "xlsx"]
    assert format_of("out.NDJSON") is FORMATS["ndjson"]
    assert format_of("out.txt") is None
    with pytest.raises(Unknown, match="there are csv, tsv, json, ndjson, md, html, xlsx"):
        format_named("pdf")


@pytest.mark.parametrize("name", FORMATS)
def test_no_format_holds_the_rows_that_it_has_written(name, tmp_path):
    alive = most = 0

    class Row(tuple[object, ...]):
        def __del__(self):
            nonlocal alive
            alive -= 1

    def rows():
        nonlocal alive, most
        for number in range(100):
            alive += 1
            most = max(most, alive)
            yield Row((number, "", ""))

    write(name, rows(), tmp_path)

    assert most <= 3
