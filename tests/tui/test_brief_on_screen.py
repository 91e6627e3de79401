"""b: one page on the demand, party or round under the cursor; read, copied, written."""

import io
from contextlib import closing

import pytest

from storage import Demand, Party, Statement, View, open_store, outgoing
from tests.tui.desk import desk


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    """Work in a folder of its own, where the proposed file goes."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def page(path, ref, **wishes):
    """The brief as the command line writes it."""
    store, out = open_store(path), io.StringIO()
    with outgoing(store, **wishes) as leaving:
        leaving.write_brief(ref, out)
    store.close()
    return out.getvalue()


async def test_the_brief_of_what_is_under_the_cursor_is_shown(istanbul):
    async with desk(istanbul) as at:
        for keys, title, says in (
            (("3",), "Brief · demand D1", "A demand of Ukraine, addressed to Russia."),
            (("1", "down"), "Brief · party RUS", "Russia"),
            (("2",), "Brief · round R1", "Istanbul"),
            (("5",), "Brief · demand D1", "A demand of Ukraine"),
            (("0", "text:posi", "enter"), "Brief · demand D1", "A demand of Ukraine"),
            (("0", "text:peo", "enter"), "Brief · party UKR", "Ukraine"),
        ):
            await at.press(*keys, "b")

            assert title in at.text(), keys
            assert says in at.text(), keys
            await at.press("escape")
            assert title not in at.text(), keys


async def test_markdown_is_rendered_and_its_footnotes_are_numbers(istanbul):
    async with desk(istanbul, size=(120, 40)) as at:
        await at.press("3", "b")
        shown = at.text()

    assert "## What is wanted" not in shown
    assert "30-day unconditional ceasefire.[1]" in shown
    assert "[1] S1, Analysis of the Istanbul talks" in shown


async def test_the_lines_of_a_text_are_lines_of_the_page(istanbul):
    with closing(open_store(istanbul)) as store:
        store.edit(Demand, [store.resolve("demands", "D1")], {"text": "On land.\n# At sea <br>.\n- In the air."})
    async with desk(istanbul) as at:
        await at.press("3", "b")
        told = [line.strip("│ ") for line in at.lines()]

    first = told.index("• On land.")
    assert told[first + 1 : first + 3] == ["# At sea <br>.", "- In the air.[1]"]


async def test_y_copies_the_page_that_the_command_writes(istanbul):
    async with desk(istanbul) as at:
        await at.press("3", "b", "y")

        assert at.app.clipboard == page(istanbul, "D1")
        assert at.says == "The brief of demand D1 is copied as Markdown."


async def test_two_keys_write_the_page_to_the_proposed_file(istanbul, here):
    async with desk(istanbul) as at:
        await at.press("3", "b", "E", "enter")

        assert at.says == "The brief of demand D1 -> istanbul-brief-demand-D1.md"
    assert (here / "istanbul-brief-demand-D1.md").read_text() == page(istanbul, "D1")


async def test_a_file_that_is_there_is_asked_about_and_both_can_be_kept(istanbul, here):
    mine = here / "istanbul-brief-demand-D1.md"
    mine.write_text("mine")
    async with desk(istanbul) as at:
        await at.press("3", "b", "E", "enter")
        assert "is there already" in at.text()
        await at.press("enter", "escape")
        assert mine.read_text() == "mine"

        await at.press("E", "enter", "k")

    assert mine.read_text() == "mine"
    assert (here / "istanbul-brief-demand-D1-2.md").read_text() == page(istanbul, "D1")


async def test_the_dossier_itself_is_not_written_over(istanbul):
    before = istanbul.read_bytes()
    async with desk(istanbul) as at:
        await at.press("3", "b", "E", "ctrl+u", "text:istanbul.db", "enter", "r")

        assert "belongs to the dossier itself" in at.says
        assert at.ask("SELECT count(*) FROM demands") == [(9,)]
    assert istanbul.read_bytes()[:16] == before[:16]


async def test_what_is_internal_stays_out_until_i_includes_it(istanbul):
    async with desk(istanbul) as at:
        said = at.value("id", "4b", "statements")
        await at.app.live.edit(Statement, [said], {"visibility": "internal"})
        await at.press("3", "b")
        assert "Russia rejects it" not in at.text()
        await at.press("y")
        assert "rejects" not in at.app.clipboard

        await at.press("i", "y")
        assert "Russia rejects it" in at.text()
        assert "rejects" in at.app.clipboard


async def test_a_demand_that_rests_on_internal_statements_alone_says_so(istanbul):
    async with desk(istanbul) as at:
        said = at.value("id", "3b", "statements")
        await at.app.live.edit(Statement, [said], {"visibility": "internal"})
        await at.press("3", "b")

        assert "i includes those" in at.says
        assert "i includes internal" in at.text()


async def test_a_record_of_no_party_round_or_demand_has_no_brief_and_says_so(istanbul):
    async with desk(istanbul) as at:
        await at.press("0", "text:sources", "enter", "b")

        assert at.says == "A brief is about a demand, a round or a party; this source names none."


async def test_stored_text_is_neither_markdown_nor_markup_nor_a_command_to_the_terminal(istanbul):
    hostile = "[/x] *a* `b` [c](d) \x1b[31m <b> [^1]"
    async with desk(istanbul, size=(120, 40)) as at:
        [ukraine, *_] = at.app.live.store.find(View(Party))
        await at.app.live.edit(Party, [ukraine], {"note": hostile, "name": hostile})
        await at.press("1", "b")

        assert "[/x] *a* `b` [c](d)" in at.text()
        assert "<b> [^1]" in at.text()
        assert "\x1b" not in at.text()
