"""The line that says what was just saved, what is wrong, or what the open editor takes."""

from typing import ClassVar, Final

from rich.cells import cell_len
from textual.content import Content
from textual.css.scalar import Scalar
from textual.message import Message
from textual.widget import Widget

from storage import REVERSED, Change
from tui.display import clip
from tui.keys import key_for

MOST_LINES: Final = 3
LONGEST_WORD: Final = 12
"""So many cells of a line may stay empty, since a longer word does not fit there."""


class Said(Message):
    """A sentence for the status line."""

    def __init__(
        self, text: str, wrong: bool = False, to_copy: str = "", end: str = "", everywhere: bool = False
    ) -> None:
        super().__init__()
        self.start = text
        self.end = end
        """What stays in sight when the line is too short for all of it."""
        self.to_copy = to_copy
        """What y copies as long as this sentence stands."""
        self.wrong = wrong
        self.everywhere = everywhere
        """True when it is wrong in every pane."""

    @classmethod
    def of(cls, change: Change) -> "Said":
        """What a step has done, and how to take it back, which is not cut."""
        if not change.edits:
            return cls("Nothing changed.")
        done = ", saved" if change.kind == "do" else f", {REVERSED[change.kind]}"
        what = "; ".join((change.label.removesuffix(done), *change.also))
        back = f"{key_for('redo')} redoes" if change.kind == "undo" else f"{key_for('undo')} undoes"
        return cls(what, end=f"{done} · {back}")

    @property
    def text(self) -> str:
        """The whole sentence."""
        return self.start + self.end

    def fitting(self, width: int) -> str:
        """The sentence in at most `width` cells, with its end whole."""
        end = clip(self.end, width)
        return clip(self.start, width - cell_len(end)) + end


class StatusLine(Widget):
    """One line, replaced by the next thing that is said; what is wrong takes as many as it needs to be read."""

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
        lines = min(self._wrong().get_height({}, self.size.width), MOST_LINES) if said.wrong and self.size.width else 1
        if self.styles.height != Scalar.from_number(lines):  # else nothing is to be laid out anew
            self.styles.height = lines
        self.refresh()

    def forget_refusal(self) -> None:
        """Say no longer what was wrong elsewhere."""
        if self.said.wrong and not self.said.everywhere:
            self.say(Said(""))

    def render(self) -> Content:
        """The sentence; what is wrong is marked by a sign as well as by colour."""
        return self._wrong() if self.said.wrong else Content(self.said.fitting(self.size.width))

    def _wrong(self) -> Content:
        said = self.said.fitting(MOST_LINES * (self.size.width - LONGEST_WORD))
        return Content.styled(f"✖ {said}", self.get_visual_style("status--wrong"))
