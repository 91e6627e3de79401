"""`parley brief`: one page of Markdown that somebody reads who never saw Parley."""

import json
import re
import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import CASE, LEFT_OUT

DAILY_READING = """\
# D1 · Daily reading

A demand of Alta, addressed to Bassa. Issue: process.

As of R2, By letter; from the dossier “River talks”.

**Where it stands.** Linked: the yes on offer hangs on D2, “Dam lowered”, which is rejected.

## What is wanted

- Daily reading.[^1]

## Who said what, round by round

- R1, First meeting (9 February 2024):
  - **Alta** asks for it: “daily”. In its words: “The gauge must be read daily.”[^1]
  - **Bassa** rejects it: “never”.[^1]
- R2, By letter:
  - **Alta** asks for it, as a red line: “daily”. *(no source recorded)*
  - (**Bassa** would accept, on condition of D2, “Dam lowered” (which Alta rejects); inferred, not stated.) \
*(no source recorded)*

## What moved

- R2, By letter:
  - **Alta** changes what it says. Before: asks for it: “daily”. Now: asks for it, as a red line: “daily”.
  - (**Bassa** says yes only on a condition that is itself rejected, which is no step closer. \
Before: rejects it: “never”. Now: would accept, on condition of D2, “Dam lowered” (which Alta rejects); \
inferred, not stated.)

## Agreements that settle it

None.

## Sources

[^1]: S1, *Protocol*, Ministry, 10 February 2024. <https://example.org/protocol> \
Transcript, usually reliable (B). Statements S1.1, S1.2, S1.10.
"""


@pytest.fixture
def dossier(river, tmp_path):
    """The river talks in the test's own folder."""
    return Path(shutil.copy(river, tmp_path / "river.db"))


@pytest.fixture
def brief(run, dossier):
    """The brief of a record of the dossier."""

    def brief(ref, *words):
        done = run("brief", dossier, ref, *words)
        assert (done.code, done.err) == (0, "" if "--internal" in words else LEFT_OUT)
        return done.text

    return brief


def section(text, title):
    """The lines under a heading."""
    [_, behind] = text.split(f"## {title}\n\n")
    return behind.split("\n\n")[0].splitlines()


def test_a_demand_s_page_tells_who_wants_it_who_answered_what_and_what_moved(brief):
    assert brief("D1") == DAILY_READING


def test_a_page_stands_as_of_the_round_named(brief):
    text = brief("D1", "--as-of", "R1")

    assert "**Where it stands.** Contested: Bassa rejects it." in text
    assert "Nothing has moved between rounds." in text
    assert "By letter" not in text
    assert "Not raised yet." in brief("D10", "--as-of", "R1")


def test_a_round_s_page_stands_as_of_itself(brief):
    text = brief("R1")

    assert "As of R1, First meeting (9 February 2024)" in text
    assert "It is the first round, so nothing can have moved." in text
    assert "- **D1, “Daily reading”**: Contested: Bassa rejects it." in section(text, "Where it leaves the demands")
    assert "Linked" in brief("R1", "--as-of", "R2")


def test_what_moved_is_told_by_round_the_author_first_and_without_a_before_where_there_is_none(
    brief_of_changed, run, tmp_path
):
    def change(talks):
        said = [("AAA", "silent"), ("BBB", "accepts"), ("LGA", "asks")]
        positions = [{"round": "R2", "party": party, "response": response} for party, response in said]
        talks["demands"].append(
            {"ref": "D11", "title": "Fish", "kind": "goal", "by_party": "LGA", "positions": positions}
        )

    assert section(brief_of_changed(change, "D11").text, "What moved") == [
        "- R2, By letter:",
        "  - **League** asks for it.",
        "  - **Alta** was asked and stays silent.",
        "  - **Bassa** answers for the first time: accepts.",
    ]
    in_the_round = run("brief", tmp_path / "changed.db", "R2").text
    assert "\n- **Bassa** on D11, “Fish”, answers for the first time: accepts.\n" in in_the_round


def test_a_demand_s_page_names_every_demand_that_it_is_linked_to(brief_of_changed, run, tmp_path):
    def change(talks):
        kinds = ("package", "replaces", "conflicts")
        talks["demands"][0]["links"] = [{"other": "D2", "kind": kind} for kind in kinds]
        talks["demands"][1]["links"] = [{"other": "D1", "kind": "conflicts"}]

    blocked = "D2, “Dam lowered”, of Bassa. Blocked: Alta rejects it as a red line."
    here = section(brief_of_changed(change, "D1").text, "Other demands")
    assert [line for line in here if "D2" in line] == [
        f"- Conflicts with {blocked}",
        f"- Replaces {blocked}",
        f"- In one package with {blocked}",
    ]
    there = section(run("brief", tmp_path / "changed.db", "D2").text, "Other demands")
    assert [line.partition(" D1")[0] for line in there] == [
        "- Conflicts with",
        "- Replaced by",
        "- In one package with",
    ]


def test_an_agreement_is_told_with_what_became_of_it(brief):
    agreement, gates, gauge, thanks = section(brief("R1"), "What was agreed, and what became of it")

    assert agreement == (
        "- **A1, Gauge protocol**: procedural agreement between Alta and Bassa, "
        "signed on 10 February 2024; pending.[^1]"
    )
    assert gates.startswith(
        "  - **C1** Bassa to Alta: Open the gates (1,000 hours). Due ≈1 May 2024; overdue (est.). Delivered by "
    )
    assert ": 112.5 of 1,000 (11%). Carried out at a minimum." in gates
    assert "Due 1 April 2024; overdue." in gauge
    assert "No due date; supervision by League; fulfilled." in thanks


@pytest.fixture
def brief_of_changed(run, tmp_path):
    """The brief of R1 when the river talks are changed before they become a dossier."""

    def brief(change, *words):
        talks = json.loads((Path(__file__).parent / "talks.json").read_text())
        change(talks)
        (tmp_path / "changed.json").write_text(json.dumps(talks))
        assert run("new", tmp_path / "changed.db", "--seed", tmp_path / "changed.json").code == 0
        return run("brief", tmp_path / "changed.db", *(words or ["R1"]))

    return brief


@pytest.mark.parametrize(
    ("signed", "told"),
    [
        (
            ["AAA party", "BBB party", "LGA guarantor", "LGA witness"],
            "agreement between Alta and Bassa, with League as guarantor and witness, signed",
        ),
        (["AAA party", "LGA mediator"], "agreement by Alta, with League as mediator, signed"),
        (["AAA witness"], "agreement, with Alta as witness, signed"),
        ([], "agreement, signed"),
    ],
)
def test_who_only_witnessed_an_agreement_is_no_party_to_it(brief_of_changed, signed, told):
    def change(talks):
        signatories = [dict(zip(("party", "role"), each.split(), strict=True)) for each in signed]
        talks["agreements"][0]["signatories"] = signatories

    assert f": procedural {told} on 10 February 2024" in brief_of_changed(change).text


def test_what_was_delivered_is_told_without_a_quantity_too(brief_of_changed):
    def change(talks):
        gates, gauge, _ = talks["agreements"][0]["commitments"]
        del gates["quantity"]
        gauge["deliveries"] = [{"on_date": "2024-04-02", "note": "read once"}]

    _, gates, gauge, _ = section(brief_of_changed(change).text, "What was agreed, and what became of it")

    assert ": 112.5 hours. Carried out at a minimum. 1 March 2024: “the first gate”." in gates
    assert "overdue. 2 April 2024: “read once”." in gauge


def test_what_is_stored_becomes_sentences_that_say_nothing_twice(brief_of_changed):
    def change(talks):
        gates, gauge, thanks = talks["agreements"][0]["commitments"]
        gates |= {"due_on": "2999-05-01", "deliveries": [{"on_date": "2024-03-01", "level": 0}]}
        del gauge["due_on"], gauge["due_basis"]
        gauge["due_text"] = "“soon”"
        thanks["state"] = "open"
        talks["assessments"][0] |= {"rating": 0, "text": "Nobody hurries"}

    text = brief_of_changed(change).text

    assert "Due ≈1 May 2999; not due yet. Delivered by" in text
    assert "0 of 1,000 (0%). Not begun." in text
    assert "Due “soon”; without a date." in text
    assert "No due date; supervision by League." in text
    assert "outlook 0 of ±2 “dim”. Nobody hurries. Condition:" in text


def test_a_round_of_several_days_is_told_with_its_last(brief_of_changed):
    def change(talks):
        talks["rounds"][0]["ends_on"] = "2024-02-11"

    assert "held, 9 February 2024 to 11 February 2024 in Łódź." in brief_of_changed(change).text


@pytest.mark.parametrize("visibility", ["internal", "public"])
def test_what_is_not_there_is_said_alike_whether_something_is_withheld_or_not(brief_of_changed, visibility):
    def change(talks):
        talks["sources"][0]["statements"][0]["visibility"] = visibility

    assert brief_of_changed(change, "D99").err == 'There is no demand, round or party "D99" in this dossier.\n'


def test_a_party_s_page_tells_what_it_wants_and_what_it_answered(brief):
    text = brief("Oberland")

    assert text.startswith("# Alta\n\nAlta (AAA), a primary party. Without its will no settlement is real.\n")
    assert section(text, "What it wants")[0] == (
        "- **D1, Daily reading**, of Bassa (a red line): “daily”. "
        "Linked: the yes on offer hangs on D2, “Dam lowered”, which is rejected.[^1]"
    )
    assert section(text, "What it was asked, and answered") == [
        "- **Alta** on D2, “Dam lowered”, of Bassa (R1): rejects it, as a red line. "
        "In its words: “The gauge must be read daily.”[^1]"
    ]


def test_a_party_s_page_tells_where_it_sat_from_where_it_stayed_away_and_whose_member_it_is(
    brief_of_changed, run, tmp_path
):
    def change(talks):
        for party in talks["parties"]:
            party |= {} if party["ref"] == "LGA" else {"member_of": "LGA"}
        led = {"party": "BBB", "person": "Ana Ruiz", "rank": "head", "from": ["S1.2"]}
        by_round = ([led, {"party": "AAA"}], [{"party": "BBB", "role": "absent"}], [led])
        for round, delegates in zip(talks["rounds"], by_round, strict=True):
            round["delegates"] = delegates

    of_bassa = brief_of_changed(change, "BBB").text
    assert "a primary party. A member of League. Without its will" in of_bassa
    assert section(of_bassa, "At the table") == [
        "- **R1, First meeting (9 February 2024)**: Ana Ruiz (head of delegation).[^1]",
        "- **R2, By letter**, absent.",
    ]
    of_the_league = run("brief", tmp_path / "changed.db", "LGA").text
    assert " party. Its members: Alta and Bassa." in of_the_league
    assert "It is not recorded at any round." in of_the_league


def test_judgements_are_marked_as_judgements_with_those_who_dispute_them(brief):
    assert section(brief("R1"), "Judgements") == [
        "- *Judgement, low confidence*: outlook −1 of ±2 “dim”. Condition: until the dam is lowered.[^1] "
        "Disputed by S1.2.[^1]"
    ]
    assert section(brief("BBB"), "Judgements") == [
        "- *Judgement*: **Ana Ruiz, in person,** wants a settlement: Votes. *(no source recorded)*"
    ]
    assert "(**Alta** does not want a settlement; inferred, not stated.)[^1]" in brief("AAA", "--as-of", "R1")


def test_a_judgement_that_names_its_source_cites_it_without_any_statement(brief_of_changed):
    def change(talks):
        talks["sources"].append({"ref": "S9", "title": "Outlook", "kind": "analysis", "reliability": "B"})
        talks["stances"] = [{"party": "BBB", "will": "no", "source": "S9"}]
        talks["assessments"] = [{"subject": "party", "subject_id": "BBB", "aspect": "spoiler", "source": "S9"}]

    text = brief_of_changed(change, "BBB").text
    assert section(text, "Judgements") == [
        "- *Judgement*: **Bassa** does not want a settlement.[^2]",
        "- *Judgement, low confidence*: spoiler.[^2]",
    ]
    assert text.endswith("\n[^2]: S9, *Outlook*. Analysis, usually reliable (B).\n")


def test_every_footnote_that_is_cited_is_there_once_in_the_order_of_citing(run, tmp_path):
    assert run("new", tmp_path / "seed.db").code == 0

    for ref in ("R1", "UKR", "RUS", "USA", "D1", "D6"):
        text = run("brief", tmp_path / "seed.db", ref).text
        body, notes = text.split("## Sources")
        cited = list(dict.fromkeys(re.findall(r"\[\^(\d+)]", body)))
        assert cited == re.findall(r"^\[\^(\d+)]:", notes, re.MULTILINE) == [str(n) for n in range(1, len(cited) + 1)]


def test_what_was_stored_can_not_become_markdown(run, tmp_path):
    dossier = json.loads(CASE.read_text())
    dossier["demands"][0]["text"] = "# Not a heading\n- no list *at all* [x](https://example.org) <b>"
    dossier["demands"][0]["title"] = "1. One"
    (tmp_path / "case.json").write_text(json.dumps(dossier))
    assert run("new", tmp_path / "case.db", "--seed", tmp_path / "case.json").code == 0

    text = run("brief", tmp_path / "case.db", "D1").text

    assert r"- \# Not a heading<br>- no list \*at all\* \[x\](https://example.org) &lt;b>[^1]" in text


def test_a_page_is_made_from_what_may_leave(brief):
    assert "by a metre" not in brief("D2")
    assert "Corridor talk" not in brief("R2")
    assert "by a metre" in brief("D2", "--internal")


def test_a_page_can_be_written_into_a_file(run, dossier, tmp_path):
    done = run("brief", dossier, "D1", "-o", tmp_path / "d1.md")

    assert (done.code, done.out, done.err) == (0, b"", f"The brief of D1 -> {tmp_path / 'd1.md'}\n{LEFT_OUT}")
    assert (tmp_path / "d1.md").read_text() == DAILY_READING


def test_a_ref_that_several_records_have_needs_the_kind(run, tmp_path):
    dossier = json.loads(CASE.read_text())
    dossier["parties"].append({"ref": "D1", "name": "Delta", "kind": "state"})
    (tmp_path / "case.json").write_text(json.dumps(dossier))
    assert run("new", tmp_path / "case.db", "--seed", tmp_path / "case.json").code == 0

    unclear = run("brief", tmp_path / "case.db", "D1")

    assert unclear.code == 2
    assert '"D1" names several records; write demand:D1 or party:D1.' in unclear.err
    assert run("brief", tmp_path / "case.db", "party:D1").text.startswith("# Delta\n")
    assert run("brief", tmp_path / "case.db", "demand:D1").text.startswith("# D1 · ")


def test_a_name_of_several_parties_is_told_with_those_it_can_mean(brief_of_changed, run, tmp_path):
    def change(talks):
        for party in talks["parties"][:2]:
            party["aliases"] = ["Oberland"]

    said = "“Oberland” can mean AAA, LGA; say which.\n"
    assert brief_of_changed(change, "Oberland").err == said
    for words in (["--party", "Oberland"], ["--where", "party=Oberland"]):
        done = run("export", tmp_path / "changed.db", "positions", *words)
        assert (done.code, done.err) == (2, said)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["A1"], 'There is no demand, round or party "A1"'),
        (["party:D1"], 'There is no demand, round or party "party:D1"'),
        (["D1", "--as-of", "R9"], 'There is no round "R9"; there are R1, R2, R3'),
        ([], "Missing argument 'REF'"),
    ],
)
def test_what_is_not_there_is_said(run, dossier, words, sentence):
    done = run("brief", dossier, *words)

    assert (done.code, done.out) == (2, b"")
    assert sentence in done.err


def test_a_demand_has_a_page_before_there_is_any_round(run, tmp_path):
    dossier = {
        "parley": 1,
        "title": "Early",
        "parties": [{"ref": ref, "name": ref, "kind": "state", "standing": "primary"} for ref in ("AAA", "BBB")],
        "demands": [{"ref": "D1", "title": "Peace", "kind": "demand", "by_party": "AAA"}],
    }
    (tmp_path / "early.json").write_text(json.dumps(dossier))
    assert run("new", tmp_path / "early.db", "--seed", tmp_path / "early.json").code == 0

    text = run("brief", tmp_path / "early.db", "D1").text

    assert "Before any round; from the dossier “Early”." in text
    assert "Unanswered: nobody asked has said yes or no (BBB)." in text


def test_words_are_those_of_who_said_them(brief_of_changed):
    def change(talks):
        said = talks["sources"][0]["statements"]
        said.append({"ref": "T1", "text": "Shall be read daily.", "verbatim": True})
        said.append({"ref": "T2", "text": "Daily, fine.", "party": "BBB", "speaker": "Ana Ruiz", "verbatim": True})
        said.append({"ref": "T3", "text": "They agree.", "attribution": "the envoys", "verbatim": True})
        said.append({"ref": "T4", "text": "So be it.", "party": "AAA", "verbatim": True})
        [rejects] = [each for each in talks["demands"][0]["positions"] if each["response"] == "rejects"]
        rejects["from"] = ["T1", "T2", "T3", "T4"]
        talks["stances"][2]["from"] = ["T2"]

    text = brief_of_changed(change, "BBB", "--as-of", "R1").text

    assert (
        "“never”. In the words of S1: “Shall be read daily.” In its words: “Daily, fine.” "
        "In the words of the envoys: “They agree.” In the words of Alta: “So be it.”[^1]"
    ) in text
    assert "wants a settlement: Votes. In the words of Ana Ruiz: “Daily, fine.”[^1]" in text
