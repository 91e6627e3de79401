"""An edit and a change as values: what was, what is, and the way back."""

from typing import Final, Literal, NamedTuple

from storage.fields import Value

Row = dict[str, Value]
"""The stored values of one record by field name."""

EDITS_HELD: Final = 1_000
"""How many edits of a step are held in memory; those of a larger one are read from the log."""


class Edit(NamedTuple):
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
        return Edit(self.table, self.id, self.field, self.after, self.before)


REVERSED: Final = {"undo": "undone", "redo": "redone"}
"""What an undo or a redo has done to a step."""


class Change(NamedTuple):
    """One step as it stands in the log: everything that one action of one person did."""

    label: str
    edits: tuple[Edit, ...] = ()
    """The first EDITS_HELD at most; that there are more is seen by `beyond`."""
    step: int = 0
    kind: Literal["do", "undo", "redo"] = "do"
    at: str = ""
    author: str = ""
    session: str = ""
    reverses: int | None = None
    """The step that an undo took back, or that a redo did again."""
    also: tuple[str, ...] = ()
    """What the step took along besides what was asked, in words fit to show."""
    beyond: frozenset[tuple[str, str | None]] = frozenset()
    """The table and field of every edit that is not held; None where a whole row came or went."""

    def touched(self) -> frozenset[tuple[str, str | None]]:
        """The table and field of every edit; None where a whole row came or went."""
        return self.beyond.union((edit.table, edit.field) for edit in self.edits)

    def tables(self) -> frozenset[str]:
        """The tables whose rows the step changed."""
        return frozenset(table for table, _ in self.touched())


class Everything(NamedTuple):
    """Somebody changed the file without a word in the log: nothing that was read before can be trusted."""

    label: str = "changed by another program"

    def tables(self) -> frozenset[str]:
        """Every table there is."""
        from storage.record import RECORDS

        return frozenset(RECORDS)


News = Change | Everything
