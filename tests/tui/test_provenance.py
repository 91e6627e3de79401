"""x: what a record rests on, and what rests on a statement, in a few keys."""

from textual.events import Paste

from storage import Statement
from tests.tui.desk import desk
from tests.tui.keyboard import typed

TO_STATEMENTS = ("0", "text:statements", "enter")

LINKS = """SELECT s.ref, e.relation FROM evidence e JOIN statements s ON s.id = e.statement
    WHERE e.subject = 'demand' AND e.subject_id = (SELECT id FROM demands WHERE ref = ?) ORDER BY e.id"""


def steps(at):
    """How many steps the log of the file holds."""
    return at.ask("SELECT count(*) FROM history")[0][0]


async def test_the_statements_behind_a_demand_are_listed_with_their_grade(istanbul):
    async with desk(istanbul) as at:
        await at.press("3", "x")
        shown = at.text()

    assert "Evidence of demand D1 (1)" in shown
    assert "✔ supports  3b  F6  S1  Ukraine" in shown
    assert "30 days without any conditions" in shown


async def test_an_existing_statement_is_found_by_its_text_and_linked_as_supporting(istanbul):
    async with desk(istanbul) as at:
        await at.press("3", "x", "a", "text:medinsky", "enter")

        assert at.ask(LINKS, "D1") == [("3b", "supports"), ("4a", "supports")]
        assert at.says == "4a/supports/demand:D1 added, saved · u undoes"
        assert "4a  F6" in at.text()


async def test_a_ref_finds_its_statement_before_those_that_only_hold_it(istanbul):
    async with desk(istanbul) as at:
        await at.press("3", "x", "a", "text:4b", "enter")

        assert at.ask(LINKS, "D1")[-1] == ("4b", "supports")


async def test_space_turns_support_into_dispute_and_u_takes_it_back(istanbul):
    async with desk(istanbul) as at:
        await at.press("3", "x", "space")
        assert at.ask(LINKS, "D1") == [("3b", "disputes")]
        assert "✖ disputes  3b" in at.text()

        await at.press("u")
        assert at.ask(LINKS, "D1") == [("3b", "supports")]
        assert "✔ supports  3b" in at.text()


async def test_unlinking_takes_the_link_away_and_leaves_the_statement(istanbul):
    async with desk(istanbul) as at:
        await at.press("3", "x", "d")

        assert at.ask(LINKS, "D1") == []
        assert at.value("ref", "3b", "statements") == "3b"
        assert "No statement supports or disputes this." in at.text()
        await at.press("escape", "u")
        assert at.ask(LINKS, "D1") == [("3b", "supports")]


async def test_a_page_key_may_come_before_the_first_link_is_painted(istanbul):
    async with desk(istanbul, (60, 15)) as at:
        await at.press("3", "x", "d", "escape", "x")
        for key in ("n", "A", "enter", "pagedown", "pageup", "space"):
            at.app.post_message(typed(key))
        await at.app.settled()

        assert [relation for _, relation in at.ask(LINKS, "D1")] == ["disputes"]


async def test_a_new_statement_is_written_and_linked_in_one_step(istanbul):
    async with desk(istanbul) as at:
        before = steps(at)
        await at.press("3", "x", "n", "text:Kyiv says it again", "enter")

        assert at.ask(LINKS, "D1")[-1] == ("S1.1", "supports")
        [row] = at.ask(
            """SELECT s.text, p.ref, r.ref FROM statements s JOIN parties p ON p.id = s.party
               JOIN rounds r ON r.id = s.round WHERE s.ref = 'S1.1'"""
        )
        assert row == ("Kyiv says it again", "UKR", "R1")
        assert steps(at) == before + 1
        assert at.says == "S1.1 added, with 1 evidence, saved · u undoes"

        await at.press("u")
        assert at.ask("SELECT count(*) FROM statements") == [(26,)]
        assert at.ask(LINKS, "D1") == [("3b", "supports")]


async def test_a_statement_that_was_left_unwritten_is_offered_again_and_that_is_said_whole(istanbul):
    async with desk(istanbul) as at:
        await at.press("3", "x", "n")
        await at.press("text:No truce", "escape", "n")

        assert "Statement: typed before, not saved; ^z starts anew." in at.text()


async def test_a_statement_can_be_written_that_disputes_and_is_internal(istanbul):
    async with desk(istanbul) as at:
        await at.press("3", "x", "n", "text:Not so", *["down"] * 5, "right", "down", "left", "down", "right", "enter")

        assert at.ask(LINKS, "D1")[-1] == ("S1.1", "disputes")
        assert at.ask("SELECT visibility, credibility FROM statements WHERE ref = 'S1.1'") == [("internal", 5)]
        assert "internal" in at.text()


async def test_a_source_that_is_not_there_is_refused_and_what_was_typed_stays(istanbul):
    async with desk(istanbul) as at:
        await at.press("3", "x", "n", "text:Said", "down", "text:99", "enter")

        assert "There is no source “S199”; ↓ makes it." in at.text()
        assert "Said" in at.text()
        assert at.ask("SELECT count(*) FROM statements") == [(26,)]


async def test_a_letter_grades_the_source_and_a_digit_the_statement(istanbul):
    async with desk(istanbul) as at:
        await at.press("3", "x", "B", "2")

        assert at.value("reliability", "S1", "sources") == "B"
        assert at.value("credibility", "3b", "statements") == 2
        assert "3b  B2  S1" in at.text()


async def test_v_makes_a_statement_internal_and_public_again(istanbul):
    async with desk(istanbul) as at:
        await at.press("3", "x", "v")
        assert at.value("visibility", "3b", "statements") == "internal"

        await at.press("v")
        assert at.value("visibility", "3b", "statements") == "public"


async def test_from_a_statement_what_rests_on_it_is_shown_and_enter_goes_there_and_back(istanbul):
    async with desk(istanbul) as at:
        await at.press(*TO_STATEMENTS, "slash", "text:conditions", "enter", "x")
        assert "What rests on 3b · F6" in at.text()
        assert "demand D1" in at.text()

        await at.press("enter")
        assert at.main.current == "demands"
        await at.press("T")
        assert at.main.current == "statements"
        assert at.pane("statements").grid.cursor_id == at.value("id", "3b", "statements")


async def test_a_record_is_linked_from_the_statement_by_its_ref(istanbul):
    async with desk(istanbul) as at:
        await at.press(*TO_STATEMENTS, "x", "a", "text:d5", "enter")

        assert at.ask(LINKS, "D5")[-1] == ("1a", "supports")


async def test_a_record_without_a_ref_is_linked_by_its_kind_and_key(istanbul):
    async with desk(istanbul) as at:
        await at.press(*TO_STATEMENTS, "x", "a", "text:stance UKR", "enter")

        said = at.value("id", "1a", "statements")
        assert at.ask("SELECT count(*) FROM evidence WHERE subject = 'stance' AND statement = ?", said) == [(1,)]


async def test_enter_on_a_statement_goes_to_it(istanbul):
    async with desk(istanbul) as at:
        await at.press("3", "x", "enter")

        assert at.main.current == "statements"
        assert at.pane("statements").grid.cursor_id == at.value("id", "3b", "statements")


async def test_a_link_leads_to_the_evidence_of_its_record(istanbul):
    async with desk(istanbul) as at:
        await at.press("0", "text:evidence l", "enter", "slash", "text:D1", "enter", "x")

        assert "Evidence of demand D1" in at.text()


async def test_no_statement_supports_a_source_and_that_is_said(istanbul):
    async with desk(istanbul) as at:
        await at.press("0", "text:sources", "enter", "x")

        assert at.says == "No statement supports a source; x on a statement shows what rests on it."


async def test_reading_only_refuses_each_change_with_a_sentence(istanbul):
    async with desk(istanbul, read_only=True) as at:
        before = at.ask(LINKS, "D1")
        await at.press("3", "x")
        for key in ("a", "n", "space", "d", "A", "1", "v", "u"):
            at.main.say("")
            await at.press(key)

            assert at.says == "This dossier is open for reading only.", key
            assert at.ask(LINKS, "D1") == before, key


async def test_text_that_looks_like_markup_or_drives_a_terminal_is_only_text(istanbul):
    async with desk(istanbul) as at:
        said = at.value("id", "3b", "statements")
        await at.app.live.edit(Statement, [said], {"text": "[/x] [red]\x1b[31m here"})
        await at.press("3", "x")

        assert "[/x] [red]" in at.text()
        assert "\x1b" not in at.text()
        await at.press("a", "text:here")
        assert "[/x] [red]" in at.text()
        assert "\x1b" not in at.text()


async def test_evidence_is_asked_for_from_a_computed_view_too(istanbul):
    async with desk(istanbul, size=(120, 40)) as at:
        await at.press("5", "x")

        assert "Evidence of demand D1" in at.text()


async def test_leaving_while_a_statement_is_written_names_it_and_asks(istanbul):
    async with desk(istanbul) as at:
        await at.press("3", "x", "n", "text:Kyiv says", "ctrl+q")
        assert "Not saved: a new statement on demand D1. Leave without it?" in at.text()

        await at.press("escape", "text: it again", "enter")
        assert at.ask("SELECT text FROM statements WHERE ref = 'S1.1'") == [("Kyiv says it again",)]


async def test_the_key_that_asks_about_a_statement_asks_once(istanbul):
    async with desk(istanbul) as at:
        await at.press("3", "x", "n", "text:Kyiv says", "ctrl+q", "ctrl+q", "escape")

        assert "Not saved" not in at.text()
        assert "New statement on demand D1" in at.text()


async def test_leaving_a_form_in_which_nothing_is_typed_asks_nothing(istanbul):
    async with desk(istanbul) as at:
        await at.press("3", "x", "n", "ctrl+q")

        assert at.app.return_code == 0


async def test_a_statement_left_by_escape_is_offered_again_on_the_same_record(istanbul):
    async with desk(istanbul) as at:
        await at.press("3", "x", "n", "text:Kyiv says", *["down"] * 3, "text:Umerov", "tab", "down", "right")
        await at.press("escape")
        assert "n offers again what you typed" in at.text()

        await at.press("escape", "down", "x", "n")
        assert "Kyiv says" not in at.text()
        await at.press("escape", "escape", "up", "x", "n", "text: so", "enter")
        assert at.ask(LINKS, "D1")[-1] == ("S1.1", "disputes")
        said = "SELECT s.text, p.name FROM statements s JOIN people p ON p.id = s.speaker WHERE s.ref = 'S1.1'"
        assert at.ask(said) == [("Kyiv says so", "Rustem Umerov")]

        await at.press("n")
        assert "Kyiv says so" not in at.text().partition("New statement on")[2]


async def test_a_reference_of_a_new_statement_is_completed_by_ref_name_and_alias(istanbul):
    async with desk(istanbul) as at:
        await at.press("3", "x", "n", "text:Said", "down", "down", *["backspace"] * 3, "text:unit")
        assert "USA  United States" in at.text()
        await at.press("down", "tab")
        assert "Party        USA" in at.text()

        await at.press("text:zelensky", "tab")
        await at.press("enter")
        said = """SELECT p.ref, s.name FROM statements t JOIN parties p ON p.id = t.party
            JOIN people s ON s.id = t.speaker WHERE t.ref = 'S1.1'"""
        assert at.ask(said) == [("USA", "Volodymyr Zelenskyy")]


async def test_what_is_wrong_in_a_line_of_a_new_statement_is_said_while_typing_and_goes_when_it_is_mended(istanbul):
    async with desk(istanbul) as at:
        await at.press("3", "x", "n", "text:Said", "down", "down", "text:x")
        assert "✖ Party: nothing is called “UKRx”; ↓ makes it." in at.text()

        await at.press("backspace")
        assert "✖" not in at.text()


async def test_an_empty_statement_is_refused_in_its_line(istanbul):
    async with desk(istanbul) as at:
        await at.press("3", "x", "n", "down", "enter")
        assert "✖ Statement must not be empty." in at.text()

        await at.press("text:Said", "enter")
        assert at.ask("SELECT text FROM statements WHERE ref = 'S1.1'") == [("Said",)]


async def test_a_paste_into_a_new_statement_tells_what_it_has_lost(istanbul):
    async with desk(istanbul) as at:
        await at.press("3", "x", "n")
        at.app.post_message(Paste("Kyiv says\nit again"))
        await at.press("left")

        assert "Kyiv says it again" in at.text()
        assert "Line breaks and tabs became blanks." in at.text()


async def test_a_speaker_who_is_not_there_is_made_with_the_statement(istanbul):
    async with desk(istanbul) as at:
        await at.press("3", "x", "n", "text:Said", *["down"] * 3, "text:Andrii Yermak", "down", "enter")

        said = "SELECT s.name FROM statements t JOIN people s ON s.id = t.speaker WHERE t.ref = 'S1.1'"
        assert at.ask(said) == [("Andrii Yermak",)]


async def test_a_source_that_is_not_there_is_made_with_the_statement_after_its_kind_is_chosen(empty):
    async with desk(empty) as at:
        await at.press("0", "text:dossier", "enter", "x", "n", "text:Said", "down", "text:Belfast Telegraph", "down")
        assert "⏎ makes “Belfast Telegraph” and refers to it." in at.text()
        await at.press("enter", "text:news", "enter")

        said = "SELECT t.ref, s.ref, s.title, s.kind FROM statements t JOIN sources s ON s.id = t.source"
        assert at.ask(said) == [("S1.1", "S1", "Belfast Telegraph", "news")]


async def test_a_click_takes_a_completion_and_saves_nothing_yet(istanbul):
    async with desk(istanbul) as at:
        await at.press("3", "x", "n", "text:Said", "down", "down", *["backspace"] * 3, "text:unit")
        row = max(y for y, line in enumerate(at.lines()) if "USA  United States" in line)
        await at.pilot.click(offset=(30, row))
        await at.press("tab")

        assert "Party        USA" in at.text()
        assert at.ask("SELECT count(*) FROM statements") == [(26,)]
