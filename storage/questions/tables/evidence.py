"""Pane 9: statements without a record, records without evidence, of a single source, inferred, disputed, weak."""

from typing import Final

from storage.fields import Field, Value
from storage.folding import natural
from storage.questions.analysis.evidence import FINDINGS, KINDS, Finding, findings
from storage.questions.facts import Facts
from storage.questions.table import Origin, Row, Rows, at_hand, computed, id_of
from storage.questions.tables.making import made
from storage.questions.tables.registry import Moment, computed_view
from storage.record import SINGULAR

COLUMNS: Final[tuple[Field, ...]] = (
    computed("finding", "Finding", 16, "choice", choices=FINDINGS),
    computed("kind", "Kind", 10, "choice", choices=KINDS),
    computed("key", "Record", 14, "ref"),
    computed("text", "Text", 40),
    computed("statements", "Statements", 12, "list"),
    computed("sources", "Sources", 10, "list"),
)


@computed_view(
    "evidence",
    title="Evidence",
    columns=lambda _facts: COLUMNS,
    watches=(
        *("rounds", "parties", "people", "demands", "positions", "agreements", "commitments", "stances"),
        *("assessments", "sources", "statements", "evidence"),
    ),
)
def rows(facts: Facts, _moment: Moment) -> Rows:
    """One row per finding."""
    found = {_id(each): each for each in findings(facts.provenance, facts.subjects)}
    return at_hand(found, lambda finding: _row(facts, finding))


def _id(finding: Finding) -> int:
    return id_of(finding.finding, finding.subject.kind, finding.subject.id)


def _row(facts: Facts, finding: Finding) -> Row:
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
        facts.frame,
        COLUMNS,
        _id(finding),
        values,
        sources={"key": Origin(SINGULAR[subject.kind].table, subject.id, "")},
        parties=subject.parties,
        inferred=["key"] if subject.basis == "inferred" else [],
    )
