"""What rests on what, and what rests on nothing: found in a file, and made into rows when it is looked at."""

import json
from contextlib import contextmanager

import pytest

from storage import Answers, Evidence, Question, create_store
from storage.questions.resting import FINDINGS

SOURCES = [("S1", "A", {"S1.1": 1, "S1.10": 4, "S1.2": 3}), ("S2", "D", {"S2.1": 1}), ("S10", "B", {"S10.1": 2})]
"""Ref and reliability of each source, and the credibility of each of its statements."""


@contextmanager
def talks(folder, **records):
    """A store with three sources, two rounds, two parties, and what else is given in the authoring form."""
    document = {
        "parley": 1,
        "title": "Talks",
        "sources": [
            {
                "ref": ref,
                "title": ref,
                "kind": "news",
                "reliability": reliability,
                "statements": [
                    {"ref": said, "text": f"{said} says.", "credibility": grade} for said, grade in statements.items()
                ],
            }
            for ref, reliability, statements in SOURCES
        ],
        "rounds": [
            {"ref": "R2", "seq": 1, "title": "First", "format": "direct"},
            {"ref": "R10", "seq": 2, "title": "Second", "format": "direct"},
        ],
        "parties": [{"ref": "AAA", "name": "Alta", "kind": "state"}, {"ref": "BBB", "name": "Bassa", "kind": "state"}],
    }
    store = create_store(folder / "talks.db", json.dumps(document | records).encode())
    try:
        yield store
    finally:
        store.close()


def demand(ref="D1", supports="", disputes="", **fields):
    named = {"from": supports.split(), "disputed_by": disputes.split()}
    return {"ref": ref, "kind": "demand", "title": "A truce", "by_party": "AAA", "to_party": "BBB", **named, **fields}


def told(folder, *demands, **records):
    """Each finding but those of unused statements, with the key and the refs of the statements."""
    with talks(folder, demands=[*demands], **records) as store:
        rows = Answers(store).table(Question("evidence")).rows
        found = [tuple(row.values[name] for name in ("finding", "key", "statements")) for row in rows]
    return [each for each in found if each[0] != "unused_statement"]


def test_a_statement_that_no_record_names_is_unused(tmp_path):
    with talks(tmp_path, demands=[demand(supports="S1.1", disputes="S2.1")]) as store:
        rows = [row.values for row in Answers(store).table(Question("evidence")).rows]

    unused = [row for row in rows if row["finding"] == "unused_statement"]
    assert [(row["key"], row["text"], row["statements"], row["sources"]) for row in unused] == [
        ("S1.2", "S1.2 says.", ("S1.2",), ("S1",)),
        ("S1.10", "S1.10 says.", ("S1.10",), ("S1",)),
        ("S10.1", "S10.1 says.", ("S10.1",), ("S10",)),
    ]


def test_a_record_that_no_statement_supports_has_no_evidence(tmp_path):
    assert told(tmp_path, demand()) == [("no_evidence", "D1", ())]


def test_a_dispute_does_not_support(tmp_path):
    assert told(tmp_path, demand(disputes="S1.1")) == [("no_evidence", "D1", ()), ("disputed", "D1", ("S1.1",))]


def test_statements_of_one_source_are_a_single_source(tmp_path):
    assert told(tmp_path, demand(supports="S1.10 S1.2 S1.1")) == [("single_source", "D1", ("S1.1", "S1.2", "S1.10"))]


def test_statements_of_two_sources_are_none(tmp_path):
    assert told(tmp_path, demand(supports="S1.1 S10.1")) == []


def test_inferred_is_told_by_the_basis_alone(tmp_path):
    stance = {"party": "AAA", "will": "no", "basis": "inferred", "from": ["S1.1", "S10.1"]}

    assert told(tmp_path, stances=[stance]) == [("inferred", "AAA", ("S1.1", "S10.1"))]


def test_disputed_names_the_disputing_statements(tmp_path):
    assert told(tmp_path, demand(supports="S1.1 S10.1", disputes="S2.1")) == [("disputed", "D1", ("S2.1",))]


@pytest.mark.parametrize(
    ("supports", "weak"),
    [("S2.1 S1.10", True), ("S2.1 S1.1", False), ("S1.2 S10.1", False)],
    ids=["a source D and a credibility 4", "one of them good", "credibility 3"],
)
def test_weak_is_what_only_weak_statements_support(tmp_path, supports, weak):
    assert ("weak" in [finding for finding, *_ in told(tmp_path, demand(supports=supports))]) is weak


def rejected_in(*rounds):
    return [{"round": round, "party": "BBB", "response": "rejects"} for round in rounds]


def test_findings_stand_by_finding_then_by_kind_then_by_key(tmp_path):
    outlook = {"subject": "process", "aspect": "outlook"}
    stances = [{"party": "BBB"}, {"party": "AAA", "round": "R10"}, {"party": "AAA", "round": "R2"}]
    demands = [demand(ref, positions=rejected_in("R10", "R2")) for ref in ("D10", "D2")]

    found = told(tmp_path, *demands, assessments=[outlook], stances=[{**each, "will": "no"} for each in stances])

    keys = ["D2", "D10", "R2/D2/BBB", "R2/D10/BBB", "R10/D2/BBB", "R10/D10/BBB", "AAA@R2", "AAA@R10", "BBB"]
    assert [key for _, key, _ in found] == [*keys, "process/outlook"]
    assert FINDINGS == ("unused_statement", "no_evidence", "single_source", "inferred", "disputed", "weak")


def test_the_first_findings_are_those_at_the_beginning_of_all(tmp_path):
    with talks(tmp_path, demands=[demand(f"D{number}", disputes="S1.1") for number in range(1, 8)]) as store:
        answers, question = Answers(store), Question("evidence")
        everything = [row.values for row in answers.table(question).rows]

        for most in (1, 4, 5, 12, 99):
            assert [row.values for row in answers.table(question, most).rows] == everything[:most]


def test_a_row_is_made_by_its_id_alone_and_left_out_once_its_finding_is_gone(tmp_path):
    with talks(tmp_path, demands=[demand(), demand("D2", supports="S1.1")]) as store:
        answers, question = Answers(store), Question("evidence")
        ids = answers.table(question).rows.ids
        before = {row.id: (row.values["finding"], row.values["key"]) for row in answers.rows(question, ids)}
        assert list(before) == list(ids)

        named = {"statement": store.resolve("statements", "S1.10"), "subject_id": store.resolve("demands", "D1")}
        store.add(Evidence, {"subject": "demand", **named})

        after = {row.id: (row.values["finding"], row.values["key"]) for row in answers.rows(question, ids)}
        assert set(before.values()) - set(after.values()) == {("unused_statement", "S1.10"), ("no_evidence", "D1")}
        assert after == {id: said for id, said in before.items() if id in after}
