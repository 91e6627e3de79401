"""The list under a line to type in, which keeps the keys: what goes with what is typed there."""

from collections.abc import Sequence

from textual.widgets import OptionList
from textual.widgets.option_list import Option

from tui.display import safe

NOTHING = "Nothing is called so."


class NarrowedList(OptionList, can_focus=False):
    """What can be taken, one of it highlighted; where nothing can, a sentence says so in its place."""

    def offer(self, options: Sequence[Option], at: int = 0, nothing: str = NOTHING) -> None:
        """List other options, the one at this place highlighted."""
        self.clear_options()
        self.add_options(options or [Option(safe(nothing), disabled=True)])
        self.highlighted = min(at, len(options) - 1) if options else None

    def move(self, where: str) -> None:
        """Highlight the next option, or the one before."""
        if where == "down":
            self.action_cursor_down()
        else:
            self.action_cursor_up()
