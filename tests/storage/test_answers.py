"""Answers that stay: what is read once and kept is what a fresh reading would give, whatever was changed meanwhile."""

import shutil
from contextlib import closing
from pathlib import Path

import pytest

from storage import (
    COMPUTED_VIEWS,
    Answers,
    Demand,
    Link,
    Origin,
    Party,
    Position,
    Question,
    Round,
    View,
    create_store,
    open_store,
)
from storage.file.connection import connect
from storage.sqlite import SqliteStore

RIVER = (Path(__file__).parents[1] / "cli" / "talks.json").read_bytes()
SEED = (Path(__file__).parents[2] / "seed.json").read_bytes()


@pytest.fixture(scope="module")
def river_made_once(tmp_path_factory):
    path = tmp_path_factory.mktemp("river") / "river.db"
    create_store(path, RIVER).close()
    return path


@pytest.fixture
def store(river_made_once, tmp_path):
    store = open_store(shutil.copy(river_made_once, tmp_path))
    yield store
    store.close()


def id_of(store, kind, key):
    """The id of the record with a ref or key."""
    ids = store.find(View(kind))
    return ids[store.keys(kind.table, ids).index(key)]


def told(answers, as_of):
    """All that every computed view says."""
    return {
        view: [dict(row.values) for row in answers.table(Question(view, as_of=as_of, on="2024-05-02")).rows]
        for view in COMPUTED_VIEWS
    }


def edit(kind, key, **values):
    def change(store):
        named = {
            name: id_of(store, Demand, value) if name in ("demand", "hinges_on") else value
            for name, value in values.items()
        }
        store.edit(kind, [id_of(store, kind, key)], named)

    return change


def delete(kind, key):
    return lambda store: store.delete(kind, [id_of(store, kind, key)])


def add_position(store):
    said = {"round": id_of(store, Round, "R2"), "demand": id_of(store, Demand, "D10")}
    store.add(Position, {**said, "party": id_of(store, Party, "BBB"), "response": "rejects"})


def add_link(store):
    ids = {"demand": id_of(store, Demand, "D1"), "other": id_of(store, Demand, "D2")}
    store.add(Link, {**ids, "kind": "conflicts"})


def make_later(store):
    edit(Demand, "D10", first_round=None)(store)
    delete(Position, "R2/D10/LGA")(store)


def delete_and_undo(store):
    delete(Demand, "D1")(store)
    store.undo()


def swap_rounds(store):
    edit(Round, "R1", seq=9)(store)


def change_without_a_word(store):
    other = connect(store.path)
    other.execute("UPDATE positions SET response = 'accepts', hinges_on = NULL WHERE response = 'conditional'")
    other.close()


def change_a_party_without_a_word_before_a_step(store):
    other = connect(store.path)
    other.execute("UPDATE parties SET standing = 'third' WHERE ref = 'BBB'")
    other.close()
    edit(Demand, "D2", title="Another")(store)


def change_without_a_word_before_a_step(store):
    change_without_a_word(store)
    edit(Demand, "D2", title="Another")(store)


def change_without_a_word_that_is_heard_of_before_a_step(store):
    change_without_a_word(store)
    store.news()
    edit(Demand, "D2", title="Another")(store)


CHANGES = {
    "a position is edited": edit(Position, "R2/D1/BBB", response="rejects"),
    "a position is of another demand": edit(Position, "R1/D2/AAA", demand="D10", response="asks", red_line=False),
    "a position is added": add_position,
    "a position is deleted": delete(Position, "R1/D1/BBB"),
    "the only position on a demand is deleted": delete(Position, "R1/D2/AAA"),
    "a demand is withdrawn": edit(Demand, "D1", status="withdrawn"),
    "a demand is deleted": delete(Demand, "D2"),
    "a deletion is undone": delete_and_undo,
    "a party is primary no more": edit(Party, "BBB", standing="third"),
    "a party is deleted": delete(Party, "BBB"),
    "a round is deleted": delete(Round, "R1"),
    "a round is not held yet": edit(Round, "R2", status="scheduled"),
    "rounds change places": swap_rounds,
    "a link is added": add_link,
    "a demand was made later": make_later,
    "a demand is called otherwise": edit(Demand, "D1", ref="D99"),
    "another program changes a row without a word in the log": change_without_a_word,
    "another program changes a row without a word, and then a step is made": change_without_a_word_before_a_step,
    "another program changes a row without a word, that is heard of, and then a step is made": (
        change_without_a_word_that_is_heard_of_before_a_step
    ),
    "another program changes a party without a word, and then a step is made": (
        change_a_party_without_a_word_before_a_step
    ),
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_is_kept_is_what_a_fresh_reading_gives(store, change):
    kept = Answers(store)
    before = told(kept, None)

    CHANGES[change](store)

    now = told(kept, None)
    fresh = Answers(store)
    assert now == told(fresh, None)
    assert (now == before) is (change == "a deletion is undone")


def test_a_change_that_stands_in_no_log_is_met_once_however_many_steps_follow(store):
    change_without_a_word_before_a_step(store)
    met = store.version().unlogged

    edit(Demand, "D2", title="Yet another")(store)

    assert store.version().unlogged == met == 1


def test_rows_that_no_change_has_touched_are_read_only_once(store):
    answers = Answers(store)
    d1, d2 = id_of(store, Demand, "D1"), id_of(store, Demand, "D2")
    before = answers.facts()
    said = before.around([d1, d2]).said

    edit(Position, "R2/D1/BBB", response="rejects")(store)

    after = answers.facts()
    assert after is answers.facts()
    assert after is not before
    now = after.around([d1, d2]).said
    assert now[d2] is said[d2]
    assert now[d1] is not said[d1]


class Watched(SqliteStore):
    """A store that remembers which kinds of record were read."""

    def __init__(self, path):
        super().__init__(path)
        self.read = set()

    def columns(self, kind, names, among=None):
        self.read.add(kind)
        return super().columns(kind, names, among)


def test_rounds_and_parties_that_no_change_has_touched_are_read_only_once(store):
    watched = Watched(store.path)
    answers = Answers(watched)
    told(answers, None)
    watched.read.clear()

    edit(Position, "R2/D1/BBB", response="rejects")(watched)
    told(answers, None)

    assert Position in watched.read
    assert watched.read.isdisjoint({Round, Party})
    watched.close()


@pytest.mark.parametrize("view", ["commitments", "timeline", "will"])
def test_what_is_not_about_positions_reads_none(tmp_path, view):
    create_store(tmp_path / "river.db", RIVER).close()
    store = Watched(tmp_path / "river.db")

    assert list(Answers(store).table(Question(view)).rows)

    assert store.read
    assert Position not in store.read
    store.close()


def test_a_cell_tells_the_field_of_the_record_that_it_shows(store):
    [row] = [row for row in Answers(store).table(Question("matrix")).rows if row.values["demand"] == "D1"]

    assert row.id == id_of(store, Demand, "D1")
    assert row.sources["title"] == Origin("demands", row.id, "title")
    assert row.sources["AAA"] == Origin("positions", id_of(store, Position, "R2/D1/AAA"), "response")
    assert row.sources["LGA"] == Origin("positions", None, "response")
    assert row.sources["zone"] is None


def test_a_table_says_as_of_when_it_stands(store):
    table = Answers(store).table(Question("matrix"))

    assert [each and each.ref for each in (table.as_of, table.since)] == ["R2", "R1"]
    assert table.parties == {"AAA", "BBB", "LGA"}


def test_the_seed_s_demands_stand_where_the_article_leaves_them(tmp_path):
    store = create_store(tmp_path / "seed.db", SEED)

    rows = Answers(store).table(Question("zones")).rows

    assert {row.values["demand"]: row.values["zone"] for row in rows} == {
        "D1": "contested",
        "D2": "unanswered",
        "D3": "unanswered",
        "D4": "clashing",
        "D5": "clashing",
        "D6": "blocked",
        "D7": "blocked",
        "D8": "unanswered",
        "D9": "unanswered",
    }
    store.close()


def test_a_dossier_open_for_reading_only_answers_as_well(store):
    reading = open_store(store.path, read_only=True)

    assert told(Answers(reading), "R1") == told(Answers(store), "R1")
    reading.close()


@pytest.mark.parametrize("view", COMPUTED_VIEWS)
def test_named_rows_alone_are_answered_in_the_order_named(store, view):
    answers = Answers(store)
    ids = [row.id for row in answers.table(Question(view)).rows][-1:0:-1]

    named = answers.table(Question(view, ids=tuple(ids))).rows

    assert [row.id for row in named] == ids


def test_the_days_and_numbers_of_a_column_are_listed_by_what_they_are_and_empty_ones_last(talks):
    with closing(open_store(talks)) as store:
        answers = Answers(store)
        days = [each.shown for each in answers.counted(Question("commitments"), "due_on")]
        numbers = [each.shown for each in answers.counted(Question("commitments"), "percent")]

    assert days == ["2025-06-08", "≈2025-06-13", "≈2025-09-30", "≈2025-10-30", "∅"]
    assert numbers == ["0", "1", "19", "33", "100", "∅"]
