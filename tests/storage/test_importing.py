"""What was exported comes back as it was; what is wrong is named by its place, and then nothing comes in."""

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage import View, format_named, open_store, outgoing, read_data
from storage.errors import BadInput, Refused, StorageError, Unknown
from storage.exports.dossier import whole
from storage.incoming.arriving import IMPORTABLE_KINDS
from storage.records import Commitment, Demand, Dossier, Party
from tests.chance import tries
from tests.storage.hand import Hand, by_sqlite, content, steps, undone_and_redone

ROOT = Path(__file__).parents[2]
DOSSIERS = {"seed": ROOT / "seed.json", "three rounds": ROOT / "tests" / "data" / "istanbul-2025.json"}

ORDER = (
    *("sources", "parties", "people", "rounds", "demands", "statements", "agreements", "commitments", "deliveries"),
    *("positions", "delegates", "links", "signatories", "stances", "assessments", "evidence_links"),
)
"""What others refer to comes first."""


@pytest.fixture
def receive(tmp_path):
    """Import text under a file name into a dossier; what the step is called."""

    def receive(path, name, text, kind="", **options):
        data = tmp_path / name
        data.write_bytes(text.encode() if isinstance(text, str) else text)
        store = open_store(path)
        try:
            with read_data(data, kind) as arriving:
                return store.import_data(arriving, **options).label
        finally:
            store.close()

    return receive


@pytest.fixture
def refusal(receive, tmp_path):
    """Import what is refused; the lines of the refusal, without the folder."""

    def refusal(path, name, text, kind=""):
        before = content(path), steps(path)
        with pytest.raises(BadInput) as caught:
            receive(path, name, text, kind)
        assert (content(path), steps(path)) == before
        return [line.removeprefix(f"{tmp_path}/") for line in caught.value.problems]

    return refusal


def canonical(text):
    """A dossier whose top lists do not depend on the order of recording, which an export sorts anew."""
    document = json.loads(text)
    for each in document.values():
        if isinstance(each, list):
            each.sort(key=lambda item: json.dumps(item, sort_keys=True))
    return document


def dossier_of(path):
    store = open_store(path, read_only=True)
    try:
        return "".join(whole(store))
    finally:
        store.close()


def export(path, view, format, target):
    store = open_store(path)
    with outgoing(store, internal=True) as leaving:
        leaving.write_view(View(IMPORTABLE_KINDS[view]), format_named(format), target)
    store.close()


@pytest.mark.parametrize("format", ["csv", "tsv", "json", "ndjson"])
def test_every_kind_exported_and_imported_makes_the_same_dossier(talks, empty, tmp_path, format):
    store = open_store(empty)
    head = json.loads(DOSSIERS["three rounds"].read_bytes())
    store.edit(Dossier, [1], {"title": head["title"], "about": head["about"]})

    for view in ORDER:
        data = tmp_path / f"{view}.{format}"
        export(talks, view, format, data)
        with read_data(data) as arriving:
            store.import_data(arriving)

    assert not [each for each in store.check() if each.error]
    store.close()
    assert canonical(dossier_of(empty)) == canonical(dossier_of(talks))


def test_every_kind_has_its_place_in_the_order():
    assert {IMPORTABLE_KINDS[view].table for view in ORDER} == {kind.table for kind in IMPORTABLE_KINDS.values()}


@pytest.mark.parametrize("name", DOSSIERS)
def test_a_whole_dossier_goes_into_an_empty_file_and_undo_takes_it_back(name, empty, receive):
    text = DOSSIERS[name].read_text()
    before = content(empty)

    assert receive(empty, "case.json", text) == "whole dossier imported from case.json"

    assert dossier_of(empty) == text
    assert steps(empty) == 1
    hand = Hand(empty)
    undone_and_redone(hand, before)
    hand.store.close()


def test_a_whole_dossier_is_refused_where_records_are(istanbul, receive):
    before = content(istanbul)

    with pytest.raises(Refused, match="empty file, and this one holds 6 parties, 5 people"):
        receive(istanbul, "case.json", DOSSIERS["seed"].read_text())

    assert content(istanbul) == before


def test_a_broken_rule_of_a_whole_dossier_is_told_with_its_path(empty, refusal):
    document = json.loads(DOSSIERS["seed"].read_text())
    document["demands"][0]["positions"][1]["response"] = "asks"

    [line] = refusal(empty, "case.json", json.dumps(document))

    assert line.startswith("case.json: $.demands[0].positions[1].response: RUS can't ask or drop D1")


def test_an_import_is_one_step_that_can_be_undone_and_redone(istanbul, receive):
    before, count = content(istanbul), steps(istanbul)

    label = receive(istanbul, "talks-demands.csv", "ref,title,kind,by_party\nD10,One,goal,UKR\nD11,Two,goal,RUS\n")

    assert label == "2 demands imported from talks-demands.csv"
    assert steps(istanbul) == count + 1
    hand = Hand(istanbul)
    assert undone_and_redone(hand, before) == f"{label}, undone"
    hand.store.close()


def test_a_reference_may_name_a_row_further_down(istanbul, receive):
    rows = "ref,name,aliases,kind,member_of\nAA,Aland,,state,Alliance\n"
    rows += 'BB,Beland,"Be; Bel",state,ab\nAB,Alliance,,coalition,EU\n'
    before = content(istanbul)

    receive(istanbul, "parties.csv", rows)

    hand = Hand(istanbul)
    assert [hand.row(Party, ref).get("member_of") for ref in ("AA", "BB", "AB")] == ["AB", "AB", "EU"]
    assert hand.row(Party, "BB")["aliases"] == ("Be", "Bel")
    hand.undo()
    assert content(istanbul) == before
    hand.redo()
    assert hand.row(Party, "AA")["member_of"] == "AB"
    hand.store.close()


def test_a_circle_among_the_rows_is_told_of_each(istanbul, refusal):
    lines = refusal(istanbul, "parties.csv", "ref,name,kind,member_of\nAA,A,state,BB\nBB,B,state,AA\n")

    assert lines == [
        f"parties.csv: line {line}, column member_of: {ref} would be a member of itself, through the parties that it "
        "is a member of."
        for line, ref in ((2, "AA"), (3, "BB"))
    ]


def test_what_was_broken_before_is_not_blamed_on_the_data(istanbul, receive):
    by_sqlite(istanbul, "UPDATE parties SET member_of = id WHERE ref = 'CHN'")

    assert receive(istanbul, "parties.csv", "ref,name,kind\nAA,A,state\n") == "1 party imported from parties.csv"


def test_headings_names_and_aliases_will_do(istanbul, receive):
    text = "\ufeffREF,Demand,Kind,by,To,Zone\r\nD10,Talks,offer,Kiev,russia,near\r\n"

    receive(istanbul, "x.csv", text, kind="demands")

    hand = Hand(istanbul)
    row = hand.row(Demand, "D10")
    hand.store.close()
    assert (row["title"], row["by_party"], row["to_party"], row["status"]) == ("Talks", "UKR", "RUS", "open")


def test_a_blank_around_a_name_that_nobody_sees_in_a_spreadsheet_hides_no_record(istanbul, receive):
    receive(istanbul, "parties.csv", "ref,name,kind\nNOR,Norway ,state\n")
    receive(istanbul, "demands.csv", "ref,title,kind,by_party,to_party\nD10,Talks,offer,Norway,UKR \n")

    hand = Hand(istanbul)
    row = hand.row(Demand, "D10")
    hand.store.close()
    assert (row["by_party"], row["to_party"]) == ("NOR", "UKR")


def test_who_imports_what_refers_to_others_first_is_told_that_none_of_them_is_there(empty, refusal):
    assert refusal(empty, "demands.csv", "ref,title,kind,by_party\nD1,Talks,offer,NOR\n") == [
        'demands.csv: line 2, column by_party: there is no party "NOR"; there are no parties yet.'
    ]


def test_what_an_older_spreadsheet_saved_is_refused_with_the_name_of_what_to_choose_there(istanbul, refusal):
    text = "ref,name,kind\nTUX,Türkiye,state\n".encode("cp1252")

    assert refusal(istanbul, "parties.csv", text) == [
        "parties.csv: line 2: it is not UTF-8 text; save it as UTF-8, which spreadsheets may call CSV UTF-8."
    ]


def test_a_number_with_a_comma_for_decimals_is_refused_with_how_to_write_one(istanbul, refusal):
    rows = "ref;agreement;by_party;text;quantity\nC9;A1;UKR;Grain;1,5\n"

    assert refusal(istanbul, "commitments.csv", rows) == [
        "commitments.csv: line 2, column quantity: "
        'Quantity must be a number above 0, written as 1000 or 2.5; "1,5" is not.'
    ]


def test_the_computed_columns_of_commitments_are_skipped(istanbul, receive):
    header = "ref,agreement,by_party,due_on,delivered,percent,level,timing\n"

    receive(istanbul, "commitments.csv", f"{header}C9,A1,UKR,2025-07-01,5,10,x,overdue\n")

    hand = Hand(istanbul)
    row = hand.row(Commitment, "C9")
    hand.store.close()
    assert (row["due_basis"], row["state"]) == ("stated", "open")


def test_evidence_names_records_by_kind_and_key(istanbul, receive):
    rows = "statement\tsubject\tsubject_id\trelation\n3a\tposition\tR1/D1/RUS\t\n3b\tdossier\tdossier\tdisputes\n"

    assert receive(istanbul, "evidence.tsv", rows) == "2 evidence links imported from evidence.tsv"


BAD_ROWS = """ref,title,kind,by_party,first_round
D1,Taken,goal,UKR,
D10,,goal,UKR,
D11,"Two
lines",wish,UKR,R1
D12,No such party,goal,Narnia,R9
D13,Short,goal
D14,Fine,goal,UKR,R1
D14,Twin,goal,UKR,R1
"""


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("demands.csv", "ref,title,kind,by_party\n{0}\n\n\n{1}\n\n{0}\n{1}\n"),
        ("demands.ndjson", "\n{0}\n\n\n{1}\n\n{0}\n{1}\n"),
    ],
)
def test_a_mistake_is_told_by_its_line_behind_blank_ones_and_cells_of_several(istanbul, refusal, name, text):
    good, bad = ('D20,"One\n\nor two",goal,UKR', "D21,,goal,UKR")
    if name.endswith("ndjson"):
        good, bad = ('{"ref": "D20", "title": "One", "kind": "goal", "by_party": "UKR"}', '{"ref": "D21"}')
    text = text.format(good, bad)
    starts = [text[: text.index(bad)], text[: text.rindex(bad)]]

    lines = refusal(istanbul, name, text)

    told = {int(line.removeprefix(f"{name}: line ").partition(",")[0]) for line in lines}
    assert told == {start.count("\n") + 1 for start in starts} | {text[: text.rindex(good)].count("\n") + 1}


def test_every_mistake_is_told_by_line_and_column(istanbul, refusal):
    assert refusal(istanbul, "demands.csv", BAD_ROWS) == [
        "demands.csv: line 2, column ref: there is a demand with this ref already: D1.",
        "demands.csv: line 3, column title: Demand is missing; it must be text.",
        "demands.csv: line 4, column kind: Kind must be one of demand, proposal, offer, precondition, goal, red_line; "
        'not "wish".',
        'demands.csv: line 6, column by_party: there is no party "Narnia".',
        'demands.csv: line 6, column first_round: there is no round "R9".',
        "demands.csv: line 7: this row has 3 cells, the header 5 cells.",
        "demands.csv: line 9, column ref: line 8 is a demand with the same ref already.",
    ]


def test_who_writes_a_title_is_told_to_write_the_ref(istanbul, refusal):
    [said] = refusal(istanbul, "positions.csv", "round,demand,party,response\nR1,Direct talks with Putin,CHN,silent\n")

    assert said.endswith('column demand: there is no demand "Direct talks with Putin"; write the ref of the demand.')


DEMANDS = "ref,title,kind,by_party\n"
POSITIONS = "round,demand,party,response,red_line\n"
ROUNDS = "ref,seq,title,format,starts_on\n"
ASSESSMENTS = "subject,subject_id,aspect\n"


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("demands.csv", "", "it is empty; the first line must name the columns."),
        ("demands.csv", "ref,colour\n", "line 1, column colour: unknown column"),
        ("demands.csv", "ref,Ref\n", "line 1, column Ref: this column stands twice"),
        (
            "demands.csv",
            "demand,title,kind,by_party\n",
            "line 1, column title: this and column demand both mean title; keep one, or give the other the name of the "
            "field that it holds.",
        ),
        (
            "people.csv",
            "name\nAna\nAna\n",
            'line 3, column name: line 2 is a person with the same name already. A namesake is written "Name (off',
        ),
        (
            "people.csv",
            "name\nDonald Trump\n",
            "line 2, column name: there is a person with this name already: Donald Trump. A namesake is written ",
        ),
        ("demands.csv", "ref,title,kind\n", "line 1, column by_party: this column is missing; a demand needs it."),
        ("demands.csv", DEMANDS + 'D9,"x"y,goal,UKR\n', 'line 2: after the closing "'),
        ("demands.csv", DEMANDS + 'D9,"x\n\n', 'line 2: a cell that starts with " never ends'),
        ("demands.csv", DEMANDS + "D9,x\ry,goal,UKR\n", "line 2: a carriage return"),
        ("demands.csv", DEMANDS.encode() + b"D9,\xff,goal,UKR\n", "line 2: it is not UTF-8 text"),
        ("demands.csv", DEMANDS + "D10,x\0,goal,UKR\n", "line 2, column title: Demand must not hold a NUL"),
        ("demands.csv", DEMANDS + f"D9,{'x' * 1_000_001},goal,UKR\n", "line 2: a cell is longer"),
        ("demands.tsv", DEMANDS.replace(",", "\t") + "D9\tC:\\x\tgoal\tUKR\n", "line 2: a backslash in tsv"),
        ("demands.json", "[{}, 5]", "$[1]: this must be an object; not 5."),
        ("demands.json", '[{"ref": "D9", "colour": 1}]', "$[0].colour: unknown column"),
        ("demands.json", '[{"ref": "D9", "ref": "D9"}]', "line 1, column 16: the key"),
        ("demands.json", "[NaN]", "line 1, column 2: NaN"),
        ("demands.json", "5", "$: records come as a list of objects; this is 5."),
        ("demands.ndjson", '{}\n\n{"ref": }\n', "line 3, column 9: it is not JSON"),
        ("demands.ndjson", '{"title": 5}\n', "line 1, column title: Demand must be text; 5 is not."),
        ("demands.ndjson", '{"by_party": 5}\n', "line 1, column by_party: this must name a party; 5 does not."),
        ("positions.csv", POSITIONS + "R1,D2,RUS,asks,\n", "line 2, column response: RUS can't ask or drop D2"),
        ("positions.csv", POSITIONS + "R1,D2,RUS,silent,yes\n", "line 2, column red_line: Red line must be true or"),
        ("positions.csv", POSITIONS + "R1,D2,RUS,silent,TRUE\n", "line 2, column red_line: A red line goes only"),
        ("positions.csv", POSITIONS + "R1,D1,RUS,silent,\n", "line 2, column round: there is a position with this"),
        ("rounds.csv", ROUNDS + "R2,1e3,x,direct,\n", "line 2, column seq: Seq must be a whole number"),
        ("rounds.csv", ROUNDS + f"R2,{'9' * 300},x,direct,\n", "line 2, column seq: Seq must be a whole number, at"),
        ("rounds.csv", ROUNDS + "R2,2,x,direct,2025-02-30\n", "line 2, column starts_on: Starts must be a day"),
        ("assessments.csv", ASSESSMENTS + "process,D1,note\n", "line 2, column subject_id"),
        ("assessments.csv", ASSESSMENTS + "demand,D7x,note\n", "line 2, column subject_id: there is no demand"),
    ],
)
def test_what_is_no_such_data_is_refused_with_its_place(istanbul, refusal, name, text, told):
    found = refusal(istanbul, name, text)

    assert any(each.startswith(f"{name}: {told}") for each in found), found


def test_the_second_head_of_a_delegation_is_the_one_to_blame(istanbul, refusal):
    rows = "round,party,person,rank\nR1,USA,Donald Trump,head\nR1,USA,Vladimir Putin,head\n"

    [line] = refusal(istanbul, "delegates.csv", rows)

    assert line == "delegates.csv: line 3, column rank: The delegation of USA in R1 has a head already: Donald Trump."


def test_a_dry_run_says_the_same_and_changes_no_byte(istanbul, receive):
    rows = "ref,title,kind,by_party\nD10,One,goal,UKR\n"
    open_store(istanbul).close()
    before = istanbul.read_bytes()

    assert receive(istanbul, "demands.csv", rows, dry_run=True) == "1 demand imported from demands.csv"

    assert istanbul.read_bytes() == before


def test_a_table_without_rows_is_no_step(istanbul, receive):
    count = steps(istanbul)

    assert receive(istanbul, "demands.csv", "ref,title,kind,by_party\n") == "nothing to import in demands.csv"
    assert steps(istanbul) == count


@pytest.mark.parametrize("name", ["notes.csv", "parties-demands.csv", "demands.txt"])
def test_a_file_that_does_not_say_what_it_holds_is_refused(istanbul, receive, name):
    with pytest.raises(Unknown, match="csv"):
        receive(istanbul, name, "ref\n")


HOSTILE = st.text(st.sampled_from("aD1,\";\t\r\n\\\ufeff\0é'x"), max_size=40).map(str.encode)
HEADER = b"ref,title,kind,by_party\r\n"
CELL = st.text(st.sampled_from('D12aé",;\r\n\t\\ '), max_size=6)
ROW = st.tuples(CELL, CELL).map(lambda cells: ",".join([*(f'"{cell}"' for cell in cells), "goal", "UKR\r\n"]).encode())
SHAPED = st.lists(ROW, max_size=5).map(lambda rows: HEADER + b"".join(rows))


@settings(max_examples=tries(50), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(SHAPED | HOSTILE.map(HEADER.__add__) | HOSTILE | st.binary(max_size=60))
def test_no_bytes_bring_half_of_an_import(empty_with_party, bytes):
    path, store, data = empty_with_party
    data.write_bytes(bytes)
    before = content(path)

    try:
        with read_data(data) as arriving:
            imported = store.import_data(arriving)
    except StorageError:
        assert content(path) == before
    else:
        count = len(content(path)["demands"])
        assert count == len(imported.edits)
        if imported.edits:
            store.undo()
        assert content(path) == before


@pytest.fixture
def empty_with_party(empty, tmp_path):
    """A dossier with one party, and where to put data for it."""
    hand = Hand(empty)
    hand.add(IMPORTABLE_KINDS["parties"], ref="UKR", name="Ukraine", kind="state")
    yield empty, hand.store, tmp_path / "demands.csv"
    hand.store.close()
