"""What stands at the right edge of a grid: the sign for more, a scrollbar, and the end of what they leave room for."""

from storage import Sort
from tests.tui.grid_app import GridApp, columns
from tests.tui.keyboard import press, settled


async def test_the_arrow_and_number_of_the_last_heading_stand_before_the_sign_for_more():
    app = GridApp(9)
    async with app.run_test(size=(55, 20)) as pilot:
        assert app.lines()[0].endswith("Issue›")
        app.grid.sort = (Sort("issue"), Sort("status"))
        await settled(pilot)

        assert app.lines()[0].endswith("↑1›")


async def test_a_scrollbar_covers_neither_the_sign_for_more_nor_the_end_of_a_text():
    app = GridApp(100, titles=["A title that has many more letters than fit beside a scrollbar"] * 100)
    async with app.run_test(size=(60, 20)) as pilot:
        assert app.grid.show_vertical_scrollbar
        assert app.lines()[0][:59].endswith("›")

        app.grid.set_columns(columns("ref", "title"))
        await settled(pilot)

        assert app.lines()[1][:59].endswith("…")


async def test_home_shows_the_columns_after_the_first_one_too():
    app = GridApp(9)
    async with app.run_test(size=(60, 20)) as pilot:
        before = app.lines()

        await press(pilot, "end", "home")

        assert app.grid.cursor_field == "ref"
        assert app.lines() == before
