"""The views of a pane that have a name: one is brought back, or what is on screen gets a name."""

from collections.abc import Callable, Iterable
from typing import ClassVar, Final, NamedTuple

from textual.actions import SkipAction
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets.option_list import Option

from storage import fold
from tui.display import safe
from tui.dossier_app import OfParley
from tui.screens.confirm import Confirm
from tui.screens.narrowed_dialog import NarrowedDialog
from tui.widgets.clean_input import CleanInput

LONGEST_NAME: Final = 60


class ViewChosen(NamedTuple):
    """The name of a view, and whether what is on screen is to have it from now on."""

    name: str
    is_new: bool


class NamedViews(OfParley, NarrowedDialog[ViewChosen]):
    """A line for a name, and the names there are: Enter keeps what is on screen under it, or brings one back."""

    DEFAULT_CSS = """
    NamedViews > Vertical { width: 56; height: auto; max-height: 90%; border: round $border; background: $surface; }
    NamedViews Input { height: 1; border: none; padding: 0 1; }
    NamedViews OptionList { height: auto; max-height: 14; border: none; padding: 0; background: $surface; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("delete,ctrl+d", "forget", "Delete", priority=True)]

    def __init__(self, called: str, names: Iterable[str], forget: Callable[[str], None]) -> None:
        line = CleanInput(compact=True, max_length=LONGEST_NAME, placeholder="name what is on screen")
        super().__init__(safe(f"Views of {called}"), "type a name · ↑↓ Enter · Del deletes · Esc", line)
        self.called = called
        self.names = list(names)
        self.forget = forget
        """Takes a name away, and says so."""
        self.offered: list[ViewChosen] = []

    def narrow(self, typed: str) -> None:
        """Offer what goes with what is typed."""
        self.offer(typed)

    def offer(self, typed: str, at: int = 0) -> None:
        """List what Enter could do: keep what is on screen under the name typed, bring back a view called like it."""
        name = typed.strip()
        alike = [ViewChosen(each, is_new=False) for each in self.names if fold(name) in fold(each)]
        self.offered = [ViewChosen(name, is_new=True), *alike] if name else alike
        nothing = f"No view of {self.called} has a name yet: type one for what is on screen."
        self.list.offer([Option(self._words(each)) for each in self.offered], at, nothing)

    def _words(self, each: ViewChosen) -> Content:
        name = safe(each.name, limit=LONGEST_NAME)
        if not each.is_new:
            return name
        is_there = each.name in self.names
        return Content.assemble("+ " + ("replace " if is_there else "keep what is on screen as "), "“", name, "”")

    def take(self, at: int) -> None:
        """Close with it, after a question if a view would be lost by it."""
        chosen = self.offered[at]
        if chosen.is_new and chosen.name in self.names:
            self.parley.held(self.replace(chosen))
        else:
            self.dismiss(chosen)

    async def replace(self, chosen: ViewChosen) -> None:
        """Ask whether what is on screen takes the place of the view that has the name."""
        question = f"A view is called “{chosen.name}” already. Put what is on screen in its place?"
        if await self.parley.ask(Confirm(question, "Replace")):
            self.dismiss(chosen)

    def action_forget(self) -> None:
        """Take the name of the highlighted view away; in the line, delete a letter."""
        at = self.list.highlighted
        if at is None or self.offered[at].is_new:
            raise SkipAction
        name = self.offered[at].name
        self.names.remove(name)
        self.forget(name)
        self.offer(self.line.value, at)
