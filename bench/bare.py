"""The least that a key needs with Textual for the screen and Parley's storage on a thread of its own.

python bench/bare.py FILE LINES

One widget that draws its rows itself, a line for a search, a line that is laid over a cell, a word at the foot: no
panes, no marks, no conflicts, no order among keys that come fast.
"""

import os

os.environ["TEXTUAL_FPS"] = "1000"  # nothing waits for a frame; Textual reads it when it is loaded

import sys
from asyncio import get_running_loop
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import ClassVar, Final, TypeVar

from rich.segment import Segment
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Input, Label

from storage import Demand, Found, Sort, View, open_store

T = TypeVar("T")

WIDTH: Final = 94
"""Of the rows; as many cells as Parley's grid of demands has on a terminal of 120."""
COLUMNS: Final = {"ref": 6, "title": 40, "issue": 14, "kind": 14, "status": 14}
SCREENFUL: Final = 128


class Rows(Widget, can_focus=True):
    """Refs and titles, a cursor on one of them."""

    def __init__(self, lines: int) -> None:
        super().__init__()
        self.styles.height, self.styles.width = lines, WIDTH
        self.found: Sequence[Found] = ()
        self.cursor = 0

    def show(self, found: Sequence[Found]) -> None:
        """Show other rows, the cursor on the first."""
        self.found, self.cursor = found, 0
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """One row."""
        if y >= len(self.found):
            return Strip.blank(WIDTH)
        values = self.found[y].values
        sign = "▌" if y == self.cursor else " "
        cells = (f"{values[name] or '':<{width}.{width}} " for name, width in COLUMNS.items())
        return Strip([Segment(sign), *(Segment(cell) for cell in cells)]).adjust_cell_length(WIDTH)


class Bare(App[None]):
    """The first demands of a dossier: `s` sorts them, `/` begins a search, `e` edits the title of the first."""

    CSS = """
    #rows { height: auto; layers: base editor; }
    #search { height: 1; border: none; padding: 0; }
    #word { width: 100%; }
    #editor { layer: editor; position: absolute; offset: 8 0; width: 40; height: 1; border: none; padding: 0; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("s", "sort"),
        Binding("slash", "search"),
        Binding("e", "edit"),
        Binding("escape", "leave"),
    ]

    def __init__(self, file: Path, lines: int) -> None:
        super().__init__()
        self.store = open_store(file)
        self.thread = ThreadPoolExecutor(1)
        self.rows = Rows(lines)
        self.view = View(Demand)
        self.lines = lines

    def compose(self) -> ComposeResult:
        """The rows, the search and the word."""
        yield Vertical(self.rows, id="rows")  # what is laid over it lets nothing else be drawn anew
        yield Input(id="search")
        yield Label("nothing is changed", id="word")

    async def on_mount(self) -> None:
        """Show the first rows."""
        await self.load()
        self.rows.focus()

    async def asked(self, question: Callable[[], T]) -> T:
        """What is answered on the thread."""
        return await get_running_loop().run_in_executor(self.thread, question)

    async def load(self) -> None:
        """Show the first rows of the view."""
        view = self.view
        self.rows.show(await self.asked(lambda: self.store.rows(view, self.store.find(view, SCREENFUL)[: self.lines])))

    async def action_sort(self) -> None:
        """By ref, the other way round."""
        descending = not (self.view.sort and self.view.sort[0].descending)
        self.view = self.view._replace(sort=(Sort("ref", descending),))
        await self.load()

    def action_search(self) -> None:
        """Type what is looked for."""
        self.query_one("#search", Input).focus()

    async def on_input_changed(self, event: Input.Changed) -> None:
        """Look for what is typed so far."""
        if event.input.id == "search":
            self.view = self.view._replace(search=event.value)
            await self.load()

    async def action_leave(self) -> None:
        """All demands by ref again."""
        self.view = View(Demand)
        with self.prevent(Input.Changed):
            self.query_one("#search", Input).value = ""
        await self.load()
        self.rows.focus()

    async def action_edit(self) -> None:
        """Lay a line over the title of the first row."""
        line = Input(str(self.rows.found[0].values["title"]), id="editor", select_on_focus=False)
        await self.query_one("#rows").mount(line)
        line.focus()

    async def on_input_submitted(self, event: Input.Submitted) -> None:
        """Save the title, take the line away, show the row as it is stored and say so."""
        ids, store = [each.id for each in self.rows.found], self.store

        def edited() -> list[Found]:
            store.edit(Demand, ids[:1], {"title": event.value})
            return store.rows(self.view, ids)

        found = await self.asked(edited)
        with self.batch_update():
            self.rows.show(found)
            self.query_one("#word", Label).update(f"saved: {event.value[-4:]}.", layout=False)
            await event.input.remove()
            self.rows.focus()


if __name__ == "__main__":
    Bare(Path(sys.argv[1]), int(sys.argv[2])).run()
