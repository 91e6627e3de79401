"""An edit of rows before it is made: against what the user saw, with what follows from it, each row checked whole."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping

from storage import labels
from storage.blocks import in_blocks
from storage.changes import Edit, Row
from storage.editing.conflicts import changed, gone
from storage.editing.following import companions
from storage.fields import Value
from storage.questions.stored import stored
from storage.record import Kind

Seen = Mapping[int, Mapping[str, Value]]


class Editing:
    """These values for these fields of some rows, and in the end what that is called."""

    def __init__(self, connection: sqlite3.Connection, kind: Kind, values: Mapping[str, Value], seen: Seen) -> None:
        self._connection = connection
        self._kind = kind
        self._values = values
        self._seen = seen
        self._first: Edit | None = None
        self._first_label = ""
        self.count = 0
        """In how many rows something was to be changed, as far as their edits were given."""
        self._along: dict[str, None] = {}

    def edits(self, ids: Iterable[int]) -> Iterator[Edit]:
        """The edits of each row in turn, what was asked for first; Conflict or Refused where one may not be.

        No row may be changed before its edits are given.
        """
        for some in in_blocks(ids):
            rows = stored(self._connection, self._kind, some)
            for id in some:
                now = rows.get(id)
                if now is None:
                    raise gone(self._kind)
                self._refuse_unseen(id, now)
                yield from self._edits_of_row(id, now)

    def label(self) -> str:
        """`D1 status open → agreed`, or `status → agreed in 5 demands`; asked after the last edit."""
        if self._first is None:
            return "nothing changed"
        if self.count == 1:
            return self._first_label
        return labels.of_same_edits(self._connection, self._first, self.count)

    def also(self) -> tuple[str, ...]:
        """`due basis none → stated` for each field that went along, once for the same words."""
        return tuple(self._along)

    def _edits_of_row(self, id: int, now: Row) -> Iterator[Edit]:
        edits = list(edits_of_row(self._kind, id, now, self._values))
        asked = [edit for edit in edits if edit.field in self._values]
        if self._first is None and asked:
            self._first, self._first_label = asked[0], labels.of_edit(self._connection, asked[0])
        self.count += bool(asked)
        along = [edit for edit in edits if edit.field not in self._values]
        self._along |= {labels.of_companion(self._connection, edit): None for edit in along}
        yield from asked + along

    def _refuse_unseen(self, id: int, now: Row) -> None:
        """Conflict with both values when a field to change does not hold what the user saw."""
        seen = self._seen.get(id, {})
        for name, wanted in self._values.items():
            if name in seen and name in now and now[name] != seen[name]:
                edit = Edit(self._kind.table, id, name, seen[name], wanted)
                raise changed(self._connection, edit, now[name], "saw")


def edits_of_row(kind: Kind, id: int, now: Row, values: Mapping[str, Value]) -> Iterator[Edit]:
    """The edits that give a row these values and what follows from them; Refused when the whole row is not right."""
    from storage.editing.validation import checked

    wanted = {**now, **values, **companions(kind, now, values)}
    after = checked(kind, wanted)
    for name, value in after.items():
        if value != now[name]:
            yield Edit(kind.table, id, name, now[name], value)
