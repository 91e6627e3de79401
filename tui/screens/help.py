"""Every key that works here and every sign in the panes, found by typing."""

from collections.abc import Mapping
from textwrap import wrap
from typing import ClassVar, Final

from textual.app import ComposeResult
from textual.binding import ActiveBinding, Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from storage import fold
from tui.keys import KEYS, HasKeys, key_name
from tui.signs import glyphs, meanings
from tui.widgets.clean_input import CleanInput
from tui.widgets.grid_moves import GRID_KEYS

WIDTH: Final = 76
EDGES: Final = 6
"""How much of that the frame, the margins and the bar take."""

KEYS_WIDTH: Final = 21
LEAST_WIDTH: Final = 10
"""What an action does is never broken into narrower lines."""


class Help(ModalScreen[None]):
    """The live bindings of the place where help was asked for, its own first; then what the signs mean."""

    DEFAULT_CSS = f"""
    Help > Vertical {{ width: {WIDTH}; max-width: 100%; height: 90%; border: round $border; background: $surface; }}
    Help Input {{ height: 1; border: none; padding: 0 1; }}
    Help Static {{ padding: 0 1; width: 1fr; }}
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,f1", "dismiss", "Close"),
        Binding("down", "scroll(1)", show=False),
        Binding("up", "scroll(-1)", show=False),
        Binding("pagedown", "scroll(10)", show=False),
        Binding("pageup", "scroll(-10)", show=False),
    ]

    def __init__(self, active: Mapping[str, ActiveBinding]) -> None:
        super().__init__()
        self.keys = _lines(active)
        self.signs = meanings(glyphs())

    def compose(self) -> ComposeResult:
        """A line to type in, the keys and the signs."""
        with Vertical() as frame:
            frame.border_title = "Keys and signs"
            frame.border_subtitle = "type to narrow · ↑↓ scroll · Esc"
            yield CleanInput(compact=True, placeholder="type to narrow, e.g. sort")
            with VerticalScroll(can_focus=False):
                yield Static(self.told(""))

    def on_mount(self) -> None:
        """Typing narrows at once."""
        self.query_one(Input).focus()

    def on_resize(self) -> None:
        """Break lines where there is room for them now."""
        self.tell()

    def on_input_changed(self) -> None:
        """Show what holds what is typed."""
        self.tell()

    def tell(self) -> None:
        """Show what holds what is typed, in lines of this width."""
        self.query_one(Static).update(self.told(self.query_one(Input).value))

    def told(self, typed: str) -> Content:
        """The keys that hold what is typed, and after them the signs that do."""
        needle = fold(typed)
        found = [[line for line in lines if needle in fold(" ".join(line))] for lines in (self.keys, self.signs)]
        room = min(WIDTH, self.app.size.width) - EDGES
        tables = [_table(lines, room) for lines in found if lines]
        return Content("\n\n").join(tables) if tables else Content("No key does that, and no sign means it.")

    def action_scroll(self, lines: int) -> None:
        """Scroll while the keys stay in the line."""
        self.query_one(VerticalScroll).scroll_relative(y=lines, animate=False, immediate=True)


def _lines(active: Mapping[str, ActiveBinding]) -> list[tuple[str, str]]:
    """The keys of each action together, and what it does."""
    nodes = list(dict.fromkeys(each.node for each in active.values()))
    actions: list[HasKeys] = [*GRID_KEYS, *KEYS]
    order = {key.action: at for at, key in enumerate(actions)}  # configured keys come last in what is active

    def place(item: tuple[str, ActiveBinding]) -> tuple[int, int]:
        return nodes.index(item[1].node), order.get(item[1].binding.action, len(order))

    keys: dict[str, list[str]] = {}
    for key, each in sorted(active.items(), key=place):
        says = each.tooltip or each.binding.description
        if says and each.enabled:
            keys.setdefault(says, []).append(key_name(key) or "–")
    return [(" ".join(names), says) for says, names in keys.items()]


def _table(lines: list[tuple[str, str]], room: int) -> Content:
    """A line for each, broken after the keys where it is wider than there is room."""
    rows: list[Content] = []
    for keys, says in lines:
        first, *more = wrap(says, max(room - KEYS_WIDTH, LEAST_WIDTH))
        rows.append(Content.assemble((f"{keys:<{KEYS_WIDTH}}", "bold $text-accent"), first))
        rows += [Content(" " * KEYS_WIDTH + each) for each in more]
    return Content("\n").join(rows)
