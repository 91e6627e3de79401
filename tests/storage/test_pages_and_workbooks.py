"""A page of HTML and a workbook show exactly the text that they were given, and none of it does anything."""

import html.parser
import io
import re
import zipfile
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storage import create_store, open_store, outgoing, packaged_seed, plain
from storage.errors import Cancelled, Refused
from storage.exports.formats import FORMATS, Heading, Sheet, Switches, xlsx
from storage.records import Demand
from storage.view import View
from tests.chance import tries

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
ESCAPED = re.compile("_x([0-9A-F]{4})_")
HOSTILE = [
    "<script>alert(1)</script>",
    '" onmouseover="alert(1)',
    "javascript:alert(1)",
    "=1+1",
    "@SUM(A1)",
    "<r><t>red</t></r>",
    "<r></r></is></c><c><f>1+1</f></c>",
    "\x1b[31m",
    "_x001B_",
    "\u202egpj",
    "one\ntwo",
    " blank before",
    "1e5",
    "https://example.org/?a=1&b=<2>",
]
TEXTS = st.one_of(
    st.sampled_from([*HOSTILE, "\uffff", "\ufffe", "\r\n", "\x00"]),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=40),
)


class Page(html.parser.HTMLParser):
    """What a reader of the page gets to see: the text of each cell, and every tag with its attributes."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.cells, self.tags, self.links = [], set(), []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        if tag in ("td", "th"):
            self.cells.append("")
        if tag == "br":
            self.cells[-1] += "\n"
        if tag == "a":
            self.links.append(dict(attrs)["href"])
        assert not any(name.startswith("on") for name, _ in attrs)

    def handle_data(self, data):
        if self.cells and data.strip("\n"):
            self.cells[-1] += data


def page(*cells):
    out = io.StringIO()
    FORMATS["html"].write(Sheet((Heading("title", "Title"),), [[cell] for cell in cells]), out, Switches())
    return out.getvalue()


def workbook(path, *rows):
    write = FORMATS["xlsx"].write_file
    assert write
    write(Sheet((Heading("title", "Title"), Heading("note", "Note")), rows), path, Switches())
    return rows_of(path)


def rows_of(path):
    """Each row below the headings as (type, text) by column; the types are those of the file."""
    with zipfile.ZipFile(path) as parts:
        sheet = ElementTree.fromstring(parts.read("xl/worksheets/sheet1.xml"))
    assert not list(sheet.iter(f"{MAIN}f")), "a formula"
    assert not list(sheet.iter(f"{MAIN}hyperlink")), "a link"
    found = []
    for row in sheet.iter(f"{MAIN}row"):
        cells = {str(cell.get("r"))[0]: (cell.get("t"), "".join(cell.itertext())) for cell in row.iter(f"{MAIN}c")}
        found.append({column: (kind, unescaped(text)) for column, (kind, text) in cells.items()})
    return found[1:]


def unescaped(text):
    return ESCAPED.sub(lambda code: chr(int(code[1], 16)), text)


@given(TEXTS)
def test_a_page_shows_the_text_and_has_no_tag_of_its_own_making(text):
    shown = Page(page(text))

    lines = re.split("\r\n|\n|\r", text)
    assert shown.tags <= {
        "html",
        "head",
        "meta",
        "title",
        "style",
        "body",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "br",
        "a",
    }
    assert shown.cells[0] == "Title"
    assert shown.cells[1].split("\n") == [plain(line) for line in lines]


def test_only_an_address_of_the_web_becomes_a_link():
    shown = Page(page("https://example.org/a?b=1&c=2", "javascript:alert(1)", "see https://example.org", "file:///etc"))

    assert shown.links == ["https://example.org/a?b=1&c=2"]


def test_an_address_holds_no_control_that_its_text_does_not_show():
    text = page("https://example.org/\x1b[2J\x7f\u202egpj")

    assert Page(text).links == ["https://example.org/␛[2J␡\ufffdgpj"]
    assert not set("\x1b\x7f\u202e") & set(text)


def test_a_page_loads_nothing_and_runs_nothing():
    text = page("x")

    assert "default-src 'none'" in text
    assert not re.search("<script|<link|<img|src=|@import|url\\(", text)


@settings(max_examples=tries(40), deadline=None)  # a file is written and read
@given(TEXTS)
def test_a_workbook_holds_every_text_as_text(tmp_path_factory, text):
    path = tmp_path_factory.getbasetemp() / "text.xlsx"

    [row] = workbook(path, (text, "end"))

    assert row["B"] == ("inlineStr", "end")
    assert row.get("A", ("inlineStr", "")) == ("inlineStr", text)


def test_numbers_and_yes_and_no_keep_their_types_and_nothing_is_an_empty_cell(tmp_path):
    rows = workbook(tmp_path / "a.xlsx", (1000, True), (0.5, None), ("", ("x", "y")))

    assert rows == [{"A": (None, "1000"), "B": ("b", "1")}, {"A": (None, "0.5")}, {"B": ("inlineStr", "x; y")}]


def test_a_text_that_is_too_long_for_a_cell_is_cut_where_a_reader_sees_it(tmp_path):
    [row] = workbook(tmp_path / "a.xlsx", ("\U0001f54a" * 20_000, "end"))

    text = row["A"][1]
    assert len(text.encode("utf-16-le")) // 2 <= 32_767
    assert text.endswith("\U0001f54a…")


def test_more_rows_than_a_sheet_has_are_refused(tmp_path, monkeypatch):
    assert xlsx.MOST_ROWS == 1_048_575
    monkeypatch.setattr(xlsx, "MOST_ROWS", 5)  # a million take seconds

    assert len(workbook(tmp_path / "a.xlsx", *[("a", "b")] * 5)) == 5
    with pytest.raises(Refused, match="holds 5 rows"):
        workbook(tmp_path / "b.xlsx", *[("a", "b")] * 6)


def test_a_workbook_replaces_the_file_whole_or_not_at_all(tmp_path):
    target = tmp_path / "demands.xlsx"
    target.write_text("what was there")
    create_store(tmp_path / "a.db", packaged_seed()).close()
    store = open_store(tmp_path / "a.db")

    with outgoing(store) as leaving:
        with pytest.raises(Cancelled):
            leaving.write_view(View(Demand), FORMATS["xlsx"], target, cancelled=lambda: True)
        assert target.read_text() == "what was there"
        assert leaving.write_view(View(Demand), FORMATS["xlsx"], target) == 9
    store.close()

    assert rows_of(target)[0]["A"] == ("inlineStr", "D1")
    assert sorted(each.name for each in tmp_path.iterdir()) == ["a.db", "demands.xlsx"]
