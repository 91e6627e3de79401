"""A dossier on the screen, driven by keys, looked at on the screen and in the file."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from textual.pilot import Pilot

from storage import open_store
from tests.tui.keyboard import press
from tui.app import Parley
from tui.configuration import Configuration, configured
from tui.memory import Memory
from tui.panes.records import RecordPane
from tui.screens.main import MainScreen
from tui.widgets.status import StatusLine

OPENED = {
    "matrix": ("5",),
    "changes": ("6",),
    "commitments": ("7",),
    "timeline": ("8",),
    "evidence": ("9",),
    "zones": ("0", "text:z", "enter"),
    "rejections": ("0", "text:rej", "enter"),
    "will": ("0", "text:wi", "enter"),
    "ledger": ("0", "text:led", "enter"),
}
"""The keys that lead to each computed view."""


class Desk:
    """Keys in, screen and file out."""

    def __init__(self, app: Parley, pilot: Pilot[int]) -> None:
        self.app = app
        self.pilot = pilot

    async def press(self, *keys: str) -> None:
        """Press keys one after the other; `text:...` is typed letter by letter. All is done and painted on return."""
        await press(self.pilot, *keys)

    @property
    def main(self) -> MainScreen:
        """The main screen, whatever lies over it."""
        screen = self.app.screen_stack[0]
        assert isinstance(screen, MainScreen)
        return screen

    def pane(self, name: str = "demands") -> RecordPane:
        """A pane by its table."""
        return self.main.pane(name)

    def lines(self) -> list[str]:
        """What stands on the screen, line by line."""
        strips = self.app.screen._compositor.render_strips()  # no public name shows the whole screen as text
        return ["".join(segment.text for segment in strip) for strip in strips]

    def text(self) -> str:
        """What stands on the screen."""
        return "\n".join(self.lines())

    def rows(self, name: str = "demands") -> list[str]:
        """The rows that a pane shows, without its frame and headings."""
        region = self.pane(name).grid.content_region
        shown = [line[region.x : region.right] for line in self.lines()[region.y + 1 : region.bottom]]
        return [row.strip() for row in shown if row.strip()]

    @property
    def says(self) -> str:
        """The sentence in the status line."""
        return self.main.query_one(StatusLine).said.text

    def ask(self, sql: str, *parameters: object) -> list[tuple[Any, ...]]:  # Any: only the test knows its columns
        """What the file holds, asked of it by another program."""
        connection = sqlite3.connect(self.app.live.path)
        try:
            return connection.execute(sql, parameters).fetchall()
        finally:
            connection.close()

    def count(self, table: str) -> int:
        """How many records of a table the file holds."""
        return int(str(self.ask(f"SELECT count(*) FROM {table}")[0][0]))

    def value(self, field: str, ref: str, table: str = "demands") -> Any:  # Any: as above
        """One field of one record, as the file holds it."""
        return self.ask(f"SELECT {field} FROM {table} WHERE ref = ?", ref)[0][0]


@asynccontextmanager
async def desk(
    path: Path,
    size: tuple[int, int] = (80, 24),
    read_only: bool = False,
    memory: Path | None = None,
    configuration: Path | None = None,
) -> AsyncIterator[Desk]:
    """A dossier opened on a screen of this size; without the files of others as for whoever runs Parley first."""
    chosen = Configuration() if configuration is None else configured(configuration)
    app = Parley(open_store(path, read_only, check_later=True), memory=Memory(memory), configuration=chosen)
    async with app.run_test(size=size, notifications=True) as pilot:
        await app.settled()
        yield Desk(app, pilot)
    app.live.close()
    app.memory.close()


async def until(seen: Callable[[], bool], at: Desk) -> None:
    """Wait until something is seen that no key waits for."""
    async with asyncio.timeout(60):
        while not seen():
            await at.pilot.pause(0.01)
