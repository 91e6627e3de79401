"""A word of a vocabulary that grows by use."""

from storage import Value
from tui.widgets.editors.base import saves
from tui.widgets.editors.completing import CompletingEditor
from tui.widgets.editors.options import Row


class OpenEditor(CompletingEditor):
    """One line with the words in use under it; a new word is taken as it is typed."""

    def value_of(self, text: str) -> Value:
        """The chosen word, else what is typed."""
        row = self.options.chosen
        if row is not None and row.suggestion is not None:
            return row.suggestion.name
        return super().value_of(text)

    def rows_besides(self) -> list[Row]:
        """The word itself, when it is a new one."""
        return [Row(f"+ “{self.new_text}”", "new")] if self.new_text else []

    def echo(self, value: Value) -> str:
        """The word that Enter takes, when it is another than the stored one."""
        return self.hint() if not value or value == self.cell.stored else f"→ {value}"

    def takes(self) -> str:
        """What the field takes."""
        return f"{self.cell.field.label}: a word in use or a new one; ↓ chooses, {saves()}."
