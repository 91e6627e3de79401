"""I: what a file would bring is said before it comes, it comes as one step, and what is wrong stays to be read."""

import asyncio
import json
import os

import pytest
from textual.command import CommandPalette

from tests.tui.desk import desk, until
from tests.tui.keyboard import typed
from tui.progress import Progress
from tui.screens.importing import Import
from tui.screens.working import Working, with_progress

HEADER = "ref,title,kind,by_party\n"
TWO = f"{HEADER}D20,Fish,goal,UKR\nD21,Boats,goal,Russia\n"


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    """Work in a folder of its own, with a file of two demands."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "more-demands.csv").write_text(TWO)
    return tmp_path


async def enter(at):
    """Press Enter, and wait for the import even where the machine takes so long that its progress is shown."""
    await at.press("enter")
    await until(lambda: not isinstance(at.app.screen, Working), at)
    await at.press()


async def test_what_would_come_is_said_first_and_enter_brings_it_as_one_step(istanbul):
    async with desk(istanbul) as at:
        await at.press("1", "I", "text:more-demands.csv")
        assert "2 demands would come in from more-demands.csv" in at.text()
        assert at.count("demands") == 9

        await enter(at)
        assert at.says == "2 demands imported from more-demands.csv · u undoes"
        assert at.count("demands") == 11
        assert [row for row in at.rows() if row.startswith("▌")] == [row for row in at.rows() if "Fish" in row]

        await at.press("u")
        assert at.count("demands") == 9
        assert at.says.startswith("2 demands imported from more-demands.csv, undone")


async def test_a_path_is_completed_and_imported_without_waiting_for_the_check(istanbul):
    async with desk(istanbul) as at:
        await at.press("I", "text:mor", "right")
        await enter(at)

        assert at.value("title", "D21") == "Boats"


async def test_the_first_of_the_new_records_is_shown_though_a_search_hides_it(istanbul):
    async with desk(istanbul) as at:
        await at.press("3", "slash", "text:talks", "enter", "I", "text:more-demands.csv")
        await enter(at)

        assert any(row.startswith("▌D20") for row in at.rows())
        assert len(at.rows()) == 11


async def test_the_name_of_the_file_says_the_kind_and_the_pane_where_the_name_does_not(istanbul, here):
    (here / "new.csv").write_text("ref,name,kind\nNOR,Norway,state\n")
    async with desk(istanbul) as at:
        await at.press("1", "I")
        assert "▐parties▌" in at.text()
        await at.press("text:more-demands.csv")
        assert "▐demands▌" in at.text()

        await at.press("ctrl+u", "text:new.csv")
        assert "▐parties▌" in at.text()
        assert "1 party would come in from new.csv" in at.text()
        await enter(at)
        assert at.count("parties") == 7


async def test_another_kind_can_be_chosen_and_is_checked_at_once(istanbul, here):
    (here / "new.csv").write_text("ref,name,kind\nNOR,Norway,state\n")
    async with desk(istanbul) as at:
        await at.press("3", "I", "text:new.csv")
        assert "✖ A mistake in new.csv; nothing is imported." in at.text()
        assert 'unknown column "name"' in at.text()

        await at.press("down", "left", "left", "left")
        assert "▐parties▌" in at.text()
        assert "1 party would come in from new.csv" in at.text()


async def test_in_a_view_that_is_of_no_kind_the_kind_under_the_cursor_is_proposed(istanbul):
    async with desk(istanbul) as at:
        await at.press("5", "I")

        assert "▐demands▌" in at.text()


@pytest.mark.parametrize(("size", "more"), [((80, 24), 33), ((60, 15), 39)])
async def test_every_mistake_can_be_read_and_mended_and_nothing_comes_in_before(istanbul, here, size, more):
    wrong = "".join(f"D{number},x,wish,UKR\n" for number in range(20, 60))
    (here / "demands.csv").write_text(HEADER + wrong)
    async with desk(istanbul, size) as at:
        await at.press("3", "I", "text:demands.csv")
        await enter(at)
        assert "✖ 40 mistakes in demands.csv; nothing is imported." in at.text()
        assert "line 2, column kind: Kind must be one of demand," in at.text()
        assert f"and {more} more: PgDn" in at.text()
        await at.press(*["pagedown"] * 20)
        assert "line 41, column kind" in at.text()
        assert "more: PgDn" not in at.text()
        assert at.count("demands") == 9

        (here / "demands.csv").write_text(TWO)
        await enter(at)
        assert at.count("demands") == 11


def is_no_file(here):
    """What may stand in a folder, and what is said of it."""
    (here / "folder").mkdir()
    os.mkfifo(here / "pipe.csv")
    (here / "notes.txt").write_text("")
    (here / "empty-demands.csv").write_text("")
    return {
        "": "A path is needed; type where the file is.",
        "none.csv": "none.csv can't be read: No such file or directory.",
        "folder": "folder is a folder; type the name of a file in it.",
        "pipe.csv": "pipe.csv is not a regular file; save in one what comes",
        "notes.txt": "notes.txt does not end like data that can be imported; that is csv,",
        "empty-demands.csv": "A mistake in empty-demands.csv; nothing is imported.",
    }


async def test_what_is_no_data_is_told_in_the_dialog_and_the_path_stays(istanbul, here):
    async with desk(istanbul) as at:
        await at.press("3", "I")
        for path, sentence in is_no_file(here).items():
            await at.press("ctrl+u", f"text:{path}")
            await enter(at)
            assert f"✖ {sentence}" in at.text()
            assert path in at.text()

        await at.press("escape")
        assert at.says == "Nothing imported."


async def test_a_whole_dossier_goes_into_an_empty_file_and_asks_for_no_kind(empty, here, talks):
    document = {"parley": 1, "title": "Fish", "parties": [{"ref": "NOR", "name": "Norway", "kind": "state"}]}
    (here / "case.json").write_text(json.dumps(document))
    async with desk(empty) as at:
        await at.press("I", "text:case.json")
        assert "whole dossier would come in from case.json" in at.text()
        assert "▐" not in "".join(at.lines()[2:])

        await enter(at)
        assert at.says == "whole dossier imported from case.json · u undoes"
        assert "Norway" in at.rows("parties")[0]
        await at.press("u")
        assert at.count("parties") == 0
    async with desk(talks) as at:
        await at.press("I", "text:case.json")
        await enter(at)
        assert "✖ A whole dossier goes only into an empty file, and this one holds" in at.text()


async def test_who_may_only_read_is_told_so(istanbul):
    async with desk(istanbul, read_only=True) as at:
        await at.press("I")

        assert at.says == "This dossier is open for reading only."
        assert at.app.screen is at.main


def many_demands(here, count, more=""):
    """A file of so many demands, and what else is said."""
    rows = "".join(f"Z{number},Demand {number},goal,UKR\n" for number in range(count))
    (here / "demands.csv").write_text(HEADER + rows + more)


LONG = 60_000
"""Demands that take some seconds to import."""


async def test_a_long_import_shows_how_far_it_is_and_escape_stops_it(istanbul, here):
    many_demands(here, LONG)
    async with desk(istanbul) as at:
        await at.press("3", "I", "text:demands.cs")
        for key in ("v", "enter"):
            at.app.post_message(typed(key))
        await until(lambda: isinstance(at.app.screen, Working) and "Importing: 5" in at.text(), at)
        await at.press("escape")
        await until(lambda: "✖ Stopped; nothing is imported." in at.text(), at)

        assert "demands.csv" in at.text()
        assert at.count("demands") == 9
        await at.press("escape")
        assert at.says == "Nothing imported."


async def test_a_long_check_keeps_no_key_waiting_and_ends_with_its_dialog(istanbul, here):
    many_demands(here, LONG)
    async with desk(istanbul) as at:
        await at.press("3", "I", "text:demands.cs")
        at.app.post_message(typed("v"))
        await until(lambda: "Checking: 5" in at.text(), at)
        dialog = at.app.screen
        assert isinstance(dialog, Import)
        at.app.post_message(typed("escape"))
        await until(lambda: at.says == "Nothing imported.", at)
        await at.press("right", "e", "ctrl+u", "text:Truce", "enter")

        assert at.value("title", "D1") == "Truce"
        assert dialog.progress.rows < LONG
        assert at.count("demands") == 9


async def test_a_search_that_finds_the_many_new_records_stays(istanbul, here):
    many_demands(here, LONG // 3)
    async with desk(istanbul) as at:
        await at.press("3", "slash", "text:demand", "enter", "I", "text:demands.csv")
        await enter(at)
        await until(lambda: "imported from" in at.says, at)

        assert at.pane().chosen.search == "demand"
        assert at.rows()[0].startswith("▌Z0")


async def test_the_palette_over_the_progress_keeps_nothing_from_ending(istanbul, here):
    many_demands(here, LONG // 3, "".join(f"Y{number},x,wish,UKR\n" for number in range(40)))
    async with desk(istanbul) as at:
        await at.press("3", "I", "text:demands.cs")
        for key in ("v", "enter"):
            at.app.post_message(typed(key))
        await until(lambda: isinstance(at.app.screen, Working), at)
        progress = at.app.screen
        assert isinstance(progress, Working)
        await at.press("ctrl+p")
        await until(progress.work.done, at)
        assert isinstance(at.app.screen, CommandPalette)
        await at.press("escape")
        await until(lambda: "✖ 40 mistakes" in at.text(), at)

        await until(lambda: "and 33 more: PgDn" in at.text(), at)


async def test_who_leaves_during_a_long_import_waits_for_nothing_and_nothing_comes_in(istanbul, here):
    many_demands(here, LONG)
    async with desk(istanbul) as at:
        await at.press("3", "I", "text:demands.cs")
        for key in ("v", "enter"):
            at.app.post_message(typed(key))
        await until(lambda: isinstance(at.app.screen, Working), at)
        progress = at.app.screen
        assert isinstance(progress, Working)
        at.app.post_message(typed("ctrl+q"))
        await until(lambda: not at.app.is_running, at)

    assert progress.progress.rows < LONG
    assert at.count("demands") == 9


async def test_an_import_that_nobody_waits_for_any_longer_ends_without_a_word(istanbul, here):
    many_demands(here, LONG // 3)
    async with desk(istanbul) as at:
        progress = Progress()
        bringing_in = at.app.live.import_data(here / "demands.csv", "demands", progress)
        waiting = asyncio.create_task(with_progress(at.app, "Importing", progress, bringing_in))
        await until(lambda: isinstance(at.app.screen, Working), at)
        progress_screen = at.app.screen
        assert isinstance(progress_screen, Working)
        work = progress_screen.work
        waiting.cancel()
        await asyncio.wait({waiting, work})
        assert progress.cancelled
        assert work.cancelled()  # an error that nobody hears would be printed when Parley has ended
        await until(lambda: at.app.screen is at.main, at)

    assert at.count("demands") == 9
