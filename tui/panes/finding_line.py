"""The line at the foot of a pane in which a search is typed."""

from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.message import Message
from textual.widgets import Input, Label

from tui.panes.search_text import SearchText


class FindingLine(Horizontal):
    """Shown while a search is typed; every change is told at once."""

    DEFAULT_CSS = """
    FindingLine { height: 1; display: none; background: $panel; }
    FindingLine Label { width: 2; color: $text-accent; }
    FindingLine Input { height: 1; border: none; padding: 0; background: $panel; width: 1fr; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close(False)", "Lift", tooltip="Lift the search"),
    ]

    class Closed(Message):
        """The line was left; `keep` tells whether the search stays."""

        def __init__(self, keep: bool) -> None:
            super().__init__()
            self.keep = keep

    def __init__(self, changed: Callable[[str], None]) -> None:
        """`changed` is told the text to search for; at once, since what a message waits for is painted before it."""
        super().__init__()
        self._changed = changed
        self.line = SearchText(compact=True, select_on_focus=False)

    def compose(self) -> ComposeResult:
        """The sign of a search, and the text."""
        yield Label("/")
        yield self.line

    def on_mount(self) -> None:
        """Tell what is typed, and only that: a message about it would go up through the whole screen, to nobody."""
        self.line.disable_messages(Input.Changed)
        self.watch(self.line, "value", self.tell, init=False)

    def open(self, text: str) -> None:
        """Show the line with the search so far and give it the keys."""
        self.display = True
        self.line.value = text
        self.line.cursor_position = len(text)
        self.screen.set_focus(self.line)

    def tell(self, text: str) -> None:
        """Tell what is typed so far."""
        if self.display:
            self._changed(text)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter keeps the search."""
        event.stop()
        self.action_close(True)

    def on_input_blurred(self, event: Input.Blurred) -> None:
        """Whoever clicks elsewhere keeps the search; a window that is left for another one changes nothing."""
        event.stop()
        if self.display and self.screen.focused is not None:
            self.display = False
            self.screen.refresh_bindings()

    def action_close(self, keep: bool) -> None:
        """Hide the line and say whether the search stays."""
        self.display = False
        self.post_message(self.Closed(keep))
