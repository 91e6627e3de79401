"""A question that only a clear yes answers with yes."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from tui.display import safe


class Confirm(ModalScreen[bool]):
    """Asks once; y is yes, everything else that ends it is no."""

    DEFAULT_CSS = """
    Confirm > Vertical { width: auto; max-width: 76; height: auto; border: round $warning; background: $surface;
        padding: 0 1; }
    Confirm Static { width: auto; max-width: 72; }
    Confirm .answers { color: $text-muted; margin-top: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "answer(True)", "Yes"),
        Binding("n,enter,escape,q", "answer(False)", "No"),
    ]

    def __init__(self, question: str, verb: str) -> None:
        super().__init__()
        self.question = question
        self.verb = verb

    def compose(self) -> ComposeResult:
        """The question, and the keys that answer it."""
        with Vertical():
            yield Static(safe(self.question))
            yield Static(f"y {self.verb}    Enter or Esc: no", classes="answers")

    def action_answer(self, answer: bool) -> None:
        """Close with the answer."""
        self.dismiss(answer)
