"""The seed that ships holds the whole article: every fact of it, each on a statement, and nothing else."""

from collections import Counter
from pathlib import Path

import pytest

from storage import RECORDS, SINGULAR, create_store
from storage.incoming.seeding import prepare, read_seed

SEED = (Path(__file__).parents[2] / "seed.json").read_bytes()

PARAGRAPHS = {1: "abc", 2: "abcd", 3: "abcdef", 4: "abcdef", 5: "abcde", 6: "ab"}
REFS = [f"{paragraph}{letter}" for paragraph, letters in PARAGRAPHS.items() for letter in letters]

LAYERS_ON_EVIDENCE = ("positions", "demands", "agreements", "commitments", "stances", "assessments")


class Article:
    """The rows of the seed, with refs or names in place of ids."""

    def __init__(self):
        self.rows = prepare(read_seed(SEED, "seed.json"), "seed.json", 1).rows
        self.called: dict[tuple[object, object], object] = {
            (table, id): row.get("ref") or row.get("name") for table, rows in self.rows.items() for id, row in rows
        }

    def all(self, table):
        """Every row of a table with what it refers to by name, and the id."""
        return [{"id": id} | {name: self._shown(table, row, name) for name in row} for id, row in self.rows[table]]

    def one(self, table, **having):
        [row] = [row for row in self.all(table) if having.items() <= row.items()]
        return row

    def refs(self, row, subject, relation="supports"):
        """The refs of the statements that support or dispute a row."""
        return [
            each["statement"]
            for each in self.all("evidence")
            if (each["subject"], each["relation"], each["subject_id"]) == (subject, relation, row["id"])
        ]

    def _shown(self, table, row, name):
        field = RECORDS[table].fields[name]
        subject = SINGULAR[row["subject"]].table if name == "subject_id" and row["subject"] in SINGULAR else None
        if table == "evidence" and name == "subject_id":
            return row[name]
        return self.called.get((field.refers_to or subject, row[name]), row[name])


@pytest.fixture(scope="module")
def article():
    return Article()


def test_it_holds_the_article_s_26_statements_in_order(article):
    assert [row["ref"] for row in article.all("statements")] == REFS
    assert len(REFS) == 26


def test_every_statement_is_evidence_of_a_record(article):
    assert {row["statement"] for row in article.all("evidence")} == set(REFS)


@pytest.mark.parametrize("table", LAYERS_ON_EVIDENCE)
def test_no_fact_or_judgement_is_without_evidence(article, table):
    rows = article.all(table)

    assert rows
    assert [row for row in rows if not article.refs(row, RECORDS[table].singular)] == []


def test_its_one_source_is_an_analysis_that_can_t_be_judged(article):
    source = article.one("sources")

    assert (source["ref"], source["kind"], source["reliability"]) == ("S1", "analysis", "F")
    assert (source["author"], source["publisher"], source["url"], source["published_on"]) == ("", "", "", None)


def test_six_parties_are_essential_and_two_of_them_primary(article):
    parties = article.all("parties")

    assert [row["ref"] for row in parties] == ["UKR", "RUS", "USA", "EU", "CHN", "TUR"]
    assert all(row["essential"] for row in parties)
    assert [row["ref"] for row in parties if row["standing"] == "primary"] == ["UKR", "RUS"]
    assert {row["standing"] for row in parties[2:]} == {"secondary"}


def test_the_talks_of_16_may_broke_down(article):
    talks = article.one("rounds")

    assert (talks["ref"], talks["starts_on"], talks["city"]) == ("R1", "2025-05-16", "Istanbul")
    assert (talks["format"], talks["status"], talks["outcome"]) == ("direct", "held", "broke_down")
    assert article.refs(talks, "round") == ["1a", "1b", "1c", "2a"]


def test_each_delegation_has_its_head(article):
    heads = {row["party"]: row["person"] for row in article.all("delegates") if row["rank"] == "head"}

    assert heads == {"UKR": "Rustem Umerov", "RUS": "Vladimir Medinsky"}


@pytest.mark.parametrize(
    ("ref", "kind", "by_party", "to_party", "statement"),
    [
        ("D1", "demand", "UKR", "RUS", "3b"),
        ("D2", "proposal", "UKR", None, "3c"),
        ("D3", "offer", "UKR", "RUS", "3d"),
        ("D4", "red_line", "UKR", None, "3e"),
        ("D5", "goal", "UKR", None, "3f"),
        ("D6", "demand", "RUS", "UKR", "4c"),
        ("D7", "demand", "RUS", None, "4d"),
        ("D8", "proposal", "RUS", "USA", "4e"),
        ("D9", "proposal", "RUS", "USA", "4f"),
    ],
)
def test_each_demand_is_asked_by_its_author_in_the_first_round(article, ref, kind, by_party, to_party, statement):
    demand = article.one("demands", ref=ref)
    ask = article.one("positions", demand=ref, party=by_party)

    assert (demand["kind"], demand["by_party"], demand["to_party"]) == (kind, by_party, to_party)
    assert (ask["round"], ask["response"], ask["basis"]) == ("R1", "asks", "stated")
    assert article.refs(demand, "demand") == article.refs(ask, "position") == [statement]


def test_the_answers_are_one_stated_and_two_inferred_rejections(article):
    answers = [row for row in article.all("positions") if row["response"] != "asks"]

    assert [(row["demand"], row["party"], row["red_line"], row["basis"]) for row in answers] == [
        ("D1", "RUS", False, "stated"),
        ("D6", "UKR", True, "inferred"),
        ("D7", "UKR", True, "inferred"),
    ]
    assert [article.refs(row, "position") for row in answers] == [["4b"], ["3e"], ["3e"]]


def test_only_the_red_line_is_asked_as_one(article):
    asks = [row for row in article.all("positions") if row["response"] == "asks"]

    assert [row["demand"] for row in asks if row["red_line"]] == ["D4"]


def test_integrity_and_return_conflict_with_withdrawal_and_recognition(article):
    links = [(row["demand"], row["kind"], row["other"]) for row in article.all("links")]

    assert links == [(own, "conflicts", other) for own in ("D4", "D5") for other in ("D6", "D7")]


def test_the_exchange_is_agreed_and_each_side_owes_a_thousand(article):
    agreement = article.one("agreements")
    commitments = article.all("commitments")

    assert (agreement["ref"], agreement["kind"], agreement["form"], agreement["cbm"]) == (
        "A1",
        "humanitarian",
        "announced",
        True,
    )
    assert [row["party"] for row in article.all("signatories")] == ["UKR", "RUS"]
    assert [(row["ref"], row["by_party"], row["to_party"], row["quantity"]) for row in commitments] == [
        ("C1", "UKR", "RUS", 1000),
        ("C2", "RUS", "UKR", 1000),
    ]


def test_the_due_date_is_estimated_and_nobody_is_named_to_supervise(article):
    for row in article.all("commitments"):
        assert (row["due_text"], row["due_on"], row["due_basis"]) == ("within weeks", "2025-06-13", "estimated")
        assert row["supervision"]
        assert row["supervisor"] is None
        assert "2d" in article.refs(row, "commitment")
    assert article.one("statements", ref="2d")["attribution"] == "the envoys"


def test_the_president_spoke_on_video(article):
    statement = article.one("statements", ref="3d")

    assert (statement["speaker"], statement["party"], statement["channel"]) == ("Volodymyr Zelenskyy", "UKR", "video")


def test_no_essential_party_wants_a_settlement_yet_but_one_person_does(article):
    stances = article.all("stances")

    of_parties = {row["party"]: (row["will"], row["basis"]) for row in stances if row["person"] is None}
    assert list(of_parties) == ["UKR", "RUS", "USA", "EU", "CHN", "TUR"]
    assert set(of_parties.values()) == {("not_yet", "inferred")}
    [trump] = [row for row in stances if row["person"]]
    assert (trump["person"], trump["will"], trump["driver"]) == ("Donald Trump", "yes", "personal")
    assert trump["motive"]
    assert article.refs(trump, "stance") == ["5a", "5b", "5c", "5d", "5e"]


def test_its_judgements_are_a_dim_outlook_a_step_and_symbols(article):
    outlook, step, symbols = article.all("assessments")

    assert (outlook["subject"], outlook["aspect"], outlook["rating"], outlook["label"]) == (
        "process",
        "outlook",
        -1,
        "dim",
    )
    assert outlook["condition"].startswith("until ")
    assert (step["subject_id"], step["aspect"], step["rating"]) == ("A1", "significance", 1)
    assert article.refs(step, "assessment") == ["2c"]
    assert article.refs(step, "assessment", "disputes") == ["6b"]
    assert (symbols["subject"], symbols["aspect"], symbols["rating"], symbols["label"]) == (
        "process",
        "significance",
        -1,
        "symbolic",
    )


def test_other_spellings_are_aliases(article):
    aliases = {alias for table in ("parties", "people") for row in article.all(table) for alias in row["aliases"]}

    assert {"Kyiv", "Kiev", "Turkey", "Medinskyy", "Zelensky"} <= aliases


def test_the_only_date_beyond_the_article_is_the_estimated_one(article):
    dates = Counter(
        row[field.name]
        for table, kind in RECORDS.items()
        for row in article.all(table)
        for field in kind.fields.values()
        if field.type == "date" and row[field.name]
    )

    assert dates == {"2025-05-16": 2, "2025-06-13": 2}


def test_a_store_takes_it_without_a_broken_rule(tmp_path):
    store = create_store(tmp_path / "istanbul.db", SEED, "seed.json")

    assert [finding for finding in store.check() if finding.error] == []
    store.close()
