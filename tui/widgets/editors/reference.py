"""Another record, by its ref, name or alias."""

from storage import Refused, StorageError, Suggestion, Value
from tui.keys import key_name
from tui.widgets.editors.base import Then, saves
from tui.widgets.editors.completing import CompletingEditor
from tui.widgets.editors.options import Row


class ReferenceEditor(CompletingEditor):
    """One line that takes what another record is called, and says which one it has understood."""

    @property
    def stored_text(self) -> str:
        """What the record referred to is called."""
        return self.cell.name

    def value_of(self, text: str) -> Value:
        """The id of the record that Enter takes; None for an empty text of an optional field."""
        row = self.options.chosen
        if row is not None and row.suggestion is not None:
            return row.suggestion.id
        if text == self.start_text:
            return self.cell.stored
        if not text.strip() and self.cell.field.optional:
            return None
        found = self.only() if text.strip() else None
        if found is None:
            raise ValueError(self._which())
        return found.id

    async def value(self) -> Value:
        """The id of the chosen record, else of the one that the text names; aliases are asked for in storage."""
        text = self.draft_text
        if self.options.chosen is not None or text == self.start_text or not text.strip():
            return self.value_of(text)
        try:
            return await self.cell.resolve(self.typed_text.strip())
        except StorageError as error:
            if (found := self.only()) is not None:
                return found.id
            if (makes_it := self._makes_it()) and isinstance(error, Refused):
                raise ValueError(f"{str(error).removesuffix('.')}{makes_it}.") from error
            raise

    async def save(self, then: Then) -> None:
        """Save, or ask for a new record when that row is the chosen one."""
        row = self.options.chosen
        if row is not None and row.creates:
            self.post_message(self.Create(self, self.typed_text.strip(), then))
        else:
            await super().save(then)

    def rows_besides(self) -> list[Row]:
        """A row that makes what is not there, where that can be."""
        makes = self.new_text and self.cell.may_create
        return [Row(f"+ create “{self.new_text}”", creates=True)] if makes else []

    def takes(self) -> str:
        """What the field takes."""
        nothing = ", or nothing" if self.cell.field.optional else ""
        return f"{self.cell.field.label}: a ref or a name{nothing}; ↓ chooses, {saves()}."

    def verdict(self) -> tuple[str, bool]:
        """Which record Enter takes."""
        row, text = self.options.chosen, self.draft_text
        if row is not None and row.creates:
            return f"{key_name('enter')} makes “{self.typed_text.strip()}” and refers to it.", True
        suggestion = row.suggestion if row else None
        if suggestion is None and text != self.start_text and text.strip():
            suggestion = self.only()
            if suggestion is None:
                return self._which(), bool(self.suggestions)
        value = self.value_of(text)
        if wrong := self.cell.check(value):
            return wrong, False
        return (f"→ {_called(suggestion)}" if suggestion else self.hint()), True

    def _which(self) -> str:
        """Why the text names no record."""
        typed, count = self.typed_text.strip(), len(self.suggestions)
        label = self.cell.field.label
        if not typed:
            return f"{label} can't be empty; type a ref or a name, or choose with ↓."
        if count:
            return f"{label}: {count} fit “{typed}”, ↓ chooses."
        return f"{label}: nothing is called “{typed}”{self._makes_it()}."

    def _makes_it(self) -> str:
        """A word on the key, where the list offers to make what is typed and nothing else."""
        is_all = not self.suggestions and any(row.creates for row in self.options.rows)
        return "; ↓ makes it" if is_all else ""


def _called(suggestion: Suggestion) -> str:
    long = "" if suggestion.long_name == suggestion.name else f" {suggestion.long_name}"
    return f"{suggestion.name}{long}"
