"""Keys, marks and the mouse of a grid do what they say, in their own turn."""

import pytest
from textual.events import Key, MouseEvent, MouseScrollLeft, MouseScrollRight

from tests.tui.grid_app import GridApp
from tests.tui.keyboard import press, settled
from tui.widgets.grid import Grid


@pytest.mark.parametrize(
    ("keys", "row", "column"),
    [
        ("j j k", 1, 0),
        ("down right l", 1, 2),
        ("k h", 0, 0),
        ("end", 0, 7),
        ("end l home", 0, 0),
        ("G", 99, 0),
        ("G j g", 0, 0),
        ("pagedown", 23, 0),
        ("pagedown pageup", 0, 0),
        ("ctrl+d", 12, 0),
        ("ctrl+d ctrl+u", 0, 0),
        ("ctrl+end ctrl+home", 0, 0),
    ],
)
async def test_moves_lead_where_they_say_and_no_further_than_the_edge(keys, row, column):
    app = GridApp(100)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, *keys.split())

        assert (app.grid.cursor_row, app.grid.cursor_column) == (row, column)


async def test_marks_are_seen_and_every_verb_gets_them_in_the_order_of_the_rows():
    app = GridApp(100)
    async with app.run_test(size=(80, 24)) as pilot:
        assert app.grid.targets() == [1]
        await press(pilot, "j", "j", "space", "g", "space")

        assert app.grid.targets() == [1, 3]
        assert [line[0] for line in app.lines()[1:5]] == ["●", "▌", "●", " "]

        await press(pilot, "k", "space")
        assert app.grid.targets() == [3]


async def test_a_range_is_marked_from_where_it_began_to_where_it_ends():
    app = GridApp(100)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "j", "j", "v", "j", "j")
        assert [line[0] for line in app.lines()[1:7]] == [" ", " ", "○", "○", "○", " "]

        await press(pilot, "v")
        assert app.grid.targets() == [3, 4, 5]

        await press(pilot, "v", "j", "escape", "j", "v", "v")
        assert app.grid.targets() == [3, 4, 5, 7]


async def test_all_are_marked_and_then_none():
    app = GridApp(100)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "ctrl+a")
        assert app.grid.targets() == list(range(1, 101))

        await press(pilot, "ctrl+a")
        assert app.grid.marked == set()


async def test_a_click_goes_to_the_cell_and_a_second_opens_it():
    app = GridApp(100)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.click(Grid, offset=(8, 3))
        assert (app.grid.cursor_row, app.grid.cursor_field) == (2, "title")

        await pilot.double_click(Grid, offset=(8, 5))
        await settled(pilot)
        opened = [event for event in app.told if isinstance(event, Grid.Opened)]
        assert [(event.row, event.column, event.id) for event in opened] == [(4, 1, 5)]


async def test_a_click_on_a_heading_names_its_field():
    app = GridApp(100)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.click(Grid, offset=(8, 0))
        await settled(pilot)

        assert [event.field for event in app.told if isinstance(event, Grid.HeaderClicked)] == ["title"]
        assert app.grid.cursor_row == 0


async def test_moves_follow_the_keymap():
    app = GridApp(100)
    async with app.run_test(size=(80, 24)) as pilot:
        app.set_keymap({"move('down')": "n"})
        app.set_focus(None)
        app.grid.focus()
        await press(pilot, "n", "n", "j")

        assert app.grid.cursor_row == 2
        assert app.grid.moves_itself("n")
        assert not app.grid.moves_itself("j")


async def test_of_a_burst_the_last_place_is_told():
    app = GridApp(100)
    async with app.run_test(size=(80, 24)) as pilot:
        for _ in range(30):
            app.post_message(Key("j", "j"))
        await settled(pilot)
        moved = [event for event in app.told if isinstance(event, Grid.Moved)]

        assert (moved[-1].row, moved[-1].id) == (30, 31)


async def test_the_wheel_scrolls_and_leaves_the_cursor_where_it_is():
    app = GridApp(100)
    async with app.run_test(size=(80, 24)) as pilot:
        app.grid.scroll_to(y=50, animate=False)
        await settled(pilot)
        assert app.grid.cursor_row == 0
        assert "D51" in app.lines()[1]

        await press(pilot, "j")
        assert app.line_of_cursor().startswith("▌D2 ")


async def test_a_sideways_wheel_scrolls_by_columns_as_far_as_there_are_any():
    app = GridApp(3)
    async with app.run_test(size=(60, 20)) as pilot:
        for _ in range(20):
            app.grid.post_message(wheel(MouseScrollRight))
        await settled(pilot)
        assert app.lines()[0].startswith("‹Ref ")
        assert app.lines()[0].rstrip().endswith("Note")
        assert app.grid.cursor_column == 0

        for _ in range(20):
            app.grid.post_message(wheel(MouseScrollLeft))
        await settled(pilot)
        assert app.lines()[0].startswith(" Ref  Demand")


def wheel(kind: type[MouseEvent]) -> MouseEvent:
    return kind(None, 1, 1, 0, 0, 0, False, False, False)
