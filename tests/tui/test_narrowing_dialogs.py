"""f, 0 and x a: a list narrowed by what is typed, which says why it is empty."""

from textual.containers import Vertical
from textual.geometry import Region

from tests.tui.desk import desk
from tests.tui.test_grid import contrast
from tui.widgets.grid import Grid


async def to_column(at, name):
    """Put the cursor on a column of the promises."""
    await at.press("7")
    grid = at.app.focused
    await at.press(*["right"] * [column.field for column in grid.columns].index(name), "f")


async def test_a_filter_of_days_says_what_it_takes(istanbul):
    async with desk(istanbul, size=(120, 40)) as at:
        await to_column(at, "due_on")
        for typed, sentence in (
            (">2026", "Nothing is called so; a range is written"),
            ("2026-13..", "Due: There is no month 13."),
            ("nonsense!!", "Nothing is called so; a range is written"),
            ("then..", "Due: Write a day such as 2025-06-13"),
        ):
            await at.press("ctrl+u", f"text:{typed}", "enter")

            assert sentence in at.text(), typed


async def test_a_filter_of_days_takes_years_months_and_days(istanbul):
    async with desk(istanbul, size=(120, 40)) as at:
        days = [day for (day,) in at.ask("SELECT due_on FROM commitments WHERE due_on IS NOT NULL ORDER BY due_on")]
        await to_column(at, "due_on")
        await at.press(f"text:{days[0][:4]}..{days[-1][:7]}", "enter")

        grid = at.app.focused
        assert isinstance(grid, Grid)
        assert grid.row_count == len(days)


async def test_a_filter_of_words_says_that_nothing_is_called_so(istanbul):
    async with desk(istanbul) as at:
        await at.press("3", *["right"] * 4, "f", "text:wrong", "enter")

        assert "Nothing is called so." in at.text()


async def test_the_list_of_kinds_and_the_finder_of_a_link_say_that_nothing_is_called_so(istanbul):
    async with desk(istanbul) as at:
        await at.press("0", "text:Personage", "enter")
        assert "Nothing is called so." in at.text()

        await at.press("escape", "3", "x", "a", "text:no such words", "enter")
        assert "Nothing is called so." in at.text()


async def test_space_ticks_what_is_highlighted_and_stays_there(istanbul):
    async with desk(istanbul) as at:
        await at.press("3", "right", "right", "f", "space", "down", "space")
        assert at.text().count("● ") == 2

        await at.press("enter")
        assert len(at.rows()) == 9


async def test_the_keys_that_a_dialog_tells_in_its_frame_can_be_read(istanbul):
    async with desk(istanbul) as at:
        for key in ("question_mark", "E", "I", "f", "c", "0"):
            await at.press("3", "right", key)
            frame = at.app.screen.query_one(Vertical)
            width, height = frame.outer_size
            [bottom] = frame.render_lines(Region(0, height - 1, width, 1))
            [style] = {each.style for each in bottom if each.style and "E" in each.text}
            assert style.color
            assert style.bgcolor
            assert contrast(style.color, style.bgcolor) >= 4.5, key
            await at.press("escape")


async def test_help_tells_what_the_signs_mean_below_the_keys(istanbul):
    async with desk(istanbul) as at:
        await at.press("5", "question_mark", "text:reject")
        assert "✖                    Rejects it" in at.text()
        await at.press("ctrl+u", "text:nonsense!!")
        assert "No key does that, and no sign means it." in at.text()
