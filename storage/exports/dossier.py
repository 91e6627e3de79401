"""A whole dossier as JSON, in the form that `read_seed` reads; read and written again it is the same text.

What hangs off a record is read while the record is written, so that never more than a few hundred records are held.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, Protocol

from storage.blocks import in_blocks
from storage.changes import Row
from storage.errors import StorageError
from storage.fields import GREATEST_INTEGER, Field, Value
from storage.folding import natural
from storage.incoming.authoring import FORMAT, FORMAT_KEY, RELATIONS, TOP_LEVEL, has_evidence, nested, own_fields
from storage.record import RECORDS, SINGULAR, Kind
from storage.records import Dossier, Evidence

STEP: Final = "  "
MOST_NAMES: Final = 5_000
"""About how many names of the records of a table are kept."""

MOST_BELOW: Final = 5_000
"""How many records that hang off others wait as text, which is faster than asking for those of each one."""

Records = Iterable[tuple[int, Row]]

Pieces = Iterable[str]
"""The text of a record or list, piece by piece."""

Items = Iterable[Pieces]

_Statements = Mapping[Value, list[str]]
"""The refs of the statements behind a record, by their relation to it."""

Members = Iterator[tuple[str, str]]
"""The keys of an object, each with the text of its value."""

encoded: Final = json.JSONEncoder(ensure_ascii=False, allow_nan=False).encode


class Source(Protocol):
    """Whatever can tell the records of a table."""

    def everything(self, table: str, among: Mapping[str, Sequence[Value]] | None = None) -> Records:
        """Every record with its id, as recorded; only those whose fields have one of these values, if any are given."""

    def columns(
        self, kind: Kind, names: Sequence[str], among: tuple[str, Sequence[int]] | None = None
    ) -> Iterable[tuple[Value, ...]]:
        """The id and these fields of every record, or only of those whose field has one of these ids."""


def whole(source: Source) -> Pieces:
    """The dossier as JSON, piece by piece."""
    writing = _Writing(source)
    yield f"{{\n{STEP}{encoded(FORMAT_KEY)}: {FORMAT}"
    yield from writing.head()
    for kind in TOP_LEVEL:
        items = writing.items(kind, source.everything(kind.table), STEP * 2)
        yield from list_of(kind.table, (pieces for _, pieces in items), STEP)
    yield "\n}\n"


def list_of(key: str, items: Items, indent: str) -> Pieces:
    """A list as a further member of an object; nothing if it is empty."""
    before = first = f",\n{indent}{encoded(key)}: [\n{indent + STEP}"
    for pieces in items:
        yield before
        yield from pieces
        before = f",\n{indent + STEP}"
    if before is not first:
        yield f"\n{indent}]"


class _Writing:
    """The texts of a dossier's records, each as it stands at an indent."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._names: dict[str, dict[Value, str]] = defaultdict(dict)
        """What references are written as, by table and id."""

    def head(self) -> Iterator[str]:
        """What the dossier says of itself."""
        for id, row in self._source.everything(Dossier.table):
            statements = self._statements(Dossier, [id])
            for key, text in (*self._fields(Dossier, row, STEP), *_told(statements[id], STEP)):
                yield f",\n{STEP}{encoded(key)}: {text}"

    def items(self, kind: Kind, records: Records, indent: str) -> Iterator[tuple[Row, Pieces]]:
        """Each record with its text, which is to be written before the next one is asked for."""
        for block in in_blocks(records):
            ids = [id for id, _ in block]
            statements = self._statements(kind, ids)
            lists = {child.table: self._below(child, ids, indent + STEP * 2) for child in nested(kind)}
            for id, row in block:
                below = ((table, items[id]) for table, items in lists.items() if id in items)
                yield row, self._object(kind, row, below, statements[id], indent)

    def _below(self, kind: Kind, parents: Sequence[int], indent: str) -> Mapping[Value, Items]:
        """The records of the kind that hang off each of these; where they are many, read when they are written."""
        parent = kind.parent or ""
        counts = Counter(id for _, id in self._source.columns(kind, [parent], (parent, parents)))
        if counts.total() > MOST_BELOW:
            return {id: self._below_one(kind, id, indent) for id in counts}
        items: dict[Value, list[Pieces]] = {id: [] for id in counts}
        if counts:
            below = self._source.everything(kind.table, {parent: list(counts)})
            for row, pieces in self.items(kind, below, indent):
                items[row[parent]].append(["".join(pieces)])
        return items

    def _below_one(self, kind: Kind, parent: Value, indent: str) -> Items:
        records = self._source.everything(kind.table, {kind.parent or "": [parent]})
        return (pieces for _, pieces in self.items(kind, records, indent))

    def _object(
        self, kind: Kind, row: Row, below: Iterable[tuple[str, Items]], statements: _Statements, indent: str
    ) -> Pieces:
        inner = indent + STEP
        lines = [f"{inner}{encoded(key)}: {text}" for key, text in self._fields(kind, row, inner)]
        yield "{\n" + ",\n".join(lines)
        for table, items in below:
            yield from list_of(table, items, inner)
        for key, text in _told(statements, inner):
            yield f",\n{inner}{encoded(key)}: {text}"
        yield f"\n{indent}}}"

    def _fields(self, kind: Kind, row: Row, indent: str) -> Members:
        """The fields in the order of the record, without those that hold their default."""
        for field in own_fields(kind):
            value = row[field.name]
            if field.required or value != field.default:
                yield field.name, self._text(field, row, indent)

    def _text(self, field: Field, row: Row, indent: str) -> str:
        value = row[field.name]
        table = SINGULAR[str(row["subject"])].table if field.type == "subject_id" else field.refers_to
        if table:
            return encoded(self._name(table, value))
        if isinstance(value, tuple):
            return _listed([encoded(item) for item in value], indent)
        if isinstance(value, float) and value.is_integer() and abs(value) <= GREATEST_INTEGER:
            return str(int(value))
        return encoded(value)

    def _name(self, table: str, id: Value) -> str:
        names = self._names[table]
        if id not in names:
            self._learn(table, [id])
        if id not in names:
            raise StorageError(f"A record names one of the {table} that is not there; `parley check` says which.")
        return names[id]

    def _learn(self, table: str, ids: Iterable[Value]) -> None:
        """Read the names of those of the records that are not known yet."""
        names = self._names[table]
        if len(names) > MOST_NAMES:
            names.clear()
        if new := [id for id in ids if isinstance(id, int) and id not in names]:
            kind = RECORDS[table]
            names.update((id, str(name)) for id, name in self._source.columns(kind, kind.key[:1], ("id", new)))

    def _statements(self, kind: Kind, ids: Sequence[int]) -> dict[Value, dict[Value, list[str]]]:
        """The refs of the statements behind each of these records of the kind, by their relation to it."""
        found: dict[Value, dict[Value, list[str]]] = defaultdict(lambda: defaultdict(list))
        if has_evidence(kind):
            among: dict[str, Sequence[Value]] = {"subject": [kind.singular], "subject_id": ids}
            links = [row for _, row in self._source.everything(Evidence.table, among)]
            self._learn("statements", {row["statement"] for row in links})
            for row in links:
                found[row["subject_id"]][row["relation"]].append(self._name("statements", row["statement"]))
        return found


def _told(statements: _Statements, indent: str) -> Members:
    for key, relation in RELATIONS.items():
        if refs := statements.get(relation):
            yield key, _listed([encoded(ref) for ref in sorted(refs, key=_naturally)], indent)


def _listed(texts: Iterable[str], indent: str) -> str:
    inner = indent + STEP
    return "[\n" + ",\n".join(inner + text for text in texts) + f"\n{indent}]"


def _naturally(ref: str) -> tuple[str, str]:
    return natural(ref), ref
