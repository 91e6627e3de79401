"""Text of several lines, over the whole pane."""

from dataclasses import dataclass
from typing import ClassVar

from textual.actions import SkipAction
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.geometry import Offset, Region
from textual.message import Message
from textual.strip import Strip
from textual.widgets import TextArea

from storage import Value, one_to_one, restored
from tui.keys import key_name
from tui.widgets.clean_paste import CleanPaste
from tui.widgets.editors.base import Cell, Editor
from tui.widgets.editors.cleaning import cleaned


class Paragraphs(CleanPaste, TextArea):
    """Several lines to type in, into which nothing gets that drives the terminal."""

    DEFAULT_CSS = """
    Paragraphs, Paragraphs:focus {
        width: 1fr; height: 1fr; border: none; padding: 0 1; background: $surface; color: auto 100%;
    }
    """

    @dataclass
    class Cleaned(Message):
        """Part of what was pasted could not be taken as it was."""

        word: str

    def __init__(self, text: str) -> None:
        super().__init__(text, soft_wrap=True, show_line_numbers=False, tab_behavior="focus", compact=True)
        self.move_cursor(self.document.end)

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines; blank when the editor is gone but still on the map of what is to be painted."""
        return super().render_lines(crop) if self.is_attached else [Strip.blank(crop.width)] * crop.height

    def take(self, text: str) -> None:
        """Type a text at the cursor, and tell what it lost."""
        clean, word = cleaned(text, multiline=True)
        result = self.replace(clean, *self.selection, maintain_selection_offset=False)
        self.move_cursor(result.end_location)
        if word:
            self.post_message(self.Cleaned(word))

    def action_undo(self) -> None:
        """Leave the key to the editor, where it means the same in every field."""
        raise SkipAction

    def action_redo(self) -> None:
        """Leave the key to the editor."""
        raise SkipAction


class LongTextEditor(Editor):
    """A text area over the pane, where Enter is a new line."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("f2,ctrl+s", "save('stay')", "Save")]
    DEFAULT_CSS = """
    LongTextEditor { width: 100%; height: 100%; }
    """

    def __init__(self, cell: Cell) -> None:
        super().__init__(cell)
        self.area = Paragraphs(self.start_text if cell.draft is None else cell.draft)

    @property
    def entry(self) -> Paragraphs:
        """The text area."""
        return self.area

    @property
    def stored_text(self) -> str:
        """The stored text."""
        return str(self.cell.stored or "")

    @property
    def start_text(self) -> str:
        """The stored text with a picture for each character that must not reach the terminal."""
        return one_to_one(self.stored_text, multiline=True)

    @property
    def draft_text(self) -> str:
        """What stands in the text area."""
        return self.area.text

    def show_text(self, text: str) -> None:
        """Put this text in the text area and the cursor at its end."""
        self.area.load_text(text)
        self.area.move_cursor(self.area.document.end)

    def value_of(self, text: str) -> Value:
        """The text itself."""
        return restored(self.stored_text, text, multiline=True)

    def takes(self) -> str:
        """How to save, since Enter does not."""
        return f"{self.cell.field.label}: ^s, F2 or Tab saves, {key_name('enter')} is a new line."

    def stand(self) -> None:
        """Fill the pane."""
        self.styles.width, self.styles.height = self._within.size
        self.styles.offset = Offset(self._within.x, self._within.y)

    def compose(self) -> ComposeResult:
        """The text area."""
        yield self.area

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """Look at what is typed."""
        event.stop()
        self.look()

    def on_paragraphs_cleaned(self, event: Paragraphs.Cleaned) -> None:
        """Tell what a paste has lost."""
        event.stop()
        self.look(event.word)
