"""Several short texts in one line, such as aliases."""

import re
from typing import Final

from storage import Value, restored
from tui.widgets.editors.base import saves
from tui.widgets.editors.line import LineEditor

ITEM: Final = re.compile(r"(?:[^;\\]|\\.|\\$)+", re.DOTALL)


class ListEditor(LineEditor):
    """One line of items with `; ` between them; `\\;` is a semicolon inside an item."""

    @property
    def stored_text(self) -> str:
        """The items in one line."""
        stored = self.cell.stored
        return "; ".join(map(_guarded, stored)) if isinstance(stored, tuple) else ""

    def value_of(self, text: str) -> Value:
        """The items that are not blank."""
        if text == self.start_text:
            return self.cell.stored if isinstance(self.cell.stored, tuple) else ()
        items = (_unguarded(item.strip()) for item in ITEM.findall(restored(self.stored_text, text)))
        return tuple(item for item in items if item)

    def takes(self) -> str:
        """What the field takes."""
        return f"{self.cell.field.label}: names with ; between them. {saves()}."


def _guarded(item: str) -> str:
    return re.sub(r"([;\\])", r"\\\1", item)


def _unguarded(item: str) -> str:
    return re.sub(r"\\([;\\])", r"\1", item)
