"""What an assessment or an evidence link is about: the kind, then the record."""

from typing import Final

from storage import Suggestion, Value
from tui.widgets.editors.base import Then, saves
from tui.widgets.editors.completing import CompletingEditor

ALONE: Final = "process"
"""The kind beside which no record stands."""


class SubjectEditor(CompletingEditor):
    """One line that takes a kind and what the record is called, such as `demand D1`.

    The cell's `name`, and what its `suggest` and `resolve` get, is the whole text, kind included; `resolve` returns the
    id. What is submitted is (kind, id as text), the id "" where no record stands beside the kind; or the stored value
    when nothing was changed.
    """

    @property
    def stored_text(self) -> str:
        """The kind and what the record is called."""
        return self.cell.name

    @property
    def kind(self) -> str | None:
        """The kind that is typed out; None as long as it is not."""
        word, blank, _ = self.typed_text.partition(" ")
        return word if blank and word in self.cell.kinds else None

    async def suggestions_for(self, typed: str) -> list[Suggestion]:
        """The kinds that begin so; after a kind, its records."""
        if self.kind is not None:
            return await self.cell.suggest(typed or f"{self.kind} ")
        kinds = (kind for kind in self.cell.kinds if kind.startswith(typed.strip().casefold()))
        return [Suggestion(0, kind, kind) for kind in kinds]

    def value_of(self, text: str) -> Value:
        """The chosen record with its kind; the stored one as long as nothing else is typed."""
        row = self.options.chosen
        if row is not None and row.suggestion is not None and self.kind is not None:
            return (self.kind, str(row.suggestion.id))
        if text == self.start_text:
            return self.cell.stored
        return None

    async def value(self) -> Value:
        """The kind and the record that the text names."""
        text = self.draft_text
        if self.options.chosen is not None or text == self.start_text:
            return self.value_of(text)
        named = self.typed_text.strip()
        if named == ALONE and ALONE in self.cell.kinds:
            return (ALONE, "")
        if self.kind is None:
            raise ValueError(f"{self.cell.field.label}: begin with {', '.join(self.cell.kinds)}.")
        return (self.kind, str(await self.cell.resolve(named)))

    async def save(self, then: Then) -> None:
        """Save; where a kind is chosen, go on to its records."""
        row = self.options.chosen
        if row is not None and self.kind is None and row.text != ALONE:
            self.show_text(f"{row.text} ")
        elif row is not None and self.kind is None:
            self.post_message(self.Submitted(self, (ALONE, ""), then))
        else:
            await super().save(then)

    def verdict(self) -> tuple[str, bool]:
        """What is chosen, or what to do."""
        row = self.options.chosen
        return (f"→ {self.kind or ''} {row.text}".replace("  ", " ") if row else self.hint()), True

    def takes(self) -> str:
        """What the field takes."""
        return f"{self.cell.field.label}: a kind, then a record, such as demand D1; ↓ chooses, {saves()}."
