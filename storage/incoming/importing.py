"""Data that others have written, put into a dossier inside one transaction: all of it or nothing, as one step."""

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Final, cast

from storage.blocks import in_blocks
from storage.changes import Change, Edit, Row
from storage.editing import writing
from storage.editing.following import begun
from storage.editing.rules import broken
from storage.editing.steps import Step
from storage.editing.validation import examined
from storage.errors import BadInput, Refused
from storage.fields import Field, Value
from storage.incoming.arriving import Arrived, Arriving, WholeDossier
from storage.incoming.mistakes import Enough, Mistakes, same_already
from storage.incoming.resolving import Resolving
from storage.incoming.seeding import DOSSIER_ID, prepare
from storage.questions import reading
from storage.record import RECORDS, SINGULAR, counted_records
from storage.records import Dossier
from storage.sentences import headings, of_namesakes, quoted, with_article

STOPPED: Final = "Stopped; nothing is imported."


def import_data(
    connection: sqlite3.Connection,
    data: Arriving | WholeDossier,
    session: str,
    progress: Callable[[int], None] | None = None,
) -> Change:
    """The step that brought the data in; BadInput has one line for every mistake, Refused says why none may come."""
    step = Step(connection, session)
    return _import_dossier(step, data) if isinstance(data, WholeDossier) else _Importing(step, data, progress).run()


def _import_dossier(step: Step, data: WholeDossier) -> Change:
    connection = step.connection
    _refuse_filled(connection)
    base_id = max(writing.new_id(connection, table) for table in RECORDS)
    ready = prepare(data.document, str(data.path), base_id)
    step.make(_edits_of_dossier(connection, ready.rows.pop(Dossier.table)[0][1]))
    for table, rows in ready.rows.items():
        step.make(Edit(table, id, None, None, row) for id, row in rows)
    step.indexing.rebuild()
    ready.refuse_broken(connection)
    return step.done(f"whole dossier imported from {data.path.name}" if step.number else _nothing(data))


def _refuse_filled(connection: sqlite3.Connection) -> None:
    counts = {
        table: connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
        for table in RECORDS
        if table != Dossier.table
    }
    if filled := {table: count for table, count in counts.items() if count}:
        raise Refused(
            f"A whole dossier goes only into an empty file, and this one holds {counted_records(filled)}. "
            "`parley new FILE --seed DATA` makes another file of it."
        )


def _edits_of_dossier(connection: sqlite3.Connection, after: Row) -> Iterator[Edit]:
    before = reading.row(connection, Dossier, DOSSIER_ID) or {}
    for name, value in after.items():
        if before.get(name) != value:
            yield Edit(Dossier.table, DOSSIER_ID, name, before.get(name), value)


def _nothing(data: Arriving | WholeDossier) -> str:
    return f"nothing to import in {data.path.name}"


@dataclass
class _Importing:
    """Records of one kind on their way in, under consecutive ids."""

    step: Step
    data: Arriving
    progress: Callable[[int], None] | None = None
    """Told after each block how many records were read."""
    mistakes: Mistakes = field(default_factory=Mistakes)
    waiting: list[tuple[int, str, str]] = field(default_factory=list)
    """References to records of the same kind, which may come later in the data: id, field, name."""

    def __post_init__(self) -> None:
        self.kind = self.data.kind
        self.connection = self.step.connection
        self.base_id = writing.new_id(self.connection, self.kind.table)
        self.resolving = Resolving(self.connection)
        fields = list(enumerate(self.kind.fields.values()))
        self.references = [(at, each) for at, each in fields if each.refers_to or each.type == "subject_id"]
        self.count = 0

    def run(self) -> Change:
        """Bring in everything, or raise BadInput with everything that is wrong."""
        with suppress(Enough):
            self._bring_in()
            self._fill_waiting()
            self._ask_rules()
        self.mistakes.refuse()
        imported = f"{self.kind.counted(self.count)} imported from {self.data.path.name}"
        return self.step.done(imported if self.count else _nothing(self.data))

    def _bring_in(self) -> None:
        try:
            for block in in_blocks(self.data.records()):
                rows = [numbered for arrived in block if (numbered := self._row(arrived))]
                self.step.indexing.expect(self.kind, len(rows))
                for id, row, error in writing.inserting(self.connection, self.kind, rows):
                    self._blame_duplicates(id, row, error)
                self.step.log([Edit(self.kind.table, id, None, None, row) for id, row in rows])
                if self.progress:
                    self.progress(self.count)
        except BadInput as unreadable:
            for line in unreadable.problems:
                self.mistakes.note(self.count, line)
            raise Enough from None

    def _row(self, arrived: Arrived) -> writing.Numbered | None:
        """The checked row under its id; None, and a line for each mistake, if there are any."""
        number, self.count = self.count, self.count + 1
        values, found = arrived.values, list(arrived.problems)
        if not found:
            for at, each in self.references:
                if each.name in values and (table := each.refers_to or self._table_of_subject(values)):
                    try:
                        values[each.name] = self._id(number, each, table, values[each.name])
                    except Refused as refused:
                        found.append((each.name, str(refused)))
                        values[each.name] = -at - 1  # a stand-in that equals no other, so that it breaks no rule
            # begun() only looks at which fields are there and empty; what they hold is checked after it
            row, more = examined(self.kind, begun(self.kind, cast(Mapping[str, Value], values)))
            if not more and not found:
                return self.base_id + number, row
            found += more
        for name, sentence in found:
            self._blame(number, name, sentence)
        return None

    def _table_of_subject(self, values: Mapping[str, object]) -> str | None:
        """The table that the subject's id points into; None when it is none, or the subject is not known."""
        subject = values.get("subject")
        return SINGULAR[subject].table if isinstance(subject, str) and subject in SINGULAR else None

    def _id(self, number: int, each: Field, table: str, name: object) -> int | None:
        if not isinstance(name, str):
            raise Refused(f"this must name {with_article(RECORDS[table].singular)}; {quoted(name)} does not.")
        if table == self.kind.table and each.optional:
            self.waiting.append((self.base_id + number, each.name, name))
            return None
        return self.resolving.id(table, name)

    def _blame_duplicates(self, id: int, row: Row, error: sqlite3.IntegrityError) -> None:
        duplicates = list(writing.duplicates(self.connection, self.kind, id, row))
        if not duplicates:
            raise error
        for fields, other in duplicates:
            self._blame(id - self.base_id, fields[0], self._duplicate(fields, other))

    def _duplicate(self, fields: tuple[str, ...], other: int) -> str:
        if other >= self.base_id:
            return same_already(self.data.place(other - self.base_id), self.kind, fields)
        [key] = reading.keys(self.connection, self.kind, [other])
        same = f"{with_article(self.kind.singular)} with this {headings(self.kind, fields)}"
        return f"there is {same} already: {key}.{of_namesakes(self.kind)}"

    def _fill_waiting(self) -> None:
        """Set the references that had to wait until every record was there."""
        edits: list[Edit] = []
        resolving = Resolving(self.connection)
        for id, name, called in self.waiting:
            try:
                edits.append(Edit(self.kind.table, id, name, None, resolving.id(self.kind.table, called)))
            except Refused as refused:
                self._blame(id - self.base_id, name, str(refused))
        if not self.mistakes:
            self.step.make(edits)

    def _ask_rules(self) -> None:
        """Ask the rules of the whole file: of two records that clash, that blames the later, which is new."""
        self.step.indexing.rebuild()
        for each in broken(self.connection):
            if each.table == self.kind.table and each.id >= self.base_id:
                self._blame(each.id - self.base_id, each.field, each.sentence)

    def _blame(self, number: int, name: str, sentence: str) -> None:
        self.mistakes.note(number, f"{self.data.path}: {self.data.place(number, name)}: {sentence}")
