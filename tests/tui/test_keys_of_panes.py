"""A pane has its keys from the gate, past whatever else looks for what a key means."""

from textual.app import App
from textual.binding import Binding

from tests.tui.desk import desk
from tui.app import Parley
from tui.keys import keys_of, live_keys


async def test_a_key_of_a_pane_is_not_taken_through_the_screen(istanbul, monkeypatch):
    looked_up = []

    async def look_up(app, key, priority=False, look=App._check_bindings):
        looked_up.append(key)
        return await look(app, key, priority=priority)

    async with desk(istanbul) as at:
        await at.press("3")
        monkeypatch.setattr(App, "_check_bindings", look_up)
        await at.press("s", "space", "d", "n", "5")

        assert at.app.screen.focused is not None
        assert at.pane().chosen.sort
        assert set(looked_up) <= {"n", "5"}, "n is the answer to d, 5 leads elsewhere"


async def test_escape_ends_a_range_of_marks_before_it_means_anything_to_the_pane(istanbul):
    async with desk(istanbul) as at:
        await at.press("3", "slash", "text:the", "enter", "v", "down", "escape")
        searched = at.pane().chosen.search
        await at.press("escape")

        assert (searched, at.pane().chosen.search) == ("the", "")


def test_the_app_wants_no_key_of_a_pane_before_everybody_else():
    first = {each.key for each in Parley.BINDINGS if isinstance(each, Binding) and each.priority}

    assert first
    assert first.isdisjoint(key for each in keys_of("pane") for key in live_keys(each).split(","))
