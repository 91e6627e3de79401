"""A file lies already where an export is to go: replace it, keep both, or leave it."""

from pathlib import Path
from typing import ClassVar, Final

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from tui.display import safe
from tui.dossier_app import DossierApp
from tui.widgets.path_line import beside

REPLACE: Final = "replace"
KEEP_BOTH: Final = "keep both"


class Taken(ModalScreen[str]):
    """Three answers, none of them by accident."""

    DEFAULT_CSS = """
    Taken > Vertical { width: auto; max-width: 76; height: auto; border: round $warning; background: $surface;
        padding: 0 1; }
    Taken Static { width: auto; max-width: 72; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("r", f"answer('{REPLACE}')", "Replace"),
        Binding("k", f"answer('{KEEP_BOTH}')", "Keep both"),
        Binding("escape,enter,n", "dismiss", "Cancel"),
    ]

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path = path

    def compose(self) -> ComposeResult:
        """What lies there, and the keys."""
        with Vertical():
            yield Static(safe(f"{self.path} is there already."))
            yield Static("r Replace it    k Keep both    Enter or Esc: cancel")

    def action_answer(self, answer: str) -> None:
        """Close with the answer."""
        self.dismiss(answer)


async def ask_about_taken(parley: DossierApp, path: Path) -> Path | None:
    """Where to write although a file lies there: the same path, or a free one beside it; None to write nothing."""
    answer = await parley.ask(Taken(path))
    if answer == KEEP_BOTH:
        return beside(path)
    return path if answer == REPLACE else None
