"""What the screen stands under follows its party and its round when those are called otherwise, and goes with them."""

import sqlite3
from contextlib import closing

from tests.tui.desk import desk

RENAME = ("home", "e", "ctrl+u", "text:R9", "enter")


async def test_a_round_that_is_called_otherwise_stays_the_as_of_round(istanbul):
    async with desk(istanbul) as at:
        await at.press("2", "enter", *RENAME, "3")
        assert "3 Demands · as of R9" in at.text()
        await at.press("5", "u")

        assert "5 Matrix · as of R1" in at.text()
        assert "D1" in at.text()


async def test_a_ref_that_has_become_longer_is_shown_whole(istanbul):
    async with desk(istanbul) as at:
        await at.press("2", "home", "e", "text:-secret", "enter")

        assert "R1-secret " in at.text()


async def test_a_round_that_is_deleted_is_no_longer_the_as_of_round(istanbul):
    async with desk(istanbul) as at:
        await at.press("2", "enter", "d", "y", "3")

        assert "as of" not in at.text()
        assert "No demands yet" in at.text()


async def test_the_round_that_movement_is_shown_since_follows_too(talks):
    async with desk(talks) as at:
        await at.press(*["left_curly_bracket"] * 9, "2", *RENAME, "6")

        assert "since R9" in at.text()


async def test_a_round_beyond_the_last_or_the_first_is_refused(talks):
    async with desk(talks, (120, 40)) as at:
        await at.press("5", "right_square_bracket", "right_square_bracket")
        assert at.says == "There is no round after R5."

        await at.press(*["left_square_bracket"] * 7)
        assert at.says == "There is no round before R1."
        assert "as of R1" in at.text()

        await at.press("left_curly_bracket")
        assert at.says == "There is no earlier round to compare with."


async def test_the_round_that_movement_is_shown_since_stays_before_the_as_of_round(talks):
    async with desk(talks, (120, 40)) as at:
        await at.press("5", "right_curly_bracket")
        assert at.says == "There is no later round before W1."
        assert "as of W1 · since R4" in at.text()

        await at.press("left_curly_bracket", "left_square_bracket")
        assert "as of R4 · since R3" in at.text()
        await at.press("left_square_bracket")
        assert "as of R3 · since R2" in at.text()

        await at.press("left_curly_bracket", "2", "g", "down", "enter", "5")
        assert "as of M1 · since R1" in at.text()
        await at.press("2", "G", "enter", "left_curly_bracket", "right_curly_bracket", "5")
        assert "as of R5 · since W1" in at.text()
        await at.press("2", "enter", "5")
        assert "as of W1 · since R4" in at.text()
        await at.press("2", "enter", "left_curly_bracket", "right_curly_bracket", "d", "y", "5")
        assert "as of W1 · since R4" in at.text()


async def test_a_party_that_is_called_otherwise_stays_the_party_in_scope(istanbul):
    async with desk(istanbul) as at:
        await at.press("1", "enter", "right", "e", "text: today", "tab", "escape", "home", "e", "ctrl+u", "text:UAX")
        await at.press("enter", "5")

        assert "of Ukraine today" in at.text()
        assert "D1" in at.text()


async def test_a_party_that_is_deleted_is_no_longer_in_scope(istanbul):
    async with desk(istanbul) as at:
        await at.press("1", "G", "enter", "3")
        assert "of Türkiye" in at.text()
        await at.press("1", "d", "y", "3")

        assert "of Türkiye" not in at.text()
        assert len(at.rows()) == 9


async def test_what_another_program_does_without_a_word_lifts_what_is_gone(istanbul):
    async with desk(istanbul) as at:
        await at.press("1", "enter", "2", "enter", "3")
        with closing(sqlite3.connect(istanbul)) as other, other:
            other.execute("UPDATE rounds SET ref = 'R9'")
            other.execute("UPDATE parties SET name = 'Kyïv' WHERE ref = 'UKR'")
        await at.app.hear_news()
        await at.press("g")

        assert "3 Demands · of Kyïv ─" in at.text()


async def test_the_matrix_keeps_up_with_its_parties(istanbul):
    async with desk(istanbul, (160, 40)) as at:
        await at.press("5", *["right"] * 3, "s", "f", "space", "enter")
        assert "ukr" in at.text()
        await at.press("1", "home", "e", "ctrl+u", "text:UAX", "enter", "5")
        assert "UAX" in at.text()
        await at.press("1", "a", "text:Norway", "enter", "text:st", "enter", "5")

        assert "NOR" in at.text()
        assert "D1" in at.text()


async def test_panes_that_come_back_into_sight_show_what_has_changed_meanwhile(istanbul):
    async with desk(istanbul) as at:
        await at.press("1", "down", "d", "y", "5", "u", "3")
        assert (len(at.rows("parties")), len(at.rows())) == (6, 9)

        await at.press("Z", "ctrl+a", "d", "y", "Z", "5", "u", "2")
        assert len(at.rows()) == 9


async def test_demands_that_come_back_into_sight_stand_as_of_the_round_chosen_meanwhile(talks):
    async with desk(talks) as at:
        await at.press("3", "5", *["left_square_bracket"] * 9, "1")

        assert "3 Demands · as of R1" in at.text()
        assert [row.split()[-1] for row in at.rows()[:2]] == ["cont", "unan"]


async def test_records_that_stand_as_of_no_round_do_not_say_one(talks):
    async with desk(talks) as at:
        await at.press("2", "enter", "0", "text:positions", "enter")

        assert "Positions ─" in at.text()
        assert at.pane("positions").scope.as_of == "R1"
