"""A step in the making: its edits go into the tables and into the log some at a time, however many there are.

The log is also where the step finds again what it has touched, so that nothing of its size is held in memory.
"""

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Literal

from storage.blocks import AT_ONCE
from storage.changes import EDITS_HELD, Change, Edit
from storage.editing import history, writing
from storage.editing.indexing import Indexing
from storage.editing.rules import Touched, broken
from storage.errors import Refused
from storage.questions import searching
from storage.record import RECORDS


class Step:
    """One step of this session, inside the running transaction; one without edits leaves nothing behind."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        session: str,
        kind: Literal["do", "undo", "redo"] = "do",
        reverses: int | None = None,
    ) -> None:
        self.connection = connection
        self.indexing = Indexing(connection)
        self.number = 0
        """Its number in the log; 0 before the first edit."""
        self._change = Change("", session=session, kind=kind, reverses=reverses)
        self._held: list[Edit] = []
        self._beyond: set[tuple[str, str | None]] = set()

    def make(self, edits: Iterable[Edit]) -> None:
        """Make edits and put them into the log; Conflict, Refused or an error of SQLite if one can't be."""
        for block in _in_blocks(edits):
            # An undo comes out of the log; whoever does something has just read what he changes. An undo brings rows
            # back before those that they refer to, whose coming makes SQLite look for the former by their indexes.
            does = self._change.kind == "do"
            for table, count in Counter(edit.table for edit in block if edit.adds and does).items():
                self.indexing.expect(RECORDS[table], count)
            writing.apply(self.connection, block, just_read=does)
            self.log(block)

    def log(self, edits: Sequence[Edit]) -> None:
        """Put edits into the log that are made already."""
        if edits and not self.number:
            self.number = history.begin(self.connection, self._change)
        history.add_edits(self.connection, self.number, edits)
        room = EDITS_HELD - len(self._held)
        self._held += edits[:room]
        self._beyond.update((edit.table, edit.field) for edit in edits[room:])

    def refuse_broken(self) -> None:
        """Refused with the sentence of the first rule across records that the touched rows break."""
        self.indexing.rebuild()
        fields = self._beyond.union((edit.table, edit.field) for edit in self._held)
        for each in broken(self.connection, Touched(self.number, frozenset(fields))):
            raise Refused(each.sentence, each.field)

    def done(self, label: str, also: tuple[str, ...] = ()) -> Change:
        """The step under its name, found by search as it is now."""
        self.indexing.rebuild()
        searching.catch_up(self.connection)
        if self.number:
            history.name_step(self.connection, self.number, label)
        edits, beyond = tuple(self._held), frozenset(self._beyond)
        return self._change._replace(step=self.number, label=label, also=also, edits=edits, beyond=beyond)


def _in_blocks(edits: Iterable[Edit]) -> Iterator[list[Edit]]:
    """The edits in lists of about AT_ONCE, those of one row together."""
    block: list[Edit] = []
    for _, of_row in groupby(edits, lambda edit: (edit.table, edit.id)):
        block += of_row
        if len(block) >= AT_ONCE:
            yield block
            block = []
    if block:
        yield block
