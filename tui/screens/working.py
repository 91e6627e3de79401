"""What is shown while a long export runs: how far it is, and that it can be stopped."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from tui.screens.export import Progress

LOOK_SECONDS = 0.1


class Working(ModalScreen[None]):
    """Rows written so far; Esc stops the work, and then nothing is written."""

    DEFAULT_CSS = """
    Working > Vertical { width: 44; height: auto; border: round $border; background: $surface; padding: 0 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "stop", "Stop")]

    def __init__(self, verb: str, progress: Progress) -> None:
        super().__init__()
        self.verb = verb
        self.progress = progress

    def compose(self) -> ComposeResult:
        """One line, and how to stop."""
        with Vertical():
            yield Static(id="so-far")
            yield Static("Esc stops")

    def on_mount(self) -> None:
        """Look again and again how far it is."""
        self.tell()
        self.set_interval(LOOK_SECONDS, self.tell)

    def tell(self) -> None:
        """Show the rows written so far."""
        self.query_one("#so-far", Static).update(f"{self.verb}: {self.progress.rows:,} rows")

    def action_stop(self) -> None:
        """Ask the work to stop; it ends by itself, soon."""
        self.progress.cancelled = True
