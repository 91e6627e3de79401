"""A pane without rows says what would give it some, and the key that it names does it."""

from storage import Position, View
from tests.tui.desk import OPENED, desk

ROUND = ("2", "a", "text:Ankara", "enter", "d", "enter")
"""Adds a round, which is held in no place and on no day yet."""

WITHOUT_ROUNDS = {
    "commitments": "No commitments yet. a in Commitments, under 0, adds one.",
    "timeline": "No dates yet. a in 2 Rounds adds a round, which has one.",
    "evidence": "Nothing to find: x on a record shows, links or writes what it rests on.",
}
"""What the views say that stand as of no round; the others name the round that is missing."""

WITH_A_ROUND = WITHOUT_ROUNDS | {
    "matrix": "No demand was raised up to R1. a in 3 Demands adds one, ] steps to a later",
    "changes": "Movement takes two rounds: ] steps to a later one, a in 2 Rounds adds one.",
    "zones": "No demand was raised up to R1. a in 3 Demands adds one, ] steps to a later",
    "rejections": "Nothing was rejected up to R1. e in 5 Matrix writes an answer.",
    "will": "No stances yet. a in Stances, under 0, adds one.",
    "ledger": "No party has moved up to R1. e in 5 Matrix writes a position.",
}


async def test_a_view_of_an_empty_dossier_names_the_key_that_begins_to_fill_it(empty):
    async with desk(empty) as at:
        for view, keys in OPENED.items():
            await at.press(*keys)

            assert WITHOUT_ROUNDS.get(view, "No rounds yet. a in 2 Rounds adds one.") in at.text(), view


async def test_a_view_without_rows_says_what_would_fill_it(empty):
    async with desk(empty) as at:
        await at.press(*ROUND)
        for view, keys in OPENED.items():
            await at.press(*keys)

            assert WITH_A_ROUND[view] in at.text(), view


async def test_the_changes_say_since_when_nothing_moved_and_how_far_one_can_look_back(talks):
    async with desk(talks) as at:
        await at.app.live.delete(Position, at.app.live.store.find(View(Position)))
        await at.press("6")
        assert "Nothing moved since R4; { goes further back." in at.text()
        await at.press("e")
        assert at.says == "Nothing moved since R4; { goes further back."
        await at.press("left_curly_bracket")
        assert "Nothing moved since R3; { goes further back." in at.text()

        await at.press(*["left_curly_bracket"] * 4)
        assert "Nothing moved since R1; e in 5 Matrix writes what a party says now." in at.text()

        await at.press("1", "enter", "6")
        assert "Nothing moved since R1; e in 5 Matrix writes what a party says now." in at.text()
        await at.press("0", "text:positions", "enter")
        assert "No positions yet. Press a to add one." in at.text()


async def test_what_a_search_leaves_empty_is_filled_again_by_escape(istanbul):
    async with desk(istanbul) as at:
        for key, what in (("3", "demands"), ("5", "rows"), ("8", "rows")):
            await at.press(key, "slash", "text:qqq", "enter")
            assert f"No {what} match. Esc shows all." in at.text(), key
            await at.press("escape")

            assert "match" not in at.text(), key


async def test_what_a_party_leaves_empty_is_filled_again_by_f_in_capitals_and_not_by_escape(istanbul):
    async with desk(istanbul) as at:
        for key, what in (("3", "demands"), ("5", "rows")):
            await at.press("1", "G", "enter", key)
            assert f"No {what} of TUR. F shows those of every party." in at.text()
            await at.press("escape")
            assert f"No {what} of TUR." in at.text()
            await at.press("F")

            assert "D1 " in at.text(), key


async def test_a_search_under_a_party_names_what_escape_lifts_and_what_f_in_capitals_lifts(istanbul):
    async with desk(istanbul) as at:
        await at.press("1", "enter", "3", "slash", "text:qqq", "enter")
        assert "No demands match. Esc shows all of UKR, F all." in at.text()
        await at.press("escape")
        assert len(at.rows()) == 5

        await at.press("slash", "text:qqq", "enter", "F")
        assert len(at.rows()) == 9
