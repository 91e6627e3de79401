"""A number, whole or not, within its bounds."""

import re
from typing import Final

from storage import Value
from tui.widgets.editors.base import saves
from tui.widgets.editors.line import LineEditor

WHOLE: Final = re.compile(r"[+-]?[0-9]{1,18}")
DECIMAL: Final = re.compile(r"[+-]?(?:[0-9]{1,18}(?:\.[0-9]*)?|\.[0-9]+)")


class NumberEditor(LineEditor):
    """One line that takes a number."""

    @property
    def stored_text(self) -> str:
        """The number as people write it: no `.0` after a whole one."""
        stored = self.cell.stored
        if stored is None:
            return ""
        return str(int(stored)) if isinstance(stored, float) and stored.is_integer() else str(stored)

    def value_of(self, text: str) -> Value:
        """The number; None for an empty text of an optional field."""
        field = self.cell.field
        digits = text.strip().replace("−", "-")
        if text == self.start_text or (not digits and field.optional):
            return self.cell.stored if digits else None
        if not (WHOLE if field.type == "integer" else DECIMAL).fullmatch(digits):
            raise ValueError(f"{self.cell.field.label} takes {self.expected()}.")
        number = int(digits) if field.type == "integer" else float(digits)
        if field.within and not field.within.allows(number):
            raise ValueError(f"{self.cell.field.label} takes {self.expected()}; {digits} is not.")
        return number

    def expected(self) -> str:
        """What the field takes, as part of a sentence."""
        within = self.cell.field.within
        kind = "a whole number" if self.cell.field.type == "integer" else "a number such as 1000 or 2.5"
        bounds = ""
        if within:
            bounds = f" from {within.low} to {within.high}" if within.above is None else f", more than {within.above}"
        return f"{kind}{bounds}{', or nothing' if self.cell.field.optional else ''}"

    def takes(self) -> str:
        """What the field takes."""
        return f"{self.cell.field.label}: {self.expected()}. {saves()}."
