"""One question of a dialog with its few answers in a line."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.events import Click
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

LABEL_WIDTH = 12

GAP = " "
"""Between two choices."""


class OptionLine(Widget, can_focus=True):
    """A label and its choices, one of them chosen; left and right choose another."""

    DEFAULT_CSS = """
    OptionLine { height: auto; }
    OptionLine:focus { background: $foreground 12%; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left,h", "step(-1)", "Previous choice", show=False),
        Binding("right,l,space", "step(1)", "Next choice", show=False),
    ]

    chosen: reactive[str] = reactive("", init=False)

    @dataclass
    class Changed(Message):
        """Another choice was made."""

        line: "OptionLine"

    def __init__(self, label: str, choices: Mapping[str, str], chosen: str) -> None:
        super().__init__()
        self.label = label
        self.choices = dict(choices)
        # what was chosen in an earlier run may be no choice any more
        self.set_reactive(OptionLine.chosen, chosen if chosen in self.choices else next(iter(self.choices), ""))

    def render(self) -> Content:
        """The label, and the choices with the chosen one marked."""
        return Content("\n").join(self._lines(self.size.width))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002  # asked so by Textual
        """As many lines as the choices fill."""
        return len(self._lines(width))

    def _lines(self, width: int) -> list[Content]:
        """The choices one after the other, those for which there is no room under the first."""
        arrow = "▸ " if self.has_focus else "  "
        lines = [Content(f"{arrow}{self.label:<{LABEL_WIDTH}}")]
        indent = lines[0].cell_length
        for choice in (self._choice(name, text) for name, text in self.choices.items()):
            line = lines[-1]
            if line.cell_length > indent and line.cell_length + choice.cell_length - len(GAP) > width:
                lines.append(Content(" " * indent))
            lines[-1] += choice
        return lines

    def _choice(self, name: str, text: str) -> Content:
        if name != self.chosen:
            return Content(f" {text} {GAP}")
        return Content.assemble("▐", (text, "reverse"), f"▌{GAP}")

    def watch_chosen(self) -> None:
        """Tell who listens."""
        self.post_message(self.Changed(self))

    def action_step(self, step: int) -> None:
        """Choose the next or the previous answer, round and round."""
        names = list(self.choices)
        self.chosen = names[(names.index(self.chosen) + step) % len(names)]

    def on_click(self, event: Click) -> None:
        """A click chooses the next answer."""
        event.stop()
        self.action_step(1)
