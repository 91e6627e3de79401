"""One of several things of our own, found by the letters typed; nothing stored is among them."""

from collections.abc import Mapping
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from storage import fold
from tui.widgets.clean_input import CleanInput
from tui.widgets.narrowed_list import NarrowedList


class Choose(ModalScreen[str]):
    """A list narrowed by what is typed; Enter takes the highlighted line."""

    DEFAULT_CSS = """
    Choose > Vertical { width: 44; height: auto; max-height: 90%; border: round $border; background: $surface;
        border-title-color: $foreground; }
    Choose Input { height: 1; border: none; padding: 0 1; }
    Choose OptionList { height: auto; max-height: 16; border: none; padding: 0; background: $surface; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss", "Cancel"),
        Binding("down", "move('down')", show=False),
        Binding("up", "move('up')", show=False),
    ]

    def __init__(self, heading: str, options: Mapping[str, str]) -> None:
        super().__init__()
        self.heading = heading
        self.options = dict(options)
        self.list = NarrowedList()

    def compose(self) -> ComposeResult:
        """The line to type in, and the list."""
        with Vertical() as frame:
            frame.border_title = self.heading
            frame.border_subtitle = "type to narrow · ↑↓ Enter · Esc"
            yield CleanInput(compact=True, placeholder="type to narrow")
            yield self.list

    def on_mount(self) -> None:
        """Offer everything."""
        self.offer("")
        self.query_one(Input).focus()

    def offer(self, typed: str) -> None:
        """List what goes with the letters typed, what begins with them first."""
        needle = fold(typed)
        found = [(name, text) for name, text in self.options.items() if needle in fold(text)]
        found.sort(key=lambda each: not fold(each[1]).startswith(needle))
        self.list.offer([Option(text, id=name) for name, text in found])

    def on_input_changed(self, event: Input.Changed) -> None:
        """Narrow the list."""
        event.stop()
        self.offer(event.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Take the highlighted line."""
        event.stop()
        option = self.list.highlighted_option
        if option is not None:
            self.dismiss(option.id)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """A click takes a line as well."""
        self.dismiss(event.option.id)

    def action_move(self, where: str) -> None:
        """Move the highlight while the keys stay in the line."""
        self.list.move(where)
