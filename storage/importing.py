"""Data that others have written, put into a dossier inside one transaction: all of it or nothing, as one step."""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Final, cast

from storage import history, labels, reading, writing
from storage.arriving import Arrived, Arriving, WholeDossier
from storage.changes import Change, Edit, Row
from storage.errors import BadInput, Refused
from storage.fields import Field, Value
from storage.following import completed
from storage.record import RECORDS, SINGULAR
from storage.records import Dossier
from storage.resolving import Resolving
from storage.rules import broken
from storage.seeding import DOSSIER_ID, MOST_PROBLEMS, prepare
from storage.validation import Problem, examined, quoted, with_article

AT_ONCE: Final = 500


def import_data(connection: sqlite3.Connection, data: Arriving | WholeDossier, session: str) -> Change:
    """The step that brought the data in; BadInput has one line for every mistake, Refused says why none may come.

    The edits of records that came by kind carry no rows, since a million of them would fill the memory; the log
    has them.
    """
    if isinstance(data, WholeDossier):
        return _import_dossier(connection, data, session)
    return _Importing(connection, data, session).run()


def _import_dossier(connection: sqlite3.Connection, data: WholeDossier, session: str) -> Change:
    _refuse_filled(connection)
    base_id = max(writing.new_id(connection, table) for table in RECORDS)
    ready = prepare(data.document, str(data.path), base_id)
    edits = list(_edits_of_dossier(connection, ready.rows.pop(Dossier.table)[0][1]))
    for edit in edits:
        connection.execute(f"UPDATE dossier SET {edit.field} = ? WHERE id = ?", (edit.after, DOSSIER_ID))
    writing.remake_derived(connection, {Dossier: [DOSSIER_ID]})
    for table, rows in ready.rows.items():
        writing.insert(connection, RECORDS[table], rows)
        edits += [Edit(table, id, None, None, row) for id, row in rows]
    problems = [
        f"{data.path}: {ready.places[each.table, each.id]}.{each.field}: {each.sentence}" for each in broken(connection)
    ]
    if problems:
        raise BadInput(problems)
    change = Change(f"whole dossier imported from {data.path.name}", tuple(edits))
    return replace(change, step=history.write(connection, change, session)) if edits else _nothing(data)


def _refuse_filled(connection: sqlite3.Connection) -> None:
    counts = {
        table: connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
        for table in RECORDS
        if table != Dossier.table
    }
    told = [labels.counted(RECORDS[table], count) for table, count in counts.items() if count]
    if told:
        raise Refused(
            f"A whole dossier goes only into an empty file, and this one holds {', '.join(told)}. "
            "`parley new FILE --seed DATA` makes another file of it."
        )


def _edits_of_dossier(connection: sqlite3.Connection, after: Row) -> Iterator[Edit]:
    before = reading.row(connection, Dossier, DOSSIER_ID) or {}
    for name, value in after.items():
        if before.get(name) != value:
            yield Edit(Dossier.table, DOSSIER_ID, name, before.get(name), value)


def _nothing(data: Arriving | WholeDossier) -> Change:
    return Change(f"nothing to import in {data.path.name}")


class _Enough(Exception):
    """So much is wrong with the data that nobody would read the rest."""


@dataclass
class _Importing:
    """Records of one kind on their way in, under consecutive ids."""

    connection: sqlite3.Connection
    data: Arriving
    session: str
    problems: list[tuple[int, str]] = field(default_factory=list)
    """The number of the record, and the line about it."""
    waiting: list[tuple[int, str, str]] = field(default_factory=list)
    """References to records of the same kind, which may come later in the data: id, field, name."""

    def __post_init__(self) -> None:
        self.kind = self.data.kind
        self.base_id = writing.new_id(self.connection, self.kind.table)
        self.resolving = Resolving(self.connection)
        self.count = 0

    def run(self) -> Change:
        """Bring in everything, or raise BadInput with everything that is wrong."""
        step = history.begin(self.connection, Change(""), self.session)
        with suppress(_Enough):
            self._bring_in(step)
            edits = self._fill_waiting(step)
            self._ask_rules()
        if self.problems:
            raise BadInput([line for _, line in sorted(self.problems, key=lambda problem: problem[0])])
        if not self.count:
            self.connection.execute("DELETE FROM history WHERE id = ?", (step,))
            return _nothing(self.data)
        label = f"{labels.counted(self.kind, self.count)} imported from {self.data.path.name}"
        history.name_step(self.connection, step, label)
        added = (Edit(self.kind.table, self.base_id + at, None, None, {}) for at in range(self.count))
        return Change(label, (*added, *edits), step)

    def _bring_in(self, step: int) -> None:
        arriving = self.data.records()
        try:
            while block := list(islice(arriving, AT_ONCE)):
                rows = list(self._inserted(block))
                history.add_edits(
                    self.connection, step, (Edit(self.kind.table, id, None, None, row) for id, row in rows)
                )
        except BadInput as unreadable:
            self.problems += [(self.count, line) for line in unreadable.problems]
            raise _Enough from None

    def _inserted(self, block: list[Arrived]) -> Iterator[tuple[int, Row]]:
        for arrived in block:
            number, self.count = self.count, self.count + 1
            row = self._row(number, arrived)
            if row and self._insert(number, row):
                yield self.base_id + number, row

    def _row(self, number: int, arrived: Arrived) -> Row | None:
        """The checked row; None, and a line for each mistake, if there are any."""
        found: list[Problem] = list(arrived.problems)
        if not found:
            values = dict(arrived.values)
            for at, each in enumerate(self.kind.fields.values()):
                if each.name in values and (table := self._table(each, values)):
                    try:
                        values[each.name] = self._id(number, each, table, values[each.name])
                    except Refused as refused:
                        found.append((each.name, str(refused)))
                        values[each.name] = -at - 1  # a stand-in that equals no other, so that it breaks no rule
            # completed() only looks at which fields are there and empty; what they hold is checked behind it
            row, more = examined(self.kind, completed(self.kind, cast(Mapping[str, Value], values)))
            found += more
        for name, sentence in found:
            self._blame(number, name, sentence)
        return None if found else row

    def _table(self, each: Field, values: Mapping[str, object]) -> str | None:
        """The table that a reference points into; None of what is none, or has no subject that is known."""
        if each.type != "subject_id":
            return each.refers_to
        subject = values.get("subject")
        return SINGULAR[subject].table if isinstance(subject, str) and subject in SINGULAR else None

    def _id(self, number: int, each: Field, table: str, name: object) -> int | None:
        if not isinstance(name, str):
            raise Refused(f"this must name {with_article(RECORDS[table].singular)}; {quoted(name)} does not.")
        if table == self.kind.table and each.optional:
            self.waiting.append((self.base_id + number, each.name, name))
            return None
        return self.resolving.id(RECORDS[table], name)

    def _insert(self, number: int, row: Row) -> bool:
        id = self.base_id + number
        try:
            writing.insert(self.connection, self.kind, [(id, row)])
        except Refused:
            for fields, other in writing.twins(self.connection, self.kind, id, row):
                self._blame(number, fields[0], self._twin(fields, other))
            return False
        return True

    def _twin(self, fields: tuple[str, ...], other: int) -> str:
        words = writing.worded(self.kind, fields)
        if other >= self.base_id:
            there = self.data.place(other - self.base_id)
            return f"{there} is {with_article(self.kind.singular)} with the same {words} already."
        [key] = reading.keys(self.connection, self.kind, [other])
        return f"there is {with_article(self.kind.singular)} with this {words} already: {key}."

    def _fill_waiting(self, step: int) -> tuple[Edit, ...]:
        """Set the references that had to wait until every record was there."""
        edits: list[Edit] = []
        resolving = Resolving(self.connection)
        for id, name, called in self.waiting:
            try:
                edits.append(Edit(self.kind.table, id, name, None, resolving.id(self.kind, called)))
            except Refused as refused:
                self._blame(id - self.base_id, name, str(refused))
        for edit in edits:
            update = f"UPDATE {edit.table} SET {edit.field} = ? WHERE id = ?"
            self.connection.execute(update, (edit.after, edit.id))
        history.add_edits(self.connection, step, edits)
        return tuple(edits)

    def _ask_rules(self) -> None:
        """Ask of the whole file, as only the new records can be told by it to be the later ones."""
        for each in broken(self.connection):
            if each.table == self.kind.table and each.id >= self.base_id:
                self._blame(each.id - self.base_id, each.field, each.sentence)

    def _blame(self, number: int, name: str, sentence: str) -> None:
        """Note a mistake; the thousandth ends the reading, since nobody reads more."""
        self.problems.append((number, f"{self.data.path}: {self.data.place(number, name)}: {sentence}"))
        if len(self.problems) == MOST_PROBLEMS:
            raise _Enough
