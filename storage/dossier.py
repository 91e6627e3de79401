"""A whole dossier as JSON, in the form that `read_seed` reads; read and written again it is the same text.

What hangs off a record is written before it and waits as text, which takes less room than rows would.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Protocol

from storage.authoring import FORMAT, FORMAT_KEY, RELATIONS, TOP_LEVEL, has_evidence, nested, own_fields
from storage.changes import Row
from storage.errors import StorageError
from storage.fields import GREATEST_INTEGER, Field, Value
from storage.folding import natural
from storage.record import RECORDS, SINGULAR, Kind
from storage.records import Dossier, Evidence

STEP: Final = "  "

Members = Iterator[tuple[str, str]]
"""The keys of an object, each with the text of its value."""

encoded: Final = json.JSONEncoder(ensure_ascii=False, allow_nan=False).encode


class Source(Protocol):
    """Whatever can tell all records of a table."""

    def everything(self, table: str) -> Iterable[tuple[int, Row]]:
        """Every record with its id, in the order of recording."""


def whole(source: Source) -> Iterator[str]:
    """The dossier as JSON, piece by piece."""
    writing = _Writing(source)
    yield f"{{\n{STEP}{encoded(FORMAT_KEY)}: {FORMAT}"
    for key, text in writing.head():
        yield f",\n{STEP}{encoded(key)}: {text}"
    for kind in TOP_LEVEL:
        yield from _long_list(kind.table, (text for _, text in writing.objects(kind, STEP * 2)))
    yield "\n}\n"


def _long_list(key: str, texts: Iterator[str]) -> Iterator[str]:
    """A list at the top, piece by piece; nothing if it is empty."""
    first = next(texts, None)
    if first is None:
        return
    yield f",\n{STEP}{encoded(key)}: [\n{STEP * 2}{first}"
    for text in texts:
        yield f",\n{STEP * 2}{text}"
    yield f"\n{STEP}]"


@dataclass(frozen=True)
class _Writing:
    """The texts of a dossier's records, each as it stands at an indent."""

    source: Source

    def head(self) -> Members:
        """What the dossier says of itself."""
        for id, row in self.source.everything(Dossier.table):
            yield from self._fields(Dossier, row, STEP)
            yield from self._statements(Dossier, id, STEP)

    def objects(self, kind: Kind, indent: str) -> Iterator[tuple[Row, str]]:
        """Every record of a kind as recorded, with its text."""
        inner = indent + STEP
        below = {child.table: self._by_parent(child, inner + STEP) for child in nested(kind)}
        for id, row in self.source.everything(kind.table):
            members = [*self._fields(kind, row, inner)]
            members += [(table, _listed(texts.pop(id), inner)) for table, texts in below.items() if id in texts]
            members += self._statements(kind, id, inner)
            lines = (f"{inner}{encoded(key)}: {text}" for key, text in members)
            yield row, "{\n" + ",\n".join(lines) + f"\n{indent}}}"

    def _by_parent(self, kind: Kind, indent: str) -> dict[Value, list[str]]:
        texts: dict[Value, list[str]] = defaultdict(list)
        for row, text in self.objects(kind, indent):
            texts[row[kind.parent or ""]].append(text)
        return texts

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
            raise StorageError(f"A record names one of the {table} that is not there; `parley check` says which.")
        return names[id]

    def _statements(self, kind: Kind, id: int, indent: str) -> Members:
        if not has_evidence(kind):
            return
        for key, relation in RELATIONS.items():
            if refs := self._evidence.get((kind.singular, relation), {}).get(id):
                yield key, _listed([encoded(ref) for ref in sorted(refs, key=_naturally)], indent)

    @cached_property
    def _names(self) -> "_Names":
        return _Names(self.source)

    @cached_property
    def _evidence(self) -> dict[tuple[Value, Value], dict[Value, list[str]]]:
        """The refs of the statements behind each record, by its kind and their relation to it, then by its id."""
        found: dict[tuple[Value, Value], dict[Value, list[str]]] = {}
        for _, row in self.source.everything(Evidence.table):
            ids = found.setdefault((row["subject"], row["relation"]), {})
            ids.setdefault(row["subject_id"], []).append(self._name("statements", row["statement"]))
        return found


class _Names(dict[str, dict[Value, str]]):
    """What references are written as: by table and id, each table read when it is first asked for."""

    def __init__(self, source: Source) -> None:
        self._source = source

    def __missing__(self, table: str) -> dict[Value, str]:
        column = RECORDS[table].key[0]
        names: dict[Value, str] = {id: str(row[column]) for id, row in self._source.everything(table)}
        self[table] = names
        return names


def _listed(texts: Iterable[str], indent: str) -> str:
    inner = indent + STEP
    return "[\n" + ",\n".join(inner + text for text in texts) + f"\n{indent}]"


def _naturally(ref: str) -> tuple[str, str]:
    return natural(ref), ref
