"""y, Y and p: what is copied from a pane, in which format, and what of it can be pasted into a cell."""

import json

from storage import Demand, Statement, open_store
from tests.tui.desk import desk

TO_FORMAT = {"csv": 0, "tsv": 1, "json": 2, "ndjson": 3, "md": 4, "html": 5}
"""How far down the list each format stands."""


async def to(at, pane, field, row=0):
    """Go to a cell of a pane by keys."""
    await at.main.go_to_pane(pane)
    grid = at.pane(pane).grid
    fields = [column.field for column in grid.columns]
    await at.press("g", "home", *["down"] * row, *["right"] * fields.index(field))


async def paste(at, copied, into, row=1):
    """Copy a field of the first row of a pane, and paste it into a field of another row; each is (pane, field)."""
    await to(at, copied[0], copied[1])
    await at.press("y")
    await to(at, into[0], into[1], row)
    await at.press("p")


async def test_marked_rows_are_copied_as_what_is_chosen(istanbul):
    async with desk(istanbul) as at:
        await at.press("3", "space", "space", "E", *["down"] * 5, "right", "enter")
        for name, down in TO_FORMAT.items():
            await at.press("Y", *["down"] * down, "enter")
            copied, says = at.app.clipboard, at.says
            at.app.copy_to_clipboard("")
            await at.press("E", *["right"] * (down > 0), "enter")
            assert at.says == "2 rows -> the clipboard"
            assert copied == at.app.clipboard, name
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


async def test_what_rests_on_internal_statements_alone_is_not_copied(istanbul, tmp_path):
    chosen = tmp_path / "config.toml"
    chosen.write_text('[keys]\nexport = "X"\n')
    async with desk(istanbul, configuration=chosen) as at:
        said = at.value("id", "3b", "statements")
        await at.app.live.edit(Statement, [said], {"visibility": "internal"})
        await at.press("3", "Y", "enter")

        alone = "Not copied: this rests on internal statements alone."
        assert at.says == f"{alone} X exports it if you include them."
        assert at.app.clipboard == ""


async def test_a_zone_is_copied_as_of_the_round_of_the_screen(talks):
    async with desk(talks, (150, 40)) as at:
        await to(at, "demands", "zone", 1)
        await at.press("y")
        assert at.app.clipboard == "linked"

        await at.press(*["left_square_bracket"] * 6, "y")
        assert at.app.clipboard == "unanswered"


async def test_a_cell_is_copied_and_pasted_in_an_order_by_zones_as_well(istanbul):
    async with desk(istanbul) as at:
        await to(at, "demands", "zone")
        await at.press("s")
        await to(at, "demands", "title")
        await at.press("y")
        assert (at.says, at.app.clipboard) == ("Copied.", "Ukrainian withdrawal from four regions")

        await paste(at, ("demands", "to_party"), ("demands", "to_party"))
        assert at.value("to_party", "D7") == at.value("id", "UKR", "parties")


async def test_a_copied_cell_is_pasted_into_another_in_one_step(istanbul):
    async with desk(istanbul) as at:
        await paste(at, ("demands", "title"), ("demands", "title"))
        assert at.value("title", "D2") == "30-day unconditional ceasefire"
        assert at.says.startswith("D2 title ")
        assert at.says.endswith("saved · u undoes")

        await at.press("u")
        assert at.value("title", "D2") != "30-day unconditional ceasefire"


async def test_a_paste_goes_into_every_marked_row_wherever_the_cursor_is_and_is_one_step(istanbul):
    async with desk(istanbul) as at:
        before = at.ask("SELECT ref, title FROM demands ORDER BY ref")
        await paste(at, ("demands", "title"), ("demands", "title"), 1)
        await at.press("u", "space", "space", "p")
        titles = dict(at.ask("SELECT ref, title FROM demands"))
        assert [ref for ref, title in titles.items() if title == titles["D1"]] == ["D1", "D2", "D3"]

        await at.press("u")
        assert at.ask("SELECT ref, title FROM demands ORDER BY ref") == before


async def test_a_reference_is_pasted_by_what_it_names(istanbul):
    async with desk(istanbul) as at:
        [(russia,)] = at.ask("SELECT id FROM parties WHERE ref = 'RUS'")
        await paste(at, ("demands", "to_party"), ("demands", "to_party"))
        assert at.value("to_party", "D2") == russia

        await paste(at, ("parties", "ref"), ("demands", "to_party"), 5)
        assert at.value("to_party", "D6") == at.value("id", "UKR", "parties")

        await paste(at, ("demands", "to_party"), ("demands", "title"))
        assert at.value("title", "D2") == "RUS"

        await paste(at, ("demands", "title"), ("demands", "to_party"))
        assert at.says == "There is no party “30-day unconditional ceasefire”."
        assert at.value("to_party", "D2") == russia


async def test_what_something_is_about_is_pasted_with_its_kind_and_takes_what_a_reference_names(istanbul):
    async with desk(istanbul, (150, 40)) as at:
        about = "SELECT subject, subject_id FROM evidence WHERE id = ?"
        demand = ("demand", at.value("id", "D1"))
        await paste(at, ("positions", "demand"), ("evidence", "subject"), 8)
        assert at.ask(about, at.pane("evidence").grid.cursor_id) == [demand]

        await at.press("y", "down", "right", "p")
        assert at.ask(about, at.pane("evidence").grid.cursor_id) == [demand]


async def test_a_list_is_pasted_as_a_list(istanbul):
    async with desk(istanbul) as at:
        await to(at, "parties", "aliases")
        await at.press("e", "ctrl+u", "text:a\\\\; b", "enter")
        await paste(at, ("parties", "aliases"), ("parties", "aliases"))

        assert json.loads(at.value("aliases", "RUS", "parties")) == ["a\\", "b"]


async def test_text_of_several_lines_becomes_one_line_where_the_field_has_one(istanbul):
    async with desk(istanbul) as at:
        await to(at, "demands", "text")
        await at.press("e", "text:one", "enter", "text:two", "ctrl+s")
        text = at.value("text", "D1")
        await paste(at, ("demands", "text"), ("demands", "text"))
        assert at.value("text", "D2") == text

        await paste(at, ("demands", "text"), ("demands", "title"))
        assert at.value("title", "D2") == text.replace("\n", " ")


async def test_a_value_that_the_field_does_not_take_is_refused_with_the_reason(istanbul):
    async with desk(istanbul, (150, 40)) as at:
        await to(at, "demands", "title")
        await at.press("y")
        for pane, field, says in (
            ("demands", "status", "Status takes open, "),
            ("parties", "essential", "Essential is yes or no; "),
            ("rounds", "starts_on", "Starts: "),
            ("parties", "ref", "Ref "),
            ("demands", "zone", "The zone is computed from the positions; "),
        ):
            before = at.ask(f"SELECT * FROM {pane}")
            await to(at, pane, field)
            await at.press("p")

            assert says in at.says
            assert at.ask(f"SELECT * FROM {pane}") == before, field


async def test_a_word_and_a_yes_are_pasted_where_there_is_such_a_word(istanbul):
    async with desk(istanbul) as at:
        await to(at, "demands", "title", 1)
        await at.press("e", "ctrl+u", "text:Agreed", "enter", "y")
        await to(at, "demands", "status")
        await at.press("p")
        assert at.value("status", "D1") == "agreed"

        await paste(at, ("parties", "essential"), ("parties", "essential"), 4)
        assert at.value("essential", "CHN", "parties") == at.value("essential", "UKR", "parties") == 1


async def test_a_computed_cell_is_pasted_as_the_text_that_it_shows(istanbul):
    async with desk(istanbul) as at:
        await paste(at, ("demands", "zone"), ("demands", "title"))
        assert at.value("title", "D2") == "contested"


async def test_the_cell_of_the_matrix_takes_a_response_and_a_computed_cell_says_why_not(istanbul):
    async with desk(istanbul) as at:
        await at.press("5", *["right"] * 4, "y")
        await at.press("down", "down", "p")
        assert at.says == "R1/D3/RUS added, saved · u undoes"
        of_russia = "SELECT response FROM positions WHERE demand = ? AND party = ?"
        russia = at.value("id", "RUS", "parties")
        assert at.ask(of_russia, at.value("id", "D3"), russia) == [("rejects",)]

        await at.press("home", "right", "right", "p")
        assert "is computed from the records" in at.says


async def test_the_detail_takes_a_paste_and_a_line_without_a_field_says_why_not(istanbul):
    async with desk(istanbul, (120, 40)) as at:
        await to(at, "demands", "title")
        await at.press("y", "down", "o", "down", "p")
        assert at.value("title", "D2") == at.value("title", "D1")

        await at.press("G", "p")
        assert at.says == "There is nothing to edit on this line."


async def test_only_a_cell_that_was_copied_last_is_pasted(istanbul):
    async with desk(istanbul) as at:
        await at.press("3", "p")
        assert at.says.startswith("Nothing is copied yet: y copies")

        await at.press("right", "y", "space", "y", "p")
        assert at.says.startswith("What was copied last is no cell: y copies")

        await at.press("escape", "b", "y", "escape", "p")
        assert at.says.startswith("What was copied last is no cell: y copies")
    assert len(at.ask("SELECT DISTINCT title FROM demands")) == 9


async def test_nothing_is_pasted_where_the_dossier_is_only_read_or_what_was_copied_is_internal(istanbul):
    async with desk(istanbul) as at:
        said = at.value("id", "3b", "statements")
        await at.app.live.edit(Statement, [said], {"visibility": "internal"})
        await paste(at, ("demands", "title"), ("demands", "title"))
        assert at.says.startswith("Nothing is copied yet")

    async with desk(istanbul, read_only=True) as at:
        await paste(at, ("demands", "title"), ("demands", "title"))
        assert at.says == "This dossier is open for reading only."


async def test_a_conflict_is_told_and_leaves_nothing_being_edited(istanbul):
    async with desk(istanbul) as at:
        await to(at, "demands", "title", 1)
        seen = await at.pane().target_here()
        theirs = open_store(istanbul)
        theirs.edit(Demand, [at.value("id", "D2")], {"title": "Theirs"})
        theirs.close()
        assert seen is not None
        await at.pane().submitted(seen, "Ours")
        await at.app.settled()

        assert at.says.startswith("D2.title is Theirs now")
        assert "Enter" not in at.says
        assert at.pane().unsaved == ""
        assert at.value("title", "D2") == "Theirs"
