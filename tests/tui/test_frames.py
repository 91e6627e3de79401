"""What is painted when: a frame waits for nothing that waits for it, and shows what there is to scroll."""

import asyncio
import json

from storage import create_store
from tests.dossiers import generated
from tests.tui.desk import desk
from tui.widgets.editors import Editor
from tui.widgets.grid import Grid


async def test_an_edit_in_the_detail_does_not_wait_for_a_frame_that_waits_for_it(istanbul):
    async with desk(istanbul, size=(120, 40)) as at:
        async with asyncio.timeout(15):  # a wait in a circle ends only when the gate gives up
            await at.press("4", "down", "e", "text: now", "enter")

        assert at.value("title", "D1") == "30-day unconditional ceasefire now"
        assert "saved" in at.says
        assert "30-day unconditional ceasefire now" in at.text().split("4 Detail ·")[1]


async def test_a_saved_value_and_the_rows_without_its_editor_are_there_when_the_key_is_done(istanbul):
    async with desk(istanbul) as at:
        await at.press("3", "right", "e", "ctrl+u", "text:A truce", "enter")

        assert "D1   A truce" in at.text()
        assert at.pane().editor is None


async def test_an_editor_that_was_closed_is_gone_when_the_next_one_opens(istanbul):
    async with desk(istanbul) as at:
        for end in ("enter", "escape"):
            await at.press("3", "right", "e", "text: now", end)
            assert not any(each.display for each in at.pane().query_children(Editor))

        await at.press("e")
        assert [each.display for each in at.pane().query_children(Editor)] == [True]


async def test_a_letter_of_a_search_is_painted_with_the_rows_that_it_finds(istanbul, monkeypatch):
    monkeypatch.setattr("tui.dossier_app.EYE_SECONDS", 30)
    painted = []

    def paint(grid, crop, paint=Grid.render_lines):
        if grid.id == "demands-grid":
            painted.append((at.pane().chosen.search, grid.needle))
        return paint(grid, crop)

    async with desk(istanbul) as at:
        await at.press("3", "slash")
        monkeypatch.setattr(Grid, "render_lines", paint)
        for letter in "put":
            await at.press(letter)

    assert {"p", "pu", "put"} == {typed for typed, _ in painted}
    assert all(typed == needle for typed, needle in painted)


async def test_a_search_that_takes_long_keeps_nothing_off_the_screen(istanbul):
    async with desk(istanbul) as at, asyncio.timeout(15):
        found = asyncio.Event()
        searching = asyncio.create_task(at.app.at_once(found.wait()))

        await at.app.painted()

        assert not searching.done()
        found.set()
        await searching


async def test_the_scrollbar_goes_with_the_rows_that_a_search_leaves_out(tmp_path):
    store = create_store(tmp_path / "many.db", json.dumps(generated(1, 3, 2, 60, 0)).encode())
    store.close()
    async with desk(store.path) as at:
        await at.press("3")
        assert at.pane().grid.show_vertical_scrollbar
        await at.press("slash", "text:D60")

        assert len(at.rows()) == 1
        assert not at.pane().grid.show_vertical_scrollbar
