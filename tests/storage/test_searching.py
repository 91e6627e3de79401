"""The search index proposes every row that holds a needle, whatever was done to the rows."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storage.editing.writing import stale_derived
from storage.file.connection import connect
from storage.folding import fold
from storage.questions import matching, searching
from storage.questions.query import ids_of, proposed
from storage.records import Demand, Party
from storage.view import Sort, View
from tests.chance import tries
from tests.storage.hand import Hand, index_is_sound


@pytest.fixture(scope="module", autouse=True)
def by_the_index():
    """The index is asked about few records, too, which are walked through in place of that otherwise."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(matching, "SMALL", 0)
        yield


TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=12)


def found(hand, needle):
    """The refs of the demands that a search finds."""
    return hand.store.keys("demands", hand.store.find(View(Demand, search=needle)))


def test_a_needle_is_found_wherever_it_stands_in_a_text_with_any_case_and_accent(ours):
    ours.edit(Demand, "D1", note="the Łódź protocol (Ürümqi draft)")

    assert [found(ours, needle) for needle in ("lodz", "ODZ PRO", "urumqi", "draft)", "o", "ł")] == [
        *[["D1"]] * 4,
        *[found(ours, "o")] * 1,
        found(ours, "l"),
    ]
    assert "D1" in found(ours, "ł")


def test_the_index_follows_edits_additions_deletions_undo_and_redo(ours):
    ours.edit(Demand, "D1", note="zebra crossing")
    assert found(ours, "zebra") == ["D1"]
    ours.edit(Demand, "D1", note="")
    assert found(ours, "zebra") == []
    ours.undo()
    assert found(ours, "zebra") == ["D1"]
    ours.delete(Demand, "D1")
    assert found(ours, "zebra") == []
    ours.undo()
    assert found(ours, "zebra") == ["D1"]
    assert index_is_sound(ours.path)


def test_what_search_and_order_go_by_follows_every_edit_and_its_undo(ours):
    ours.edit(Demand, "D1", title="Ärger 10", note="")
    assert not stale(ours.path)
    ours.edit(Demand, "D1", ref="D10")
    assert not stale(ours.path)
    ours.undo()
    ours.undo()
    assert not stale(ours.path)


def stale(path):
    """The demands whose derived columns are not those of their fields."""
    with closing(connect(path)) as connection:
        return list(stale_derived(connection, Demand))


def test_what_another_program_writes_is_found_once_it_is_noticed(ours):
    with sqlite3.connect(ours.path) as other:
        other.execute("UPDATE demands SET note = 'a quagga' WHERE ref = 'D2'")
        other.execute("DELETE FROM evidence")
        other.execute("DELETE FROM statements")
    other.close()

    ours.store.news()

    assert found(ours, "quagga") == ["D2"]


@given(st.lists(TEXT, min_size=1, max_size=8), st.data())
@settings(max_examples=tries(25), deadline=None)
def test_by_the_index_and_without_it_a_search_finds_the_same_in_the_same_order(
    made_once, tmp_path_factory, notes, data
):
    path = Path(shutil.copy(made_once, tmp_path_factory.mktemp("searching")))
    hand = Hand(path)
    demands = hand.keys(Demand)
    for ref, note in zip(demands, notes, strict=False):
        hand.edit(Demand, ref, note=note)
    text = fold("\n".join((*notes, "ukraine", "ceasefire")))
    start = data.draw(st.integers(0, len(text) - 1))
    needle = text[start : start + data.draw(st.integers(1, 6))]
    view = View(Demand, search=needle, sort=data.draw(st.sampled_from(((), (Sort("title"),), (Sort("note", True),)))))

    by_index, walking = (asked(hand, view, by_index) for by_index in (True, False))

    assert by_index == walking
    hand.store.close()


def asked(hand, view, by_index):
    """What the SELECTs of a view find, run apart from the store."""
    assert not by_index or proposed(view) is not None or not fold(view.search)
    with closing(connect(hand.path)) as connection:
        return [id for text, values in ids_of(view, None, by_index) for (id,) in connection.execute(text, values)]


@pytest.mark.parametrize("needle", ["z", "zè"])
def test_for_one_or_two_letters_few_records_are_walked_through_and_of_many_the_index_tells_which(
    ours, monkeypatch, needle
):
    ours.edit(Demand, "D1", note="the zebra")
    few = len(ours.keys(Demand))

    for small, is_asked in ((few, False), (few - 1, True)):
        monkeypatch.setattr(matching, "SMALL", small)
        with closing(connect(ours.path)) as connection:
            asked: list[str] = []
            connection.set_trace_callback(asked.append)
            ids = list(matching.ids(connection, View(Demand, search=needle), 10))

        assert ours.id(Demand, "D1") in ids
        assert any("demands_entries" in each for each in asked) == is_asked


@pytest.mark.parametrize("needle", ["q", "qu", "x", "xq"])
def test_one_or_two_letters_at_the_very_end_of_a_record_are_found_by_the_index(ours, needle):
    ours.edit(Demand, "D1", note=f"pa{needle}")

    with closing(connect(ours.path)) as connection:
        proposals = connection.execute(*searching.proposal(Demand, needle)).fetchall()

    assert (ours.id(Demand, "D1"),) in proposals


@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize("name", Demand.indexed_orders)
def test_the_first_rows_in_an_order_are_those_of_the_whole_order(ours, name, descending):
    ours.edit(Demand, "D3", status="agreed", to_party=None)
    ours.edit(Demand, "D2", status="lapsed", kind="offer")
    view = View(Demand, sort=(Sort(name, descending), Sort("issue")))
    whole = list(ours.store.find(view))

    assert [list(ours.store.find(view, limit)) for limit in range(1, 10)] == [whole[:limit] for limit in range(1, 10)]


def test_in_the_order_of_a_reference_come_those_who_refer_to_nobody_last(ours):
    ours.edit(Party, "EU", member_of="UKR")
    ours.edit(Party, "RUS", member_of="CHN")

    sorts = (Sort("member_of"), Sort("member_of", descending=True))

    up, down = (ours.store.keys("parties", ours.store.find(View(Party, sort=(sort,)))) for sort in sorts)

    assert up[:2] == ["RUS", "EU"]
    assert down[:2] == ["EU", "RUS"]
    assert up[2:] == down[2:]
    assert list(ours.store.find(View(Party, sort=(Sort("member_of"),)), 1)) == [ours.id(Party, "RUS")]


def test_a_copy_to_give_away_holds_no_trace_of_deleted_text_in_its_index(ours, tmp_path):
    from storage.file.copying import write_copy

    ours.edit(Demand, "D1", note="xylophone")
    ours.edit(Demand, "D1", note="")
    target = tmp_path / "copy.db"

    write_copy(ours.store, target, strangers=False)

    assert b"xyl" in ours.path.read_bytes() + ours.path.with_name(ours.path.name + "-wal").read_bytes()
    assert b"xyl" not in target.read_bytes()
    assert index_is_sound(target)


@pytest.mark.parametrize("needle", ["", "ab", 'a"b', "'; DROP", "a*b", "NEAR(", "-abc", "a\0bc"])
def test_no_needle_is_taken_for_words_of_the_index_or_of_sql(ours, needle):
    ours.edit(Demand, "D3", note="it says a\"b '; DROP a*b NEAR( -abc")

    assert ("D3" in found(ours, needle)) == ("\0" not in needle)


def test_text_of_other_programs_that_is_not_utf_8_is_searched_and_sorted_as_what_can_be_read_of_it(ours):
    with sqlite3.connect(ours.path) as other:
        odd = "name = CAST(x'4b79ff6976' AS TEXT), aliases = CAST(x'5b2261ff225d' AS TEXT)"
        other.execute(f"UPDATE parties SET {odd} WHERE ref = 'UKR'")
    other.close()
    ours.store.news()

    for field in ("name", "aliases"):
        assert len(ours.store.find(View(Party, sort=(Sort(field),)))) == len(ours.keys(Party))
    assert ours.store.suggestions("parties", "iv")
    assert "D1" in found(ours, "iv")
