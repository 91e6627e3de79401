"""Two programs on one file: what the other one did appears, and what would overwrite it asks first."""

import asyncio
from contextlib import closing

import pytest

from storage import Demand, Party, Stopped, open_store
from tests.tui.desk import desk
from tui.panes.computed import ComputedPane


@pytest.fixture
def theirs(istanbul):
    """The same dossier, opened by somebody else."""
    with closing(open_store(istanbul)) as store:
        yield store


def id_of(store, ref):
    """The id of a demand."""
    return store.resolve("demands", ref)


async def test_a_change_of_another_program_appears(istanbul, theirs):
    async with desk(istanbul) as at:
        theirs.edit(Demand, [id_of(theirs, "D3")], {"status": "lapsed"})
        await at.app.live.hear_news()
        await at.press("down")

        assert "lapsed" in at.rows()[2]


async def test_an_open_editor_stays_open_when_another_program_changes_the_row(istanbul, theirs):
    async with desk(istanbul) as at:
        await at.press("3", "right", "e", "text: mine")
        theirs.edit(Demand, [id_of(theirs, "D1")], {"status": "lapsed"})
        await at.app.live.hear_news()
        await at.press("enter")

        assert at.value("title", "D1") == "30-day unconditional ceasefire mine"
        assert at.value("status", "D1") == "lapsed"


async def test_a_conflict_shows_both_values_and_escape_keeps_theirs(istanbul, theirs):
    async with desk(istanbul) as at:
        await at.press("3", "right", "e", "text: mine")
        theirs.edit(Demand, [id_of(theirs, "D1")], {"title": "Theirs"})
        await at.press("enter")
        assert "Theirs" in at.says
        assert "Enter keeps yours, Esc keeps theirs." in " ".join("\n".join(at.lines()[-4:]).split())

        await at.press("escape")
        assert at.value("title", "D1") == "Theirs"


async def test_a_conflict_is_overwritten_by_a_second_enter(istanbul, theirs):
    async with desk(istanbul) as at:
        await at.press("3", "right", "e", "text: mine")
        theirs.edit(Demand, [id_of(theirs, "D1")], {"title": "Theirs"})
        await at.press("enter", "enter")

        assert at.value("title", "D1") == "30-day unconditional ceasefire mine"


async def test_a_record_that_another_program_has_deleted_is_not_offered_to_be_kept(istanbul, theirs):
    async with desk(istanbul) as at:
        await at.press("3", "right", "e", "text: mine")
        theirs.delete(Demand, [id_of(theirs, "D1")])
        await at.press("enter")

        assert at.says == "The demand is gone: somebody else has deleted it. Esc closes the editor."


async def test_undo_leaves_alone_what_the_other_program_did(istanbul, theirs):
    async with desk(istanbul) as at:
        theirs.edit(Demand, [id_of(theirs, "D3")], {"status": "lapsed"})
        await at.press("u")

        assert at.says == "There is nothing to undo."
        assert at.value("status", "D3") == "lapsed"


async def test_what_is_heard_when_the_run_has_just_ended_is_no_error(istanbul, theirs):
    async with desk(istanbul) as at:
        pass

    at.app.announce(theirs.edit(Demand, [id_of(theirs, "D1")], {"title": "Theirs"}))
    at.app.say_refused(Stopped("The dossier is closed."))


async def test_a_statement_on_a_record_that_another_program_has_deleted_is_not_begun(istanbul, theirs):
    async with desk(istanbul) as at:
        await at.press("3", "x")
        theirs.delete(Demand, [id_of(theirs, "D1")])
        await at.press("n")

        assert "There is no demand D1 any more." in at.text()


@pytest.mark.parametrize("key", ["e", "exclamation_mark", "p", "d", "t"])
@pytest.mark.parametrize(("kind", "table", "ref"), [(Demand, "demands", "D1"), (Party, "parties", "UKR")])
async def test_no_key_of_the_matrix_fails_on_what_another_program_has_just_deleted(
    istanbul, theirs, key, kind, table, ref
):
    async with desk(istanbul) as at:
        await at.press("5", "right", "right", "right")
        assert f"{ref} " in at.text()
        theirs.delete(kind, [theirs.resolve(table, ref)])
        await at.press(key, "escape", "escape", "home")
        await at.app.live.hear_news()
        await at.press("down")

        assert f"{ref} " not in at.text()


async def test_the_matrix_can_be_painted_at_any_moment_while_a_party_goes(istanbul, theirs):
    async with desk(istanbul) as at:
        await at.press("5")
        grid = at.main.query_one("#view-matrix", ComputedPane).grid
        theirs.delete(Party, [theirs.resolve("parties", "UKR")])
        await at.app.live.hear_news()
        reading = asyncio.create_task(at.app.settled())
        while not reading.done():
            grid.notify_style_update()  # draws every line anew
            assert grid.render_line(0).cell_length == grid.render_line(1).cell_length
            await asyncio.sleep(0)

        assert "UKR " not in at.text()


async def test_an_export_of_the_column_of_a_party_that_another_program_has_deleted_is_refused(istanbul, theirs):
    async with desk(istanbul, (120, 40)) as at:
        await at.press("5", "E")
        theirs.delete(Party, [theirs.resolve("parties", "UKR")])
        await at.press("enter")

        assert 'There is no column "UKR" in matrix.' in at.text()
