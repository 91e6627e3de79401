"""A list that takes the keys itself, page keys also before it is painted."""

from textual.widgets import OptionList


class PagedList(OptionList):
    """Textual's own knows only when it is painted where its options stand, and fails at a page key before that."""

    def action_page_up(self) -> None:
        """A page up; to the first option while none is painted."""
        try:
            super().action_page_up()  # type: ignore[no-untyped-call]  # Textual declares none
        except KeyError:
            self.action_first()

    def action_page_down(self) -> None:
        """A page down; to the last option while none is painted."""
        try:
            super().action_page_down()  # type: ignore[no-untyped-call]  # Textual declares none
        except KeyError:
            self.action_last()
