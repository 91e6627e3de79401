"""The line that says what was just saved, what is wrong, or what the open editor takes."""

from typing import ClassVar

from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from tui.display import safe


class Said(Message):
    """A sentence for the status line."""

    def __init__(self, text: str, wrong: bool = False, to_copy: str = "") -> None:
        super().__init__()
        self.text = text
        self.to_copy = to_copy
        """What y copies as long as this sentence stands."""
        self.wrong = wrong


class StatusLine(Widget):
    """One line, replaced by the next thing that is said."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"status--wrong"}
    DEFAULT_CSS = """
    StatusLine { height: 1; padding: 0 1; color: $text; }
    StatusLine .status--wrong { color: $text-error; text-style: bold; }
    """

    def __init__(self) -> None:
        super().__init__()
        self.said = Said("")

    def say(self, said: Said) -> None:
        """Show this sentence from now on."""
        self.said = said
        self.refresh()

    def render(self) -> Content:
        """The sentence; what is wrong is marked by a sign as well as by colour."""
        if not self.said.wrong:
            return safe(self.said.text)
        style = self.get_visual_style("status--wrong")
        return Content.assemble(("✖ ", style), safe(self.said.text).stylize(style))
