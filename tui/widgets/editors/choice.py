"""One of a few words."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.events import Key, Paste
from textual.widget import Widget

from storage import Value
from tui.display import safe
from tui.signs import glyphs
from tui.widgets.editors.base import Cell, saves
from tui.widgets.editors.listed import ListedEditor
from tui.widgets.editors.options import Row


class Head(Widget):
    """The line over the cell: the letters typed, and the rest of the word that they choose."""

    DEFAULT_CSS = """
    Head { height: 1; width: 1fr; background: $primary-muted; color: auto 100%; }
    """

    def __init__(self) -> None:
        super().__init__()
        self.typed, self.word = "", ""

    def show_word(self, typed: str, word: str) -> None:
        """Show what is typed of which word."""
        self.typed, self.word = typed, word
        self.refresh()

    def render(self) -> Content:
        """The letters underlined, then the rest."""
        if not _folded(self.word).startswith(_folded(self.typed)):
            return safe(self.typed, "underline bold")
        end = len(self.typed)
        return Content.styled(self.word[:end], "underline bold") + self.word[end:]


class ChoiceEditor(ListedEditor, can_focus=True):
    """The list of words under the cell, narrowed by the beginning of the word as it is typed."""

    BINDINGS: ClassVar[list[BindingType]] = [("backspace", "take_back", "Take a letter back")]

    def __init__(self, cell: Cell) -> None:
        super().__init__(cell)
        self.head = Head()
        self._typed = ""
        self._narrow()
        self._at_first = self.options.chosen
        self._typed = cell.draft or ""
        self._narrow()
        if self.options.chosen is None:  # what begins no word is of no use to come back to
            self._typed = ""
            self._narrow()

    @property
    def start_text(self) -> str:
        """No letter typed: the stored word is the chosen one, or the first where none is stored."""
        return ""

    @property
    def draft_text(self) -> str:
        """The letters typed, or the whole word when another was chosen by arrows."""
        chosen = self.options.chosen
        if self._typed or chosen is None or chosen == self._at_first:
            return self._typed
        return chosen.text

    @property
    def width_wanted(self) -> int:
        """The longest word and its sign."""
        return max((len(row.text) for row in self._rows()), default=0) + 2

    def show_text(self, text: str) -> None:
        """Type these letters in place of those typed."""
        self._type(text)

    def value_of(self, _text: str) -> Value:
        """The chosen word; None for the sign of nothing."""
        chosen = self.options.chosen
        if chosen is None:
            raise ValueError(f"No {self.cell.field.label} begins with “{self._typed}”; backspace takes a letter back.")
        return _value_of(chosen)

    def takes(self) -> str:
        """What the field takes."""
        return f"{self.cell.field.label}: type its first letters or ↑↓, {saves()}."

    def echo(self, value: Value) -> str:
        """The word that Enter takes."""
        return self.hint() if value == self.cell.stored else f"→ {glyphs().empty if value is None else value}"

    def check_consume_key(self, key: str, character: str | None) -> bool:  # noqa: ARG002  # asked so by Textual
        """True for what narrows the list, so that no binding elsewhere takes it."""
        return character is not None and character.isprintable()

    def compose(self) -> ComposeResult:
        """The line and the list."""
        yield self.head
        yield self.options

    def on_key(self, event: Key) -> None:
        """Narrow the list by what is typed."""
        if event.is_printable and event.character is not None:
            event.stop()
            self._type(self._typed + event.character)

    def on_paste(self, event: Paste) -> None:
        """A pasted word narrows the list as if it were typed."""
        event.stop()
        self._type(self._typed + event.text.strip())

    def action_take_back(self) -> None:
        """Take the last letter back."""
        self._type(self._typed[:-1])

    def action_move(self, step: int) -> None:
        """Choose another word."""
        super().action_move(step)
        self._show_chosen()

    def _type(self, typed: str) -> None:
        self._typed = typed
        self._narrow()
        self.stand()
        self.look()

    def _rows(self) -> list[Row]:
        field = self.cell.field
        nothing = [Row(glyphs().empty)] if field.optional else []
        return nothing + [Row(choice) for choice in field.choices]

    def _narrow(self) -> None:
        """List the words that begin with what is typed; the stored one, an exact one or the first is chosen."""
        typed = _folded(self._typed)
        rows = [row for row in self._rows() if _folded(row.text).startswith(typed)]
        sought = typed or _folded(str(self.cell.stored or glyphs().empty))
        at = next((place for place, row in enumerate(rows) if _folded(row.text) == sought), 0)
        self.options.list_rows(rows, at)
        self._show_chosen()

    def _show_chosen(self) -> None:
        chosen = self.options.chosen
        self.head.show_word(self._typed, chosen.text if chosen else "")


def _folded(word: str) -> str:
    return word.casefold().replace("_", " ")


def _value_of(row: Row) -> Value:
    return None if row.text == glyphs().empty else row.text
