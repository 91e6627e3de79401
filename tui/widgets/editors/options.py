"""The list that opens with a line: a few rows, one of them chosen."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Final

from rich.segment import Segment
from textual.events import Click
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from storage import Suggestion
from tui.display import fit

MOST_ROWS: Final = 8
GAP: Final = "  "


@dataclass(frozen=True, slots=True)
class Row:
    """What can be chosen: the word, what tells it from others, and the record it stands for."""

    text: str
    note: str = ""
    suggestion: Suggestion | None = None
    creates: bool = False


class Options(Widget):
    """Rows that the keys of the editor move in; it never has the focus."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"options--chosen", "options--note"}
    DEFAULT_CSS = """
    Options { height: 0; width: 1fr; background: $panel; color: auto 100%; }
    Options > .options--note { color: auto 85%; }
    Options > .options--chosen { background: $primary-muted; color: auto 100%; text-style: bold; }
    """

    @dataclass
    class Picked(Message):
        """A row was clicked; it is the chosen one now."""

        row: Row

    def __init__(self) -> None:
        super().__init__()
        self.rows: Sequence[Row] = ()
        self.at: int | None = None
        self._top = 0

    @property
    def chosen(self) -> Row | None:
        """The row that Enter takes; None when there is none."""
        return self.rows[self.at] if self.at is not None else None

    def list_rows(self, rows: Sequence[Row], at: int | None = None) -> None:
        """Show other rows, the one at this place chosen."""
        self.rows, self.at, self._top = rows, at if rows else None, 0
        self.refresh()

    def move(self, step: int) -> None:
        """Choose another row, without going beyond the ends; the first move chooses the first or the last."""
        if not self.rows:
            return
        last = len(self.rows) - 1
        start = (0 if step > 0 else last) if self.at is None else self.at + step
        self.at = min(max(start, 0), last)
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """One row, the chosen one marked by a sign as well as by colour."""
        self._top = self._first_row()
        at = self._top + y
        if at >= len(self.rows):
            return Strip.blank(self.size.width, self.rich_style)
        row, chosen = self.rows[at], at == self.at
        style = self.get_component_rich_style("options--chosen") if chosen else self.rich_style
        note = style if chosen else self.get_component_rich_style("options--note")
        width = min(max((len(each.text) for each in self.rows if each.note), default=0), self.size.width // 2)
        sign, rest = "▌" if chosen else " ", max(self.size.width - 1, 0)
        if not row.note:
            return Strip([Segment(sign, style), Segment(fit(row.text, rest), style)], self.size.width)
        text = fit(row.text, width) + GAP
        return Strip([Segment(sign, style), Segment(text, style), Segment(fit(row.note, rest - len(text)), note)])

    def on_click(self, event: Click) -> None:
        """Choose the row under the mouse."""
        event.stop()
        at = self._top + event.y
        if at < len(self.rows):
            self.at = at
            self.post_message(self.Picked(self.rows[at]))

    def _first_row(self) -> int:
        """The row to begin with, so that the chosen one is in sight."""
        at, height = self.at or 0, max(self.size.height, 1)
        return min(max(self._top, at - height + 1), at, max(len(self.rows) - height, 0))
