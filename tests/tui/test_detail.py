"""4: one record whole; what hangs off it is edited, extended, deleted and gone to in place."""

import pytest

from storage import Delegate, Demand, Position, Round, Statement, View
from tests.tui.desk import desk

POSITION = """SELECT p.{} FROM positions p JOIN demands d ON d.id = p.demand JOIN parties y ON y.id = p.party
    WHERE d.ref = ? AND y.ref = ?"""


def put_cursor_on(at, label, text=""):
    """Put the cursor on the first line with this label and text."""
    lines = at.main.detail.lines
    row = next(row for row, line in enumerate(lines) if line.label == label and text in line.text)
    at.main.detail.grid.move_to(row, 1)


def labels(at):
    """The labels of all lines, in their order."""
    return [line.label for line in at.main.detail.lines if line.label]


async def test_every_kind_that_can_hang_off_a_record_has_a_heading_even_when_there_is_none(istanbul):
    async with desk(istanbul) as at:
        await at.press("3", "o")

        assert {"Positions (2)", "Links (0)", "Assessments (0)", "Evidence (1)"} <= set(labels(at))
        assert "none: a adds one" in at.text()

        await at.press("0", "text:statements", "enter", "o")
        assert "Evidence links (1)" in at.text()


async def test_the_main_field_of_a_child_is_edited_on_its_line(istanbul):
    async with desk(istanbul) as at:
        await at.press("3", "o")
        put_cursor_on(at, "R1 RUS")
        await at.press("e", "text:def", "enter")

        assert at.ask(POSITION.format("response"), "D1", "RUS") == [("deferred",)]
        assert at.says == "R1/D1/RUS response rejects → deferred, saved · u undoes"
        assert "… deferred" in at.text()


async def test_each_kind_of_child_has_one_field_that_e_edits(istanbul):
    async with desk(istanbul) as at:
        for keys, kind, field, typed, value in (
            (("2", "o"), "delegates", "role", "guar", "guarantor"),
            (("0", "text:agr", "enter", "o"), "commitments", "state", "wai", "waived"),
            (("0", "text:agr", "enter", "o"), "signatories", "role", "wit", "witness"),
            (("1", "o"), "stances", "will", "unc", "unclear"),
            (("3", "o"), "evidence", "relation", "dis", "disputes"),
            (("3", "down", "down", "down", "o"), "links", "kind", "cou", "counters"),
        ):
            holding = f"SELECT count(*) FROM {kind} WHERE {field} = '{value}'"
            [(before,)] = at.ask(holding)
            await at.press(*keys)
            lines = at.main.detail.lines
            row = next(row for row, line in enumerate(lines) if line.hangs and line.kind and line.kind.table == kind)
            at.main.detail.grid.move_to(row, 1)
            await at.press("e", f"text:{typed}", "enter")

            assert at.ask(holding) == [(before + 1,)], kind


async def test_another_child_is_added_with_its_parent_filled_in_and_t_comes_back(istanbul):
    async with desk(istanbul) as at:
        await at.press("3", "o")
        put_cursor_on(at, "R1 RUS")
        await at.press("a", "text:r1", "enter", "text:usa", "enter", "text:acc", "enter")

        assert at.main.current == "positions"
        assert at.ask(POSITION.format("response"), "D1", "USA") == [("accepts",)]
        await at.press("T")
        assert at.main.current == "detail"
        assert "Positions (3)" in at.text()
        assert "R1 USA" in at.text()


async def test_the_heading_of_nothing_adds_the_first(istanbul):
    async with desk(istanbul) as at:
        await at.press("3", "o")
        put_cursor_on(at, "Links (0)")
        await at.press("a", "text:d2", "enter", "text:req", "enter")

        assert at.ask("SELECT kind FROM links WHERE demand = ?", at.value("id", "D1")) == [("requires",)]
        await at.press("T")
        assert "Links (1)" in labels(at)


async def test_an_untouched_child_is_left_by_escape_and_t_comes_back_to_the_same_line(istanbul):
    async with desk(istanbul) as at:
        await at.press("3", "o")
        put_cursor_on(at, "Links (0)")
        row = at.main.detail.grid.cursor_row
        await at.press("a", "escape", "T")

        assert at.main.current == "detail"
        assert at.main.detail.grid.cursor_row == row
        assert at.ask("SELECT count(*) FROM links WHERE demand = ?", at.value("id", "D1")) == [(0,)]


async def test_a_child_is_deleted_at_once_and_comes_back_by_undo(istanbul):
    async with desk(istanbul) as at:
        links = at.ask("SELECT count(*) FROM links")
        await at.press("3", *["down"] * 3, "o")
        put_cursor_on(at, "D6", "conflicts")
        await at.press("d", "y")
        assert at.ask("SELECT count(*) FROM links")[0][0] == links[0][0] - 1

        await at.press("u")
        assert at.ask("SELECT count(*) FROM links") == links


async def test_a_child_that_takes_others_along_is_deleted_only_after_a_yes(istanbul):
    async with desk(istanbul) as at:
        await at.press("3", "o")
        put_cursor_on(at, "R1 RUS")
        await at.press("d")
        assert "Delete R1/D1/RUS, and with it 1 evidence?" in at.text()
        await at.press("enter")
        assert at.ask(POSITION.format("response"), "D1", "RUS") == [("rejects",)]

        await at.press("d", "y")
        assert at.ask(POSITION.format("response"), "D1", "RUS") == []
        assert "Positions (1)" in at.text()


async def test_the_record_itself_is_not_deleted_from_its_own_lines(istanbul):
    async with desk(istanbul) as at:
        await at.press("3", "o", "d")

        assert at.says == "d deletes what hangs off the record; the record itself is deleted in its own pane."
        assert at.value("ref", "D1") == "D1"


async def test_of_a_record_that_another_program_deletes_nothing_is_left_in_the_detail(istanbul):
    async with desk(istanbul) as at:
        await at.press("3", "o")
        await at.app.live.delete(Demand, [at.value("id", "D1")])
        await at.press("home")

        assert "─ 4 Detail ─" in at.text()
        assert "No record here." in at.text()


async def test_enter_on_a_child_goes_to_it_and_t_comes_back(istanbul):
    async with desk(istanbul) as at:
        await at.press("3", "o")
        put_cursor_on(at, "R1 RUS")
        await at.press("enter")
        assert at.main.current == "positions"

        await at.press("T")
        assert at.main.current == "detail"
        assert "Detail · demand D1" in at.text()


async def test_heads_of_delegations_stand_before_the_others_of_their_party(istanbul):
    async with desk(istanbul) as at:
        await at.press("0", "text:people", "enter", "a", "text:Aaron First", "enter")
        person = at.ask("SELECT id FROM people WHERE name = 'Aaron First'")[0][0]
        ukraine = at.value("id", "UKR", "parties")
        values = {"round": at.value("id", "R1", "rounds"), "party": ukraine, "person": person, "rank": "deputy"}
        await at.app.live.add(Delegate, values)
        await at.press("2", "o")
        named = [line.text for line in at.main.detail.lines if line.hangs and line.kind is Delegate]

    assert "head" in named[0]
    assert "Aaron First" in named[1]
    assert "Medinsky" in named[2]


async def test_a_yes_a_number_a_grade_or_a_role_on_the_line_of_a_child_says_of_what_it_is_one(istanbul, talks):
    async with desk(talks, size=(120, 40)) as at:
        await at.press("3", "o")
        assert any(line.text.endswith("stated · hinges on D6") for line in at.main.detail.lines)

    async with desk(istanbul) as at:
        await at.press("3", "down", "down", "down", "o")

        assert "◆! asks · red line · " in at.text()
        assert "✓" not in at.text()

        await at.press("0", "text:sources", "enter", "o")
        assert any("· article · credibility 6 · R1 · " in line.text for line in at.main.detail.lines)


async def test_positions_stand_by_the_order_of_rounds_then_of_parties(istanbul):
    async with desk(istanbul) as at:
        live, demand = at.app.live, at.value("id", "D1")
        for ref, seq in (("R10", 2), ("R2", 3)):
            await live.add(Round, {"ref": ref, "seq": seq, "title": ref, "format": "direct"})
            for party, response in (("RUS", "rejects"), ("UKR", "asks")):
                ids = {"round": at.value("id", ref, "rounds"), "party": at.value("id", party, "parties")}
                await live.add(Position, {**ids, "demand": demand, "response": response})
        await at.press("3", "o")
        shown = [line.label for line in at.main.detail.lines if line.hangs and line.kind is Position]

    assert shown == ["R1 UKR", "R1 RUS", "R10 UKR", "R10 RUS", "R2 UKR", "R2 RUS"]


async def test_a_and_x_on_the_evidence_open_the_dialog_of_provenance(istanbul):
    async with desk(istanbul) as at:
        await at.press("3", "o")
        put_cursor_on(at, "Evidence (1)")
        await at.press("a")
        assert "Evidence of demand D1 (1)" in at.text()

        await at.press("escape")
        put_cursor_on(at, "R1 RUS")
        await at.press("x")
        assert "Evidence of position R1/D1/RUS (1)" in at.text()


async def test_b_on_a_line_is_the_brief_of_what_it_shows(istanbul):
    async with desk(istanbul) as at:
        await at.press("3", "o", "b")

        assert "Brief · demand D1" in at.text()


async def test_reading_only_refuses_every_change_from_the_detail(istanbul):
    async with desk(istanbul, read_only=True) as at:
        await at.press("3", "o")
        put_cursor_on(at, "R1 RUS")
        for keys in (("e",), ("a",), ("d",)):
            await at.press(*keys)
            assert "reading only" in at.says
        assert at.main.current == "detail"
        assert at.ask(POSITION.format("response"), "D1", "RUS") == [("rejects",)]


async def test_t_goes_to_the_record_that_a_computed_cell_names_and_back(istanbul):
    async with desk(istanbul, size=(120, 40)) as at:
        live, demand = at.app.live, at.value("id", "D1")
        await live.add(Round, {"ref": "R2", "seq": 2, "title": "Again", "format": "direct"})
        ids = {"round": at.value("id", "R2", "rounds"), "party": at.value("id", "UKR", "parties")}
        await live.add(Position, {**ids, "demand": demand, "response": "drops"})
        for keys, pane, record, view in (
            (("6", "t"), "demands", "D1", "view-changes"),
            (("6", "right", "t"), "parties", "UKR", "view-changes"),
            (("5", "t"), "demands", "D1", "view-matrix"),
        ):
            await at.press(*keys)
            assert at.main.current == pane
            assert at.pane(pane).grid.cursor_id == at.value("id", record, pane)

            await at.press("T")
            assert at.main.current == view


async def test_a_computed_cell_that_only_names_a_record_is_not_edited_but_gone_to(istanbul):
    async with desk(istanbul) as at:
        await at.press("9", "right", "right", "e")
        assert "is computed from the records" in at.says

        await at.press("t")
        assert not at.main.current.startswith("view-")


async def test_a_detail_that_comes_into_sight_shows_the_record_under_the_cursor(istanbul):
    async with desk(istanbul) as at:
        await at.press("3", "down")
        await at.pilot.resize_terminal(120, 40)
        await at.press("right")
        assert "4 Detail · demand D2" in at.text()

        await at.press("Z", "down", "Z")
        assert "4 Detail · demand D3" in at.text()


REFUSED = {"slash": "/", "f": "f", "F": "F", "s": "s", "S": "S", "c": "c", "E": "E"}
REFUSED |= {"less_than_sign": "<", "greater_than_sign": ">", "minus": "-"}


async def test_a_key_of_lists_says_in_one_line_that_the_detail_is_none(istanbul):
    async with desk(istanbul) as at:
        await at.press("4")
        for key, name in REFUSED.items():
            await at.press(key)

            assert at.says.startswith(f"Detail shows one record; {name} ")
            assert at.says in at.text()
            assert at.main.current == "detail"


async def test_the_footer_of_the_detail_names_only_keys_that_act_there(istanbul):
    async with desk(istanbul) as at:
        await at.press("4")
        footer = at.lines()[-1]
        await at.press("3")

        assert footer.strip() == "⏎ Edit a Add d Delete y Copy u Undo ? Help"
        assert "/ Find" in at.lines()[-1]


async def test_lines_of_one_record_are_not_marked(istanbul):
    async with desk(istanbul) as at:
        await at.press("4")
        for key in ("space", "v", "ctrl+a"):
            at.main.say("")
            await at.press(key)

            assert at.says == "Lines of one record are not marked; a key acts on the line of the cursor.", key
            assert not at.main.detail.grid.marked, key
            assert "○" not in at.text(), key


async def test_y_copies_the_value_of_a_field_whatever_line_of_it_the_cursor_is_on(istanbul):
    async with desk(istanbul) as at:
        terms = "First line\nand a second, " + "as long as it takes " * 10
        await at.app.live.edit(Position, [at.ask(POSITION.format("id"), "D1", "RUS")[0][0]], {"terms": terms.strip()})
        await at.press("3", "o")
        put_cursor_on(at, "R1 RUS")
        await at.press("o")
        put_cursor_on(at, "Terms")
        await at.press("down", "down", "y")

        assert at.app.clipboard == terms.strip()
        assert at.says == "Copied."


async def test_y_copies_what_a_line_says_of_a_record_that_hangs_off_this_one(istanbul):
    async with desk(istanbul) as at:
        await at.press("3", "o")
        put_cursor_on(at, "R1 RUS")
        await at.press("y")
        assert at.app.clipboard.startswith("✖ rejects · no truce")
        assert at.app.clipboard in at.text()

        put_cursor_on(at, "Links (0)")
        await at.press("y")
        assert at.says == "This line holds no value; y copies a field, or what hangs off the record."


async def test_y_does_not_copy_what_rests_on_internal_statements_alone(istanbul):
    async with desk(istanbul) as at:
        await at.app.live.edit(Statement, at.app.live.store.find(View(Statement)), {"visibility": "internal"})
        await at.press("3", "o")
        put_cursor_on(at, "R1 RUS")
        await at.press("y")

        assert at.says.startswith("Not copied: this rests on internal statements alone.")
        assert at.app.clipboard == ""


async def test_a_statement_that_is_internal_is_marked_where_a_record_rests_on_it(istanbul):
    async with desk(istanbul) as at:
        await at.press("3", "o")
        assert any(line.text.startswith("Ukraine demanded that") for line in at.main.detail.lines)

        await at.app.live.edit(Statement, at.app.live.store.find(View(Statement)), {"visibility": "internal"})
        await at.press("1", "3", "o")
        assert any(line.text.startswith("internal: Ukraine demanded that") for line in at.main.detail.lines)


async def test_d_in_capitals_duplicates_the_record_or_what_hangs_off_it(istanbul):
    async with desk(istanbul) as at:
        await at.press("3", "down", "o", "D", "text:, again", "enter")
        assert at.ask("SELECT title, issue FROM demands WHERE ref = 'D10'") == [
            ("Deal with international security assurances, again", "security")
        ]

        await at.press("3", "g", "o")
        put_cursor_on(at, "R1 RUS")
        await at.press("D")
        assert at.main.current == "positions"
        assert at.pane("positions").draft is not None


@pytest.mark.parametrize(
    ("keys", "goes", "came_from"),
    [(("3", "down"), "o", "demands"), (("5", "down", *["right"] * 3), "enter", "view-matrix")],
)
async def test_t_comes_back_from_the_whole_record_to_the_panes_as_they_were(istanbul, keys, goes, came_from):
    async with desk(istanbul, (120, 40)) as at:
        await at.press(*keys)
        before = at.text()
        await at.press(goes)
        assert at.main.current == "detail"
        assert "1 Parties ─" not in at.text()

        await at.press("T")
        assert at.main.current == came_from
        assert at.text() == before


async def test_the_detail_shows_the_record_under_the_cursor_of_a_pane_that_one_comes_back_to(istanbul):
    async with desk(istanbul) as at:
        await at.press("3", "down", "5", "right", "right", "right", "3", "4")

        assert "4 Detail · demand D2" in at.text()
