"""One question of a dialog with its few answers in a line."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.events import Click
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

LABEL_WIDTH = 12


class OptionLine(Widget, can_focus=True):
    """A label and its choices, one of them chosen; left and right choose another."""

    DEFAULT_CSS = """
    OptionLine { height: 1; }
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
        self.set_reactive(OptionLine.chosen, chosen)

    def render(self) -> Content:
        """The label, and the choices with the chosen one marked."""
        parts = [self._choice(name, text) for name, text in self.choices.items()]
        arrow = "▸ " if self.has_focus else "  "
        return Content.assemble(arrow, f"{self.label:<{LABEL_WIDTH}}", *parts)

    def _choice(self, name: str, text: str) -> Content:
        if name != self.chosen:
            return Content(f" {text}  ")
        return Content.assemble("▐", (text, "reverse"), "▌ ")

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
