"""Which values of a column to show: several may be picked; dates and numbers take a range."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.events import Key
from textual.message import Message
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from storage import MOST_VALUES, Condition, Counted, Field, fold
from tui.display import safe
from tui.widgets.clean_input import CleanInput

Picked = tuple[Condition, ...]


class Narrowing(CleanInput):
    """A line whose blank ticks what is highlighted."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "submit", "Show")]

    class Tick(Message):
        """The blank was typed."""

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Every printable key but the blank."""
        return key != "space" and super().check_consume_key(key, character)

    def on_key(self, event: Key) -> None:
        """Keep the blank out of the line."""
        if event.key == "space":
            event.prevent_default()
            event.stop()
            self.post_message(self.Tick())


class Filter(ModalScreen[Picked]):
    """The values that a column holds, with their counts; Enter shows the ticked ones, or the highlighted one."""

    DEFAULT_CSS = """
    Filter > Vertical { width: 52; height: auto; max-height: 90%; border: round $border; background: $surface;
        border-title-color: $foreground; }
    Filter Input { height: 1; border: none; padding: 0 1; }
    Filter OptionList { height: auto; max-height: 14; border: none; padding: 0; background: $surface; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss", "Cancel"),
        Binding("down", "move('down')", show=False),
        Binding("up", "move('up')", show=False),
    ]

    def __init__(self, field: Field, counted: Sequence[Counted], now: Picked) -> None:
        super().__init__()
        self.field = field
        self.counted = list(counted)
        self.offered = self.counted
        self.ticked = {each.value for each in now if each.operator == "="}
        self.list = OptionList()
        self.list.can_focus = False

    @property
    def takes_range(self) -> bool:
        """True for dates and numbers."""
        return self.field.type in ("date", "integer", "number")

    def compose(self) -> ComposeResult:
        """A line to type in, and the values."""
        with Vertical() as frame:
            frame.border_title = safe(self.field.label + self._not_all())
            frame.border_subtitle = "space ticks · Enter shows · Esc"
            yield Narrowing(
                compact=True, placeholder="from..to, or type to narrow" if self.takes_range else "type to narrow"
            )
            yield self.list

    def _not_all(self) -> str:
        """What to say when there may be more values than are listed."""
        return f" · the {MOST_VALUES:,} most frequent" if len(self.counted) == MOST_VALUES else ""

    def on_mount(self) -> None:
        """Offer everything."""
        self.offer("")
        self.query_one(Input).focus()

    def offer(self, typed: str) -> None:
        """List the values that go with what is typed, the ticked ones marked."""
        at = self.list.highlighted or 0
        self.offered = [each for each in self.counted if fold(typed) in fold(each.shown)]
        self.list.clear_options()
        self.list.add_options([Option(self._line(each)) for each in self.offered])
        if self.offered:
            self.list.highlighted = min(at, len(self.offered) - 1)

    def _line(self, each: Counted) -> Content:
        mark = "●" if each.value in self.ticked else "·"
        return Content.assemble(f"{mark} ", safe(each.shown or "∅"), f"  {each.count:,}")

    def on_input_changed(self, event: Input.Changed) -> None:
        """Narrow the list."""
        event.stop()
        self.offer(event.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Show what is ticked, or the range typed, or the highlighted value."""
        event.stop()
        if self.takes_range and ".." in event.value:
            self._take_range(event.value)
        elif self.ticked:
            self.dismiss(tuple(Condition(self.field.name, "=", value) for value in self.ticked))
        elif self.list.highlighted is not None:
            self.dismiss((Condition(self.field.name, "=", self.offered[self.list.highlighted].value),))

    def _take_range(self, typed: str) -> None:
        """Show what lies between two values, or say what they must be."""
        try:
            self.dismiss(self._range(typed))
        except ValueError:
            self.query_one(Vertical).border_subtitle = "a range of numbers, such as 2..5"

    def _range(self, typed: str) -> Picked:
        low, _, high = (part.strip() for part in typed.partition(".."))
        read = str if self.field.type == "date" else float
        bounds = ((">=", low), ("<=", high))
        return tuple(Condition(self.field.name, operator, read(text)) for operator, text in bounds if text)  # type: ignore[arg-type]

    def on_narrowing_tick(self) -> None:
        """Tick or untick the highlighted value and go on to the next."""
        if self.list.highlighted is not None:
            self.ticked ^= {self.offered[self.list.highlighted].value}
            self.list.action_cursor_down()
            self.offer(self.query_one(Input).value)

    def action_move(self, where: str) -> None:
        """Move the highlight while the keys stay in the line."""
        if where == "down":
            self.list.action_cursor_down()
        else:
            self.list.action_cursor_up()
