"""A click while something is typed: an open editor keeps the keys and its cell, a search is kept and left."""

from tests.tui.desk import desk


async def test_an_open_editor_keeps_the_keys_when_another_pane_is_clicked(istanbul):
    async with desk(istanbul) as at:
        await at.press("3", "right", "e")
        await at.pilot.click("#parties-grid", offset=(3, 2))
        await at.press("text:!", "enter")

        assert at.value("title", "D1").endswith("!")
        assert at.main.current == "demands"


async def test_a_click_beside_an_open_editor_moves_nothing(istanbul):
    async with desk(istanbul) as at:
        await at.press("3", "right", "e", "text:!")
        await at.pilot.click("#demands-grid", offset=(8, 5), times=2)
        assert at.pane().grid.cursor_row == 0
        await at.press("enter", "down")
        await at.pilot.click("#demands-grid", offset=(8, 5))

        assert at.value("title", "D1").endswith("!")
        assert at.pane().grid.cursor_row == 4


async def test_a_search_is_kept_when_another_pane_is_clicked(istanbul):
    async with desk(istanbul) as at:
        await at.press("3", "slash", "text:ceasefire")
        await at.pilot.click("#parties-grid", offset=(3, 2))
        await at.press("down")
        assert at.main.current == "parties"
        assert not at.main.editing
        assert "/ceasefire" in at.text()
        await at.press("3")

        assert at.main.current == "demands"
