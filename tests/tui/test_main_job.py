"""The main job at 80x24: see, edit in place, undo, add, delete, narrow, sort."""

import pytest

from tests.tui.desk import desk
from tui.keys import key_name

TO_STATUS = ("right", "right", "right", "right")


async def test_parties_rounds_and_demands_are_in_sight_together(istanbul):
    async with desk(istanbul) as at:
        shown = at.text()

    assert "1 Parties" in shown
    assert "2 Rounds" in shown
    assert "3 Demands" in shown
    assert "Ukraine" in shown
    assert "R1" in shown
    assert "D9" in shown


async def test_a_status_is_edited_where_it_stands_and_is_in_the_file_at_once(istanbul):
    async with desk(istanbul) as at:
        await at.press("3", "down", *TO_STATUS, "e", "text:ag", "enter")

        assert at.says == "D2 status open → agreed, saved · u undoes"
        assert at.value("status", "D2") == "agreed"
        assert "agreed" in at.rows()[1]


async def test_undo_brings_the_value_back_and_redo_works_after_a_restart(istanbul):
    async with desk(istanbul) as at:
        await at.press("3", *TO_STATUS, "e", "text:ag", "enter", "u")
        assert at.says == "D1 status agreed → open, undone · U redoes"
        assert at.value("status", "D1") == "open"

    async with desk(istanbul) as at:
        await at.press("U")

        assert at.value("status", "D1") == "agreed"
        assert "agreed" in at.rows()[0]


async def test_a_demand_is_added_by_its_required_cells(istanbul):
    async with desk(istanbul) as at:
        await at.press("3", "a", "text:A local truce", "enter", "text:rus", "enter", "text:prop", "enter")

        assert at.says == "D10 added, saved · u undoes"
        assert at.ask("SELECT title, kind FROM demands WHERE ref = 'D10'") == [("A local truce", "proposal")]
        assert "D10" in at.rows()[-1]
        assert at.pane().grid.cursor_id == at.value("id", "D10")


async def test_a_column_that_is_hidden_comes_back_where_a_new_record_needs_it(istanbul):
    async with desk(istanbul) as at:
        await at.press("3", "right", "minus", "minus", "minus", "a")
        shown = [column.field for column in at.pane().grid.columns]
        assert shown[:3] == ["ref", "title", "status"]
        assert at.says.startswith("Demand: one line.")

        await at.press("text:Exchange of prisoners", "enter", "text:ukr", "enter", "text:prop", "enter")
        assert at.ask("SELECT title, kind FROM demands WHERE ref = 'D10'") == [("Exchange of prisoners", "proposal")]
        assert "by_party" in [column.field for column in at.pane().grid.columns]


async def test_a_party_is_added_and_gets_its_ref_from_its_name(istanbul):
    async with desk(istanbul) as at:
        await at.press("1", "a", "text:Norway", "enter", "text:st", "enter")

        assert at.ask("SELECT ref, kind FROM parties WHERE name = 'Norway'") == [("NOR", "state")]


async def test_a_new_row_leaves_the_first_columns_in_sight_when_it_is_saved_or_left(istanbul):
    async with desk(istanbul) as at:
        await at.press("1", "a", "text:Norway", "enter")
        assert "Norway" not in at.text()
        await at.press("text:st", "enter")
        assert "NOR  Norway" in at.text()

        await at.press("a", "text:Qatar", "enter", "escape", "d")
        assert "NOR  Norway" in at.text()


@pytest.mark.parametrize("key", ["a", "D"])
async def test_a_second_dossier_is_refused_before_anything_is_typed_of_it(istanbul, key):
    async with desk(istanbul) as at:
        await at.press("0", "text:dossier", "enter", key)

        assert at.says == "A file holds one dossier; `parley new` makes another."
        assert at.main.pane("dossier").editor is None


async def test_escape_on_an_untouched_new_row_takes_it_away(istanbul):
    async with desk(istanbul) as at:
        await at.press("3", "a")
        assert "9 of 9 · + not saved" in at.text()

        await at.press("escape")
        assert len(at.rows()) == 9
        assert "9 of 9 ─" in at.text()
        assert at.says == "Nothing added."


async def test_escape_on_a_new_row_keeps_what_was_typed_in_it(istanbul):
    async with desk(istanbul) as at:
        await at.press("3", "a", "text:Half of it", "escape")
        assert "9 of 9 · + not saved" in at.text()

        await at.press("e")
        assert "Half of it" in at.rows()[-1]
        await at.press("escape", "d")
        assert len(at.rows()) == 9


async def test_what_is_not_saved_is_named_before_it_is_left(istanbul):
    async with desk(istanbul) as at:
        await at.press("3", "right", "e", "text: now", "ctrl+q")
        assert "Not saved: Demand of D1 being edited. Leave without it?" in " ".join(at.text().split())

        await at.press("escape", "escape", "a", "ctrl+q")
        assert "Not saved: a new demand. Leave without it?" in " ".join(at.text().split())


async def test_a_new_row_that_is_not_whole_is_marked_and_saved_nowhere(istanbul):
    async with desk(istanbul) as at:
        await at.press("3", "a", "text:Half of it", "enter", "escape")

        assert "not saved" in at.rows()[-1]
        assert at.ask("SELECT count(*) FROM demands") == [(9,)]


async def test_a_wrong_date_is_refused_with_a_sentence_and_the_text_stays(istanbul):
    async with desk(istanbul) as at:
        await at.press("2", "right", "e", "ctrl+u", "text:31 feb 2025", "enter")

        assert "31" in at.says
        assert "31 feb 2025" in at.text()
        assert at.value("starts_on", "R1", "rounds") == "2025-05-16"


async def test_find_narrows_while_typing_whatever_case_and_accents(istanbul):
    async with desk(istanbul) as at:
        await at.press("1", "slash", "text:TURKIYE")

        assert [row[:4].strip(" ▌") for row in at.rows("parties")] == ["TUR"]
        await at.press("escape")
        assert len(at.rows("parties")) == 6


async def test_find_knows_the_aliases_of_a_party(istanbul):
    async with desk(istanbul) as at:
        await at.press("1", "slash", "text:kiev", "enter")

        assert ["Ukraine" in row for row in at.rows("parties")] == [True]


async def test_a_filter_shows_the_values_that_are_ticked(istanbul):
    async with desk(istanbul) as at:
        await at.press("3", "right", "right", "f", "space", "enter")

        assert len(at.rows()) == 4
        assert all("RUS" in row for row in at.rows())
        assert "4 of 9 · by=RUS" in at.text()


async def test_sorting_goes_up_then_down_then_off(istanbul):
    async with desk(istanbul) as at:
        await at.press("3", "right", "s")
        assert "30-day" in at.rows()[0]
        await at.press("s")
        assert "withdrawal" in at.rows()[0]
        await at.press("s")
        assert at.rows()[0].strip("▌").startswith("D1")


async def test_a_bulk_edit_of_marked_rows_is_one_step(istanbul):
    async with desk(istanbul) as at:
        await at.press("3", *TO_STATUS, "space", "space", "space", "e", "text:lap", "enter")
        assert at.ask("SELECT count(*) FROM demands WHERE status = 'lapsed'") == [(3,)]
        assert at.says == "status → lapsed in 3 demands, saved · u undoes"

        await at.press("u")
        assert at.ask("SELECT count(*) FROM demands WHERE status = 'lapsed'") == [(0,)]


async def test_a_cell_is_emptied_in_the_marked_rows_wherever_the_cursor_is(istanbul):
    async with desk(istanbul) as at:
        to_issue = ["right"] * [column.field for column in at.pane().grid.columns].index("issue")
        await at.press("3", *to_issue, "down", "space", "G", "backspace")

        assert [ref for (ref,) in at.ask("SELECT ref FROM demands WHERE issue = ''")] == ["D2"]
        assert at.rows()[1].startswith("●D2")
        assert at.pane().grid.cursor_row == 1


async def test_deleting_more_than_the_eye_sees_asks_first_and_enter_means_no(istanbul):
    async with desk(istanbul) as at:
        await at.press("3", "d")
        assert "and with it" in at.text()
        await at.press("enter")
        assert at.ask("SELECT count(*) FROM demands") == [(9,)]

        await at.press("d", "y")
        assert at.ask("SELECT count(*) FROM demands") == [(8,)]
        await at.press("u")
        assert at.ask("SELECT count(*) FROM demands") == [(9,)]


async def test_a_party_scopes_the_demands_and_the_same_key_lifts_it(istanbul):
    async with desk(istanbul) as at:
        await at.press("1", "down", "enter")
        assert [row[:3].strip(" ▌") for row in at.rows()] == ["D6", "D7", "D8", "D9"]
        assert "of Russia" in at.text()

        await at.press("enter")
        assert len(at.rows()) == 9


async def test_a_yes_or_no_flips_at_once(istanbul):
    async with desk(istanbul) as at:
        await at.press("1", *["right"] * 5, "e")

        assert at.value("essential", "UKR", "parties") == 0


async def test_tab_saves_and_goes_on_to_the_next_cell(istanbul):
    async with desk(istanbul) as at:
        await at.press("3", "right", "e", "text: now", "tab")

        assert at.value("title", "D1") == "30-day unconditional ceasefire now"
        assert at.pane().grid.cursor_field == "by_party"
        assert at.pane().editor is not None


@pytest.mark.parametrize(
    ("standing_at", "name", "next_one"),
    [(("1", *["right"] * 4), "parties", "member_of"), (("3", *["right"] * 4), "demands", "text")],
)
async def test_tab_turns_no_yes_into_a_no_and_stops_at_nothing_computed(istanbul, standing_at, name, next_one):
    async with desk(istanbul) as at:
        await at.press(*standing_at, "e", "tab")

        assert at.value("essential", "UKR", "parties") == 1
        assert at.pane(name).grid.cursor_field == next_one
        assert at.pane(name).editor is not None


async def test_a_discarded_text_is_offered_again_in_the_same_cell(istanbul):
    async with desk(istanbul) as at:
        await at.press("3", "right", "e", "text: later", "escape")
        assert at.value("title", "D1") == "30-day unconditional ceasefire"

        await at.press("e", "enter")
        assert at.value("title", "D1") == "30-day unconditional ceasefire later"


async def test_every_other_kind_of_record_can_be_brought_into_the_main_pane(istanbul):
    async with desk(istanbul) as at:
        for table in ("sources", "statements", "people", "agreements", "evidence", "stances", "links"):
            await at.press("3", "0", f"text:{'evidence l' if table == 'evidence' else table[:4]}", "enter")

            assert at.main.main == table
            assert at.pane(table).grid.row_count == at.count(table)
            assert "3 Demands" not in at.lines()[1], table


async def test_the_detail_shows_what_hangs_off_a_record(istanbul):
    async with desk(istanbul) as at:
        await at.press("3", "4")
        shown = at.text()

    assert "Detail · demand D1" in shown
    assert "Positions (2)" in shown
    assert "rejects" in shown


async def test_resizing_while_editing_keeps_the_edit(istanbul):
    async with desk(istanbul, size=(120, 40)) as at:
        await at.press("3", "right", "e", "text: soon")
        await at.pilot.resize_terminal(60, 20)
        await at.press("enter")

        assert at.value("title", "D1") == "30-day unconditional ceasefire soon"


@pytest.mark.parametrize("to_a_name", [("6", "1", "right"), ("9", "tab", "down")])
async def test_a_pane_for_which_there_is_no_room_any_more_keeps_its_edit_in_sight(istanbul, to_a_name):
    async with desk(istanbul, size=(120, 40)) as at:
        await at.press(*to_a_name, "e", "text: soon")
        await at.pilot.resize_terminal(80, 24)
        await at.press("end", "text:er")
        assert " sooner" in at.text()

        await at.press("enter")
        assert at.says.endswith("saved · u undoes")
        await at.press("3")
        assert at.main.current == "demands"


async def test_a_screen_too_small_says_what_it_needs_and_keeps_the_edit(istanbul):
    async with desk(istanbul) as at:
        await at.press("3", "right", "e", "text: soon")
        await at.pilot.resize_terminal(40, 10)
        await at.pilot.pause()
        assert "needs 60 columns and 15 lines" in at.text()

        await at.pilot.resize_terminal(80, 24)
        await at.press("enter")
        assert at.value("title", "D1") == "30-day unconditional ceasefire soon"


async def test_while_a_search_is_typed_the_footer_names_enter_as_what_keeps_it(istanbul):
    async with desk(istanbul) as at:
        await at.press("3", "slash", "text:put")

        assert f"{key_name('enter')} Keep" in at.lines()[-1]
        assert "down" not in at.lines()[-1]


async def test_the_footer_never_overflows(istanbul):
    async with desk(istanbul) as at:
        footer = at.lines()[-1]

    assert footer.rstrip().endswith("? Help")
    assert len(footer.rstrip()) <= 80


async def test_reading_only_refuses_every_change_with_a_sentence(istanbul):
    async with desk(istanbul, read_only=True) as at:
        await at.press("3", "right", "e")
        assert at.says == "This dossier is open for reading only."
        await at.press("a")
        assert at.says == "This dossier is open for reading only."
        await at.press("right", "d")
        assert at.says == "This dossier is open for reading only."
        assert at.ask("SELECT count(*) FROM demands") == [(9,)]


async def test_an_empty_pane_names_the_key_that_fills_it(empty):
    async with desk(empty) as at:
        assert "No demands yet. Press a to add one." in at.text()
        await at.press("e")
        assert at.says == "There is no demand here. Press a to add one."


async def test_a_party_that_is_not_there_yet_is_made_from_where_it_is_named(istanbul):
    async with desk(istanbul) as at:
        await at.press("3", "right", "right", "right", "e", "ctrl+u", "text:Holy See")
        assert "+ create “Holy See”" in at.text()
        assert at.says == "To: nothing is called “Holy See”; ↓ makes it."

        await at.press("down", "enter")
        assert "Kind of the new party" in at.text()
        await at.press("text:oth", "enter")

        assert at.ask("SELECT name, kind, ref FROM parties WHERE id = ?", at.value("to_party", "D1")) == [
            ("Holy See", "other", "HOL")
        ]
        assert "HOL  Holy See" in at.text()


async def test_a_record_that_is_not_made_after_all_leaves_the_editor_as_it_was(istanbul):
    async with desk(istanbul) as at:
        await at.press("3", "right", "right", "right", "e", "ctrl+u", "text:Holy See", "down", "enter", "escape")

        assert at.count("parties") == 6
        editor = at.pane().editor
        assert editor is not None
        assert editor.draft_text == "Holy See"


async def test_what_needs_more_than_words_to_be_made_is_not_offered(istanbul):
    async with desk(istanbul) as at:
        await at.press("0", "text:pos", "enter", "right", "e", "ctrl+u", "text:Another demand")

        assert "create" not in at.text()
        assert at.says == "Demand: nothing is called “Another demand”."
