"""An editor with a list that opens with it."""

from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType

from tui.widgets.editors.base import Cell, Editor
from tui.widgets.editors.options import MOST_ROWS, Options


class ListedEditor(Editor):
    """An editor whose list opens below the cell, or above it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "move(1)", "Next", show=False),
        Binding("up", "move(-1)", "Before", show=False),
        Binding("pagedown", f"move({MOST_ROWS})", "Further", show=False),
        Binding("pageup", f"move({-MOST_ROWS})", "Back", show=False),
    ]

    def __init__(self, cell: Cell) -> None:
        super().__init__(cell)
        self.options = Options()

    @property
    def rows_wanted(self) -> int:
        """As many as are listed, up to a limit."""
        return min(len(self.options.rows), MOST_ROWS)

    def list_in(self, rows: int, above: bool) -> None:
        """Stand the list on the side where there is room."""
        self.options.styles.dock = "top" if above else "bottom"
        self.options.styles.height = rows

    def action_move(self, step: int) -> None:
        """Choose another row."""
        self.options.move(step)
        self.look()

    @on(Options.Picked)
    async def take_picked(self, event: Options.Picked) -> None:
        """A click takes what it hits."""
        event.stop()
        await self.save("stay")
