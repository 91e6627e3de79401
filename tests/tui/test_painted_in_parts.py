"""What was painted part by part, as things changed, is what painting the whole screen would show."""

from contextlib import suppress

import pyte
import pytest
from textual._compositor import CompositorUpdate

from tests.chance import tries
from tests.faults.monkey import Monkey, Run
from tests.tui.desk import desk, until
from tui.app import Parley

ODD_TO_PYTE = ("👩", "\u0301")
"""Letters that pyte puts into other cells than Textual, so that nothing painted after them can be compared."""


class Painted:
    """A terminal that shows what an app has painted so far."""

    def __init__(self, app: Parley) -> None:
        self._app = app
        self._screen = pyte.Screen(*app.size)
        self._display = app._display  # what an app without a terminal would write to one has no public name

    def paint(self, screen, renderable):
        """Do as the app would with its terminal, and let it go on."""
        if isinstance(renderable, CompositorUpdate) and not self._app._batch_count:
            if (self._screen.columns, self._screen.lines) != screen.size:
                self._screen = pyte.Screen(*screen.size)
            _feed(self._screen, renderable, self._app)
        self._display(screen, renderable)

    def differing(self):
        """The lines that the whole screen, painted at once, would show otherwise: as they are, and as they would be."""
        compositor = self._app.screen._compositor
        whole, to_be_painted = pyte.Screen(*self._app.size), {*compositor._dirty_regions}
        _feed(whole, compositor.render_update(full=True), self._app)
        compositor._dirty_regions |= to_be_painted  # of which it thinks now that they are
        pairs = ((self._screen.buffer[y], whole.buffer[y]) for y in range(whole.lines))
        return [(_text(ours, whole), _text(theirs, whole)) for ours, theirs in pairs if ours != theirs]


@pytest.mark.parametrize("seed", [9, 22])
async def test_any_keys_leave_on_the_screen_what_painting_all_of_it_would_show(istanbul, seed, monkeypatch):
    monkeypatch.chdir(istanbul.parent)
    async with desk(istanbul) as at:
        painted, run = Painted(at.app), Run(at, istanbul)
        monkeypatch.setattr(at.app, "_display", painted.paint)
        await at.pilot.resize_terminal(81, 31)
        for burst in Monkey(seed).bursts(tries(8)):
            if any(odd in repr(burst) for odd in ODD_TO_PYTE):
                continue
            await run.do(burst)
            with suppress(TimeoutError):  # what no key waits for, as what the palette finds, may come a little later
                await until(lambda: painted.differing() == [] or not run.goes_on, at)
            if not run.goes_on:
                break
            assert painted.differing() == [], burst


def _feed(screen, update, app):
    pyte.Stream(screen).feed(update.render_segments(app.console))


def _text(line, screen):
    return "".join(line[x].data for x in range(screen.columns))
