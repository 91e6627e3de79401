"""What is common to dialogs that list what goes with a typed line: where the keys go, what takes one of the list."""

from typing import ClassVar, TypeVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList

from tui.widgets.narrowed_list import NarrowedList

Answer = TypeVar("Answer")


class NarrowedDialog(ModalScreen[Answer]):
    """A line to type in, which keeps the keys, over a list; Enter and a click take one of that."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss", "Cancel"),
        Binding("down", "move('down')", show=False),
        Binding("up", "move('up')", show=False),
    ]

    def __init__(self, heading: str | Content, keys: str, line: Input) -> None:
        super().__init__()
        self.heading = heading
        self.keys = keys
        """What the keys do here, for the frame."""
        self.line = line
        self.list = NarrowedList()

    def narrow(self, typed: str) -> None:
        """List what goes with the text typed."""
        raise NotImplementedError

    def take(self, at: int) -> None:
        """Do what the line of the list with this number stands for."""
        raise NotImplementedError

    def compose(self) -> ComposeResult:
        """The line, and the list."""
        with Vertical() as frame:
            frame.border_title = self.heading
            frame.border_subtitle = self.keys
            yield self.line
            yield self.list

    def on_mount(self) -> None:
        """List what goes with nothing typed."""
        self.narrow("")
        self.line.focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Narrow the list."""
        event.stop()
        self.narrow(event.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Take the highlighted line."""
        event.stop()
        if self.list.highlighted is not None:
            self.take(self.list.highlighted)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """A click takes a line as well."""
        self.take(event.option_index)

    def action_move(self, where: str) -> None:
        """Move the highlight while the keys stay in the line."""
        self.list.move(where)
