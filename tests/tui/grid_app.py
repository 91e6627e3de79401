"""A small app with one grid over generated demands, which counts what it was asked for."""

from array import array
from collections.abc import Sequence
from typing import Self

from textual.app import ComposeResult
from textual.geometry import Region

from storage import Demand, Found, Value
from tui.columns import Column, column_of
from tui.keygate import GatedApp
from tui.widgets.grid import Fetch, Grid

NAMES = ("ref", "title", "by_party", "to_party", "status", "issue", "kind", "note")


def columns(*names: str) -> list[Column]:
    """Columns of demands."""
    return [column_of(Demand.fields[name]) for name in names or NAMES]


def demand(id: int, **values: str) -> Found:
    """A demand that looks like its id."""
    stored: dict[str, Value] = {
        "ref": f"D{id}",
        "title": f"Demand number {id}",
        "by_party": 1,
        "to_party": None,
        "status": "open",
    }
    return Found(
        id, {**stored, "issue": "security", "kind": "demand", "note": f"note {id}", **values}, {"by_party": "UKR"}
    )


class WatchedGrid(Grid):
    """A grid that remembers which of its lines were to be drawn."""

    def __init__(self, columns: Sequence[Column], fetch: Fetch) -> None:
        super().__init__(columns, fetch)
        self.drawn: list[int] = []

    def refresh(self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False) -> Self:
        """Have lines drawn, all where none are named, and remember."""
        self.drawn += [y for region in regions or [self.size.region] for y in region.line_range if repaint]
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def styled(self, y: int, attribute: str) -> list[str]:
        """The texts in a line that are `reverse`, `underline`, `bold`."""
        return [segment.text for segment in super().render_line(y) if getattr(segment.style, attribute)]


class GridApp(GatedApp[None]):
    """One grid that fills the screen."""

    def __init__(self, count: int, titles: Sequence[str] = ()) -> None:
        super().__init__()
        self.count = count
        self.titles = list(titles)
        self.asked: list[int] = []
        self.told: list[object] = []
        self.grid = WatchedGrid(columns(), self.fetch)

    async def fetch(self, ids: Sequence[int]) -> list[Found]:
        """Read generated demands, and remember which."""
        self.asked += ids
        return [demand(id, title=self.titles[id - 1]) if id <= len(self.titles) else demand(id) for id in ids]

    def compose(self) -> ComposeResult:
        """The grid alone."""
        yield self.grid

    async def on_mount(self) -> None:
        """Show all demands."""
        await self.grid.show(array("q", range(1, self.count + 1)))
        self.grid.focus()

    def on_grid_moved(self, event: Grid.Moved) -> None:
        """Remember it."""
        self.told.append(event)

    def on_grid_marked(self, event: Grid.Marked) -> None:
        """Remember it."""
        self.told.append(event)

    def on_grid_opened(self, event: Grid.Opened) -> None:
        """Remember it."""
        self.told.append(event)

    def on_grid_header_clicked(self, event: Grid.HeaderClicked) -> None:
        """Remember it."""
        self.told.append(event)

    def lines(self) -> list[str]:
        """The lines on the screen, as the terminal gets them."""
        return [strip.text for strip in self.screen._compositor.render_strips()]

    def line_of_cursor(self) -> str:
        """The line on which the cursor is."""
        return self.lines()[self.grid.cursor_row - self.grid.scroll_offset.y + 1]
