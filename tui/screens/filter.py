"""Which values of a column to show: several may be picked; dates and numbers take a range."""

from collections.abc import Sequence
from datetime import date
from typing import ClassVar, Final

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.events import Key
from textual.message import Message
from textual.widgets import Input
from textual.widgets.option_list import Option

from storage import MOST_VALUES, Condition, Counted, Field, Value, fold
from tui.display import safe
from tui.screens.narrowed_dialog import NarrowedDialog
from tui.signs import glyphs
from tui.widgets.clean_input import CleanInput
from tui.widgets.editors.dates import parsed_end
from tui.widgets.editors.number import DECIMAL
from tui.widgets.narrowed_list import NOTHING

Picked = tuple[Condition, ...]

RANGE: Final = ".."
"""What stands between the ends of a range."""


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


class Filter(NarrowedDialog[Picked]):
    """The values that a column holds, with their counts; Enter shows the ticked ones, or the highlighted one."""

    DEFAULT_CSS = """
    Filter > Vertical { width: 52; height: auto; max-height: 90%; border: round $border; background: $surface; }
    Filter Input { height: 1; border: none; padding: 0 1; }
    Filter OptionList { height: auto; max-height: 14; border: none; padding: 0; background: $surface; }
    """

    def __init__(self, field: Field, counted: Sequence[Counted], now: Picked) -> None:
        self.field = field
        placeholder = "from..to, or type to narrow" if self.takes_range else "type to narrow"
        heading = field.label + (f" · the {MOST_VALUES:,} most frequent" if len(counted) == MOST_VALUES else "")
        line = Narrowing(compact=True, placeholder=placeholder)
        super().__init__(safe(heading), "space ticks · Enter shows · Esc", line)
        self.counted = list(counted)
        self.offered = self.counted
        empty = next((each.value for each in counted if field.is_empty(each.value)), None)
        chosen = (each.value for each in now if each.operator == "=")
        self.ticked = {empty if field.is_empty(value) else value for value in chosen}

    @property
    def takes_range(self) -> bool:
        """True for dates and numbers."""
        return self.field.type in ("date", "integer", "number")

    def narrow(self, typed: str) -> None:
        """List the values that go with what is typed, the ticked ones marked."""
        at = self.list.highlighted or 0
        self.offered = [each for each in self.counted if fold(typed) in fold(each.shown)]
        self.list.offer([Option(self._line(each)) for each in self.offered], at, self._nothing(typed))

    def _line(self, each: Counted) -> Content:
        mark = glyphs().marked if each.value in self.ticked else "·"
        return Content.assemble(f"{mark} ", safe(each.shown or glyphs().empty), f"  {each.count:,}")

    def take(self, at: int) -> None:
        """A click only highlights, since several values may be meant: a blank ticks them, Enter is heard below."""

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Show what is ticked, or the range typed, or the highlighted value."""
        event.stop()
        if self.takes_range and RANGE in event.value:
            self._take_range(event.value)
        elif self.ticked:
            self.dismiss(tuple(Condition(self.field.name, "=", value) for value in self.ticked))
        elif self.list.highlighted is not None:
            self.dismiss((Condition(self.field.name, "=", self.offered[self.list.highlighted].value),))

    def _take_range(self, typed: str) -> None:
        """Show what lies between two values; why nothing does is said in the list."""
        try:
            picked = self._range(typed)
        except ValueError:
            return
        self.dismiss(picked)

    def _nothing(self, typed: str) -> str:
        """What to say where no value goes with what is typed."""
        if not self.counted:
            return "There is no value here yet."
        if not self.takes_range:
            return NOTHING
        low, high = ("2025-06-01", "2025-12-31") if self.field.type == "date" else ("2", "5")
        if RANGE not in typed:
            return f"Nothing is called so; a range is written {low}..{high}, or {low}.. without an end."
        try:
            self._range(typed)
        except ValueError as problem:
            return f"{self.field.label}: {problem}"
        return "Enter shows what lies between."

    def _range(self, typed: str) -> Picked:
        """The conditions of a range; a ValueError says in a sentence why it is none."""
        low, _, high = (part.strip() for part in typed.partition(RANGE))
        from_low = (Condition(self.field.name, ">=", self._end(low, last=False)),) if low else ()
        to_high = (Condition(self.field.name, "<=", self._end(high, last=True)),) if high else ()
        return from_low + to_high

    def _end(self, text: str, last: bool) -> Value:
        """The value at the first or the last end of a range."""
        if self.field.type == "date":
            return parsed_end(text, date.today(), last=last)
        if not DECIMAL.fullmatch(text):
            raise ValueError("Write a range of numbers, such as 2..5.")
        return float(text)

    def on_narrowing_tick(self) -> None:
        """Tick or untick the highlighted value."""
        if self.list.highlighted is not None:
            self.ticked ^= {self.offered[self.list.highlighted].value}
            self.narrow(self.line.value)
