"""What records are called, what the log says of each step, and what is heard of others."""

import sqlite3
import time

import pytest

from storage.changes import Change, Everything
from storage.editing.writing import EPOCH_MS, RANDOM_BITS, new_id
from storage.record import RECORDS
from storage.records import (
    Assessment,
    Commitment,
    Delegate,
    Delivery,
    Demand,
    Dossier,
    Evidence,
    Link,
    Party,
    Person,
    Position,
    Round,
    Signatory,
    Source,
    Stance,
    Statement,
)
from storage.view import View
from tests.storage.hand import Hand, by_sqlite, content, steps


def search(hand, kind, text):
    return hand.store.keys(kind.table, hand.store.find(View(kind, search=text)))


# What records are called


@pytest.mark.parametrize(
    ("kind", "values", "key"),
    [
        (Party, {"ref": "IND", "name": "India", "kind": "state"}, "IND"),
        (Person, {"name": "Donald Trump (son)"}, "Donald Trump (son)"),
        (Position, {"round": "R2", "demand": "D1", "party": "UKR", "response": "asks"}, "R2/D1/UKR"),
        (Delegate, {"round": "R2", "party": "TUR", "role": "host"}, "R2/TUR"),
        (
            Delegate,
            {"round": "R2", "party": "RUS", "person": "Vladimir Putin", "rank": "head"},
            "R2/RUS/Vladimir Putin",
        ),
        (Link, {"demand": "D1", "kind": "requires", "other": "D2"}, "D1/requires/D2"),
        (Signatory, {"agreement": "A1", "party": "TUR", "role": "guarantor"}, "A1/TUR/guarantor"),
        (Delivery, {"commitment": "C1", "on_date": "2025-05-25"}, "C1/2025-05-25"),
        (Stance, {"party": "UKR", "round": "R2", "will": "yes"}, "UKR@R2"),
        (Stance, {"party": "USA", "person": "Donald Trump", "round": "R2", "will": "no"}, "USA/Donald Trump@R2"),
        (Assessment, {"subject": "process", "aspect": "ripeness"}, "process/ripeness"),
        (
            Assessment,
            {"subject": "agreement", "subject_id": "A1", "aspect": "note", "round": "R2"},
            "agreement:A1/note@R2",
        ),
        (
            Evidence,
            {"statement": "1a", "subject": "position", "subject_id": "R1/D1/RUS"},
            "1a/supports/position:R1/D1/RUS",
        ),
        (Source, {"ref": "S2", "title": "A note", "kind": "news"}, "S2"),
    ],
)
def test_a_record_without_a_ref_is_called_by_what_it_refers_to(ours, kind, values, key):
    ours.add(Round, ref="R2", seq=2, title="Second", format="direct")

    assert ours.add(kind, **values) == key
    assert ours.labels()[-1] == f"{key} added"


@pytest.mark.parametrize(
    ("kind", "values", "key"),
    [
        (Delegate, {"round": "R1", "party": "TUR", "role": "host"}, "R1/TUR"),
        (Delivery, {"commitment": "C1", "on_date": "2025-05-25"}, "C1/2025-05-25"),
        (Stance, {"party": "UKR", "will": "yes", "round": "R1"}, "UKR@R1"),
        (Assessment, {"subject": "agreement", "subject_id": "A1", "aspect": "note"}, "agreement:A1/note"),
        (Assessment, {"subject": "process", "aspect": "ripeness"}, "process/ripeness"),
    ],
)
def test_records_with_the_same_key_are_numbered_as_recorded(ours, kind, values, key):
    keys = [ours.add(kind, **values) for _ in range(3)]

    assert keys == [key, f"{key}#2", f"{key}#3"]
    ours.delete(kind, key)
    assert ours.keys(kind)[-2:] == [key, f"{key}#2"]
    assert ours.store.resolve(kind.table, f"{key}#2") in ours.store.find(View(kind))


def test_keys_come_in_the_order_of_the_ids_asked_for(ours):
    ids = list(ours.store.find(View(Position)))

    assert ours.store.keys("positions", ids[::-1]) == ours.store.keys("positions", ids)[::-1]


@pytest.mark.parametrize(
    ("kind", "values", "proposed"),
    [
        (Demand, {}, {"ref": "D10"}),
        (Round, {}, {"ref": "R2", "seq": 2}),
        (Commitment, {}, {"ref": "C3"}),
        (Statement, {"source": "S1"}, {"ref": "S1.1"}),
        (Statement, {}, {}),
        (Party, {"name": "Ukrainian Diaspora"}, {"ref": "UKR2"}),
        (Party, {"name": "Österreich"}, {"ref": "OST"}),
        (Party, {"name": "Росія"}, {"ref": "P1"}),
        (Party, {"name": ""}, {}),
        (Stance, {}, {}),
    ],
)
def test_a_new_record_is_offered_a_free_ref(ours, kind, values, proposed):
    assert dict(ours.store.proposals(kind, ours.stored(kind, values))) == proposed


def test_the_highest_number_counts_whatever_was_deleted_between(ours):
    ours.add(Demand, ref="D10", title="Ten", kind="demand", by_party="UKR")
    ours.delete(Demand, "D3")

    assert ours.store.proposals(Demand, {}) == {"ref": "D11"}


# Ids


def test_ids_follow_the_order_of_recording_also_across_a_restart(ours):
    ids = []
    for number in range(20):
        ours.add(Person, name=f"Person {number}")
        ids.append(ours.id(Person, f"Person {number}"))
        ours = ours.again() if number == 10 else ours

    assert ids == sorted(set(ids))
    assert list(ours.store.find(View(Person)))[-20:] == ids


def test_an_id_tells_its_time_and_two_files_made_at_once_share_none(istanbul, empty):
    before = (int(time.time() * 1000) - EPOCH_MS) << RANDOM_BITS
    one, other = Hand(istanbul), Hand(empty)

    one.add(Person, name="One")
    other.add(Person, name="Other")

    ids = (one.id(Person, "One"), other.id(Person, "Other"))
    assert ids[0] != ids[1]
    assert all(before <= id < 2**63 for id in ids)


def test_the_records_of_a_seed_have_ids_by_time_too(istanbul):
    ids = [id for kind in RECORDS.values() if kind is not Dossier for id in Hand(istanbul).store.find(View(kind))]

    assert len(set(ids)) == len(ids)
    assert min(ids) > 1 << (RANDOM_BITS + 30)


def test_an_id_is_above_every_other_even_when_the_clock_was_set_back(ours):
    connection = sqlite3.connect(ours.path)
    later = 2**62
    connection.execute("INSERT INTO people (id, name) VALUES (?, 'From the future')", (later,))

    assert new_id(connection, "people") == later + 1


# The log


def test_the_log_is_oldest_first_and_tells_who_when_and_what(ours):
    ours.edit(Demand, "D1", status="agreed")
    ours.edit(Demand, "D1", text="Longer than a line")
    ours.edit(Party, "UKR", aliases=("Kyiv",))
    ours.edit(Position, "R1/D6/UKR", red_line=False)
    ours.edit(Demand, "D1", "D2", to_party="EU")
    ours.edit(Demand, "D3", note="x" * 50, title="y" * 50)
    ours.edit(Evidence, "6a/supports/party:UKR", subject_id="RUS", subject="party")
    ours.delete(Link, "D4/conflicts/D6")

    log = ours.store.log()

    assert [change.label for change in log] == [
        "D1 status open → agreed",
        "D1 text changed",
        "UKR aliases changed",
        "R1/D6/UKR red line yes → no",
        "to party → EU in 2 demands",
        f"D3 title Direct talks with Putin → {'y' * 39}…",
        "6a/supports/party:UKR subject id changed",
        "D4/conflicts/D6 deleted, with 2 evidence links",
    ]
    assert [change.step for change in log] == list(range(1, 9))
    assert all(change.author and change.at.endswith("Z") for change in log)
    assert [change.step for change in ours.store.log(2)] == [7, 8]


def test_a_record_has_a_history_of_its_own_also_when_it_is_gone(ours):
    id = ours.id(Demand, "D1")
    ours.edit(Demand, "D1", "D2", status="agreed")
    ours.edit(Demand, "D2", note="other")
    ours.undo()
    ours.delete(Demand, "D1")

    history = ours.store.history_of("demands", id)

    assert [(change.kind, len(change.edits)) for change in history] == [("do", 1), ("do", 1)]
    assert {edit.id for change in history for edit in change.edits} == {id}
    assert history[0].edits[0].after == "agreed"
    assert history[1].edits[0].deletes


# News


def test_what_others_do_is_heard_once_with_its_edits(ours, theirs):
    theirs.edit(Demand, "D1", status="agreed")
    theirs.add(Person, name="New")

    news = ours.store.news()

    assert [(each.label, each.tables()) for each in news] == [
        ("D1 status open → agreed", frozenset({"demands"})),
        ("New added", frozenset({"people"})),
    ]
    assert ours.store.news() == []


def test_what_we_do_is_no_news_to_us(ours, theirs):
    ours.edit(Demand, "D1", status="agreed")
    assert ours.store.news() == []

    theirs.edit(Demand, "D2", status="lapsed")
    ours.edit(Demand, "D3", status="lapsed")
    theirs.undo()

    assert [each.label for each in ours.store.news()] == ["D2 status open → lapsed", "D2 status lapsed → open, undone"]


def test_a_step_that_was_refused_is_no_news(ours, theirs):
    with pytest.raises(Exception, match="itself"):
        theirs.edit(Demand, "D1", to_party="UKR")

    assert ours.store.news() == []


def test_a_change_without_a_word_in_the_log_is_everything(ours):
    by_sqlite(ours.path, "UPDATE demands SET status = 'lapsed' WHERE ref = 'D1'")

    assert ours.store.news() == [Everything()]
    assert ours.store.news() == []
    assert ours.row(Demand, "D1")["status"] == "lapsed"


def test_search_and_order_follow_a_change_without_a_word(ours):
    by_sqlite(
        ours.path,
        "UPDATE demands SET title = 'Żółw', ref = 'D100' WHERE ref = 'D1'",
        "INSERT INTO people (id, name) VALUES (7, 'Ángela')",
    )

    ours.store.news()

    assert search(ours, Demand, "zolw") == ["D100"]
    assert search(ours, Demand, "30-day") == []
    assert ours.keys(Demand)[-1] == "D100"
    assert search(ours, Person, "angela") == ["Ángela"]
    assert [each.name for each in ours.store.suggestions("people", "ang")] == ["Ángela"]
    assert steps(ours.path) == 0


def test_two_stores_that_both_follow_come_to_rest(ours, theirs):
    by_sqlite(ours.path, "UPDATE demands SET title = 'Żółw' WHERE ref = 'D1'")

    heard = [hand.store.news() for hand in (ours, theirs, ours, theirs, ours, theirs)]

    assert heard[-2:] == [[], []]
    assert search(theirs, Demand, "zolw") == ["D1"]


def test_following_waits_while_another_program_holds_the_file(ours):
    by_sqlite(ours.path, "UPDATE demands SET title = 'Żółw' WHERE ref = 'D1'")
    holder = sqlite3.connect(ours.path, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    ours.store._writing.execute("PRAGMA busy_timeout = 1")

    assert ours.store.news() == [Everything()]
    assert search(ours, Demand, "zolw") == []
    holder.execute("ROLLBACK")
    ours.store.news()
    assert search(ours, Demand, "zolw") == ["D1"]


def test_a_view_knows_what_it_depends_on(ours, theirs):
    theirs.edit(Party, "UKR", name="Ukraina")
    [change] = ours.store.news()

    assert isinstance(change, Change)
    assert View(Demand).depends_on(change.tables())
    assert View(Evidence).depends_on(change.tables())
    assert not View(Link).depends_on(change.tables())
    assert View(Link).depends_on(Everything().tables())


def test_a_backup_is_whole_and_not_put_over_anything(ours, tmp_path):
    ours.edit(Demand, "D1", status="agreed")

    ours.store.backup(tmp_path / "copy.db")

    assert content(tmp_path / "copy.db") == content(ours.path)
    assert steps(tmp_path / "copy.db") == 1
    with pytest.raises(Exception, match="is there already"):
        ours.store.backup(tmp_path / "copy.db")
