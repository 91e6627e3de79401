"""One of several things of our own, found by the letters typed; nothing stored is among them."""

from collections.abc import Mapping

from textual.widgets.option_list import Option

from storage import fold
from tui.screens.narrowed_dialog import NarrowedDialog
from tui.widgets.clean_input import CleanInput


class Choose(NarrowedDialog[str]):
    """A list narrowed by what is typed; Enter takes the highlighted line."""

    DEFAULT_CSS = """
    Choose > Vertical { width: 44; height: auto; max-height: 90%; border: round $border; background: $surface; }
    Choose Input { height: 1; border: none; padding: 0 1; }
    Choose OptionList { height: auto; max-height: 16; border: none; padding: 0; background: $surface; }
    """

    def __init__(self, heading: str, options: Mapping[str, str]) -> None:
        line = CleanInput(compact=True, placeholder="type to narrow")
        super().__init__(heading, "type to narrow · ↑↓ Enter · Esc", line)
        self.options = dict(options)
        self.names: list[str] = []
        """The names of the options listed."""

    def narrow(self, typed: str) -> None:
        """List what goes with the letters typed, what begins with them first."""
        needle = fold(typed)
        found = [(name, text) for name, text in self.options.items() if needle in fold(text)]
        found.sort(key=lambda each: not fold(each[1]).startswith(needle))
        self.names = [name for name, _ in found]
        self.list.offer([Option(text) for _, text in found])

    def take(self, at: int) -> None:
        """Close with the name of the option."""
        self.dismiss(self.names[at])
