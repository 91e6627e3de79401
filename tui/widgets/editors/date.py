"""A day, written in any of the ways that people write one."""

from datetime import date

from storage import Value
from tui.widgets.editors.dates import EXAMPLES, parsed_day, written_day
from tui.widgets.editors.line import LineEditor


class DateEditor(LineEditor):
    """One line that takes a day, and says which day it has understood."""

    def value_of(self, text: str) -> Value:
        """The ISO text of the day; None for an empty text of an optional field."""
        field = self.cell.field
        if text == self.start_text and text:
            return self.cell.stored
        if not text.strip():
            if field.optional:
                return None
            raise ValueError(f"{field.label} needs a day such as {EXAMPLES}.")
        try:
            return parsed_day(text, self.today())
        except ValueError as problem:
            raise ValueError(f"{field.label}: {problem}") from None

    def today(self) -> date:
        """The day that `today` means."""
        return date.today()

    def takes(self) -> str:
        """What the field takes."""
        nothing = ", or nothing" if self.cell.field.optional else ""
        return f"{self.cell.field.label}: a day such as {EXAMPLES}{nothing}."

    def echo(self, value: Value) -> str:
        """The day that was understood."""
        return f"→ {written_day(value)}" if isinstance(value, str) else self.hint()
