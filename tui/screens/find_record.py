"""One record of many, found by typing: the store is asked at every letter."""

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, ClassVar, cast

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from tui.display import safe
from tui.screens.grounds import Offer
from tui.widgets.editors.line import Line
from tui.widgets.narrowed_list import NarrowedList

if TYPE_CHECKING:
    from tui.app import Parley

LONGEST_NOTE = 200


class FindRecord(ModalScreen[Offer]):
    """A line to type in and what goes with it; Enter takes the highlighted one."""

    DEFAULT_CSS = """
    FindRecord > Vertical { width: 76; max-width: 100%; height: auto; max-height: 90%; border: round $border;
        background: $surface; border-title-color: $foreground; border-subtitle-color: $foreground; }
    FindRecord OptionList { height: auto; max-height: 14; border: none; padding: 0; background: $surface; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss", "Cancel"),
        Binding("down", "move('down')", show=False),
        Binding("up", "move('up')", show=False),
    ]

    def __init__(self, heading: str, find: Callable[[str], Awaitable[list[Offer]]]) -> None:
        super().__init__()
        self.heading = heading
        self.find = find
        self.offers: list[Offer] = []
        self.line = Line("")
        self.list = NarrowedList()

    def compose(self) -> ComposeResult:
        """The line, and the list."""
        with Vertical() as frame:
            frame.border_title = safe(self.heading)
            frame.border_subtitle = "type to find · ↑↓ Enter · Esc"
            yield self.line
            yield self.list

    def on_mount(self) -> None:
        """Offer the first there are."""
        self.line.focus()
        self._offer_for("")

    def on_input_changed(self, event: Line.Changed) -> None:
        """Find what goes with what is typed."""
        event.stop()
        self._offer_for(event.value)

    def _offer_for(self, typed: str) -> None:
        cast("Parley", self.app).held(self.offer(typed))

    async def offer(self, typed: str) -> None:
        """List what goes with a text, unless more is typed by now."""
        offers = await self.find(typed)
        if typed != self.line.value:
            return
        self.offers = offers
        self.list.offer([Option(_words(each)) for each in offers])

    def on_input_submitted(self, event: Line.Submitted) -> None:
        """Take the highlighted one."""
        event.stop()
        if self.list.highlighted is not None:
            self.dismiss(self.offers[self.list.highlighted])

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """A click takes one as well."""
        self.dismiss(self.offers[event.option_index])

    def action_move(self, where: str) -> None:
        """Move the highlight while the keys stay in the line."""
        self.list.move(where)


def _words(offer: Offer) -> Content:
    return Content.assemble(safe(offer.name).stylize("bold"), "  ", safe(offer.note, limit=LONGEST_NOTE))
