"""A whole dossier in JSON, turned into rows that are ready to insert; or into a list of everything wrong with it.

Two passes: the first walks the document, gives every object its id and notes what it is called; the second can then
resolve every reference, forward ones too. The rules that span records (rules.py) are asked of the rows once they are
in; `Prepared` then knows the places of those that break one.
"""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Final, cast

from storage.changes import Row
from storage.editing.following import begun
from storage.editing.rules import broken
from storage.editing.validation import Problem, examined
from storage.errors import BadInput, Refused
from storage.fields import Field, Value
from storage.garbage import gc_paused
from storage.incoming.authoring import FORMAT, FORMAT_KEY, RELATIONS, has_evidence, keys, nested, own_fields
from storage.incoming.called import Called
from storage.incoming.json_reader import read_json
from storage.incoming.mistakes import Enough, Mistakes, same_already
from storage.incoming.places import Places
from storage.record import RECORDS, SINGULAR, Kind
from storage.records import Dossier, Evidence
from storage.sentences import quoted, unknown_name, with_article

DOSSIER_ID: Final = 1

Json = dict[str, object]


@dataclass(frozen=True)
class Prepared:
    """The rows of a document, checked one by one and against each other's names, under their new ids."""

    rows: dict[str, list[tuple[int, Row]]]
    """By table, each in the order of the document."""
    places: Places
    name: str

    def refuse_broken(self, connection: sqlite3.Connection) -> None:
        """BadInput, once all rows are in, with the place of each that breaks a rule across records."""
        problems = [
            f"{self.name}: {self.places[each.table, each.id]}.{each.field}: {each.sentence}"
            for each in broken(connection)
        ]
        if problems:
            raise BadInput(problems)


def read_seed(data: bytes, name: str) -> Json:
    """The document in the bytes; BadInput with the place where it is not JSON, or no object."""
    with gc_paused():
        document = read_json(data, name)
    if not isinstance(document, dict):
        raise BadInput(
            [f'{name}: $: a dossier is an object, {{"parley": 1, "title": ...}}; this is {quoted(document)}.']
        )
    return document


def prepare(document: Json, name: str, base_id: int) -> Prepared:
    """The rows of a document under consecutive ids; BadInput with one line for every mistake in it."""
    reading = _Reading(name, base_id)
    rows: dict[str, list[tuple[int, Row]]] = {}
    with gc_paused(), suppress(Enough):
        reading.walk_top(document)
        for kind in RECORDS.values():
            rows[kind.table] = reading.rows_of(kind)
    reading.mistakes.refuse()
    return Prepared(rows, reading.places, name)


class _Reading:
    """What is known of a document so far."""

    def __init__(self, name: str, base_id: int) -> None:
        self.name = name
        self.mistakes = Mistakes()
        self.places = Places(base_id)
        self.objects: dict[str, list[tuple[int, Json]]] = {table: [] for table in RECORDS}
        self.evidence: list[tuple[int, Kind, int, str]] = []
        self.called = {table: Called(kind) for table, kind in RECORDS.items()}

    # The first pass

    def walk_top(self, document: Json) -> None:
        """Note every record of the document."""
        version = document.get(FORMAT_KEY)
        if type(version) is not int or version != FORMAT:  # True == 1
            self.blame(Dossier, DOSSIER_ID, FORMAT_KEY, f"this must be {FORMAT}, the version of the form.")
        self._walk_object(Dossier, DOSSIER_ID, document)

    def _walk_object(self, kind: Kind, id: int, fields: Json) -> None:
        self.objects[kind.table].append((id, fields))
        self.called[kind.table].add(id, fields)
        known = keys(kind)
        for key in fields:
            if key not in known:
                self.blame(kind, id, None, unknown_name(key, known))
        for child in nested(kind):
            self._walk_list(kind, id, child, fields.get(child.table, []))
        if has_evidence(kind):
            for key in RELATIONS:
                self._walk_statements(kind, id, key, fields.get(key, []))

    def _walk_list(self, parent: Kind, parent_id: int, kind: Kind, items: object) -> None:
        if not isinstance(items, list):
            self.blame(parent, parent_id, kind.table, f"this must be a list of {kind.table}; not {quoted(items)}.")
            return
        above = None if parent is Dossier else parent_id
        for number, item in enumerate(items):
            id = self.places.add(kind.table, number, above)
            if isinstance(item, dict):
                self._walk_object(kind, id, item)
            else:
                self.blame(kind, id, None, f"this must be an object; not {quoted(item)}.")

    def _walk_statements(self, kind: Kind, id: int, key: str, refs: object) -> None:
        if not isinstance(refs, list):
            self.blame(kind, id, key, f"this must be a list of statements; not {quoted(refs)}.")
            return
        above = None if kind is Dossier else id
        for number, ref in enumerate(refs):
            evidence_id = self.places.add(key, number, above)
            if isinstance(ref, str):
                self.evidence.append((evidence_id, kind, id, ref))
            else:
                self.blame(Evidence, evidence_id, None, f"this must be the ref of a statement; not {quoted(ref)}.")

    # The second pass

    def rows_of(self, kind: Kind) -> list[tuple[int, Row]]:
        """The checked rows of one kind; those with problems are missing."""
        if kind is Evidence:
            return list(self._evidence_rows())
        rows = [(id, row) for id, fields in self.objects[kind.table] if (row := self._row(kind, id, fields))]
        for fields in kind.unique:
            self._refuse_duplicates(kind, fields, rows)
        return rows

    def _row(self, kind: Kind, id: int, fields: Json) -> Row | None:
        values: dict[str, object] = {}
        found: list[Problem] = []
        for number, each in enumerate(own_fields(kind)):
            if each.name in fields:
                try:
                    values[each.name] = self._value(each, fields)
                except Refused as refused:
                    found.append((each.name, str(refused)))
                    values[each.name] = -number  # a stand-in that equals no other, so that no rule is broken by it
        if kind.parent:
            values[kind.parent] = self.places.parent(id)
        # begun() only looks at which fields are there and empty; what they hold is checked after it
        row, more = examined(kind, begun(kind, cast(Mapping[str, Value], values)))
        found += more
        for name, sentence in found:
            self.blame(kind, id, name, sentence)
        return None if found else row

    def _value(self, each: Field, fields: Json) -> object:
        value = fields[each.name]
        if each.type == "list" and isinstance(value, list):
            return tuple(value)
        table = each.refers_to
        if each.type == "subject_id":
            subject = fields.get("subject")
            if not isinstance(subject, str) or subject not in SINGULAR:
                return value if value is None else -1  # the subject itself is blamed
            table = SINGULAR[subject].table
        if table is None or value is None:
            return value
        if not isinstance(value, str):
            word = "name" if "ref" not in RECORDS[table].fields else "ref"
            raise Refused(
                f"{each.label} must be the {word} of {with_article(RECORDS[table].singular)}; not {quoted(value)}."
            )
        return self.called[table].id(value)

    def _evidence_rows(self) -> Iterator[tuple[int, Row]]:
        statements = self.called["statements"]
        for evidence_id, kind, id, ref in self.evidence:
            relation = RELATIONS[self.places.list_of(evidence_id)]
            try:
                statement = statements.id(ref)
            except Refused as refused:
                self.blame(Evidence, evidence_id, None, str(refused))
                continue
            yield (
                evidence_id,
                {"statement": statement, "subject": kind.singular, "subject_id": id, "relation": relation},
            )

    def _refuse_duplicates(self, kind: Kind, fields: tuple[str, ...], rows: list[tuple[int, Row]]) -> None:
        first: dict[tuple[Value, ...], int] = {}
        for id, row in rows:
            key = tuple(row[name] for name in fields)
            if (other := first.setdefault(key, id)) != id:
                self.blame(kind, id, fields[0], same_already(self.places[kind.table, other], kind, fields))

    def blame(self, kind: Kind, id: int, key: str | None, sentence: str) -> None:
        """Note a mistake in a record, or in what it has under a key."""
        path = self.places[kind.table, id]
        at = 0 if kind is Dossier else id
        self.mistakes.note(at, f"{self.name}: {f'{path}.{key}' if key else path}: {sentence}")
