"""Duplicate, clear, columns, zoom, help, palette, going there and back."""

import asyncio
import re
import stat

from textual.command import CommandPalette
from textual.containers import VerticalScroll
from textual.widgets import Input

from tests.tui.desk import desk, until
from tests.tui.keyboard import typed
from tui.progress import Progress
from tui.screens.working import Working


async def test_a_record_is_duplicated_but_for_what_may_stand_only_once(istanbul):
    async with desk(istanbul) as at:
        await at.press("3", "down", "D", "text:, again", "enter")

        assert at.ask("SELECT title, kind, issue FROM demands WHERE ref = 'D10'") == [
            ("Deal with international security assurances, again", "proposal", "security")
        ]


async def test_backspace_sets_a_cell_empty_and_refuses_where_it_must_not(istanbul):
    async with desk(istanbul) as at:
        await at.press("3", "right", "right", "right", "backspace")
        assert at.value("to_party", "D1") is None

        await at.press("left", "backspace")
        assert at.value("by_party", "D1") is not None
        assert at.says


async def test_f_in_capitals_lifts_search_filter_and_scope(istanbul):
    async with desk(istanbul) as at:
        await at.press("1", "enter", "3", "slash", "text:talks", "enter")
        assert len(at.rows()) == 1
        await at.press("F")

        assert len(at.rows()) == 9


async def test_a_column_is_hidden_and_chosen_again(istanbul):
    async with desk(istanbul) as at:
        await at.press("3", "right", "minus")
        assert "30-day" not in at.text()
        await at.press("c")
        assert "▔" not in at.text()
        assert "space shows · J K move · Enter · Esc" in at.text()
        await at.press("end", "space", "enter")

        assert [column.field for column in at.pane().grid.columns].count("title") == 1


async def test_zoom_gives_a_pane_the_whole_screen_and_escape_gives_it_back(istanbul):
    async with desk(istanbul) as at:
        await at.press("1", "Z")
        assert "3 Demands ─" not in at.text()
        assert "Standing" in at.text()

        await at.press("escape")
        assert "D9" in at.text()


async def test_help_lists_the_live_keys_and_narrows_as_you_type(istanbul):
    async with desk(istanbul) as at:
        await at.press("question_mark")
        assert "Go to the row above" in at.text()
        await at.press("text:sort")

        assert "Sort by this column" in at.text()
        assert "Go to the row above" not in at.text()

        await at.press("ctrl+u", "text:edit the cell;")
        for width in (80, 60, 80):
            await at.pilot.resize_terminal(width, 24)
            lines = at.lines()
            first = next(number for number, line in enumerate(lines) if "Edit the cell;" in line)
            begins = re.search("[A-Za-z]", lines[first + 1])
            assert begins
            assert begins.start() == lines[first].index("Edit"), width


async def test_a_key_that_comes_with_the_one_that_opens_the_palette_moves_in_it_or_does_nothing(istanbul):
    async with desk(istanbul) as at:
        for key in ("pageup", "pagedown", "up", "down", "home", "end"):
            at.app.post_message(typed("ctrl+p"))
            at.app.post_message(typed(key))
            await at.app.settled()

            assert isinstance(at.app.screen, CommandPalette), key
            await at.press("escape")
            assert at.app.screen_stack == [at.main], key


async def test_the_palette_finds_an_action_and_does_it(istanbul):
    async with desk(istanbul) as at:
        await at.press("3", "right")
        await chosen_in_palette(at, "Sort by this column: asc")
        await at.press("left")

        assert [each.field for each in at.pane().chosen.sort] == ["title"]


async def chosen_in_palette(at, words):
    await at.press("colon", f"text:{words}")
    await at.app.workers.wait_for_complete()
    await at.press("enter")
    await at.app.workers.wait_for_complete()


async def test_enter_in_the_palette_waits_for_what_goes_with_the_letters_before_it(istanbul, tmp_path):
    async with desk(istanbul, memory=tmp_path / "memory.json") as at:
        with at.app.memory._of_file:  # the dossiers opened last can't be told meanwhile
            for key in ("ctrl+p", *"theme", "enter", *"dracula", "enter", "j"):
                at.app.post_message(typed(key))
            await until(
                lambda: bool(at.app.screen.query(Input)) and at.app.screen.query_one(Input).value == "theme", at
            )
        await at.press()

        assert at.app.theme == "dracula"
        assert at.pane().grid.cursor_row == 1


async def test_a_page_in_the_list_of_themes_before_it_has_lines_breaks_nothing(istanbul):
    async with desk(istanbul) as at:
        for key in ("ctrl+p", *"theme", "enter", "pagedown", "x", "pagedown"):
            at.app.post_message(typed(key))
        await at.press("escape")

        assert at.app.screen_stack == [at.main]


async def test_the_palette_saves_a_picture_of_the_screen_here(istanbul, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    async with desk(istanbul) as at:
        await chosen_in_palette(at, "Screenshot")
        await at.press("left")

        [picture] = tmp_path.glob("*.svg")
        assert at.says == f"Picture of the screen -> {picture}"
        assert stat.S_IMODE(picture.stat().st_mode) == 0o600
        assert "Demands" in picture.read_text()
        assert "Save a picture" not in picture.read_text()

        (tmp_path / "gone").mkdir()
        monkeypatch.chdir(tmp_path / "gone")
        (tmp_path / "gone").rmdir()
        await chosen_in_palette(at, "Screenshot")
        await at.press("left")
        assert at.says.endswith(".svg is not written: No such file or directory.")


async def test_the_palette_has_nothing_twice_and_nothing_that_takes_the_screen_apart(istanbul):
    async with desk(istanbul) as at:
        commands = {command.title for command in at.app.get_system_commands(at.main)}

        assert commands == {"Theme", "Screenshot"}


async def test_a_named_record_is_gone_to_and_back(istanbul):
    async with desk(istanbul) as at:
        await at.press("3", "down", "right", "right", "t")
        assert at.main.current == "parties"
        await at.press("T")

        assert at.main.current == "demands"
        assert at.pane().grid.cursor_id == at.value("id", "D2")


async def test_tab_walks_through_the_panes(istanbul):
    async with desk(istanbul) as at:
        await at.press("3", "tab")
        assert at.main.current == "parties"
        await at.press("tab")
        assert at.main.current == "rounds"
        await at.press("shift+tab")
        assert at.main.current == "parties"


async def test_leaving_with_something_unsaved_names_it_and_asks_once(istanbul):
    async with desk(istanbul) as at:
        await at.press("3", "right", "e", "text: never", "ctrl+q")
        assert "Not saved" in at.text()
        await at.press("escape")
        assert at.pane().editor is not None

        await at.press("ctrl+q", "y")
        assert at.app.return_code == 0


async def test_several_sort_keys_are_numbered(istanbul):
    async with desk(istanbul, size=(120, 30)) as at:
        await at.press("3", "right", "right", "s", "right", "S")

        assert "by↑ · to↑" in at.text()


async def test_what_is_undone_says_so_however_long_its_name_is(istanbul):
    async with desk(istanbul) as at:
        await at.press("3", "ctrl+a", "d", "y", "u")

        assert at.lines()[-2].rstrip().endswith("…, undone · U redoes")


async def test_a_refusal_takes_as_many_lines_as_it_has(istanbul):
    async with desk(istanbul, (60, 24)) as at:
        await at.press("3", "l", "l", "l", "e", "ctrl+u", f"text:{'nobody ' * 12}", "enter")

        shown = " ".join(" ".join(at.lines()[-4:-1]).split())
        assert "✖ There is no party" in shown
        assert shown.endswith(at.says[-12:])
        assert at.app.screen.query_one("StatusLine").size.height > 1

        await at.press("escape")
        assert at.app.screen.query_one("StatusLine").size.height == 1


async def test_a_refusal_is_gone_in_another_pane_and_a_message_when_it_is_true_no_longer(istanbul):
    async with desk(istanbul) as at:
        await at.press("3", "right", "ctrl+u", "left", "e", "ctrl+u", "enter", "escape", "t")
        assert "✖" in at.text()
        await at.press("1")
        assert "✖" not in at.text()

        await at.press("F")
        assert at.says == "Everything is shown."
        await at.press("3", "slash", "text:zzz")
        assert "Everything is shown." not in at.text()


async def test_the_strip_names_the_pane_where_only_one_fits(istanbul):
    async with desk(istanbul, (70, 24)) as at:
        for key, name in (("1", "▌1 Part"), ("2", "▌2 Roun")):
            await at.press(key)

            assert name in at.lines()[0]


async def test_the_footer_names_no_key_of_the_panes_while_a_dialog_has_the_keys(istanbul):
    async with desk(istanbul) as at:
        await at.press("3")
        assert "a Add" in at.lines()[-1]
        for key in ("f", "x", "E", "question_mark", "c", "0", "b", "ctrl+p"):
            await at.press(key)
            assert "Add" not in at.lines()[-1], key
            await at.press("escape")
            assert "a Add" in at.lines()[-1], key


async def test_f4_says_why_it_opens_no_editor(istanbul, monkeypatch):
    monkeypatch.setenv("VISUAL", "true")
    async with desk(istanbul) as at:
        await at.press("3", "right", "f4")
        assert at.says == "Your own editor needs a terminal to itself, which there is none of here; e edits the text."

        await at.press("5", "right", "right", "f4")
        assert "is computed from the records" in at.says

    async with desk(istanbul, read_only=True) as at:
        await at.press("3", "right", "f4")
        assert at.says == "This dossier is open for reading only."


async def test_who_leaves_while_something_leaves_or_comes_in_stops_that(istanbul):
    async with desk(istanbul) as at:
        progress, never = Progress(), asyncio.create_task(asyncio.Event().wait())
        at.app.push_screen(Working("Exporting", progress, never))
        await until(lambda: isinstance(at.app.screen, Working), at)
        at.app.post_message(typed("ctrl+q"))
        await until(lambda: not at.app.is_running, at)

    assert progress.cancelled


async def test_every_key_of_a_burst_scrolls_what_is_read(istanbul):
    async with desk(istanbul) as at:
        for keys, lines in ((("1", "b", *["down"] * 5, *["j"] * 5, "up", "k"), 8), (("?", *["down"] * 5, "up"), 4)):
            await at.press(*keys)

            assert at.app.screen.query_one(VerticalScroll).scroll_offset.y == lines, keys
            await at.press("escape")
