"""Keys as a terminal sends them, one after the other, and when they are done."""

import asyncio
from typing import Any

from textual.events import Key
from textual.keys import _character_to_key  # no public name makes the name of a key from what it types
from textual.pilot import Pilot

from tui.keygate import GatedApp
from tui.keys import CHARACTERS


def typed(key: str) -> Key:
    """The event of a key, which goes by its name or by the character that it types."""
    if len(key) == 1:
        return Key(_character_to_key(key), key)
    return Key(key, " " if key == "space" else CHARACTERS.get(key))


async def press(pilot: Pilot[Any], *keys: str) -> None:  # Any: whatever the app returns
    """Press keys, each when the one before it is done; `text:...` is typed letter by letter. In the end all is painted.

    The pilot's own `press` waits after each key until the program has done nothing for a while, which takes longer
    than what most keys do.
    """
    for key in keys:
        for each in key.removeprefix("text:") if key.startswith("text:") else [key]:
            pilot.app.post_message(typed(each))
            await gated(pilot).settled()
    await (_painted(pilot) if keys else settled(pilot))


async def settled(pilot: Pilot[Any]) -> None:
    """Wait until all that was caused is painted, what no key waits for as well: a detail, rows that are read ahead."""
    await gated(pilot).settled()
    await _painted(pilot)


async def _painted(pilot: Pilot[Any]) -> None:
    """Paint what has changed, and whatever comes of that."""
    app = gated(pilot)
    while True:
        _paint(app)  # which lets go what waits for that
        await app.settled()
        workers = [each for each in app.workers if not each.is_finished]
        if not workers:
            break
        # one that fails ends the app, which tells of it then; one is cancelled when another takes its place
        await asyncio.gather(*(each.wait() for each in workers), return_exceptions=True)
        await app.settled()
    _paint(app)


def _paint(app: GatedApp[Any]) -> None:
    """Paint what has changed, as the timer of the screen does; all widgets are still when the gate says so."""
    if app.is_running:
        app.screen._on_timer_update()  # as the pilot's own `pause` does, which asks every widget once more before


def gated(pilot: Pilot[Any]) -> GatedApp[Any]:
    """The app, which says when a key is done."""
    assert isinstance(pilot.app, GatedApp)
    return pilot.app
