"""Every record view in csv, byte by byte: the fields in the order of the record, references as refs."""

import json

import pytest

VIEWS = {
    "parties": """\
ref,name,aliases,kind,standing,essential,member_of,note
AAA,Alta,Upper Land; Oberland,state,primary,true,,
BBB,Bassa,,state,primary,false,,
CCC,Città,,state,secondary,false,LGA,
LGA,League,,coalition,third,false,,=1+1
""",
    "people": """\
name,aliases,party,office
Ana Ruiz,A. Ruiz,AAA,Minister
""",
    "rounds": """\
ref,seq,title,starts_on,ends_on,city,country,format,track,status,outcome,note
R1,1,First meeting,2024-02-09,2024-02-10,Łódź,Poland,direct,1.5,held,partial,
R2,2,By letter,,,,,written,1,scheduled,pending,
""",
    "demands": """\
ref,title,text,issue,interest,kind,by_party,to_party,first_round,status,note
D1,Daily reading of the gauge,,process,,demand,AAA,BBB,R1,open,
D2,Dam lowered,,security,,red_line,BBB,,,open,
D10,"Gates, ""all"" of them",,,,goal,AAA,,,withdrawn,tab\there \\ there
""",
    "positions": """\
round,demand,party,response,red_line,terms,basis,hinges_on,note
R1,D1,AAA,asks,true,daily,stated,,
R1,D1,BBB,conditional,false,weekly | hourly,reported,D2,
R1,D2,AAA,rejects,true,,inferred,,
""",
    "delegates": """\
round,party,role,person,rank,capacity
R1,AAA,party,Ana Ruiz,head,
R1,LGA,mediator,,,
""",
    "links": """\
demand,other,kind
D1,D2,package
""",
    "agreements": """\
ref,title,round,agreed_on,kind,form,state,cbm,settles,note
A1,Gauge protocol,R1,2024-02-10,procedural,signed,in_force,true,D1,
""",
    "signatories": """\
agreement,party,role
A1,AAA,party
A1,LGA,guarantor
""",
    "deliveries": """\
commitment,on_date,amount,level,note
C1,2024-03-01,12.5,1,
""",
    "sources": '''\
ref,title,author,publisher,url,published_on,kind,reliability
S1,Joint communiqué,,"Ministry, ""Water & Land""",,2024-02-10,official,B
S2,Corridor talk,,,,,leak,F
''',
    "statements": """\
ref,source,said_on,speaker,party,attribution,channel,text,verbatim,credibility,round,visibility
S1.1,S1,2024-02-09,Ana Ruiz,AAA,,press,"We want the gauge read daily,
by both of us.",true,2,R1,public
S1.2,S1,,,,the envoys,article,Gates open for 12.5 hours,false,6,,public
S2.1,S2,,,BBB,,article,They would give way on the dam.,false,6,,internal
""",
    "evidence_links": """\
statement,subject,subject_id,relation
S1.1,position,R1/D1/AAA,supports
S1.1,demand,D1,supports
S2.1,position,R1/D2/AAA,supports
S1.2,demand,D2,supports
S2.1,demand,D2,supports
S1.2,delivery,C1/2024-03-01,supports
S1.2,assessment,process/outlook,disputes
""",
    "stances": """\
party,person,round,will,driver,motive,basis,source
AAA,,R1,conditional,economic,,stated,S1
AAA,Ana Ruiz,,yes,,Votes,inferred,
""",
    "assessments": """\
subject,subject_id,round,aspect,rating,label,text,condition,confidence,source
process,,,outlook,-1,dim,Slow.,,low,
demand,D2,R1,ripeness,,,,,moderate,
""",
}


def as_csv(text):
    """Line ends as RFC 4180 has them, but for the one inside a statement."""
    return text.replace("\n", "\r\n").replace("daily,\r\n", "daily,\n")


@pytest.mark.parametrize("view", VIEWS)
def test_a_record_view_holds_every_stored_field(export, view):
    assert export(view, "--internal") == as_csv(VIEWS[view])


@pytest.mark.parametrize("view", VIEWS)
def test_json_holds_the_same_rows_under_the_same_names(export, view):
    header, *_ = VIEWS[view].split("\n")

    objects = json.loads(export(view, "--internal", "-f", "json"))
    lines = [json.loads(line) for line in export(view, "--internal", "-f", "ndjson").splitlines()]

    assert objects == lines
    assert all(",".join(each) == header for each in objects)


def test_without_internal_a_view_is_as_if_what_rests_on_it_were_gone(export):
    assert "S2.1" not in export("statements")
    assert "S2," not in export("sources")
    assert "R1,D2,AAA" not in export("positions")
    assert "D2," in export("demands")
    assert "S2.1" not in export("evidence_links")


def test_the_dossier_leaves_whole_and_comes_back_byte_for_byte(run, export, tmp_path):
    first = export("dossier", "--internal")
    (tmp_path / "out.json").write_text(first)
    assert run("new", tmp_path / "again.db", "--seed", tmp_path / "out.json").code == 0

    again = run("export", tmp_path / "again.db", "dossier", "--internal", "-f", "json")

    assert again.text == first


def test_the_dossier_leaves_without_what_is_internal(export):
    text = export("dossier")

    assert "give way" not in text
    assert "Corridor" not in text
    assert [each["ref"] for each in json.loads(text)["demands"]] == ["D1", "D10", "D2"]
