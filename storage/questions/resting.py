"""What rests on nothing, on one source, on weak ones or on inference alone, what is disputed, what is of no use?"""

import json
import sqlite3
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Final

from storage.folding import natural
from storage.questions.reading import keys
from storage.record import Kind
from storage.records import Agreement, Assessment, Commitment, Demand, Position, Stance, Statement

RESTING_KINDS: Final[Sequence[Kind]] = (Statement, Demand, Position, Agreement, Commitment, Stance, Assessment)
"""The records that ought to rest on statements, after the statements themselves."""


def _behind(kind: Kind, relation: str) -> str:
    """FROM and WHERE of the statements that support or dispute the record t, with their sources."""
    return f"""FROM evidence e JOIN statements s ON s.id = e.statement JOIN sources o ON o.id = s.source
        WHERE e.subject = '{kind.singular}' AND e.subject_id = t.id AND e.relation = '{relation}'"""


Test = Callable[[Kind], str]

TESTS: Final[Mapping[str, Test]] = {
    "unused_statement": lambda _: "NOT EXISTS (SELECT 1 FROM evidence WHERE statement = t.id)",
    "no_evidence": lambda kind: f"NOT EXISTS (SELECT 1 {_behind(kind, 'supports')})",
    "single_source": lambda kind: f"(SELECT min(s.source) = max(s.source) {_behind(kind, 'supports')})",
    "inferred": lambda _: "t.basis = 'inferred'",
    "disputed": lambda kind: f"EXISTS (SELECT 1 {_behind(kind, 'disputes')})",
    "weak": lambda kind: f"(SELECT min({WEAK}) {_behind(kind, 'supports')})",
}
"""What may be found of a record t, in the order in which it is told; nothing that none supports is weak."""

WEAK: Final = "o.reliability IN ('D', 'E', 'F') OR s.credibility > 3"
"""A source or a statement that is graded low, or can't be judged."""

FINDINGS: Final = tuple(TESTS)


def may_be(finding: str, kind: Kind) -> bool:
    """True when the finding means something to records of a kind."""
    if finding == "inferred":
        return "basis" in kind.fields
    return (finding == "unused_statement") is (kind is Statement)


def ids(
    connection: sqlite3.Connection, finding: str, kind: Kind, among: Sequence[int] | None, limit: int | None
) -> "array[int]":
    """The records of a kind of which this is found, in the order of their keys; only those among some, if given."""
    select, parameters = f"SELECT t.id FROM {kind.table} t WHERE {TESTS[finding](kind)}", []
    if among is not None:
        select += " AND t.id IN (SELECT value FROM json_each(?))"
        parameters.append(json.dumps(list(among)))
    key = _key(kind)
    if key is None:
        return _by_key(connection, kind, array("q", _column(connection.execute(select, parameters))))[:limit]
    end = "" if limit is None else f" LIMIT {int(limit)}"
    return array("q", _column(connection.execute(f"{select} ORDER BY {key}, t.id{end}", parameters)))


def _column(rows: Iterable[tuple[int]]) -> Iterator[int]:
    return (id for (id,) in rows)


def _key(kind: Kind) -> str | None:
    """What puts records in the order of their keys; None for a key of which a part may be missing."""
    if kind.key == ("ref",):
        return "t.ref_key"
    fields = [kind.fields[name.lstrip("@")] for name in kind.key]
    if not all(field.refers_to and not field.optional for field in fields):
        return None
    return " || '/' || ".join(f"(SELECT ref_key FROM {each.refers_to} WHERE id = t.{each.name})" for each in fields)


def _by_key(connection: sqlite3.Connection, kind: Kind, found: "array[int]") -> "array[int]":
    keyed = zip(map(natural, keys(connection, kind, found)), found, strict=True)
    return array("q", (id for _, id in sorted(keyed)))
