"""Who said so, how good is the source, who disputes it, and what rests on nothing?"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from storage.folding import natural
from storage.questions.analysis.rows import Evidence, Source, Statement, Subject
from storage.questions.analysis.talks import Talks

KINDS: Final = ("statement", "demand", "position", "agreement", "commitment", "stance", "assessment")

WEAK_SOURCES: Final = ("D", "E", "F")
WEAKEST_GOOD: Final = 3
"""The credibility below which, in higher numbers, a statement is weak."""


def subjects_of(talks: Talks, demand: int) -> Iterator[Subject]:
    """A demand and the positions on it."""
    asked = talks.demands[demand]
    yield Subject("demand", demand, asked.ref, asked.title, parties=(asked.by_party, asked.to_party))
    for row in talks.rows_on(demand):
        key = f"{talks.round_ref(row.seq)}/{asked.ref}/{talks.party_ref(row.party)}"
        yield Subject("position", row.id, key, row.terms, row.basis, (row.party,))


class Finding(NamedTuple):
    """One record with something to say about what it rests on; the statements in natural order."""

    finding: str
    subject: Subject
    statements: Sequence[Statement]


@dataclass(frozen=True)
class Provenance:
    """Which statements stand behind which records."""

    sources: Mapping[int, Source]
    statements: Mapping[int, Statement]
    supporting: Mapping[tuple[str, int], Sequence[Statement]]
    """By the kind and the id of the record; in natural order."""
    disputing: Mapping[tuple[str, int], Sequence[Statement]]
    used: frozenset[int]
    """The statements that some record names."""

    def supports(self, subject: Subject) -> Sequence[Statement]:
        """The statements that support a record."""
        return self.supporting.get((subject.kind, subject.id), ())

    def disputes(self, subject: Subject) -> Sequence[Statement]:
        """The statements that dispute a record."""
        return self.disputing.get((subject.kind, subject.id), ())

    def is_weak(self, statement: Statement) -> bool:
        """True when the source or what it says here is graded low, or can't be judged."""
        source = self.sources[statement.source]
        return source.reliability in WEAK_SOURCES or statement.credibility > WEAKEST_GOOD


def traced(sources: Iterable[Source], statements: Iterable[Statement], evidence: Iterable[Evidence]) -> Provenance:
    """The rows put together, the statements of each record in natural order. O(n log n)."""
    by_id = {each.id: each for each in statements}
    sides: dict[str, dict[tuple[str, int], list[Statement]]] = {"supports": {}, "disputes": {}}
    used = set()
    for each in evidence:
        used.add(each.statement)
        sides[each.relation].setdefault((each.subject, each.subject_id), []).append(by_id[each.statement])
    for side in sides.values():
        for found in side.values():
            found[:] = sorted(set(found), key=lambda statement: (natural(statement.ref), statement.id))
    return Provenance({each.id: each for each in sources}, by_id, sides["supports"], sides["disputes"], frozenset(used))


def has_no_evidence(provenance: Provenance, subject: Subject) -> bool:
    """No statement supports it; a dispute does not support."""
    return not provenance.supports(subject)


def has_single_source(provenance: Provenance, subject: Subject) -> bool:
    """All supporting statements are from one source."""
    return len({each.source for each in provenance.supports(subject)}) == 1


def is_inferred(_provenance: Provenance, subject: Subject) -> bool:
    """Nobody said it: it follows from what was said."""
    return subject.basis == "inferred"


def is_disputed(provenance: Provenance, subject: Subject) -> bool:
    """A statement disputes it."""
    return bool(provenance.disputes(subject))


def is_weakly_supported(provenance: Provenance, subject: Subject) -> bool:
    """Every supporting statement is weak, and there is one."""
    supports = provenance.supports(subject)
    return bool(supports) and all(provenance.is_weak(each) for each in supports)


Test = Callable[[Provenance, Subject], bool]
Names = Callable[[Provenance, Subject], Sequence[Statement]]

TESTS: Final[tuple[tuple[str, Test, Names], ...]] = (
    ("no_evidence", has_no_evidence, Provenance.supports),
    ("single_source", has_single_source, Provenance.supports),
    ("inferred", is_inferred, Provenance.supports),
    ("disputed", is_disputed, Provenance.disputes),
    ("weak", is_weakly_supported, Provenance.supports),
)
"""What may be found of a record, in the order in which it is told, and the statements to name."""

FINDINGS: Final = ("unused_statement", *(name for name, _, _ in TESTS))


def findings(provenance: Provenance, subjects: Iterable[Subject]) -> list[Finding]:
    """Every finding: by finding, then by kind, then by key. O(records log records).

    `subjects` are the records that ought to rest on statements; the statements are looked at besides.
    """
    ordered = sorted(subjects, key=lambda each: (KINDS.index(each.kind), natural(each.key), each.id))
    found = [
        Finding(name, subject, names(provenance, subject))
        for name, fits, names in TESTS
        for subject in ordered
        if fits(provenance, subject)
    ]
    return [*_unused(provenance), *found]


def _unused(provenance: Provenance) -> Iterator[Finding]:
    unused = (each for each in provenance.statements.values() if each.id not in provenance.used)
    for each in sorted(unused, key=lambda statement: (natural(statement.ref), statement.id)):
        subject = Subject("statement", each.id, each.ref, each.text, parties=(each.party,))
        yield Finding("unused_statement", subject, [each])
