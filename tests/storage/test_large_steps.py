"""A step of thousands of edits is one step like any other, and takes no more memory than one of hundreds."""

import shutil
import sqlite3
import tracemalloc
from contextlib import closing
from functools import cache
from pathlib import Path

import pytest

from storage import View, open_store, read_data
from storage.changes import EDITS_HELD
from storage.editing.indexing import MANY as INDEXED_ANEW
from storage.errors import BadInput, Conflict, Refused
from storage.questions.facts import Facts
from storage.records import Commitment, Demand, Link, Party, Position, Round
from storage.view import Sort
from tests.storage.hand import Hand, by_sqlite, content, steps, undone_and_redone

FEW, MANY = EDITS_HELD, 3 * EDITS_HELD


def written(folder, count, more="", first=1000):
    """Write this many demands into a file, named from D1000 on, and what else is said."""
    rows = "".join(f"D{number},Demand {number} of très many,goal,UKR\n" for number in range(first, first + count))
    data = folder / "demands.csv"
    data.write_text(f"ref,title,kind,by_party\n{rows}{more}")
    return data


def receive(store, data):
    """Import a file."""
    with read_data(data) as arriving:
        return store.import_data(arriving)


@pytest.fixture
def bring_in(tmp_path):
    """Import this many demands."""
    return lambda store, *what: receive(store, written(tmp_path, *what))


@pytest.fixture(scope="module")
def with_more(made_once, tmp_path_factory):
    """The packaged dossier with so many demands more, imported once for each number."""
    folder = tmp_path_factory.mktemp("more")

    @cache
    def with_more(count):
        path = Path(shutil.copy(made_once, folder / f"{count}.db"))
        with closing(open_store(path)) as store:
            receive(store, written(folder, count))
        return path

    return with_more


@pytest.fixture
def many(with_more, tmp_path):
    """We, with the seed and many demands more."""
    hand = Hand(Path(shutil.copy(with_more(MANY), tmp_path)))
    yield hand
    hand.store.close()


@pytest.fixture
def very_many(with_more, tmp_path):
    """The same with so many that the indexes were made anew."""
    hand = Hand(Path(shutil.copy(with_more(INDEXED_ANEW), tmp_path)))
    yield hand
    hand.store.close()


def ids(hand, kind=Demand):
    return list(hand.store.find(View(kind)))


def peak_of(act):
    """The most bytes that Python held at once while it did this."""
    tracemalloc.start()
    try:
        act()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_three_times_the_rows_take_no_more_memory(ours, tmp_path, bring_in):
    bring_in(ours.store, 1)  # loads what is loaded once
    peaks = {}
    for count, first in ((FEW + 50, 20_000), (MANY + 150, 40_000)):  # more than a step holds, both
        data = written(tmp_path, count, first=first)
        peaks[count] = [peak_of(lambda data=data: receive(ours.store, data))]
        new = ids(ours)[-count:]
        peaks[count].append(peak_of(lambda new=new: ours.store.edit(Demand, new, {"issue": "one"})))
        peaks[count].append(peak_of(lambda new=new: ours.store.delete(Demand, new)))
        peaks[count].append(peak_of(ours.undo))

    for less, more in zip(*peaks.values(), strict=True):
        assert more < 2 * less


def test_a_text_for_all_is_found_and_what_stood_there_is_not(many):
    before = content(many.path)
    assert len(many.store.find(View(Demand, search="tres many"))) == MANY

    many.store.edit(Demand, ids(many)[-MANY:], {"title": "Zebra crossing", "note": "très peu"})

    assert len(many.store.find(View(Demand, search="tres peu"))) == MANY
    assert not many.store.find(View(Demand, search="tres many"))
    undone_and_redone(many, before)


def test_a_value_for_all_is_one_step_with_an_edit_for_each(many):
    before, count = content(many.path), steps(many.path)

    change = many.store.edit(Demand, ids(many), {"status": "agreed"})

    assert change.label == f"status → agreed in {MANY + 9:,} demands"
    assert (len(change.edits), change.beyond) == (EDITS_HELD, {("demands", "status")})
    assert steps(many.path) == count + 1
    assert {row["status"] for _, row in many.store.everything("demands")} == {"agreed"}
    assert undone_and_redone(many, before) == f"{change.label}, undone"


def test_all_deleted_come_back_as_they_were_with_what_hung_off_them(many):
    before = content(many.path)

    change = many.store.delete(Demand, ids(many))

    assert change.label.startswith(f"{MANY + 9:,} demands deleted, with 12 positions, 4 links, ")
    assert not ids(many)
    undone_and_redone(many, before)


def schema(path):
    """Every table and index of a file, in no order."""
    with closing(sqlite3.connect(path)) as connection:
        return set(connection.execute("SELECT name, sql FROM sqlite_master"))


def test_so_many_rows_that_their_indexes_are_made_anew_leave_the_file_with_the_same_ones(very_many, made_once):
    assert schema(very_many.path) == schema(made_once)
    assert not [each for each in very_many.store.check() if each.error]

    undone_and_redone(very_many, content(made_once))

    assert schema(very_many.path) == schema(made_once)


def test_search_finds_each_of_so_many_rows_until_they_are_taken_back(very_many):
    searched = View(Demand, search="tres many")
    assert len(very_many.store.find(searched)) == INDEXED_ANEW

    very_many.undo()

    assert not very_many.store.find(searched)
    by_sqlite(very_many.path, "INSERT INTO demands_search (demands_search, rank) VALUES ('integrity-check', 1)")


def test_rows_that_are_brought_back_are_looked_up_by_their_indexes_meanwhile(very_many):
    very_many.store.delete(Demand, ids(very_many))
    stated: list[str] = []
    very_many.store._writing.set_trace_callback(stated.append)

    very_many.undo()

    assert any("INTO demands " in each for each in stated)
    assert not [each for each in stated if "DROP INDEX" in each]


def test_a_last_row_that_is_refused_leaves_nothing_of_the_others(ours, bring_in):
    before, count = content(ours.path), steps(ours.path)

    with pytest.raises(BadInput) as refused:
        bring_in(ours.store, MANY, "D1000,Twin,goal,UKR\n")

    [line] = refused.value.problems
    assert line.endswith(f"line {MANY + 2}, column ref: line 2 is a demand with the same ref already.")
    assert (content(ours.path), steps(ours.path)) == (before, count)


def test_a_last_row_that_can_not_be_edited_leaves_the_others_as_they_were(many):
    last = ids(many)[-1]
    by_sqlite(many.path, f"UPDATE demands SET to_party = by_party WHERE id = {last}")
    before, count = content(many.path), steps(many.path)

    with pytest.raises(Refused, match="can't address a demand to itself"):
        many.store.edit(Demand, ids(many), {"status": "agreed"})

    assert (content(many.path), steps(many.path)) == (before, count)


def test_the_first_value_that_somebody_has_changed_meanwhile_is_named(many):
    seen = {id: {"status": "open"} for id in ids(many)}
    by_sqlite(many.path, "UPDATE demands SET status = 'lapsed' WHERE ref IN ('D2500', 'D3500')")

    with pytest.raises(Conflict, match=r"D2500\.status is lapsed now"):
        many.store.edit(Demand, ids(many), {"status": "agreed"}, seen)


def test_a_ref_for_many_is_refused_whole(many):
    before = content(many.path)

    with pytest.raises(Refused, match=r"One ref can't be given to 700 demands\."):
        many.store.edit(Demand, ids(many)[-700:], {"ref": "X1"})

    assert content(many.path) == before


def test_an_import_can_not_be_undone_once_one_of_its_rows_is_referred_to(many):
    many.add(Link, demand="D1", other=f"D{999 + MANY}", kind="conflicts")
    by_sqlite(many.path, "UPDATE history SET session = 'another', id = id + 10 WHERE label LIKE '%added'")
    before = content(many.path)

    with pytest.raises(Conflict, match=r"demands imported.*by now it is referred to by 1 link\."):
        many.undo()

    assert content(many.path) == before


def test_what_went_along_is_told_once_for_the_same_words(ours):
    for number in range(3):
        ours.add(Commitment, ref=f"C{number + 5}", agreement="A1", by_party="UKR", text="t", due_on="2025-07-01")

    change = ours.edit(Commitment, "C5", "C6", "C7", due_on=None)

    assert (change.label, change.also) == ("due on → ∅ in 3 commitments", ("due basis stated → none",))
    ours.undo()
    assert ours.row(Commitment, "C6")["due_basis"] == "stated"


def test_the_history_of_a_record_holds_its_edits_alone(many):
    many.store.edit(Demand, ids(many), {"status": "agreed"})
    last = ids(many)[-1]

    imported, edited = many.store.history_of("demands", last)

    assert [edit.id for edit in imported.edits + edited.edits] == [last, last]
    assert imported.edits[0].adds
    assert (edited.edits[0].before, edited.edits[0].after) == ("open", "agreed")


def test_a_view_may_move_by_an_edit_that_is_not_held(many):
    change = many.store.edit(Demand, ids(many), {"status": "agreed"})
    imported = many.store.steps_after(0)[0]

    assert View(Demand, sort=(Sort("status"),)).may_move(change)
    assert not View(Demand, sort=(Sort("issue"),)).may_move(change)
    assert View(Demand).may_move(imported)
    assert imported.beyond == {("demands", None)}
    assert not View(Position).may_move(imported)


def test_questions_see_what_a_large_step_changed_beyond_the_edits_that_are_held(many):
    said = {"round": many.id(Round, "R1"), "party": many.id(Party, "UKR"), "response": "asks"}
    new = ids(many)[-MANY:]
    facts = Facts(many.store)
    before = facts.around(new)

    many.store.add_all([(Position, {**said, "demand": id}) for id in new])

    now = facts.renewed().around(new)
    assert not any(before.of_demand(id) for id in new)
    assert all(now.of_demand(id) for id in new)


def test_somebody_else_hears_of_a_large_step_in_a_few_edits(ours, theirs, bring_in):
    ours.store.news()
    bring_in(theirs.store, MANY)

    [news] = ours.store.news()

    assert news.label == f"{MANY:,} demands imported from demands.csv"
    assert len(news.edits) == EDITS_HELD
    assert news.tables() == {"demands"}
