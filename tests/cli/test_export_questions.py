"""--where, --search, --sort and --columns: which rows, in which order, in which columns."""

import pytest


@pytest.fixture
def refs(export):
    """The refs of the demands, or of what else has one, that these words ask for."""

    def refs(*words, view="demands"):
        return export(view, "--internal", "--columns", "ref", "--no-headers", *words).split()

    return refs


@pytest.mark.parametrize(
    ("conditions", "found"),
    [
        (["status=open"], ["D1", "D2"]),
        (["status!=open"], ["D10"]),
        (["status=open", "status=withdrawn"], ["D1", "D2", "D10"]),
        (["status=open", "by_party=AAA"], ["D1"]),
        (["by_party=Alta"], ["D1", "D10"]),
        (["by_party=Upper Land"], ["D1", "D10"]),
        (["by_party!=AAA"], ["D2"]),
        (["to_party="], ["D2", "D10"]),
        (["to_party!="], ["D1"]),
        (["issue="], ["D10"]),
        (["ref=D10"], ["D10"]),
        (["ref=D10", "ref=D2"], ["D2", "D10"]),
        (["first_round=R1"], ["D1"]),
        (['title=Gates, "all" of them'], ["D10"]),
        (["title=nothing"], []),
    ],
)
def test_where_compares_machine_values(refs, conditions, found):
    assert refs(*(word for each in conditions for word in ("--where", each))) == found


@pytest.mark.parametrize(
    ("view", "condition", "found"),
    [
        ("rounds", "seq>=2", ["R2"]),
        ("rounds", "seq<=1", ["R1"]),
        ("rounds", "starts_on>=2024-02-09", ["R1"]),
        ("rounds", "starts_on<=2024-02-08", []),
        ("rounds", "starts_on=", ["R2"]),
        ("rounds", "track=1.5", ["R1"]),
        ("parties", "essential=true", ["AAA"]),
        ("parties", "essential=false", ["BBB", "CCC", "LGA"]),
        ("parties", "aliases=Upper Land; Oberland", ["AAA"]),
        ("parties", "aliases=", ["BBB", "CCC", "LGA"]),
        ("parties", "note==1+1", ["LGA"]),
        ("commitments", "quantity>=999.5", ["C1"]),
        ("commitments", "quantity=1000", ["C1"]),
        ("statements", "speaker=Ana Ruiz", ["S1.1"]),
        ("statements", "credibility<=2", ["S1.1"]),
    ],
)
def test_where_knows_the_type_of_a_field(refs, view, condition, found):
    assert refs("--where", condition, view=view) == found


@pytest.mark.parametrize(
    ("conditions", "found"),
    [
        (["subject_id=D2"], ["S1.2,demand,D2,supports", "S2.1,demand,D2,supports"]),
        (["subject_id=R1/D1/AAA"], ["S1.1,position,R1/D1/AAA,supports"]),
        (["subject=demand", "subject_id=D1"], ["S1.1,demand,D1,supports"]),
        (["relation=disputes"], ["S1.2,assessment,process/outlook,disputes"]),
    ],
)
def test_evidence_is_asked_by_the_record_it_names(export, conditions, found):
    words = [word for each in conditions for word in ("--where", each)]

    assert export("evidence_links", "--internal", "--no-headers", *words).splitlines() == found


@pytest.mark.parametrize(
    ("text", "found"),
    [("GATES", ["D10"]), ("gauge", ["D1"]), ("alta", ["D1", "D10"]), ("oberland", ["D1", "D10"]), ("nothing", [])],
)
def test_search_finds_text_and_names_whatever_their_case(refs, text, found):
    assert refs("--search", text) == found


def test_search_is_blind_to_accents(refs):
    assert refs("--search", "citta", view="parties") == ["CCC"]
    assert refs("--search", "lodz", view="rounds") == ["R1"]


@pytest.mark.parametrize(
    ("sort", "found"),
    [
        ("ref", ["D1", "D2", "D10"]),
        ("-ref", ["D10", "D2", "D1"]),
        ("title", ["D1", "D2", "D10"]),
        ("by_party,-ref", ["D10", "D1", "D2"]),
        ("-by_party", ["D2", "D1", "D10"]),
        ("issue", ["D1", "D2", "D10"]),
        ("-issue", ["D2", "D1", "D10"]),
    ],
)
def test_sort_is_stable_natural_and_puts_empties_last(refs, sort, found):
    assert refs("--sort", sort) == found


def test_columns_come_in_the_order_asked_for(export):
    text = export("demands", "--columns", "to_party,ref", "--where", "ref=D1")

    assert text == "to_party,ref\r\nBBB,D1\r\n"


def test_names_stand_in_place_of_refs(export):
    text = export("demands", "--columns", "ref,by_party,to_party,first_round", "--names", "--where", "ref=D1")

    assert text == "ref,by_party,to_party,first_round\r\nD1,Alta,Bassa,First meeting\r\n"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["nothing"], 'There is no view "nothing"; there are parties, people, rounds, demands, positions, delegates,'),
        (["demands", "-f", "pdf"], 'There is no format "pdf"; there are csv, tsv, json, ndjson, md'),
        (["demands", "-o", "out.pdf"], "out.pdf does not end like any format; add -f with one of csv, tsv,"),
        (["demands", "--where", "color=red"], 'There is no field "color" in demands; there are ref, title, text,'),
        (["demands", "--where", "status"], '"status" compares nothing; write FIELD=VALUE'),
        (["demands", "--where", "status=shut"], 'status is never "shut"; it is open, agreed, withdrawn,'),
        (["demands", "--where", "by_party=XXX"], 'There is no party "XXX"; there are AAA, BBB, CCC, LGA'),
        (["demands", "--where", "first_round>="], '"first_round>=" names no value to compare with'),
        (["rounds", "--where", "starts_on>=2024-02-31"], 'starts_on is a day such as 2025-06-13, not "2024-02-31"'),
        (["rounds", "--where", "seq=two"], 'seq is a whole number, not "two"'),
        (["commitments", "--where", "quantity<=nan"], 'quantity is a number, not "nan"'),
        (["parties", "--where", "essential=maybe"], 'essential is true or false, not "maybe"'),
        (["evidence_links", "--where", "subject_id=X9"], 'There is no record "X9" that subject_id could name'),
        (["demands", "--sort", "ref,color"], 'There is no field "color" in demands'),
        (["demands", "--columns", "ref,color"], 'There is no field "color" in demands'),
        (["demands", "--columns", "ref,ref"], 'The column "ref" is named twice'),
        (["demands", "--as-of", "R9"], 'There is no round "R9"; there are R1, R2'),
        (["demands", "-f", "json", "--guard"], "--guard means nothing to json; it goes with csv and tsv"),
        (["demands", "-f", "md", "--bom"], "--bom means nothing to md"),
        (["demands", "-f", "ndjson", "--no-headers"], "--no-headers means nothing to ndjson"),
        (["dossier", "-f", "csv"], "The view dossier leaves as json or sqlite, not as csv"),
        (["dossier", "--where", "ref=D1"], "The dossier leaves whole"),
        (["demands", "--colums", "ref"], "No such option"),
        ([], "Missing argument 'VIEW'"),
    ],
)
def test_what_is_not_there_is_named_together_with_what_is(run, dossier, tmp_path, words, sentence):
    before = sorted(tmp_path.iterdir())

    done = run("export", dossier, *words, cwd=tmp_path)

    assert (done.code, done.out) == (2, b"")
    assert sentence in done.err
    assert done.err.count("\n") == 1
    assert sorted(tmp_path.iterdir()) == before


def test_an_internal_record_can_not_even_be_asked_for(run, dossier):
    hidden = run("export", dossier, "statements", "--where", "source=S2")
    never = run("export", dossier, "statements", "--where", "source=S3")

    assert hidden.code == never.code == 2
    assert hidden.err.replace("S2", "S3") == never.err
