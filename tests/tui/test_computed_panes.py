"""Views 5 to 9 and the zones: what they show, how a round is stepped, how a position is written in the matrix."""

import csv
import json

import pytest

from storage import create_store
from tests.dossiers import generated
from tests.tui.desk import OPENED, desk

VIEWS = {"5": "matrix", "6": "changes", "7": "commitments", "8": "timeline", "9": "evidence"}
SIZE = (120, 40)
TO_INTERNAL = ("down",) * 4
"""From the format to the line of the export dialog that includes what is internal."""


def computed(at, name):
    """The pane of a computed view."""
    return at.main.query_one(f"#view-{name}")


async def test_each_view_shows_all_its_rows(talks):
    async with desk(talks, SIZE) as at:
        for key, view in VIEWS.items():
            await at.press(key, "G")  # which is handed out behind the last row

            assert at.main.main == f"view-{view}"
            assert computed(at, view).grid.row_count == computed(at, view).total > 0, view


async def test_the_matrix_of_the_seed_shows_positions_and_zones(istanbul):
    async with desk(istanbul, SIZE) as at:
        await at.press("5")
        shown = at.text()

    first = next(line for line in shown.splitlines() if "30-day" in line)
    assert "contested" in first
    assert "◆" in first
    assert "✖" in first


async def test_the_frame_of_will_says_how_many_of_the_essential_parties_want_a_settlement(istanbul):
    async with desk(istanbul) as at:
        await at.press(*OPENED["will"])

        assert "Will · yes: 0 of 6 essential parties · as of R1" in at.text()


@pytest.fixture
def long_talks(tmp_path):
    """More demands than the first screenful that a view reads."""
    path = tmp_path / "long.db"
    create_store(path, json.dumps(generated(seed=1, parties=3, rounds=3, demands=200, positions=600)).encode()).close()
    return path


async def test_the_last_of_many_demands_is_reached_by_one_key(long_talks):
    async with desk(long_talks, SIZE) as at:
        await at.press("5", "G")

        assert computed(at, "matrix").grid.row_count == computed(at, "matrix").total == 200
        assert "D200" in at.text()


async def test_another_round_keeps_the_cursor_on_its_demand_among_many(long_talks):
    async with desk(long_talks, SIZE) as at:
        await at.press("5", "G", "up", "left_square_bracket")

        row = computed(at, "matrix").grid.cursor_found
        assert row is not None
        assert row.values["demand"] == "D199"


async def test_the_column_of_a_party_that_comes_back_stands_where_it_stood(istanbul):
    async with desk(istanbul, SIZE) as at:
        await at.press("5", "1", "down", "d", "y", "u", "5")

        assert " UKR    RUS    USA " in at.text()


@pytest.mark.parametrize("chosen_before", [(), ("s", "s", "s"), ("right", "right", "minus")])
async def test_the_column_of_a_party_that_becomes_primary_moves_at_once(istanbul, chosen_before):
    async with desk(istanbul, SIZE) as at:
        await at.press("5", *chosen_before, "1", "G", *["right"] * 4, "e", "text:prim", "enter")

        assert at.value("standing", "TUR", "parties") == "primary"
        assert " UKR    RUS    TUR    USA " in at.text()


async def test_a_position_is_written_as_of_the_round_of_the_view(talks):
    async with desk(talks, SIZE) as at:
        await at.press("5", *["right"] * 4, "e", "text:acc", "enter")

        [(round, response)] = at.ask(
            """SELECT r.ref, p.response FROM positions p JOIN rounds r ON r.id = p.round
               JOIN demands d ON d.id = p.demand JOIN parties x ON x.id = p.party
               WHERE d.ref = 'D1' AND x.ref = 'RUS' ORDER BY p.id DESC LIMIT 1"""
        )
        assert (round, response) == (computed(at, "matrix").table.as_of.ref, "accepts")
        assert "▲" in at.text()

        await at.press("u")
        assert "▲" not in next(line for line in at.lines() if "30-day" in line)


async def test_a_carried_position_keeps_its_basis_and_leaves_its_terms_empty(talks):
    async with desk(talks, SIZE) as at:
        await at.press("5", *["right"] * 4, "down", "down", "down", "e", "text:def", "enter")

        assert at.ask("SELECT basis, terms, response FROM positions ORDER BY id DESC LIMIT 1") == [
            ("inferred", "", "deferred")
        ]


async def test_the_author_of_a_demand_can_only_ask_or_drop(talks):
    async with desk(talks, SIZE) as at:
        await at.press("5", *["right"] * 3, "e")
        shown = at.text()

    assert "asks" in shown
    assert "drops" in shown
    assert "accepts" not in shown


async def test_tab_goes_on_to_the_next_answer_in_the_matrix_and_behind_the_last_to_the_next_demand(istanbul):
    async with desk(istanbul, SIZE) as at:
        await at.press("5", *["right"] * 7, "e", "text:sil", "tab", "text:acc", "tab")

        answers = """SELECT x.ref, p.response FROM positions p JOIN demands d ON d.id = p.demand
                     JOIN parties x ON x.id = p.party WHERE d.ref = 'D1' AND p.response IN ('silent', 'accepts')"""
        assert at.ask(answers) == [("CHN", "silent"), ("TUR", "accepts")]
        assert computed(at, "matrix").grid.cursor_found.values["demand"] == "D2"
        assert computed(at, "matrix").editor is not None


async def test_tab_past_a_cell_of_the_matrix_makes_no_position_and_repeats_none(talks):
    async with desk(talks, SIZE) as at:
        before = at.count("positions")
        await at.press("5", *["right"] * 3, "e", *["tab"] * 16, "escape")

        assert computed(at, "matrix").grid.cursor_row > 0
        assert at.count("positions") == before
        assert at.says == "Nothing changed."


async def test_an_exclamation_mark_draws_a_red_line_and_says_why_it_cannot(istanbul):
    async with desk(istanbul, SIZE) as at:
        await at.press("5", *["right"] * 4, "exclamation_mark")
        assert at.ask(
            """SELECT red_line FROM positions p JOIN demands d ON d.id = p.demand JOIN parties x ON x.id = p.party
               WHERE d.ref = 'D1' AND x.ref = 'RUS'"""
        ) == [(1,)]
        assert "blocked" in next(line for line in at.lines() if "30-day" in line)

        await at.press("right", "exclamation_mark")
        assert at.says == "A red line goes with a position: choose a response first."


async def test_a_computed_cell_says_why_it_is_not_edited(istanbul):
    async with desk(istanbul, SIZE) as at:
        await at.press("5", "right", "right", "e")
        assert "computed" in at.says
        await at.press("3", *["right"] * 5, "e")
        assert "computed" in at.says


async def test_brackets_step_the_round_everywhere(talks):
    async with desk(talks, SIZE) as at:
        await at.press("5", "left_square_bracket")
        assert "as of R4" in at.text()
        await at.press("left_square_bracket", "left_square_bracket", "left_square_bracket", "left_square_bracket")
        assert "as of R1" in at.text()
        assert "since" not in at.lines()[1]

        await at.press("6")
        assert computed(at, "changes").grid.row_count == 0


async def test_braces_choose_the_round_since_which_movement_is_shown(talks):
    async with desk(talks, SIZE) as at:
        await at.press("6")
        before = computed(at, "changes").grid.row_count
        await at.press(*["left_curly_bracket"] * 6)

        assert "since R1" in at.text()
        assert computed(at, "changes").grid.row_count > before


async def test_a_party_scopes_the_rows_that_name_it(talks):
    async with desk(talks, SIZE) as at:
        await at.press("6", "left_curly_bracket", "left_curly_bracket", "1", "down", "enter", "6")

        parties = {row.values["party"] for row in computed(at, "changes").table.rows}
        assert parties == {"RUS"}
        assert "of Russia" in at.text()


async def test_the_frame_tells_how_many_rows_there_are_besides_those_that_are_left(istanbul):
    async with desk(istanbul) as at:
        await at.press("1", "enter", "5")
        assert "7 of 9 · of UKR ✕" in at.text()

        await at.press("slash", "text:talks", "enter")
        assert "1 of 9 · /talks ✕ · of UKR ✕" in at.text()
        await at.press("F")
        assert "9 of 9 ─" in at.text()


async def test_the_rows_that_there_are_are_counted_again_when_records_change(istanbul):
    async with desk(istanbul) as at:
        await at.press("5", "slash", "text:talks", "enter", "3", "G", "d", "y", "5")

        assert "of 8 · /talks ✕" in at.text()


async def test_a_computed_view_is_found_filtered_and_sorted_like_any_other(talks):
    async with desk(talks, SIZE) as at:
        await at.press("9", "f", "space", "enter")
        pane = computed(at, "evidence")
        assert len({row.values["finding"] for row in pane.table.rows}) == 1

        await at.press("escape", "slash", "text:sanctions", "enter")
        assert 0 < pane.grid.row_count < pane.total + 1
        assert all("sanctions" in str(row.values).lower() for row in pane.table.rows)


async def test_a_cell_that_comes_from_a_record_is_edited_in_the_view(talks):
    async with desk(talks, SIZE) as at:
        await at.press("7", *["right"] * 3, "e", "end", "text:, all of them", "f2")

        assert str(at.value("text", "C1", "commitments")).endswith(", all of them")


async def test_a_delivery_is_added_from_the_commitments(talks):
    async with desk(talks, SIZE) as at:
        before = at.count("deliveries")
        await at.press("7", "a", "text:2025-06-20", "enter")

        assert at.count("deliveries") == before + 1
        assert at.ask("SELECT c.ref FROM deliveries d JOIN commitments c ON c.id = d.commitment ORDER BY d.id DESC")[
            0
        ] == ("C1",)


async def test_demands_are_filtered_and_sorted_by_their_zone(istanbul):
    async with desk(istanbul, SIZE) as at:
        await at.press("3", *["right"] * 5, "f", "text:block", "enter")
        assert [row[:3].strip(" ▌") for row in at.rows()] == ["D6", "D7"]

        await at.press("escape", "s")
        assert len(at.rows()) == 9


async def test_a_demand_without_a_zone_shows_that_it_has_none(istanbul):
    async with desk(istanbul, SIZE) as at:
        await at.press("3", *["right"] * 4, "e", "text:withdrawn", "enter")
        assert " withdrawn ∅ " in " ".join(at.rows()[0].split())

        await at.press("0", "text:z", "enter")
        assert " withdrawn ∅ ∅ " in " ".join(at.text().split())


async def test_a_computed_view_is_exported_as_shown(talks, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    async with desk(talks, SIZE) as at:
        for key, view in VIEWS.items():
            await at.press(key, "E", *TO_INTERNAL, "right", "enter")
            pane = computed(at, view)

            [made] = tmp_path.glob(f"talks-{view}*.csv")
            head, *rows = csv.reader(made.open())
            assert head == [column.field for column in pane.grid.columns], view
            assert len(rows) == pane.grid.row_count, view


async def test_the_other_computed_views_are_behind_0(talks):
    async with desk(talks, SIZE) as at:
        for title in ("Zones", "Rejections", "Will", "Ledger"):
            await at.press("0", f"text:{title}", "enter")

            assert at.main.main == f"view-{title.lower()}"
            assert computed(at, title.lower()).grid.row_count > 0, title


async def test_a_second_round_with_twelve_positions_takes_less_than_a_hundred_keys(istanbul):
    round_two = ["2", "a", *"Ankara", "enter", "d", "enter"]
    russia_answers = ["5", *["right"] * 4] + ["e", "c", "enter", "j"] * 5
    russia_asks_again = ["e", "a", "enter", "j"] * 3 + ["e", "d", "enter"]
    others_answer = ["right", "e", "a", "enter", "k", "e", "d", "enter", "h", "h", "k", "e", "r", "enter"]
    keys = [*round_two, *russia_answers, *russia_asks_again, *others_answer]

    async with desk(istanbul, SIZE) as at:
        before = at.count("positions")
        await at.press(*keys)

        assert len(keys) < 100
        assert at.count("positions") == before + 12
        assert "as of R2 · since R1" in at.text()
        assert "▲" in next(line for line in at.lines() if "30-day" in line)
        assert at.ask("SELECT count(*) FROM positions p JOIN rounds r ON r.id = p.round WHERE r.ref = 'R2'") == [(12,)]


async def test_tab_after_the_last_cell_that_can_be_edited_leaves_what_was_saved_to_be_read(talks):
    async with desk(talks, size=(140, 40)) as at:
        await at.press(*OPENED["zones"], "G", *["right"] * 5, "e", "down", "tab")

        assert at.says.endswith("replaced, saved · u undoes")
