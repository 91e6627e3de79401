"""What rests on nothing, on a single source, on weak ones or on inference, what is disputed, what is of no use?"""

from array import array
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from storage.fields import Field, Value
from storage.folding import natural
from storage.questions.facts import Facts
from storage.questions.resting import FINDINGS, RESTING_KINDS, may_be
from storage.questions.table import Origin, Row, Rows, computed, id_of
from storage.questions.tables.making import made
from storage.questions.tables.registry import Moment, computed_view
from storage.record import Kind, references

COLUMNS: Final[tuple[Field, ...]] = (
    computed("finding", "Finding", 16, "choice", choices=FINDINGS),
    computed("kind", "Kind", 10, "choice", choices=tuple(kind.singular for kind in RESTING_KINDS)),
    computed("key", "Record", 14, "ref"),
    computed("text", "Text", 40),
    computed("statements", "Statements", 12, "list"),
    computed("sources", "Sources", 10, "list"),
)

TEXTS: Final = ("title", "terms", "motive", "text", "label")
"""The fields that tell a record from others; the first that holds anything does."""


class Group(NamedTuple):
    """The records of one kind of which one thing is found.

    A row has the id of its record `^ mark`, and so the record that of its row `^ mark`: none of millions is held.
    """

    finding: str
    kind: Kind

    @property
    def mark(self) -> int:
        """A number of this group alone."""
        return id_of(self.finding, self.kind.singular)


GROUPS: Final = tuple(Group(finding, kind) for finding in FINDINGS for kind in RESTING_KINDS if may_be(finding, kind))


@computed_view(
    "evidence",
    title="Evidence",
    columns=lambda _facts: COLUMNS,
    watches=(
        *("rounds", "parties", "people", "demands", "positions", "agreements", "commitments", "stances"),
        *("assessments", "sources", "statements", "evidence"),
    ),
    begins_at_once=True,
)
def rows(facts: Facts, _moment: Moment) -> Rows:
    """One row per finding: by finding, then by kind, then by key."""

    def find(most: int | None) -> "array[int]":
        found = array("q")
        for group in GROUPS:
            ids = facts.resting(*group, most=None if most is None else most - len(found))
            found.extend(id ^ group.mark for id in ids)
        return found

    likeliest = [*GROUPS]

    def make(ids: Sequence[int]) -> Iterator[Row]:
        found: dict[int, Row] = {}
        for group in (*likeliest,):
            left = [id for id in ids if id not in found]
            there = facts.resting(*group, among=[id ^ group.mark for id in left]) if left else ()
            if there:
                found |= {row.id: row for row in _rows(facts, group, there)}
                likeliest.remove(group)
                likeliest.insert(0, group)  # the rows after these are of the same
        return (found[id] for id in ids if id in found)

    return Rows(find, make)


def _rows(facts: Facts, group: Group, ids: Sequence[int]) -> Iterator[Row]:
    finding, kind = group
    provenance = facts.behind(kind, ids)
    sides = provenance.disputing if finding == "disputed" else provenance.supporting
    parties = [each.name for each in references(kind) if each.refers_to == "parties"]
    fields = [*parties, *(name for name in (*TEXTS, "basis") if name in kind.fields)]
    for id, key, record in facts.keyed(kind, fields, ids):
        alone = finding == "unused_statement"
        statements = [provenance.statements[id]] if alone else sides.get((kind.singular, id), ())
        sources = {provenance.sources[each.source].ref for each in statements}
        values: dict[str, Value] = {
            "finding": finding,
            "kind": kind.singular,
            "key": key,
            "text": next((text for name in TEXTS if (text := record.get(name))), ""),
            "statements": tuple(each.ref for each in statements),
            "sources": tuple(sorted(sources, key=lambda ref: (natural(ref), ref))),
        }
        yield made(
            facts.frame,
            COLUMNS,
            id ^ group.mark,
            values,
            sources={"key": Origin(kind.table, id, "")},
            parties=[party for name in parties if isinstance(party := record.get(name), int)],
            inferred=["key"] if record.get("basis") == "inferred" else [],
        )
