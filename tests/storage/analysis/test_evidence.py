"""What rests on what, and what rests on nothing."""

import pytest

from storage.questions.analysis.evidence import FINDINGS, findings, traced
from storage.questions.analysis.rows import Evidence, Source, Statement, Subject

SOURCES = [Source(1, "S1", "A"), Source(2, "S2", "D"), Source(3, "S10", "B")]
REFS = {1: "S1.1", 2: "S1.10", 3: "S1.2", 4: "S2.1", 5: "S10.1"}
STATEMENTS = [
    Statement(1, "S1.1", 1, None, None, "One.", 1),
    Statement(2, "S1.10", 1, None, None, "Ten.", 4),
    Statement(3, "S1.2", 1, None, None, "Two.", 3),
    Statement(4, "S2.1", 2, None, None, "Hearsay.", 1),
    Statement(5, "S10.1", 3, None, None, "Other.", 2),
]
IDS = {ref: id for id, ref in REFS.items()}

D1 = Subject("demand", 1, "D1", "A truce")


def told(subjects, **named):
    """The findings on some records; `supports="S1.1 S2.1"` and `disputes=` name the statements of the first."""
    first = subjects[0]
    evidence = [
        Evidence(IDS[ref], first.kind, first.id, relation) for relation, refs in named.items() for ref in refs.split()
    ]
    rows = findings(traced(SOURCES, STATEMENTS, evidence), subjects)
    return [
        (each.finding, each.subject.key, [statement.ref for statement in each.statements])
        for each in rows
        if each.finding != "unused_statement"
    ]


def test_a_statement_that_no_evidence_names_is_unused():
    evidence = [Evidence(1, "demand", 1, "supports"), Evidence(4, "round", 9, "disputes")]

    found = findings(traced(SOURCES, STATEMENTS, evidence), [])

    assert [(each.finding, each.subject.key, each.subject.text) for each in found] == [
        ("unused_statement", "S1.2", "Two."),
        ("unused_statement", "S1.10", "Ten."),
        ("unused_statement", "S10.1", "Other."),
    ]
    assert [[statement.ref for statement in each.statements] for each in found] == [["S1.2"], ["S1.10"], ["S10.1"]]


def test_a_record_that_no_statement_supports_has_no_evidence():
    assert told([D1]) == [("no_evidence", "D1", [])]


def test_a_dispute_does_not_support():
    assert told([D1], disputes="S1.1") == [("no_evidence", "D1", []), ("disputed", "D1", ["S1.1"])]


def test_statements_of_one_source_are_a_single_source():
    assert told([D1], supports="S1.10 S1.2 S1.1") == [("single_source", "D1", ["S1.1", "S1.2", "S1.10"])]
    assert told([D1], supports="S1.1 S10.1") == []


def test_a_statement_named_twice_is_told_once():
    assert told([D1], supports="S1.1 S1.1") == [("single_source", "D1", ["S1.1"])]


def test_inferred_is_told_by_the_basis_alone():
    inferred = Subject("stance", 1, "UKR", "", "inferred")

    assert told([inferred], supports="S1.1 S10.1") == [("inferred", "UKR", ["S1.1", "S10.1"])]


def test_disputed_names_the_disputing_statements():
    assert told([D1], supports="S1.1 S10.1", disputes="S2.1") == [("disputed", "D1", ["S2.1"])]


@pytest.mark.parametrize(
    ("supports", "weak"),
    [("S2.1 S1.10", True), ("S2.1 S1.1", False), ("S1.2 S10.1", False)],
    ids=["a source D and a credibility 4", "one of them good", "credibility 3"],
)
def test_weak_is_what_only_weak_statements_support(supports, weak):
    assert ("weak" in [finding for finding, *_ in told([D1], supports=supports)]) is weak


def test_findings_stand_by_finding_then_by_kind_then_by_key():
    subjects = [
        Subject("assessment", 1, "process/outlook", ""),
        Subject("position", 2, "R10/D1/UKR", ""),
        Subject("position", 3, "R2/D1/UKR", "", "inferred"),
        Subject("demand", 4, "D10", ""),
        Subject("demand", 5, "D2", ""),
    ]

    assert [key for finding, key, _ in told(subjects) if finding == "no_evidence"] == [
        "D2",
        "D10",
        "R2/D1/UKR",
        "R10/D1/UKR",
        "process/outlook",
    ]
    assert FINDINGS == ("unused_statement", "no_evidence", "single_source", "inferred", "disputed", "weak")
