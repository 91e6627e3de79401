"""What add, delete, empty and the like do in the computed views, and what is said where they can do nothing."""

from textual.events import Paste

from storage import Stance, Statement, View
from tests.tui.desk import OPENED, desk
from tui.panes.computed import ComputedPane

SIZE = (80, 24)

COUNTED = ("demands", "positions", "commitments", "deliveries", "stances", "statements", "evidence", "rounds")

ACTING = {("matrix", "d"), ("commitments", "a"), ("commitments", "D"), ("commitments", "d")}
"""The keys that act in a view; elsewhere it is said why they don't."""


async def test_keys_that_change_nothing_in_a_view_say_why_in_one_line(talks):
    async with desk(talks, SIZE) as at:
        before = [at.count(table) for table in COUNTED]
        for view, keys in OPENED.items():
            await at.press(*keys, "down")
            for key in [each for each in "aDd" if (view, each) not in ACTING]:
                at.main.say("")
                await at.press(key)
                assert at.says.endswith("."), (view, key)
                assert at.says in at.text(), (view, key)
                assert at.main.main == f"view-{view}"
            assert [at.count(table) for table in COUNTED] == before, view
            if view != "matrix":
                at.main.say("")
                await at.press("exclamation_mark")
                assert at.says == "! draws a red line in 5 Matrix, on the answer of a party.", view


async def test_the_record_behind_a_row_that_is_not_deleted_is_shown_by_o(talks):
    async with desk(talks, SIZE) as at:
        for view in [view for view in OPENED if view not in ("matrix", "commitments")]:
            at.main.say("")
            await at.press(*OPENED[view], "d")
            assert at.says.endswith("not deleted; o shows the record behind this row."), view
            await at.press("o")

            assert at.main.current == "detail", view


async def test_the_footer_of_a_view_names_only_keys_that_act_there(talks):
    async with desk(talks, SIZE) as at:
        for view, hints in (("changes", "⏎ Edit / Find"), ("evidence", "/ Find"), ("matrix", "⏎ Edit d")):
            await at.press(*OPENED[view])

            assert at.lines()[-1].strip().startswith(hints), view


async def test_the_marked_commitments_are_deleted_after_a_question(talks):
    async with desk(talks, SIZE) as at:
        before = at.count("commitments")
        await at.press("7", "space", "space", "d")
        assert "Delete 2 commitments" in at.text()
        await at.press("y")

        assert at.count("commitments") == before - 2
        assert at.ask("SELECT ref FROM commitments WHERE ref IN ('C1', 'C2')") == []
        await at.press("u")
        assert at.count("commitments") == before


async def test_a_commitment_is_duplicated_in_the_pane_of_commitments(talks):
    async with desk(talks, SIZE) as at:
        told = "SELECT text, quantity, due_on FROM commitments WHERE ref = ?"
        await at.press("7", *["down"] * 4, "D")
        assert at.main.current == "commitments"
        await at.press("enter")

        assert at.ask(told, "C13") == at.ask(told, "C5")


async def test_backspace_empties_the_field_behind_a_cell_and_those_behind_the_marked_ones(talks):
    async with desk(talks, SIZE) as at:
        await at.press("7", "right", "right", "backspace")
        assert at.value("to_party", "C1", "commitments") is None
        assert at.says.endswith("saved · u undoes")

        await at.press("down", "space", "space", "up", "backspace")
        assert at.value("to_party", "C2", "commitments") is None
        assert at.value("to_party", "C3", "commitments") is None


async def test_marked_cells_of_different_records_are_not_emptied_together(talks):
    async with desk(talks, SIZE) as at:
        await at.press("8", "ctrl+a", "backspace")

        assert at.says == "The marked rows hold no such field in this column; edit them one by one."


async def test_backspace_on_a_computed_cell_names_the_heading_on_the_screen(talks):
    async with desk(talks, SIZE) as at:
        await at.press("7", *["right"] * 4, "backspace")

        assert "Progress" in at.text()
        assert at.says.startswith("Progress is computed from the records")


async def test_d_in_the_matrix_deletes_a_position_of_the_round_and_asks_when_something_goes_along(talks):
    async with desk(talks, SIZE) as at:
        before = at.count("positions")
        await at.press("5", *["right"] * 3, "down", "d")
        assert "Delete W1/D2/UKR, and with it" in at.text()
        await at.press("y")
        assert at.count("positions") == before - 1

        await at.press("u")
        assert at.count("positions") == before


async def test_d_in_the_matrix_says_why_it_deletes_nothing(talks):
    async with desk(talks, SIZE) as at:
        before = at.count("positions")
        await at.press("5", *["right"] * 3, "d")
        assert at.says == "This position is of R3; [ goes back to it, and there d deletes it."
        await at.press("right", "right", "down", "down", "down", "d")
        assert at.says == "There is no position to delete."
        await at.press("home", "d")
        assert at.says == "d deletes the position of a party here; a demand is deleted in 3 Demands."
        await at.press(*["right"] * 3, "backspace")
        assert at.says == "A position needs a response; d deletes the position."

        assert at.count("positions") == before


async def test_d_in_the_matrix_deletes_the_positions_on_all_marked_demands(talks):
    async with desk(talks, SIZE) as at:
        before = at.count("positions")
        await at.press("5", *["right"] * 3, "down", "space", "space", "d", "y")

        assert at.count("positions") == before - 2


RESPONSES_OF_RUSSIA = """SELECT response FROM positions p
    JOIN parties y ON y.id = p.party JOIN demands d ON d.id = p.demand
    WHERE y.ref = 'RUS' AND d.ref IN ('D1', 'D2', 'D3') ORDER BY d.ref"""


async def test_a_response_in_the_matrix_is_that_of_the_party_on_all_marked_demands_in_one_step(istanbul):
    async with desk(istanbul, SIZE) as at:
        before = at.count("positions")
        await at.press("5", *["right"] * 4, *["space"] * 3, "up", "e", "r", "e", "enter")
        assert at.says == "2 positions added, saved · u undoes"
        assert at.ask(RESPONSES_OF_RUSSIA) == [("rejects",)] * 3
        assert [line.split("◆")[1].strip()[0] for line in at.lines()[3:6]] == ["✖"] * 3

        await at.press("exclamation_mark")
        assert at.says == "red line → yes in 3 positions, saved · u undoes"
        await at.press("u", "u")
        assert at.count("positions") == before


async def test_a_response_changes_positions_and_adds_others_in_one_step(istanbul):
    async with desk(istanbul, SIZE) as at:
        before = at.count("positions")
        await at.press("5", *["right"] * 4, *["space"] * 3, "up", "e", "s", "enter")

        assert at.says == "3 positions recorded, 2 of them new, saved · u undoes"
        assert at.ask(RESPONSES_OF_RUSSIA) == [("silent",)] * 3
        await at.press("u")
        assert at.count("positions") == before


async def test_the_author_of_some_of_the_marked_demands_answers_none_of_them_together(istanbul):
    async with desk(istanbul, SIZE) as at:
        before = at.count("positions")
        await at.press("5", *["right"] * 4, *["down"] * 4, "space", "space", "up", "e")

        assert at.says == "RUS made some of the marked demands and answers others; mark those apart."
        assert at.count("positions") == before


async def test_a_stance_that_is_not_there_is_not_edited_but_said_where_to_add(istanbul):
    async with desk(istanbul, SIZE) as at:
        await at.app.live.delete(Stance, at.app.live.store.find(View(Stance)))
        await at.press(*OPENED["will"], *["right"] * 4, "e")

        assert at.says == "Will is computed; a in Stances, under 0, adds what decides it."


COPIED = {
    "evidence": ["unused_statement", "statement", "S6.1", "Refrigerated lorries", "S6.1", "S6"],
    "timeline": ["2025-05-15", "statement", "S2.6", "Trump said", "USA"],
    "zones": ["D1", "30-day", "ceasefire", "UKR", "RUS", "open", "contested", "RUS"],
    "rejections": ["R1", "2025-05-16", "D1", "30-day", "RUS"],
    "will": ["UKR", "Ukraine", "true"],
    "ledger": ["M1", "UKR", "0"],
    "changes": ["D1", "DEU", "+ answered"],
    "matrix": ["D1", "30-day", "contested", "asks"],
}
"""How what stands in the first cells of a view begins when it is copied."""


async def test_y_copies_what_stands_in_a_cell(talks):
    async with desk(talks, SIZE) as at:
        for view, copied in COPIED.items():
            await at.press(*OPENED[view], "home")
            for begins in copied:
                at.main.say("")
                await at.press("y", "right")
                assert at.says == "Copied.", (view, begins)
                assert at.app.clipboard.startswith(begins), view


async def test_y_copies_a_progress_without_its_bar_and_says_of_an_empty_cell_that_it_is_empty(talks):
    async with desk(talks, SIZE) as at:
        await at.press("7", *["right"] * 4, "y")
        assert at.app.clipboard == "100%"
        await at.press("right", "right", "y")
        assert at.app.clipboard == "closed"

        await at.press("3", "right", "right", "right", "backspace", "y")
        assert at.says == "Not copied: the cell is empty."
        assert at.app.clipboard == "closed"


async def test_y_copies_terms_in_force_that_stand_in_an_earlier_row(talks):
    async with desk(talks, SIZE) as at:
        await at.press("6", *["left_curly_bracket"] * 6, "slash", "text:against its", "enter", *["right"] * 7, "y")

        assert at.app.clipboard == "no neutrality against its will"


async def test_y_copies_the_marked_rows_with_the_columns_on_the_screen(talks):
    async with desk(talks, SIZE) as at:
        for view, keys in OPENED.items():
            at.main.say("")
            await at.press(*keys, "space", "down", "space", "y")
            head, *rows = at.app.clipboard.splitlines()
            pane = at.main.query_one(f"#view-{view}", ComputedPane)

            assert at.says == "2 rows copied.", view
            assert head.split("\t") == [column.field for column in pane.grid.columns], view
            assert len(rows) == 2, view
            assert rows[0] != rows[1], view


async def test_y_leaves_out_marked_findings_that_are_internal(talks):
    async with desk(talks, SIZE) as at:
        first, second = (row.values["key"] for row in await marked_findings(at))
        await at.app.live.edit(Statement, [at.value("id", str(first), "statements")], {"visibility": "internal"})
        await at.press("y")

        assert at.says == "1 row copied."
        assert f"\t{second}\t" in at.app.clipboard
        assert f"\t{first}\t" not in at.app.clipboard


async def marked_findings(at):
    """The first two rows of the evidence, marked by keys."""
    await at.press("9", "space", "space")
    return at.main.query_one("#view-evidence", ComputedPane).table.rows[:2]


async def test_the_marked_rows_of_a_view_are_exported_alone(talks, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    async with desk(talks, SIZE) as at:
        await at.press("6", "down", "space", "E")
        assert "No command makes this file: no ref names the marked rows." in at.text()
        await at.press("enter")

    [made] = tmp_path.glob("talks-changes*.csv")
    assert len(made.read_text().splitlines()) == 2


async def test_x_in_the_changes_is_about_the_position_unless_the_cell_is_of_the_demand(talks):
    async with desk(talks, SIZE) as at:
        await at.press("6")
        grid = at.main.query_one("#view-changes", ComputedPane).grid
        of_a_position = "position W1/D1/DEU"
        for column, about in (("role", of_a_position), ("title", "demand D1"), ("movement", of_a_position)):
            grid.move_to(0, [each.field for each in grid.columns].index(column))
            await at.press("x")

            assert f"Evidence of {about}" in at.text(), column
            await at.press("escape")


async def test_a_cell_is_called_by_its_heading_while_it_is_edited_and_when_it_is_refused(talks):
    async with desk(talks, SIZE) as at:
        await at.press("6", *["right"] * 4, "e")
        assert at.says.startswith("To response: type its first letters")
        await at.press("escape", "backspace")

        assert at.says.startswith("To response must be one of asks, drops,")


async def test_a_text_that_is_too_long_is_refused_under_the_heading_on_the_screen(talks):
    async with desk(talks, SIZE) as at:
        await at.press("6")
        grid = at.main.query_one("#view-changes", ComputedPane).grid
        grid.move_to(0, [each.field for each in grid.columns].index("to_terms"))
        await at.press("e")
        at.app.post_message(Paste("x" * 100_001))
        await at.press("end")

        assert at.says.startswith("To terms must be at most")


async def test_a_position_that_was_not_there_before_is_written_in_the_matrix(talks):
    async with desk(talks, SIZE) as at:
        await at.press("6", *["right"] * 3, "e")

        assert at.says == "Changes are computed; e in 5 Matrix writes the position of a party."


async def test_the_progress_is_called_so_wherever_it_is_named(talks):
    async with desk(talks, SIZE) as at:
        await at.press("7", *["right"] * 4, "s")
        assert "progress↑" in at.text()
        await at.press("f")

        assert "Progress ─" in at.text()
        assert "Percent" not in at.text()
