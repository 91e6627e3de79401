"""Every computed view in csv, byte by byte, and what the other formats make of it."""

import json
import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import LEFT_OUT

VIEWS = {
    "matrix": """\
demand,title,issue,by_party,to_party,zone,AAA,BBB,LGA
D1,Daily reading,process,AAA,BBB,linked,asks red line [changed],(conditional on D2) [linked],
D2,Dam lowered,security,BBB,,blocked,rejects red line,,
D10,Gates | all,,AAA,,near,,,accepts [answered]
""",
    "changes": """\
demand,title,party,role,movement,from_round,from_response,from_red_line,from_terms,\
to_round,to_response,to_red_line,to_terms,hinges_on,hinge_rejected,basis
D1,Daily reading,AAA,author,changed,R1,asks,false,daily,R2,asks,true,daily,,,stated
D1,Daily reading,BBB,responder,linked,R1,rejects,false,never,R2,conditional,false,,D2,true,inferred
D10,Gates | all,LGA,responder,answered,,,,,R2,accepts,false,,,,stated
""",
    "zones": """\
demand,title,issue,by_party,to_party,status,zone,because
D1,Daily reading,process,AAA,BBB,open,linked,D2
D2,Dam lowered,security,BBB,,open,blocked,AAA
D10,Gates | all,,AAA,,open,near,LGA
""",
    "rejections": """\
round,date,demand,title,party,red_line,basis,terms,words,statements,current
R1,2024-02-09,D1,Daily reading,BBB,false,stated,never,"Never. | Bassa is tired | of ""talks"".",S1.2; S1.10,false
R1,2024-02-09,D2,Dam lowered,AAA,true,stated,,The gauge must be read daily.,S1.1,true
""",
    "commitments": """\
ref,agreement,by_party,to_party,text,quantity,unit,due_text,due_on,due_basis,supervision,supervisor,state,\
delivered,percent,level,timing
C1,A1,BBB,AAA,Open the gates,1000,hours,,2024-05-01,estimated,,,open,12.5,1,1,upcoming
C2,A1,AAA,,Read the gauge,,,,2024-04-01,stated,,,open,,,,overdue
C3,A1,AAA,,Say thanks,,,,,none,,LGA,fulfilled,,,,closed
""",
    "timeline": """\
date,kind,ref,title,party,estimated
2024-02-09,round,R1,First meeting,,false
2024-02-09,statement,S1.1,The gauge must be read daily.,AAA,false
2024-02-10,agreement,A1,Gauge protocol,,false
2024-03-01,delivery,C1,the first gate,BBB,false
2024-04-01,due,C2,Read the gauge,AAA,false
2024-05-01,due,C1,Open the gates,BBB,true
2024-06-01,delivery,C1,,BBB,false
2024-09-01,round,R3,Planned,,false
""",
    "evidence": """\
finding,kind,key,text,statements,sources
unused_statement,statement,S2.2,Nobody uses this.,S2.2,S2
no_evidence,demand,D10,Gates | all,,
no_evidence,position,R2/D1/AAA,,,
no_evidence,position,R2/D1/BBB,,,
no_evidence,position,R2/D10/LGA,,,
no_evidence,position,R3/D10/BBB,,,
no_evidence,commitment,C1,Open the gates,,
no_evidence,commitment,C2,Read the gauge,,
no_evidence,commitment,C3,Say thanks,,
no_evidence,stance,AAA@R2,,,
no_evidence,stance,BBB/Ana Ruiz,Votes,,
no_evidence,stance,LGA@R3,,,
single_source,demand,D1,Daily reading,S1.1,S1
single_source,demand,D2,Dam lowered,S1.2,S1
single_source,position,R1/D1/AAA,daily,S1.1,S1
single_source,position,R1/D1/BBB,never,S1.2; S1.10,S1
single_source,position,R1/D2/AAA,,S1.1,S1
single_source,agreement,A1,Gauge protocol,S1.1,S1
single_source,stance,AAA,,S1.10,S1
single_source,assessment,process/outlook,dim,S1.10,S1
inferred,position,R2/D1/BBB,,,
inferred,stance,AAA,,S1.10,S1
disputed,assessment,process/outlook,dim,S1.2,S1
weak,stance,AAA,,S1.10,S1
weak,assessment,process/outlook,dim,S1.10,S1
""",
    "will": """\
party,name,essential,person,will,driver,motive,basis,round
AAA,Alta,true,,yes,economic,,stated,R2
BBB,Bassa,true,,,,,,
BBB,Bassa,true,Ana Ruiz,yes,,Votes,stated,
""",
    "ledger": """\
round,party,softer,linked,harder,changed,dropped,new,answered
R2,AAA,0,0,0,1,0,0,0
R2,BBB,0,1,0,0,0,0,0
R2,LGA,0,0,0,0,0,0,1
""",
}

ON = {"commitments": ("--on", "2024-05-01")}


@pytest.fixture
def dossier(river, tmp_path):
    """The river talks in the test's own folder."""
    return Path(shutil.copy(river, tmp_path / "river.db"))


def column(text):
    """The first column of a csv, without its heading."""
    return [line.split(",")[0] for line in text.splitlines()[1:]]


@pytest.mark.parametrize("view", VIEWS)
def test_a_computed_view_in_csv(export, view):
    assert export(view, *ON.get(view, ())) == VIEWS[view].replace("\n", "\r\n")


@pytest.mark.parametrize("view", [view for view in VIEWS if view != "matrix"])
def test_json_holds_the_same_rows_under_the_same_names(export, view):
    header, *_ = VIEWS[view].split("\n")

    objects = json.loads(export(view, "-f", "json", *ON.get(view, ())))
    lines = [json.loads(line) for line in export(view, "-f", "ndjson", *ON.get(view, ())).splitlines()]

    assert objects == lines
    assert all(",".join(each) == header for each in objects)


def test_the_matrix_in_json_has_an_object_for_each_cell(export):
    objects = json.loads(export("matrix", "-f", "json"))

    assert objects == [json.loads(line) for line in export("matrix", "-f", "ndjson").splitlines()]
    assert list(objects[0]) == ["demand", "title", "issue", "by_party", "to_party", "zone", "cells"]
    assert objects[0]["cells"] == {
        "AAA": {
            "response": "asks",
            "red_line": True,
            "basis": "stated",
            "hinges_on": None,
            "terms": "daily",
            "round": "R2",
            "movement": "changed",
        },
        "BBB": {
            "response": "conditional",
            "red_line": False,
            "basis": "inferred",
            "hinges_on": "D2",
            "terms": None,
            "round": "R2",
            "movement": "linked",
        },
    }
    assert objects[1]["cells"]["AAA"]["round"] == "R1"


def test_people_read_signs_with_what_is_inferred_in_parentheses(export):
    assert export("matrix", "-f", "md").splitlines()[2:] == [
        r"| D1 | Daily reading | process | AAA | BBB | linked | ◆!Δ | (\~D2)→ | · |",
        "| D2 | Dam lowered | security | BBB | ∅ | blocked | ✖! | · | · |",
        r"| D10 | Gates \| all | ∅ | AAA | ∅ | near | · | · | ✔+ |",
    ]
    assert r"| → linked | R1 | ✖ rejects |  | never | R2 | (\~ conditional) |" in export("changes", "-f", "md")
    assert "| Round | Party | Softer | Linked |" in export("ledger", "-f", "md")
    assert r"| demand | D10 | Gates \| all | ∅ | ∅ |" in export("evidence", "-f", "md")


def test_people_read_estimated_dates_behind_a_sign_and_never_plain_overdue(export):
    lines = export("commitments", "-f", "md", "--on", "2024-05-02").splitlines()

    assert "| ≈2024-05-01 |" in lines[2]
    assert lines[2].endswith("| overdue (est.) |")
    assert lines[3].endswith("| overdue |")
    assert "| ≈2024-05-01 | due | C1 |" in export("timeline", "-f", "md")


def test_people_read_in_the_heading_how_many_essential_parties_say_yes(export):
    assert export("will", "-f", "md").startswith("# Will · yes: 1 of 2 essential parties\n\n| Party | Name |")
    assert "yes: 0 of 2" in export("will", "-f", "md", "--as-of", "R1")


# As of, since, on, party


def test_a_view_stands_as_of_the_round_named(export):
    assert export("matrix", "--as-of", "R1").splitlines()[1:] == [
        "D1,Daily reading,process,AAA,BBB,contested,asks,rejects,",
        "D2,Dam lowered,security,BBB,,blocked,rejects red line,,",
    ]
    assert "D10,Gates | all,,AAA,,agreed,,accepts [answered],accepts" in export("matrix", "--as-of", "R3")
    assert export("changes", "--as-of", "R1").splitlines()[1:] == []
    assert "R1,2024-02-09,D1,Daily reading,BBB,false,stated,never," in export("rejections", "--as-of", "R1")
    assert ",true\r\n" in export("rejections", "--as-of", "R1", "--where", "demand=D1")
    assert export("ledger", "--as-of", "R1").splitlines()[1:] == []
    assert "LGA,League,false,,yes" in export("will", "--as-of", "R3")


def test_changes_and_movement_count_since_the_round_named(export):
    assert column(export("changes", "--as-of", "R3", "--since", "R1")) == ["D1", "D1", "D10", "D10"]
    assert column(export("changes", "--as-of", "R3")) == ["D10"]
    assert column(export("changes", "--since", "R2")) == []
    assert "[" not in export("matrix", "--since", "R2")


def test_commitments_stand_on_the_day_named_and_else_on_today(export):
    assert ",112.5,11,1,overdue_est" in export("commitments", "--on", "2024-06-01")
    assert export("commitments") == export("commitments", "--on", "2024-06-01")


@pytest.mark.parametrize(
    ("view", "party", "found"),
    [
        ("matrix", "AAA", ["D1", "D2", "D10"]),
        ("matrix", "BBB", ["D1", "D2"]),
        ("matrix", "Oberland", ["D1", "D2", "D10"]),
        ("changes", "LGA", ["D10"]),
        ("zones", "LGA", ["D10"]),
        ("rejections", "BBB", ["R1"]),
        ("commitments", "LGA", ["C3"]),
        ("ledger", "AAA", ["R2"]),
        ("will", "BBB", ["BBB", "BBB"]),
        ("demands", "BBB", ["D2"]),
        ("stances", "LGA", ["LGA"]),
    ],
)
def test_party_leaves_only_the_rows_that_name_it(export, view, party, found):
    assert column(export(view, "--party", party)) == found


# Where, search, sort, columns


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (["matrix", "--where", "zone=blocked"], ["D2"]),
        (["matrix", "--where", "zone=blocked", "--where", "zone=near"], ["D2", "D10"]),
        (["matrix", "--where", "by_party=Alta", "--where", "zone!=near"], ["D1"]),
        (["matrix", "--where", "to_party="], ["D2", "D10"]),
        (["matrix", "--where", "BBB!="], ["D1"]),
        (["matrix", "--where", "LGA=accepts [answered]"], ["D10"]),
        (["matrix", "--where", "demand>=D2"], ["D2", "D10"]),
        (["zones", "--where", "because=LGA"], ["D10"]),
        (["changes", "--where", "hinge_rejected=true"], ["D1"]),
        (["changes", "--where", "hinge_rejected="], ["D1", "D10"]),
        (["ledger", "--where", "linked>=1"], ["R2"]),
        (["timeline", "--where", "date>=2024-04-01", "--where", "date<=2024-05-01"], ["2024-04-01", "2024-05-01"]),
        (["will", "--where", "person=Ana Ruiz"], ["BBB"]),
        (["commitments", "--where", "percent>=1", "--on", "2024-05-01"], ["C1"]),
        (["matrix", "--search", "OBERLAND"], ["D1", "D10"]),
        (["matrix", "--search", "gates"], ["D10"]),
        (["rejections", "--search", "tired"], ["R1"]),
        (["matrix", "--search", "nothing"], []),
        (["matrix", "--sort", "-demand"], ["D10", "D2", "D1"]),
        (["matrix", "--sort", "issue"], ["D1", "D2", "D10"]),
        (["matrix", "--sort", "-issue"], ["D2", "D1", "D10"]),
        (["matrix", "--sort", "to_party,-demand"], ["D1", "D10", "D2"]),
        (["commitments", "--sort", "-quantity,-ref"], ["C1", "C3", "C2"]),
    ],
)
def test_a_computed_view_is_narrowed_and_sorted_by_machine_values(export, words, found):
    assert column(export(*words)) == found


def test_a_search_also_finds_what_records_named_by_a_row_are_called(export):
    assert column(export("changes", "--search", "league")) == ["D10"]


def test_columns_come_in_the_order_asked_for(export):
    assert export("matrix", "--columns", "LGA,demand", "--where", "demand=D10") == (
        "LGA,demand\r\naccepts [answered],D10\r\n"
    )
    assert json.loads(export("matrix", "-f", "json", "--columns", "LGA,demand", "--where", "demand=D1")) == [
        {"demand": "D1", "cells": {}}
    ]


def test_names_stand_in_place_of_refs(export):
    text = export("zones", "--names", "--columns", "demand,by_party,zone", "--where", "demand=D2")

    assert text == "demand,by_party,zone\r\nDam lowered,Bassa,blocked\r\n"


@pytest.mark.parametrize(
    ("words", "lines"),
    [
        (["--columns", "ref,zone"], ["D1,linked", "D2,blocked", "D10,near"]),
        (["--columns", "ref,zone", "--as-of", "R1"], ["D1,contested", "D2,blocked", "D10,"]),
        (["--columns", "ref", "--where", "zone=near", "--where", "by_party=AAA"], ["D10"]),
        (["--columns", "ref", "--where", "zone=", "--as-of", "R1"], ["D10"]),
        (["--columns", "zone,ref", "--sort", "-zone"], ["near,D10", "linked,D1", "blocked,D2"]),
        (["--columns", "ref", "--sort", "by_party,-zone"], ["D10", "D1", "D2"]),
    ],
)
def test_demands_know_their_zone(export, words, lines):
    assert export("demands", *words).splitlines()[1:] == lines


# What is internal, and what is not there


def test_views_are_computed_from_what_may_leave(export):
    public, whole = export("matrix"), export("matrix", "--internal")

    assert "asks [new]" in whole
    assert "asks [new]" not in public
    assert "give way" not in "".join(export(view, "-f", "json") for view in VIEWS)
    assert "S2.1" in export("evidence", "--internal")


def test_who_exports_is_told_that_what_is_internal_was_left_out_only_where_something_is(run, dossier, tmp_path):
    assert run("export", dossier, "matrix").err == LEFT_OUT
    assert run("export", dossier, "dossier", "-o", tmp_path / "public.json").err.endswith(f"public.json\n{LEFT_OUT}")
    assert run("brief", dossier, "D1").err == LEFT_OUT
    assert run("export", dossier, "matrix", "--internal").err == ""

    assert run("new", tmp_path / "public.db", "--seed", tmp_path / "public.json").code == 0

    assert run("export", tmp_path / "public.db", "matrix").err == ""


@pytest.mark.parametrize("view", ["matrix", "changes", "zones", "rejections", "will", "ledger"])
def test_without_rounds_a_view_has_no_rows(run, tmp_path, view):
    assert run("new", tmp_path / "empty.db", "--empty").code == 0

    done = run("export", tmp_path / "empty.db", view)

    assert (done.code, len(done.lines)) == (0, 1)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["matrx"], "rounds, demands, positions, delegates"),
        (["matrx"], "matrix, changes, zones, timeline, evidence, rejections, will, ledger, dossier."),
        (["matrix", "--as-of", "R9"], 'There is no round "R9"; there are R1, R2, R3'),
        (["changes", "--since", "R9"], 'There is no round "R9"; there are R1, R2, R3'),
        (["zones", "--since", "R1"], "--since means nothing to zones; it goes with matrix, changes."),
        (["matrix", "--on", "2024-01-01"], "--on means nothing to matrix; it goes with commitments."),
        (["commitments", "--on", "2024-02-30"], '--on is a day such as 2025-06-13, not "2024-02-30"'),
        (["matrix", "--party", "XXX"], 'There is no party "XXX"; there are AAA, BBB, LGA'),
        (["rounds", "--party", "AAA"], "--party means nothing to rounds"),
        (["matrix", "--where", "zone=red"], 'zone is never "red"; it is agreed, blocked,'),
        (["matrix", "--where", "color=red"], 'There is no field "color" in matrix; there are demand, title,'),
        (["matrix", "--sort", "CCC"], 'There is no field "CCC" in matrix'),
        (["zones", "--columns", "AAA"], 'There is no field "AAA" in zones'),
        (["parties", "--columns", "zone"], 'There is no field "zone" in parties'),
    ],
)
def test_what_is_not_there_is_named_together_with_what_is(run, dossier, words, sentence):
    done = run("export", dossier, *words)

    assert (done.code, done.out) == (2, b"")
    assert sentence in done.err
    assert done.err.count("\n") == 1
