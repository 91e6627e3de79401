"""What is painted when: a frame waits for nothing that waits for it, and shows what there is to scroll."""

from tests.tui.desk import desk


async def test_an_edit_in_the_detail_does_not_wait_for_a_frame_that_waits_for_it(istanbul):
    async with desk(istanbul, size=(120, 40)) as at:
        await at.press("4", "down", "e", "text: now", "enter")

        assert at.value("title", "D1") == "30-day unconditional ceasefire now"
        assert "saved" in at.says


async def test_a_saved_value_and_the_rows_without_its_editor_are_there_when_the_key_is_done(istanbul):
    async with desk(istanbul) as at:
        await at.press("3", "right", "e", "ctrl+u", "text:A truce", "enter")

        assert "D1   A truce" in at.text()
        assert at.pane().editor is None


async def test_the_scrollbar_goes_with_the_rows_that_a_search_leaves_out(istanbul):
    async with desk(istanbul, size=(80, 15)) as at:
        await at.press("3")
        assert at.pane().grid.show_vertical_scrollbar
        await at.press("slash", "text:talks")

        assert not at.pane().grid.show_vertical_scrollbar
