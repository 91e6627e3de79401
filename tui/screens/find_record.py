"""One record of many, found by typing: the store is asked at every letter."""

from collections.abc import Awaitable, Callable

from textual.content import Content
from textual.widgets.option_list import Option

from tui.display import safe
from tui.dossier_app import OfParley
from tui.screens.grounds import Offer
from tui.screens.narrowed_dialog import NarrowedDialog
from tui.widgets.editors.line import Line

LONGEST_NOTE = 200


class FindRecord(OfParley, NarrowedDialog[Offer]):
    """A line to type in and what goes with it; Enter takes the highlighted one."""

    DEFAULT_CSS = """
    FindRecord > Vertical { width: 76; max-width: 100%; height: auto; max-height: 90%; border: round $border;
        background: $surface; }
    FindRecord OptionList { height: auto; max-height: 14; border: none; padding: 0; background: $surface; }
    """

    def __init__(self, heading: str, find: Callable[[str], Awaitable[list[Offer]]]) -> None:
        super().__init__(safe(heading), "type to find · ↑↓ Enter · Esc", Line(""))
        self.find = find
        self.offers: list[Offer] = []

    def narrow(self, typed: str) -> None:
        """Find what goes with what is typed."""
        self.parley.held(self.offer(typed))

    async def offer(self, typed: str) -> None:
        """List what goes with a text, unless more is typed by now."""
        offers = await self.find(typed)
        if typed != self.line.value:
            return
        self.offers = offers
        self.list.offer([Option(_words(each)) for each in offers])

    def take(self, at: int) -> None:
        """Close with the record."""
        self.dismiss(self.offers[at])


def _words(offer: Offer) -> Content:
    return Content.assemble(safe(offer.name).stylize("bold"), "  ", safe(offer.note, limit=LONGEST_NOTE))
