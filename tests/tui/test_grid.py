"""A grid shows any number of rows, reads the few that are seen, and does what its keys say."""

import asyncio
from array import array
from collections.abc import Sequence

import pytest
from rich.cells import cell_len
from rich.color import Color
from textual.events import Key
from textual.geometry import Region

from storage import Demand, Found, Sort
from tests.tui.grid_app import GridApp, columns, demand
from tests.tui.keyboard import press, settled

MILLION = 1_000_000
HOSTILE = (
    "\x1b[31mred\x07 [b]bold[/b] [/x] [",
    "👩‍👩‍👧 漢字 e\u0301\u0301\u0301\u0301\u0301 🇺🇦 " * 20,
    "\u202eright to left\u2066\ufeff\nnext line\ttab",
    "ZWJ: a\u200db\u200dc\u200dd\u200de\u200df\u200dg\u200dh\u200di\u200dj",
)


async def test_of_a_million_rows_only_those_near_the_screen_are_read():
    app = GridApp(MILLION)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert set(app.asked) == set(range(1, 65))
        app.asked.clear()

        await press(pilot, "G")

        assert app.grid.cursor_id == MILLION
        assert app.line_of_cursor().startswith(f"▌D10… Demand number {MILLION} ")
        assert set(app.asked) == set(range(MILLION - 86, MILLION + 1))


async def test_a_burst_of_moves_ends_where_it_should_and_reads_only_what_is_seen():
    app = GridApp(MILLION)
    async with app.run_test(size=(80, 24)) as pilot:
        for _ in range(200):
            app.post_message(Key("j", "j"))
        await settled(pilot)

        assert app.grid.cursor_row == 200
        assert app.line_of_cursor().startswith("▌D201")
        assert max(app.asked) <= 201 + 64


async def test_moving_on_reads_each_row_once():
    app = GridApp(1000)
    async with app.run_test(size=(80, 24)) as pilot:
        for _ in range(10):
            await press(pilot, "pagedown")

        assert sorted(app.asked) == list(range(1, max(app.asked) + 1))


async def test_rows_that_are_read_ahead_are_not_drawn():
    app = GridApp(1000)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, *["j"] * 22)  # to the last row on the screen
        app.asked.clear()
        app.grid.drawn.clear()
        await press(pilot, *["j"] * 9)
        assert not app.asked
        for_nine_rows = sorted(app.grid.drawn)
        app.grid.drawn.clear()

        await press(pilot, *["j"] * 9)
        while not app.asked:
            await pilot.pause()
        await settled(pilot)

        assert sorted(app.grid.drawn) == for_nine_rows


async def test_the_fixed_column_stays_while_the_others_scroll():
    app = GridApp(9)
    async with app.run_test(size=(60, 20)) as pilot:
        assert app.lines()[0].startswith(" Ref  Demand")
        assert app.lines()[0].endswith("›")

        await press(pilot, "end")

        assert app.grid.cursor_field == "note"
        assert app.lines()[0].startswith("‹Ref ")
        assert "Demand" not in app.lines()[0]
        assert "note 1" in app.lines()[1]
        assert app.lines()[1].startswith("▌D1 ")


async def test_every_column_that_the_cursor_comes_to_is_wholly_seen():
    app = GridApp(9)
    async with app.run_test(size=(60, 20)) as pilot:
        for key in (*["l"] * 7, *["h"] * 7):
            await press(pilot, key)
            region = app.grid.cell_region(app.grid.cursor_row, app.grid.cursor_column)

            assert region.width >= app.grid.columns[app.grid.cursor_column].width
            assert region.right <= 60


async def test_room_left_over_goes_to_the_widest_text():
    app = GridApp(3)
    async with app.run_test(size=(200, 20)) as pilot:
        app.grid.set_columns(columns("ref", "title", "status"))
        await settled(pilot)

        assert app.lines()[0].index("Status") == 200 - 9
        assert app.lines()[1].index("open") == 200 - 9


@pytest.mark.parametrize("size", [(80, 24), (60, 20), (60, 15), (24, 10), (7, 3), (120, 40)])
async def test_every_line_is_as_wide_as_the_screen_whatever_the_text(size):
    app = GridApp(60, HOSTILE)
    async with app.run_test(size=size) as pilot:
        app.grid.needle = "e"
        app.grid.sort = (Sort("title"), Sort("status", descending=True))
        for key in ("j", "l", "space", "end", "G", "home"):
            await press(pilot, key)

            assert {cell_len(line) for line in app.lines()} == {size[0]}
            assert {cell_len(app.grid.render_line(y).text) for y in range(size[1])} == {app.grid.shown_width}


async def test_hostile_text_reaches_the_screen_as_pictures():
    app = GridApp(60, HOSTILE)
    async with app.run_test(size=(120, 24)) as pilot:
        await settled(pilot)
        screen = "\n".join(app.lines())

        assert "␛[31mred␇ [b]bold[/b]" in screen
        assert "\ufffdright to left\ufffd\ufffd⏎nex" in screen
        assert "ZWJ: abcdefghij" in screen
        assert not {"\x1b", "\u202e", "\u200d", "\t"} & set(screen)


async def test_a_resize_keeps_the_cursor_in_sight():
    app = GridApp(1000)
    async with app.run_test(size=(120, 40)) as pilot:
        app.grid.move_to(38, 7)
        await settled(pilot)
        assert app.line_of_cursor().startswith("▌D39 ")

        await pilot.resize_terminal(60, 20)
        await settled(pilot)

        assert app.line_of_cursor().startswith("▌D39 ")
        assert "note 39" in app.line_of_cursor()
        assert len(app.lines()) == 20


async def test_the_cursor_stays_on_its_record_when_others_are_shown():
    app = GridApp(100)
    async with app.run_test(size=(80, 24)):
        app.grid.move_to(50, 0)

        await app.grid.show(array("q", range(40, 1000)))
        assert (app.grid.cursor_id, app.grid.cursor_row) == (51, 11)
        await app.grid.show(array("q", range(900, 1000)))
        assert (app.grid.cursor_id, app.grid.cursor_row) == (911, 11)
        await app.grid.show(array("q", [1, 2]))
        assert (app.grid.cursor_id, app.grid.cursor_row) == (2, 1)
        await app.grid.show(array("q"))
        assert (app.grid.cursor_id, app.grid.cursor_row) == (None, 0)
        await app.grid.show(array("q", range(1, 9)), keep=False)
        assert (app.grid.cursor_id, app.grid.cursor_row) == (1, 0)


async def test_rows_are_on_the_screen_as_soon_as_they_are_shown():
    app = GridApp(100)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "G")
        await app.grid.show(array("q", range(500, 700)), keep=False)

        assert app.grid.cursor_found == demand(500)
        assert "D500" in app.grid.render_line(1).text
        assert "D522" in app.grid.render_line(23).text


async def test_a_later_question_wins_over_one_that_still_reads():
    answered = asyncio.Event()

    class Slow(GridApp):
        async def fetch(self, ids: Sequence[int]) -> list[Found]:
            if 7 in ids:
                await answered.wait()
            return await super().fetch(ids)

    app = Slow(5)
    async with app.run_test(size=(80, 24)) as pilot:
        earlier = asyncio.create_task(app.grid.show(array("q", [7])))
        await settled(pilot)
        await app.grid.show(array("q", [8]))
        answered.set()
        await earlier

        assert list(app.grid.ids) == [8]
        assert "D8" in app.grid.render_line(1).text


async def test_other_rows_come_with_their_newest_values_although_values_are_read_again_meanwhile():
    answered = asyncio.Event()

    class Slow(GridApp):
        async def fetch(self, ids: Sequence[int]) -> list[Found]:
            found = await super().fetch(ids)
            if 1 in ids:
                await answered.wait()
            return found

    app = Slow(5)
    answered.set()
    async with app.run_test(size=(80, 24)) as pilot:
        await app.grid.show(array("q", [3, 4]))
        answered.clear()
        showing = asyncio.create_task(app.grid.show(array("q", [1, 2])))
        await settled(pilot)
        app.titles = ["Changed by somebody"]
        await app.grid.reread()
        answered.set()
        await showing
        await settled(pilot)

        assert list(app.grid.ids) == [1, 2]
        assert "Changed by somebody" in app.lines()[1]


@pytest.mark.parametrize("read_again", [False, True])
async def test_rows_that_a_search_brings_along_are_read_no_more_unless_they_may_have_changed_since(read_again):
    app = GridApp(50)

    async def find(most: int, rows: int) -> tuple["array[int]", list[Found]]:
        if read_again:
            await app.grid.reread()
            app.titles = ["Changed by somebody"]
            app.asked.clear()
        ids = array("q", range(1, most + 1))
        return ids, [demand(id) for id in ids[:rows]]

    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "G")
        app.asked.clear()
        await app.grid.begin(find)

        assert len(app.grid.ids) == 23 + 1  # what the screen holds, and one that tells that there are more
        assert (1 in app.asked) == read_again
        assert app.grid.cursor_id == 1
        assert ("Changed by somebody" if read_again else "Demand number 1") in app.grid.render_line(1).text
        assert "D23" in app.grid.render_line(23).text


async def test_the_scrollbar_waits_for_the_rest_before_it_tells_of_fewer_rows():
    app, there = GridApp(1000), 300

    async def find(most: int, rows: int) -> tuple["array[int]", list[Found]]:
        ids = array("q", range(1, min(most, there) + 1))
        return ids, [demand(id) for id in ids[:rows]]

    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await app.grid.begin(find)
        assert app.grid.vertical_scrollbar.window_virtual_size == 1001
        await app.grid.show_rest(array("q", range(1, 129)), unfinished=True)
        assert app.grid.vertical_scrollbar.window_virtual_size == 1001

        app.grid.scroll_to(y=900, animate=False, immediate=True)  # as a mouse may meanwhile
        await app.grid.show_rest(array("q", range(1, 301)))
        await settled(pilot)
        assert app.grid.vertical_scrollbar.window_virtual_size == 301
        assert "D300" in app.lines()[-1]

        there = 10
        await app.grid.begin(find)
        assert not app.grid.show_vertical_scrollbar


async def test_values_read_again_are_drawn():
    app = GridApp(10)
    async with app.run_test(size=(80, 24)) as pilot:
        app.titles = ["Changed by somebody"]
        await app.grid.reread()
        await settled(pilot)

        assert "Changed by somebody" in app.lines()[1]


async def test_the_cursor_stays_on_its_field_when_columns_change():
    app = GridApp(10)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "l", "l", "l", "l")
        assert app.grid.cursor_field == "status"

        app.grid.set_columns(columns("ref", "status", "title"))
        assert (app.grid.cursor_field, app.grid.cursor_column) == ("status", 1)
        app.grid.set_columns(columns("ref"))
        assert (app.grid.cursor_field, app.grid.cursor_column) == ("ref", 0)


async def test_a_draft_is_a_row_behind_the_last_and_says_that_it_is_not_saved():
    app = GridApp(3)
    async with app.run_test(size=(120, 24)) as pilot:
        app.grid.draft = demand(0, ref="D4", title="")
        app.grid.move_to(app.grid.row_count - 1, 0)
        await settled(pilot)

        assert app.grid.cursor_id == 0
        assert app.grid.cursor_found == app.grid.draft
        assert app.lines()[4].startswith("+D4 ")
        assert "+ not saved" in app.lines()[4]
        await press(pilot, "space")
        assert app.grid.targets() == []

        app.grid.draft = None
        await settled(pilot)
        assert app.grid.cursor_id == 3
        assert app.lines()[4].strip() == ""


async def test_a_draft_keeps_the_cursor_when_other_rows_are_shown():
    app = GridApp(3)
    async with app.run_test(size=(120, 24)):
        app.grid.draft = demand(0)
        app.grid.move_to(3, 1)

        await app.grid.show(array("q", range(1, 10)))

        assert (app.grid.cursor_id, app.grid.cursor_row) == (0, 9)


async def test_an_empty_grid_says_what_to_do_on_as_many_lines_as_it_takes():
    app = GridApp(0)
    async with app.run_test(size=(22, 10)) as pilot:
        app.grid.empty = "No parties yet. Press a to add one."
        await press(pilot, "j", "G", "l", "space", "enter")

        assert " ".join(line.strip() for line in app.lines()[1:4]).strip() == app.grid.empty
        assert app.grid.cursor_id is None
        assert app.grid.targets() == []


async def test_headings_say_how_the_rows_are_sorted():
    app = GridApp(3)
    async with app.run_test(size=(120, 24)) as pilot:
        app.grid.sort = (Sort("status"),)
        await settled(pilot)
        assert "Status↑ " in app.lines()[0]

        app.grid.sort = (Sort("status", descending=True), Sort("ref"))
        await settled(pilot)
        assert "Status↓1" in app.lines()[0]
        assert "Re↑2" in app.lines()[0]


async def test_what_is_looked_for_is_marked_without_case_and_accents():
    app = GridApp(2, ["Türkiye hosts", "Someone else"])
    async with app.run_test(size=(80, 24)) as pilot:
        app.grid.needle = "TURKIYE"
        await settled(pilot)

        assert [*app.grid.styled(1, "underline"), *app.grid.styled(2, "underline")] == ["Türkiye"]


async def test_the_cursor_is_seen_without_colour_and_only_where_the_keys_go():
    app = GridApp(3)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "j", "l")
        assert [text.strip() for text in app.grid.styled(2, "reverse")] == ["Demand number 2"]
        app.set_focus(None)
        await settled(pilot)

        assert app.grid.styled(2, "reverse") == []
        assert app.lines()[2].startswith("▌")


async def test_a_move_without_scrolling_draws_two_rows():
    app = GridApp(100)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        app.grid.drawn.clear()

        await press(pilot, "j")

        assert sorted(app.grid.drawn) == [1, 2]


async def test_a_cell_is_where_its_region_says():
    app = GridApp(100)
    async with app.run_test(size=(80, 24)):
        assert app.grid.cell_region(2, 0) == Region(1, 3, 4, 1)
        assert app.grid.cell_region(99, 1) == Region(6, 23, Demand.fields["title"].width, 1)
        assert app.grid.scroll_offset.y == 77


async def test_going_to_a_record_says_whether_it_is_there():
    app = GridApp(MILLION)
    async with app.run_test(size=(80, 24)) as pilot:
        assert not app.grid.goto_id(MILLION + 1)
        assert app.grid.goto_id(777_777)
        assert await app.grid.read_cursor() == demand(777_777)
        await settled(pilot)

        assert app.line_of_cursor().startswith("▌D77…")


async def test_text_can_be_read_in_every_theme():
    app = GridApp(3)
    async with app.run_test(size=(80, 24)) as pilot:
        for theme in app.available_themes:
            app.theme = theme
            await settled(pilot)
            for heading_cursor_or_row in (0, 1, 2):
                style = next(iter(app.grid.render_line(heading_cursor_or_row))).style
                assert style is not None
                assert style.color is not None
                assert style.bgcolor is not None
                if style.bgcolor.is_default:
                    assert style.color.is_default, theme
                else:
                    assert contrast(style.color, style.bgcolor) >= 4.5, theme


def contrast(one: Color, other: Color) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def luminance(color: Color) -> float:
    parts = [value / 255 for value in color.get_truecolor()]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
