"""A document is refused whole, with a place and a sentence for every mistake; or it becomes rows in its own order."""

import json
from pathlib import Path

import pytest

from storage import BadInput, create_store
from storage.incoming.seeding import prepare, read_seed

SEED = (Path(__file__).parents[2] / "seed.json").read_bytes()


def small():
    """A dossier with one record of every kind."""
    return {
        "parley": 1,
        "title": "Talks",
        "from": ["s1"],
        "sources": [{"ref": "S1", "title": "A paper", "kind": "news", "statements": [{"ref": "s1", "text": "..."}]}],
        "parties": [
            {"ref": "AAA", "name": "Aland", "aliases": ["A-land", "Coast"], "kind": "state"},
            {"ref": "BBB", "name": "Beland", "aliases": ["Béland", "Coast"], "kind": "state", "member_of": "AAA"},
        ],
        "people": [{"name": "Ann", "aliases": ["Anna"], "party": "AAA"}],
        "rounds": [
            {
                "ref": "R1",
                "seq": 1,
                "title": "First",
                "format": "direct",
                "delegates": [{"party": "AAA", "person": "Ann", "rank": "head", "from": ["s1"]}],
            }
        ],
        "demands": [
            {
                "ref": "D1",
                "title": "One",
                "kind": "demand",
                "by_party": "AAA",
                "positions": [{"round": "R1", "party": "BBB", "response": "conditional", "hinges_on": "D2"}],
                "links": [{"other": "D2", "kind": "requires"}],
            },
            {"ref": "D2", "title": "Two", "kind": "goal", "by_party": "BBB"},
        ],
        "agreements": [
            {
                "ref": "A1",
                "title": "Deal",
                "kind": "partial",
                "signatories": [{"party": "AAA"}],
                "commitments": [
                    {"ref": "C1", "by_party": "AAA", "deliveries": [{"on_date": "2025-05-25", "amount": 2}]}
                ],
            }
        ],
        "stances": [{"party": "AAA", "will": "yes"}],
        "assessments": [{"subject": "agreement", "subject_id": "A1", "aspect": "note", "disputed_by": ["s1"]}],
    }


def mistakes(document):
    with pytest.raises(BadInput) as refused:
        prepare(document, "case.json", 1)
    return refused.value.problems


def test_every_record_gets_a_row_and_ids_follow_the_document():
    ready = prepare(small(), "case.json", 100)

    ids = [(table, id) for table, rows in ready.rows.items() for id, _ in rows if table != "dossier"]
    in_order = [ready.places[record] for record in sorted(ids, key=lambda record: record[1])]
    assert sorted(id for _, id in ids) == list(range(100, 100 + len(ids)))
    assert in_order == [
        "$.sources[0]",
        "$.sources[0].statements[0]",
        "$.parties[0]",
        "$.parties[1]",
        "$.people[0]",
        "$.rounds[0]",
        "$.rounds[0].delegates[0]",
        "$.rounds[0].delegates[0].from[0]",
        "$.demands[0]",
        "$.demands[0].positions[0]",
        "$.demands[0].links[0]",
        "$.demands[1]",
        "$.agreements[0]",
        "$.agreements[0].signatories[0]",
        "$.agreements[0].commitments[0]",
        "$.agreements[0].commitments[0].deliveries[0]",
        "$.stances[0]",
        "$.assessments[0]",
        "$.assessments[0].disputed_by[0]",
        "$.from[0]",
    ]


def test_references_become_ids_forward_ones_too():
    rows = prepare(small(), "case.json", 100).rows

    [(_, position)] = rows["positions"]
    (first, _), (second, _) = rows["demands"]
    assert (position["demand"], position["hinges_on"]) == (first, second)


def test_evidence_names_the_record_that_lists_the_statement():
    rows = prepare(small(), "case.json", 100).rows

    [(statement, _)] = rows["statements"]
    [(delegate, _)] = rows["delegates"]
    [(assessment, _)] = rows["assessments"]
    assert [row for _, row in rows["evidence"]] == [
        {"statement": statement, "subject": subject, "subject_id": id, "relation": relation}
        for subject, id, relation in [
            ("delegate", delegate, "supports"),
            ("assessment", assessment, "disputes"),
            ("dossier", 1, "supports"),
        ]
    ]


@pytest.mark.parametrize("written", ["AAA", "Aland", "A-land", "aaa", "ALAND", "Åland"])
def test_a_party_can_be_named_by_ref_name_or_alias(written):
    document = small()
    document["stances"][0]["party"] = written

    rows = prepare(document, "case.json", 1).rows

    assert rows["stances"][0][1]["party"] == rows["parties"][0][0]


def test_an_exact_name_goes_before_an_alias_of_another():
    document = small()
    document["parties"][0]["aliases"].append("Beland")
    document["stances"][0]["party"] = "Beland"

    rows = prepare(document, "case.json", 1).rows

    assert rows["stances"][0][1]["party"] == rows["parties"][1][0]


def test_an_exact_alias_goes_before_a_ref_in_other_letters():
    document = small()
    document["parties"][0]["aliases"].append("bbb")
    document["stances"][0]["party"] = "bbb"

    rows = prepare(document, "case.json", 1).rows

    assert rows["stances"][0][1]["party"] == rows["parties"][0][0]


def test_an_alias_of_two_is_refused():
    document = small()
    document["stances"][0]["party"] = "Coast"

    assert mistakes(document) == ['case.json: $.stances[0].party: "Coast" can mean AAA, BBB; say which.']


def test_a_commitment_with_a_due_day_states_it_unless_told_otherwise():
    document = small()
    commitment = document["agreements"][0]["commitments"][0]
    commitment["due_on"] = "2025-06-01"

    [(_, row)] = prepare(document, "case.json", 1).rows["commitments"]

    assert row["due_basis"] == "stated"


@pytest.mark.parametrize(
    ("change", "sentences"),
    [
        (lambda d: d.update(parley=2), ["$.parley: this must be 1, the version of the form."]),
        (lambda d: d.update(parley=True), ["$.parley: this must be 1, the version of the form."]),
        (lambda d: d.pop("parley"), ["$.parley: this must be 1, the version of the form."]),
        (lambda d: d.update(title=" "), ["$.title: Title must not be empty."]),
        (lambda d: d.update(stances={}), ["$.stances: this must be a list of stances; not an object."]),
        (lambda d: d.update(stances=None), ["$.stances: this must be a list of stances; not nothing."]),
        (lambda d: d.update(stances=["yes"]), ['$.stances[0]: this must be an object; not "yes".']),
        (
            lambda d: d["demands"][1].update({"from": "s1"}),
            ['$.demands[1].from: this must be a list of statements; not "s1".'],
        ),
        (
            lambda d: d["demands"][1].update({"from": [1]}),
            ["$.demands[1].from[0]: this must be the ref of a statement; not 1."],
        ),
        (lambda d: d["demands"][1].update({"from": ["s9"]}), ['$.demands[1].from[0]: there is no statement "s9".']),
        (lambda d: d["stances"][0].update(party="XXX"), ['$.stances[0].party: there is no party "XXX".']),
        (lambda d: d["stances"][0].update(party=1), ["$.stances[0].party: Party must be the ref of a party; not 1."]),
        (
            lambda d: d["stances"][0].update(person=["Ann"]),
            ["$.stances[0].person: Person must be the name of a person; not a list."],
        ),
        (lambda d: d["stances"][0].pop("party"), ["$.stances[0].party: Party is missing; it must be a party."]),
        (
            lambda d: d["assessments"][0].update(subject_id="A2"),
            ['$.assessments[0].subject_id: there is no agreement "A2".'],
        ),
        (
            lambda d: d["assessments"][0].update(subject="deal"),
            ['$.assessments[0].subject: Subject must be one of process, party, round, demand, agreement; not "deal".'],
        ),
        (
            lambda d: d["demands"][0]["positions"][0].update(response="nah"),
            [
                "$.demands[0].positions[0].response: Response must be one of asks, drops, accepts, conditional, "
                'deferred, silent, rejects; not "nah".'
            ],
        ),
        (
            lambda d: d["demands"][0]["positions"][0].update(demand="D1"),
            [
                '$.demands[0].positions[0]: unknown field "demand"; there are round, party, response, red_line, terms, '
                "basis, hinges_on, note, from, disputed_by."
            ],
        ),
        (
            lambda d: d["sources"][0]["statements"][0].update({"from": []}),
            [
                '$.sources[0].statements[0]: unknown field "from"; there are ref, said_on, speaker, party, '
                "attribution, channel, text, verbatim, credibility, round, visibility."
            ],
        ),
        (
            lambda d: d["parties"][1].update(ref="AAA"),
            [
                "$.parties[1].ref: $.parties[0] is a party with the same ref already.",
                '$.demands[0].positions[0].party: there is no party "BBB".',
                '$.demands[1].by_party: there is no party "BBB".',
            ],
        ),
        (
            lambda d: d["demands"][0]["positions"].append(d["demands"][0]["positions"][0]),
            [
                "$.demands[0].positions[1].round: $.demands[0].positions[0] is a position with the same round, demand, "
                "party already."
            ],
        ),
        (
            lambda d: d["demands"][1].update(to_party="BBB"),
            ["$.demands[1].to_party: A party can't address a demand to itself; choose another addressee, or none."],
        ),
    ],
)
def test_a_mistake_is_told_with_its_place(change, sentences):
    document = small()
    change(document)

    assert mistakes(document) == [f"case.json: {sentence}" for sentence in sentences]


def test_every_mistake_is_told_in_the_order_of_the_document():
    document = small()
    document["assessments"][0]["aspect"] = "x"
    document["rounds"][0]["delegates"][0]["rank"] = "boss"
    document["foo"] = 1
    document["sources"][0]["statements"][0]["text"] = ""

    places = [sentence.split(": ")[1] for sentence in mistakes(document)]

    assert places == [
        "$",
        "$.sources[0].statements[0].text",
        "$.rounds[0].delegates[0].rank",
        "$.assessments[0].aspect",
    ]


def test_a_wrong_reference_does_not_hide_the_other_mistakes_of_its_record():
    document = small()
    document["demands"][0] |= {"by_party": "XXX", "to_party": "YYY", "kind": "wish"}

    fields = [sentence.split(": ")[1] for sentence in mistakes(document)]

    assert fields == ["$.demands[0].by_party", "$.demands[0].to_party", "$.demands[0].kind"]


def test_a_thousand_mistakes_are_enough():
    document = small()
    document["stances"] = [{}] * 2_000

    assert len(mistakes(document)) == 1_000


def test_a_message_shows_ten_lines_and_counts_the_rest():
    document = small()
    document["stances"] = [{"party": "AAA"}] * 24

    with pytest.raises(BadInput) as refused:
        prepare(document, "case.json", 1)

    lines = str(refused.value).splitlines()
    assert len(lines) == 11
    assert lines[-1] == "and 14 more"


@pytest.mark.parametrize("data", [b"[]", b"1", b"null", b'"x"'])
def test_a_document_that_is_no_object_is_refused(data):
    with pytest.raises(BadInput, match=r'^case.json: \$: a dossier is an object, \{"parley": 1'):
        read_seed(data, "case.json")


def test_an_empty_dossier_needs_no_more_than_a_title():
    rows = prepare({"parley": 1, "title": "Talks"}, "case.json", 1).rows

    assert {table: len(found) for table, found in rows.items() if found} == {"dossier": 1}


def test_rules_across_records_are_told_with_their_place_by_the_store(tmp_path):
    document = json.loads(SEED)
    document["demands"][0]["positions"][1]["response"] = "asks"
    document["parties"][1]["member_of"] = "RUS"

    with pytest.raises(BadInput) as refused:
        create_store(tmp_path / "case.db", json.dumps(document).encode(), "case.json")

    places = sorted(sentence.split(": ")[1] for sentence in refused.value.problems)
    assert places == ["$.demands[0].positions[1].response", "$.parties[1].member_of"]
    assert list(tmp_path.iterdir()) == []
