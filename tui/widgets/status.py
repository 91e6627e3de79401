"""The line that says what was just saved, what is wrong, or what the open editor takes."""

from typing import ClassVar

from rich.cells import cell_len
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from tui.display import clip


class Said(Message):
    """A sentence for the status line."""

    def __init__(self, text: str, wrong: bool = False, to_copy: str = "", end: str = "") -> None:
        super().__init__()
        self.start = text
        self.end = end
        """What stays in sight when the line is too short for all of it."""
        self.to_copy = to_copy
        """What y copies as long as this sentence stands."""
        self.wrong = wrong

    @property
    def text(self) -> str:
        """The whole sentence."""
        return self.start + self.end

    def fitting(self, width: int) -> str:
        """The sentence in at most `width` cells, with its end whole."""
        end = clip(self.end, width)
        return clip(self.start, width - cell_len(end)) + end


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
            return Content(self.said.fitting(self.size.width))
        return Content.styled(f"✖ {self.said.fitting(self.size.width - 2)}", self.get_visual_style("status--wrong"))
