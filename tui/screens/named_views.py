"""The views of a pane that have a name: one is brought back, or what is on screen gets a name."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, ClassVar, Final, NamedTuple, cast

from textual.actions import SkipAction
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from storage import fold
from tui.display import safe
from tui.screens.confirm import Confirm
from tui.widgets.clean_input import CleanInput
from tui.widgets.narrowed_list import NarrowedList

if TYPE_CHECKING:
    from tui.app import Parley

LONGEST_NAME: Final = 60


class ViewChosen(NamedTuple):
    """The name of a view, and whether what is on screen is to have it from now on."""

    name: str
    is_new: bool


class NamedViews(ModalScreen[ViewChosen]):
    """A line for a name, and the names there are: Enter keeps what is on screen under it, or brings one back."""

    DEFAULT_CSS = """
    NamedViews > Vertical { width: 56; height: auto; max-height: 90%; border: round $border; background: $surface;
        border-title-color: $foreground; border-subtitle-color: $foreground; }
    NamedViews Input { height: 1; border: none; padding: 0 1; }
    NamedViews OptionList { height: auto; max-height: 14; border: none; padding: 0; background: $surface; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss", "Cancel"),
        Binding("down", "move('down')", show=False),
        Binding("up", "move('up')", show=False),
        Binding("delete,ctrl+d", "forget", "Delete", priority=True),
    ]

    def __init__(self, called: str, names: Iterable[str], forget: Callable[[str], None]) -> None:
        super().__init__()
        self.called = called
        self.names = list(names)
        self.forget = forget
        """Takes a name away, and says so."""
        self.offered: list[ViewChosen] = []
        self.line = CleanInput(compact=True, max_length=LONGEST_NAME, placeholder="name what is on screen")
        self.list = NarrowedList()

    def compose(self) -> ComposeResult:
        """The line, and the list."""
        with Vertical() as frame:
            frame.border_title = safe(f"Views of {self.called}")
            frame.border_subtitle = "type a name · ↑↓ Enter · Del deletes · Esc"
            yield self.line
            yield self.list

    def on_mount(self) -> None:
        """Offer every view."""
        self.offer("")
        self.line.focus()

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

    def on_input_changed(self, event: Input.Changed) -> None:
        """Offer what goes with what is typed."""
        event.stop()
        self.offer(event.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Take the highlighted line."""
        event.stop()
        if self.list.highlighted is not None:
            self.take(self.offered[self.list.highlighted])

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """A click takes a line as well."""
        self.take(self.offered[event.option_index])

    def take(self, chosen: ViewChosen) -> None:
        """Close with it, after a question if a view would be lost by it."""
        if chosen.is_new and chosen.name in self.names:
            cast("Parley", self.app).held(self.replace(chosen))
        else:
            self.dismiss(chosen)

    async def replace(self, chosen: ViewChosen) -> None:
        """Ask whether what is on screen takes the place of the view that has the name."""
        question = f"A view is called “{chosen.name}” already. Put what is on screen in its place?"
        if await cast("Parley", self.app).ask(Confirm(question, "Replace")):
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

    def action_move(self, where: str) -> None:
        """Move the highlight while the keys stay in the line."""
        self.list.move(where)
