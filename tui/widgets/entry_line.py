"""A line of a dialog that takes the value of a field: its label, and the editor that a cell of the field has too."""

from textual import on
from textual.actions import SkipAction
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Label

from storage import Suggestion, fold
from tui.widgets.editors.line import LineEditor
from tui.widgets.editors.options import Options
from tui.widgets.editors.reference import ReferenceEditor
from tui.widgets.option_line import LABEL_WIDTH


class EntryLine(Horizontal):
    """The label and the editor; the list of the editor opens over what is below."""

    DEFAULT_CSS = """
    EntryLine { height: 1; }
    EntryLine:focus-within { background: $foreground 12%; }
    EntryLine Editor { position: relative; layer: default; width: 1fr; }
    EntryLine Options { overlay: screen; constrain: none inflect; }
    """

    def __init__(self, editor: LineEditor) -> None:
        super().__init__()
        self.editor = editor
        self.given = editor.start_text

    @property
    def draft(self) -> str | None:
        """What is typed in place of what stood there first; None if nothing is."""
        return None if self.editor.draft_text == self.given else self.editor.draft_text

    def compose(self) -> ComposeResult:
        """The label, then the editor."""
        yield Label(f"  {self.editor.cell.field.label:<{LABEL_WIDTH}} ")
        yield self.editor

    def on_descendant_focus(self) -> None:
        """Open the list if need be, and say what stands here."""
        self.editor.stand()
        self.editor.call_later(self.tell)  # by the editor: a message on its behalf would stop here

    def on_descendant_blur(self) -> None:
        """What was refused is looked at again when somebody comes back to it."""
        self.editor.remove_class("-refused")

    def tell(self) -> None:
        """Say what the field takes, or what is wrong with what is typed; a refusal is said already."""
        if self.editor.has_class("-refused"):
            return
        if self.editor.draft_text in (self.editor.start_text, self.editor.cell.draft):
            self.editor.say(self.editor.hint())
        else:
            self.editor.look()


class ReferenceEntry(ReferenceEditor):
    """A reference whose list is open only while what is typed does not name one record: else ↓ leaves the line."""

    @property
    def rows_wanted(self) -> int:
        """As of any list; none while it is closed."""
        return super().rows_wanted if self._is_asking() else 0

    def _is_asking(self) -> bool:
        typed = fold(self.typed_text.strip())
        named = [each for each in self.suggestions if typed in (fold(each.name), fold(each.long_name))]
        return self.line.has_focus and self.draft_text != self.start_text and len(named) != 1

    def stand(self) -> None:
        """The line is where it is; the list has its rows."""
        self.options.styles.height = self.rows_wanted

    def take(self, chosen: Suggestion) -> None:
        """Let the line name this record, as if it had stood there: its name alone may not tell it from others."""
        self.cell = self.cell._replace(stored=chosen.id, name=chosen.name, draft=None)
        self.options.list_rows(self.options.rows)
        self.show_text(self.start_text)

    def action_move(self, step: int) -> None:
        """Choose another row; without a list, go to another line."""
        if not self.rows_wanted:
            raise SkipAction
        super().action_move(step)

    def on_descendant_blur(self) -> None:
        """Close the list, and let the line name what is chosen in it or all that goes with what is typed."""
        row, is_typed = self.options.chosen, self.draft_text.strip() and self.draft_text != self.start_text
        chosen = row.suggestion if row is not None else self.only() if is_typed else None
        if chosen is not None:
            self.take(chosen)
        self.stand()

    def look(self, word: str = "") -> None:
        """As of any editor; where nobody types, nothing is said."""
        if self.line.has_focus:
            super().look(word)

    @on(Options.Picked)
    async def take_clicked(self, event: Options.Picked) -> None:
        """A click takes what it hits and goes on; the rest of the dialog may not be filled in yet."""
        event.prevent_default()
        event.stop()
        await self.save("next")
