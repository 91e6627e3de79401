"""y, Y and p: what is copied from a pane, in which format, and what of it can be pasted into a cell."""

import json

import pytest

from storage import Statement
from tests.tui.desk import desk

TO_FORMAT = {"csv": 0, "tsv": 1, "json": 2, "ndjson": 3, "md": 4, "html": 5}
"""How far down the list each format stands."""


@pytest.mark.parametrize("name", TO_FORMAT)
async def test_marked_rows_are_copied_as_what_is_chosen(istanbul, name):
    async with desk(istanbul) as at:
        await at.press("3", "space", "space", "Y", *["down"] * TO_FORMAT[name], "enter")

        copied, says = at.app.clipboard, at.says
        await at.press("E", *["right"] * TO_FORMAT[name], *["down"] * 5, "right", "enter")
        assert copied == at.app.clipboard
        assert says == f"2 rows copied as {name}."


async def test_the_formats_to_copy_as_are_texts_and_are_found_by_their_letters(istanbul):
    async with desk(istanbul) as at:
        await at.press("3", "Y")
        assert all(f"{name} " in at.text() for name in TO_FORMAT)
        assert "xlsx" not in at.text()

        await at.press("text:mark", "enter")
        assert at.app.clipboard.splitlines()[0].startswith("| Ref | Demand |")


async def test_without_marks_the_row_under_the_cursor_is_copied_with_the_columns_on_screen(istanbul):
    async with desk(istanbul) as at:
        await at.press("3", "right", "minus", "down", "Y", "text:ndjson", "enter")

        row = json.loads(at.app.clipboard)
        assert row["ref"] == "D2"
        assert "title" not in row
        assert at.says == "1 row copied as ndjson."


async def test_rows_of_a_computed_view_are_copied_in_its_order(istanbul):
    async with desk(istanbul) as at:
        await at.press("5", "s", "s", "ctrl+a", "Y", "enter")
        refs = [line.split(",")[0] for line in at.app.clipboard.splitlines()]
        assert refs == ["demand", *(f"D{number}" for number in range(len(refs) - 1, 0, -1))]

        await at.press("ctrl+a", "space", "y")
        assert [line.split("\t")[0] for line in at.app.clipboard.splitlines()] == ["demand", refs[1]]


async def test_the_detail_copies_a_field_and_the_whole_record(istanbul):
    async with desk(istanbul, (120, 40)) as at:
        await at.press("3", "o", "down", "y")
        assert at.app.clipboard == "30-day unconditional ceasefire"

        await at.press("Y", "text:ndjson", "enter")
        assert json.loads(at.app.clipboard)["ref"] == "D1"


async def test_nothing_is_copied_where_nothing_is_and_when_it_is_not_chosen(empty, istanbul):
    async with desk(empty) as at:
        await at.press("3", "Y")
        assert at.says == "There is nothing to copy."

    async with desk(istanbul) as at:
        await at.press("3", "Y", "escape")
        assert at.says == "Nothing copied."
        assert at.app.clipboard == ""


async def test_what_rests_on_internal_statements_alone_is_not_copied(istanbul):
    async with desk(istanbul) as at:
        said = at.value("id", "3b", "statements")
        await at.app.live.edit(Statement, [said], {"visibility": "internal"})
        await at.press("3", "Y", "enter")

        assert at.says.startswith("Not copied: this rests on internal statements alone.")
        assert at.app.clipboard == ""
