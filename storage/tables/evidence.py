"""Pane 9: statements without a record, records without evidence, of a single source, inferred, disputed, weak."""

from collections.abc import Mapping, Sequence
from typing import Final

from storage.analysis.evidence import FINDINGS, KINDS, Finding, findings
from storage.facts import Facts
from storage.fields import Field, Value
from storage.folding import natural
from storage.record import SINGULAR
from storage.table import Origin, Row, Rows, computed, id_of
from storage.tables.making import made
from storage.tables.registry import Moment, computed_view

COLUMNS: Final[tuple[Field, ...]] = (
    computed("finding", "Finding", 16, "choice", choices=FINDINGS),
    computed("kind", "Kind", 10, "choice", choices=KINDS),
    computed("key", "Record", 14, "ref"),
    computed("text", "Text", 40),
    computed("statements", "Statements", 12, "list"),
    computed("sources", "Sources", 10, "list"),
)

Parties = Mapping[tuple[str, int], Sequence[int | None]]


@computed_view(
    "evidence",
    title="Evidence",
    columns=lambda _facts: COLUMNS,
    watches=(
        *("rounds", "parties", "people", "demands", "positions", "agreements", "commitments", "stances"),
        *("assessments", "sources", "statements", "evidence"),
    ),
)
def rows(facts: Facts, _moment: Moment) -> Sequence[Row]:
    """One row per finding."""
    parties = _parties(facts)
    return Rows(findings(facts.provenance, facts.subjects), lambda finding: _row(facts, finding, parties))


def _row(facts: Facts, finding: Finding, parties: Parties) -> Row:
    subject = finding.subject
    sources = {facts.provenance.sources[each.source].ref for each in finding.statements}
    values: dict[str, Value] = {
        "finding": finding.finding,
        "kind": subject.kind,
        "key": subject.key,
        "text": subject.text,
        "statements": tuple(each.ref for each in finding.statements),
        "sources": tuple(sorted(sources, key=lambda ref: (natural(ref), ref))),
    }
    return made(
        facts,
        COLUMNS,
        id_of(finding.finding, subject.kind, subject.id),
        values,
        sources={"key": Origin(SINGULAR[subject.kind].table, subject.id, "")},
        parties=parties.get((subject.kind, subject.id), ()),
        inferred=["key"] if subject.basis == "inferred" else [],
    )


def _parties(facts: Facts) -> Parties:
    """The parties that each record names itself."""
    named: dict[tuple[str, int], Sequence[int | None]] = {}
    for demand in facts.talks.demands.values():
        named["demand", demand.id] = (demand.by_party, demand.to_party)
    for positions in facts.talks.by_seq.values():
        named |= {("position", each.id): (each.party,) for each in positions}
    for commitment in facts.commitments:
        ids = (commitment.values[name] for name in ("by_party", "to_party", "supervisor"))
        named["commitment", commitment.id] = [id for id in ids if isinstance(id, int)]
    named |= {("stance", each.id): (each.party,) for each in facts.stances}
    named |= {("statement", each.id): (each.party,) for each in facts.provenance.statements.values()}
    return named
