"""An edit and a change as values: what was, what is, and the way back."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Literal

from storage.fields import Value

Row = dict[str, Value]
"""The stored values of one record by field name."""


@dataclass(frozen=True, slots=True)
class Edit:
    """One change to one row: of a field, or, where `field` is None, of the whole row (added or deleted)."""

    table: str
    id: int
    field: str | None
    before: Value | Row
    after: Value | Row

    @property
    def adds(self) -> bool:
        """True when the edit makes the row."""
        return self.field is None and self.before is None

    @property
    def deletes(self) -> bool:
        """True when the edit takes the row away."""
        return self.field is None and self.after is None

    def inverted(self) -> "Edit":
        """The edit that brings back what was."""
        return replace(self, before=self.after, after=self.before)


@dataclass(frozen=True, slots=True)
class Change:
    """One step as it stands in the log: everything that one action of one person did."""

    label: str
    edits: tuple[Edit, ...] = ()
    step: int = 0
    kind: Literal["do", "undo", "redo"] = "do"
    at: str = ""
    author: str = ""
    session: str = ""
    reverses: int | None = None
    """The step that an undo took back, or that a redo did again."""
    also: tuple[str, ...] = field(default=())
    """What the step took along besides what was asked, in words fit to show."""

    def inverted(self) -> tuple[Edit, ...]:
        """The edits that bring back what was, last first."""
        return tuple(edit.inverted() for edit in reversed(self.edits))

    def tables(self) -> frozenset[str]:
        """The tables whose rows the step changed."""
        return frozenset(edit.table for edit in self.edits)

    def ids(self, table: str) -> Iterator[int]:
        """The ids of the changed rows of one table."""
        return (edit.id for edit in self.edits if edit.table == table)


@dataclass(frozen=True, slots=True)
class Everything:
    """Somebody changed the file without a word in the log: nothing that was read before can be trusted."""

    label: str = "changed by another program"

    def tables(self) -> frozenset[str]:
        """Every table there is."""
        from storage.record import RECORDS

        return frozenset(RECORDS)


News = Change | Everything
