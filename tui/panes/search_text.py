"""The line in which a search is typed; loaded when somebody first searches."""

from typing import ClassVar

from textual.binding import Binding, BindingType

from tui.widgets.clean_input import CleanInput


class SearchText(CleanInput):
    """The text to search for."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter,down", "submit", "Keep")]
