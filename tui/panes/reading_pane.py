"""A pane whose rows are read from the dossier: the first at once, the rest after them, and given up by Esc."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import date
from typing import Final

from storage import Question, Stopped, StorageError, View
from tui.keys import key_for, view_key
from tui.painting import paint_now
from tui.panes.clipboard_pane import ClipboardPane
from tui.widgets.grid import Grid
from tui.widgets.grid_moves import GridKey

FIRST_ROWS: Final = 128
"""How many rows are enough for any screen, and for what is pressed soon after it."""

COUNTS: Final = "counts"
"""The name under which it is asked what a column holds; nobody chooses a filter in two columns at once."""

Show = Callable[[], Awaitable[object]]
"""Reads rows and shows them."""


class ReadingPane(ClipboardPane):
    """What every pane does to have the rows that are asked for; no key waits for them longer than its user likes."""

    chosen: View | Question
    """What the user asked for here; the scope of the screen comes on top."""

    def __init__(self, id: str) -> None:
        super().__init__(id=id)
        self.shown: View | Question | None = None
        """What was asked for where the rows on the screen came from; None before there are any."""
        self.read_on: date | None = None
        """The day on which rows were read, since what is overdue differs the next day; None if that came to no end."""
        self._rest: asyncio.Task[None] | None = None
        """The reading of the ids after the first screenful."""

    @property
    def is_outdated(self) -> bool:
        """True when the rows on the screen may not be those of now."""
        return self.missed or self.read_on != date.today()

    async def load(self, keep: bool = True) -> None:
        """Show what is asked for, the cursor on the same row, or from the top; Esc gives it up if it takes long."""
        self.forget_rest()
        self.read_on = None
        with suppress(Stopped), self.parley.reading_long(self.say, self.give_up):  # or something else is asked for now
            await self.read(keep)
            self.shown, self.read_on = self.chosen, date.today()
            paint_now(self.screen)

    async def read(self, keep: bool) -> None:
        """Read and show what is asked for; Stopped when something else is asked for meanwhile."""
        raise NotImplementedError

    def tell_view(self) -> None:
        """Write into the frame what is shown."""
        raise NotImplementedError

    def remember(self) -> None:
        """Let panes of this name look so from now on."""
        raise NotImplementedError

    def give_up(self) -> None:
        """Ask for what is on the screen again, and stop reading anything else; the key of the pane reads anew."""
        if self.shown is not None:
            before = self.shown
            self.chosen = self.chosen._replace(where=before.where, search=before.search, sort=before.sort)
            self.remember()
        else:
            self.grid.unfinished = True
            self.tell_view()
            self.grid.empty = f"Given up; {self._key} reads it after all."
        self.stop_reading()

    def stop_reading(self) -> None:
        """Let what is being read be, until the key of the pane is pressed."""
        self.read_on = None
        self.parley.live.stop(self.id or "")

    def leave(self) -> None:
        """Stop reading rows that nobody looks at any more; they are read when the pane comes back."""
        if self._rest is not None and not self._rest.done():
            self.forget_rest()
            self.stop_reading()

    def load_rest(self, *steps: Show) -> None:
        """Show the rows after the first screenful when that is painted, step by step; keys that lead there wait."""
        self._rest = asyncio.create_task(self._load_rest(*steps))

    def forget_rest(self) -> None:
        """Wait for no rows after the first screenful any more, since others are to be shown."""
        if self._rest is not None:
            self._rest.cancel()
            self._rest = None

    async def _load_rest(self, show: Show, *further: Show) -> None:
        try:
            await self.parley.painted()  # reading a million ids beside it would make that slow
            await show()
        except Stopped:
            return
        except StorageError as error:
            self.say(str(error), wrong=True)
            return
        if further and self.grid.unfinished:
            self.load_rest(*further)
        else:
            self.tell_view()

    async def whole(self, enough: Callable[[], bool] = lambda: False) -> None:
        """Return when every row is there, those of the latest change too, or enough of them.

        Stopped when Esc has given that up.
        """
        with self.parley.reading_long(self.say, self.stop_reading):
            if self._rereading is not None:
                await asyncio.wait({self._rereading})
            while self._rest is not None and not self._rest.done() and not enough():
                await asyncio.wait({self._rest})
        if self.grid.unfinished and not enough():
            raise Stopped(f"Only the first rows are there; {self._key} reads the others after all.")

    def on_grid_unfinished(self, event: Grid.Unfinished) -> None:
        """Do what a key says when the rows that it needs are there; the next key waits for it."""
        event.stop()
        self.parley.held(self.do_when_there(event.key))

    async def do_when_there(self, key: GridKey) -> None:
        """Wait for the ids of the rest as far as the key needs them, then do what it says."""
        await self.whole(lambda: not self.grid.lacks_rows_for(key))
        self.grid.do(key)

    @property
    def _key(self) -> str:
        """The key that leads to this pane."""
        return view_key(self.id or "") or key_for("other_records")
