"""Which statements stand behind a record, and which dispute it?"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from storage.folding import natural
from storage.questions.analysis.rows import Evidence, Source, Statement


@dataclass(frozen=True)
class Provenance:
    """Which statements stand behind which records."""

    sources: Mapping[int, Source]
    statements: Mapping[int, Statement]
    supporting: Mapping[tuple[str, int], Sequence[Statement]]
    """By the kind and the id of the record; in natural order."""
    disputing: Mapping[tuple[str, int], Sequence[Statement]]


def traced(sources: Iterable[Source], statements: Iterable[Statement], evidence: Iterable[Evidence]) -> Provenance:
    """The rows put together, the statements of each record in natural order. O(n log n)."""
    by_id = {each.id: each for each in statements}
    sides: dict[str, dict[tuple[str, int], list[Statement]]] = {"supports": {}, "disputes": {}}
    for each in evidence:
        sides[each.relation].setdefault((each.subject, each.subject_id), []).append(by_id[each.statement])
    for side in sides.values():
        for found in side.values():
            found[:] = sorted(set(found), key=lambda statement: (natural(statement.ref), statement.id))
    return Provenance({each.id: each for each in sources}, by_id, sides["supports"], sides["disputes"])
