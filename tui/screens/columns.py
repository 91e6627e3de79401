"""Which columns a pane shows, and in which order."""

from collections.abc import Mapping
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets.option_list import Option

from tui.display import safe
from tui.signs import glyphs
from tui.widgets.paged_list import PagedList


class Columns(ModalScreen[tuple[str, ...]]):
    """Every column of a kind; space shows or hides one, J and K move it."""

    DEFAULT_CSS = """
    Columns > Vertical { width: 44; height: auto; max-height: 90%; border: round $border; background: $surface; }
    Columns OptionList, Columns OptionList:focus { height: auto; max-height: 18; border: none; padding: 0;
        background: $surface; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "show_or_hide", "Show or hide"),
        Binding("J,shift+down", "shift(1)", "Move down"),
        Binding("K,shift+up", "shift(-1)", "Move up"),
        Binding("j", "list('down')", show=False),
        Binding("k", "list('up')", show=False),
        Binding("enter", "take", "Show these", priority=True),
        Binding("escape", "dismiss", "Cancel"),
    ]

    def __init__(self, called: str, labels: Mapping[str, str], shown: tuple[str, ...]) -> None:
        super().__init__()
        self.called = called
        self.labels = labels
        self.order = [*shown, *(name for name in labels if name not in shown)]
        self.shown = set(shown)
        self.list = PagedList()

    def compose(self) -> ComposeResult:
        """The list."""
        with Vertical() as frame:
            frame.border_title = f"Columns of {self.called}"
            frame.border_subtitle = "space shows · J K move · Enter · Esc"
            yield self.list

    def on_mount(self) -> None:
        """List the columns in their order."""
        self.offer(0)
        self.list.focus()

    def offer(self, at: int) -> None:
        """List the columns anew with the highlight on one."""
        self.list.clear_options()
        for name in self.order:
            mark = glyphs().marked if name in self.shown else "·"
            self.list.add_option(Option(Content.assemble(f"{mark} ", safe(self.labels[name]))))
        self.list.highlighted = at

    def action_show_or_hide(self) -> None:
        """Show the highlighted column, or hide it; the first one of the kind stays."""
        at = self.list.highlighted or 0
        if self.order[at] != self.order[0]:
            self.shown ^= {self.order[at]}
        self.offer(at)

    def action_shift(self, step: int) -> None:
        """Move the highlighted column; nothing comes before the first."""
        at = self.list.highlighted or 0
        to = at + step
        if at > 0 and 0 < to < len(self.order):
            self.order[at], self.order[to] = self.order[to], self.order[at]
            self.offer(to)

    def action_list(self, where: str) -> None:
        """Move the highlight."""
        if where == "down":
            self.list.action_cursor_down()
        else:
            self.list.action_cursor_up()

    def action_take(self) -> None:
        """Close with the columns shown, in their order."""
        self.dismiss(tuple(name for name in self.order if name in self.shown))
