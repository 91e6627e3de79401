"""What takes long to read keeps nobody waiting: it is given up by Esc, and let be by who goes elsewhere."""

import asyncio
import json
import threading
from array import array
from datetime import date
from functools import partial

import pytest

from storage import Demand, Sort, View, create_store
from tests.dossiers import generated
from tests.tui.desk import desk
from tests.tui.keyboard import settled, typed
from tui import keygate
from tui.panes.computed import ComputedPane


@pytest.fixture(scope="module")
def many(tmp_path_factory):
    """A dossier in which an order by zones takes some tenths of a second."""
    path = tmp_path_factory.mktemp("many") / "many.db"
    create_store(path, json.dumps(generated(1, 6, 4, 1_500, 9_000)).encode()).close()
    return path


async def given_up(at, key):
    """Press a key and then Esc, while what the key asks for waits for a question that takes as long as we like."""
    answered = threading.Event()
    before = asyncio.create_task(at.app.live.asked(answered.wait))
    await begun(at, key)
    await pressed_esc(at)
    answered.set()
    await before
    await settled(at.pilot)


async def begun(at, key):
    """Press a key, and wait until what it does can be given up."""
    at.app.post_message(typed(key))
    while not at.app._gate._give_ups:
        await asyncio.sleep(0)


def for_ever(at):
    """A question that is answered only when it is stopped."""

    def ask():
        while True:
            at.app.live.store.find(View(Demand, sort=(Sort("note"),)))

    return ask


async def pressed_esc(at):
    """Press Esc, and wait until it has given up what takes long."""
    at.app.post_message(typed("escape"))
    while not any(word in at.says for word in ("Given up", "Only the first rows")):
        await asyncio.sleep(0)


async def test_escape_gives_up_an_order_that_takes_long_and_the_rows_stay(many, monkeypatch):
    monkeypatch.setitem(keygate.PATIENCE_SECONDS, "escape", 0)
    async with desk(many) as at:
        await at.press("3")
        pane = at.pane()
        pane.grid.move_to(3, [column.field for column in pane.grid.columns].index("zone"))
        before = at.rows()

        await given_up(at, "s")

        assert "Given up" in at.says
        assert at.rows() == before
        assert "zone" not in at.lines()[-3]
        assert pane.chosen.sort == ()

        monkeypatch.setitem(keygate.PATIENCE_SECONDS, "escape", 60)
        await at.press("s")
        assert at.rows() != before
        assert "zone↑" in at.text()


async def test_a_view_that_was_given_up_says_which_key_reads_it_after_all(many, monkeypatch):
    monkeypatch.setitem(keygate.PATIENCE_SECONDS, "escape", 0)
    async with desk(many) as at:
        await given_up(at, "6")
        assert "Given up; 6 reads it after all." in at.text()
        assert "0+ of …" in at.text()

        monkeypatch.setitem(keygate.PATIENCE_SECONDS, "escape", 60)
        await at.press("6")
        assert "Given up" not in at.text().split("6 Changes")[1]
        assert at.main.query_one("#view-changes", ComputedPane).grid.row_count


async def test_the_rest_of_the_rows_is_let_be_by_who_goes_elsewhere_and_read_when_they_come_back(istanbul):
    async with desk(istanbul) as at:
        await at.press("9")
        pane = at.main.query_one("#view-evidence", ComputedPane)
        every = len(pane.grid.ids)
        await pane.grid.show(array("q", pane.grid.ids[:2]), unfinished=True)
        pane.load_rest(asyncio.Event().wait)

        await at.press("3")
        assert pane.is_outdated

        await at.press("9")
        assert len(pane.grid.ids) == every
        assert not pane.grid.unfinished


async def test_a_key_that_needs_every_row_is_given_up_as_well(many, monkeypatch):
    monkeypatch.setitem(keygate.PATIENCE_SECONDS, "escape", 0)
    async with desk(many) as at:
        await at.press("3")
        pane, live = at.pane(), at.app.live
        await pane.grid.show(array("q", pane.grid.ids[:2]), unfinished=True)

        pane.load_rest(partial(live.asked_by, "demands", for_ever(at)))
        await settled(at.pilot)

        await begun(at, "G")
        await pressed_esc(at)
        await settled(at.pilot)

        assert "Only the first rows are there; 3 reads the others after all." in at.says
        assert pane.grid.cursor_row == 0


async def test_keys_that_lead_beyond_the_rows_there_are_wait_for_those_they_need_and_keep_their_order(many):
    more, rest = asyncio.Event(), asyncio.Event()
    async with desk(many) as at:
        await at.press("3")
        pane = at.pane()
        grid, ids = pane.grid, pane.grid.ids

        async def show(when: asyncio.Event, most: int) -> None:
            await when.wait()
            await grid.show_rest(ids[:most], unfinished=most < len(ids))

        await grid.show(ids[:2], unfinished=True)
        pane.load_rest(partial(show, more, 4), partial(show, rest, len(ids)))
        at.app.post_message(typed("down"))
        await begun(at, "space")
        at.app.post_message(typed("down"))
        at.app.post_message(typed("up"))
        assert grid.cursor_row == 1
        assert not grid.marked

        more.set()
        await settled(at.pilot)
        assert grid.cursor_row == 2
        assert grid.marked == {ids[1]}
        assert grid.unfinished

        await begun(at, "pagedown")
        at.app.post_message(typed("G"))
        at.app.post_message(typed("up"))
        rest.set()
        await settled(at.pilot)
        assert grid.cursor_row == len(ids) - 2


async def test_a_view_does_not_wait_for_the_rest_of_the_one_before(many):
    async with desk(many) as at:
        await at.press("9")
        pane = at.main.query_one("#view-evidence", ComputedPane)
        pane.load_rest(partial(at.app.live.asked_by, "view-evidence", for_ever(at)))
        await settled(at.pilot)

        async with asyncio.timeout(15):
            await at.press("6")

        assert at.main.query_one("#view-changes", ComputedPane).grid.row_count


async def test_a_pane_that_has_missed_nothing_is_not_read_again_on_the_same_day(istanbul):
    async with desk(istanbul) as at:
        await at.press("3")
        ids = at.pane().grid.ids

        await at.press("5", "3")
        assert at.pane().grid.ids is ids

        at.pane().read_on = date(2025, 5, 16)
        await at.press("5", "3")
        assert at.pane().grid.ids is not ids
