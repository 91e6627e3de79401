"""One line of text over the cell."""

from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.events import Key
from textual.geometry import Region
from textual.message import Message
from textual.widgets import Input

from storage import Value, one_to_one, restored
from tui.widgets.clean_input import CleanInput
from tui.widgets.editors.base import Cell, Editor, saves


class Line(CleanInput):
    """The line of an editor, and of a dialog that takes a value."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "submit", "Save")]

    DEFAULT_CSS = """
    Line, Line:focus { height: 1; width: 1fr; border: none; padding: 0; background: $primary-muted; color: auto 100%;
        background-tint: transparent 0%; }
    """

    @dataclass
    class Cleaned(Message):
        """Part of what was pasted could not be taken as it was."""

        word: str

    def __init__(self, text: str) -> None:
        super().__init__(text, select_on_focus=False, compact=True)

    async def on_key(self, event: Key) -> None:
        """Submit at once, before the key goes up through the screen."""
        if event.key == "enter":
            event.stop()
            await self.action_submit()

    def watch_has_focus(self, _has_focus: bool) -> None:
        """It looks the same with the focus and without, so nothing is styled anew."""

    def on_focus(self) -> None:
        """Open with the cursor in sight: it stands at the end, where a long text does not begin."""
        self.call_after_refresh(self.show_cursor)

    def on_resize(self) -> None:
        """Keep the cursor in sight."""
        self.show_cursor()

    def show_cursor(self) -> None:
        """Scroll to the cursor."""
        before_cursor = cell_len(self.value[: self.cursor_position])
        self.scroll_to_region(Region(before_cursor, 0, 1, 1), force=True, animate=False)

    def has_lost(self, word: str) -> None:
        """Tell what a paste has lost."""
        self.post_message(self.Cleaned(word))


class LineEditor(Editor):
    """One line over the cell: what is typed is what is saved."""

    LEAST_WIDTH = 20

    def __init__(self, cell: Cell) -> None:
        super().__init__(cell)
        self.line = Line(self.start_text if cell.draft is None else cell.draft)

    @property
    def entry(self) -> Line:
        """The line."""
        return self.line

    @property
    def stored_text(self) -> str:
        """The stored value as people write it, before it is made fit to show."""
        return str(self.cell.stored or "")

    @property
    def start_text(self) -> str:
        """The stored value with a picture for each character that must not reach the terminal."""
        return one_to_one(self.stored_text)

    @property
    def draft_text(self) -> str:
        """What stands in the line."""
        return self.line.value

    @property
    def typed_text(self) -> str:
        """What stands in the line, each picture of a stored character being that character again."""
        return restored(self.stored_text, self.draft_text)

    def show_text(self, text: str) -> None:
        """Put this text in the line and the cursor at its end."""
        self.line.value = text
        self.line.cursor_position = len(text)

    def value_of(self, text: str) -> Value:
        """The text itself."""
        return restored(self.stored_text, text)

    def takes(self) -> str:
        """What the field takes."""
        pattern = self.cell.field.pattern
        return f"{self.cell.field.label}: {pattern.means if pattern else 'one line'}. {saves()}."

    def compose(self) -> ComposeResult:
        """The line."""
        yield self.line

    async def changed(self) -> None:
        """Look at what is typed."""
        self.look()

    async def on_input_changed(self, event: Input.Changed) -> None:
        """Look at what is typed, unless more has been typed meanwhile."""
        event.stop()
        if event.value == self.draft_text:
            await self.changed()

    def on_line_cleaned(self, event: Line.Cleaned) -> None:
        """Tell what a paste has lost."""
        event.stop()
        self.look(event.word)

    async def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter saves and stays."""
        event.stop()
        await self.save("stay")

    def on_input_blurred(self, event: Input.Blurred) -> None:
        """Nobody else need know."""
        event.stop()
