"""What y copies: rows as an export writes them, or one text as people read it."""

from collections.abc import Callable
from typing import NamedTuple

from storage import Found, Question, Value, View, as_text
from tui.panes.target import Target, asked_as


class Copied(NamedTuple):
    """What is asked of the dossier as it may leave, and what is read out of the one row that answers."""

    asked: View | Question
    read: Callable[[Found], str] | None = None
    """None for marked rows, which leave as a table with headings."""
    field: str = ""
    """The field that is read; empty for what is no field of a record."""

    def cell(self, found: Found) -> Target | None:
        """The cell that the row answers with; None for what is no field of a record."""
        if not isinstance(self.asked, View) or self.field not in self.asked.kind.fields:
            return None
        return Target(self.asked.kind, found, asked_as(self.asked.kind, self.field), [found.id])


class OnClipboard(NamedTuple):
    """What was read out of one cell, and the cell, as far as it may leave; None for what is no field of a record."""

    text: str
    cell: Target | None


def cell_of(view: View, name: str) -> Copied:
    """The value of one field of the one record of a view, as an export writes it, but for line ends, which stay."""
    # without the order, which one record has not: an order by zones would be answered with what is computed
    return Copied(view._replace(columns=(name,), sort=()), lambda found: bare(found.machine(name)), name)


def bare(value: Value) -> str:
    """A value without signs: a yes or no by the words of an export."""
    return str(value).lower() if isinstance(value, bool) else as_text(value)
