"""The line in which a search is typed; loaded when somebody first searches."""

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.reactive import Reactive

from tui.keys import key_name
from tui.widgets.clean_input import CleanInput


class SearchText(CleanInput):
    """The text to search for."""

    virtual_size: Reactive[Size] = Reactive(Size(0, 0))
    """As of any Input; but a longer text needs no more room here, so that nothing is laid out anew at a letter."""

    BINDINGS: ClassVar[list[BindingType]] = [
        # of Enter, a hint is hidden by that of any Input
        Binding("enter,down", "submit", "Keep", key_display=key_name("enter"))
    ]
