"""What one run leaves to the next: the theme, the columns of each view, their widths and their order."""

import json
import os
import stat
from concurrent.futures import ThreadPoolExecutor

import pytest

from storage import create_store
from storage.file import soundness
from tests.dossiers import generated
from tests.faults.terminal import Terminal
from tests.tui.desk import desk, until
from tui.memory import Kept, Memory, ViewLook
from tui.panes.matrix import MatrixPane
from tui.panes.narrowing_pane import LEAST_COLUMN, MOST_COLUMN

SIZE = (120, 40)
HIDE_PARTY = ("5", "right", "right", "right", "minus")
"""Hides the first party of the matrix."""


@pytest.fixture
def memory(tmp_path):
    """A file in a folder that is not there yet."""
    return tmp_path / "state" / "parley" / "memory.json"


@pytest.fixture
def talks(tmp_path):
    """Another dossier, with parties of its own."""
    path = tmp_path / "talks.db"
    create_store(path, json.dumps(generated(3, parties=6, rounds=3, demands=12, positions=60)).encode())
    return path


def remembers(memory, content):
    """A file that an earlier run, or anything else, has left."""
    memory.parent.mkdir(parents=True, exist_ok=True)
    memory.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())


def looks(at, name="demands"):
    """The columns of a pane with their widths, and its order."""
    pane = at.main.query_one(f"#{name}")
    return [(each.field, each.width) for each in pane.grid.columns], [str(each) for each in pane.grid.sort]


async def test_a_theme_chosen_in_the_palette_is_there_from_the_first_frame_of_the_next_run(istanbul, memory):
    async with desk(istanbul, memory=memory) as at:
        usual = at.main.background_colors
        await at.press("ctrl+p", "text:theme", "enter", "text:dracula", "enter")
        chosen = at.main.background_colors
        await at.press("3", "right", "minus")  # which leaves the theme as it is

    async with desk(istanbul, memory=memory) as at:
        assert at.app.theme == "dracula"
        assert at.main.background_colors == chosen != usual


async def test_an_export_is_proposed_as_the_last_run_chose_it_but_never_with_what_is_internal(
    istanbul, memory, monkeypatch, tmp_path
):
    monkeypatch.chdir(tmp_path)
    async with desk(istanbul, memory=memory) as at:
        await at.press("3", "E", "right", "down", "right", "down", "down", "down", "right", "enter")
        assert (tmp_path / "istanbul-demands.tsv").exists()

    async with desk(istanbul, memory=memory) as at:
        await at.press("1", "E")
        for chosen in ("▐tsv▌", "▐names▌", "▐left out▌"):
            assert chosen in at.text()


async def test_choices_of_an_export_that_there_are_not_give_way_to_the_usual_ones(istanbul, memory):
    remembers(memory, {"export": {"what": "[b]", "format": "exe", "names": 7, "headers": "\x1b[2J", "to": "printer"}})

    async with desk(istanbul, memory=memory) as at:
        await at.press("3", "E")
        for chosen in ("▐view (9)▌", "▐csv▌", "▐refs▌", "▐yes▌", "▐a file▌"):
            assert chosen in at.text()


async def test_columns_widths_and_order_of_a_view_are_the_same_in_the_next_dossier(istanbul, talks, memory):
    async with desk(istanbul, memory=memory) as at:
        await at.press("3", "right", "greater_than_sign", "greater_than_sign", "s", "s")
        await at.press("right", "right", "minus", "c", "down", "down", "K", "enter", "1", "right", "s")
        left = [looks(at, name) for name in ("demands", "parties")]

    async with desk(talks, read_only=True, memory=memory) as at:
        found = [looks(at, name) for name in ("demands", "parties")]

    assert found == left
    (columns, order), (_, order_of_parties) = found
    assert [name for name, _ in columns[:4]] == ["ref", "by_party", "title", "status"]
    assert "to_party" not in dict(columns)
    assert (order, order_of_parties) == (["-title"], ["name"])


async def test_order_columns_and_widths_of_a_computed_view_come_back(istanbul, memory):
    async with desk(istanbul, SIZE, memory=memory) as at:
        await at.press("7", "right", "minus", "less_than_sign", "s", "s")
        left = looks(at, "view-commitments")

    async with desk(istanbul, SIZE, memory=memory) as at:
        await at.press("7")
        assert looks(at, "view-commitments") == left


async def test_an_order_by_zone_comes_back_with_the_zones(istanbul, memory):
    remembers(memory, {"views": {"demands": {"sort": [["zone", True]]}}})

    async with desk(istanbul, memory=memory) as at:
        await at.press("3", *["right"] * 5)
        assert looks(at)[1] == ["-zone"]
        taken_up = list(at.pane().grid.ids)
        await at.press("s")
        assert list(at.pane().grid.ids) != taken_up
        await at.press("s", "s")
        assert list(at.pane().grid.ids) == taken_up


async def test_in_a_large_dossier_no_order_is_taken_up_that_keeps_rows_waiting(istanbul, memory, monkeypatch):
    monkeypatch.setattr(soundness, "LARGE_BYTES", 1000)
    remembers(memory, {"views": {name: {"sort": [["zone", False]]} for name in ("demands", "view-matrix")}})

    async with desk(istanbul, SIZE, memory=memory) as at:
        await at.press("5")
        assert (looks(at)[1], looks(at, "view-matrix")[1]) == ([], [])


async def test_what_narrows_a_view_is_not_remembered(istanbul, memory):
    async with desk(istanbul, memory=memory) as at:
        await at.press("1", "enter", "3", "down", "space", "slash", "text:talks", "enter", "minus", "right", "minus")

    async with desk(istanbul, memory=memory) as at:
        assert len(at.rows()) == 9
        assert (at.pane().grid.cursor_row, at.pane().grid.marked, at.main.scope.party_ref) == (0, set(), "")
        assert "title" not in dict(looks(at)[0])


async def test_the_room_that_long_refs_of_one_dossier_need_is_not_kept_for_another(istanbul, empty, memory):
    async with desk(istanbul, memory=memory) as at:
        usual = dict(looks(at)[0])["ref"]
        await at.press("3", "e", "text:00000000", "enter", "s")
        assert dict(looks(at)[0])["ref"] > usual

    async with desk(empty, memory=memory) as at:
        assert dict(looks(at)[0])["ref"] == usual


async def test_a_ref_is_not_cut_because_refs_were_narrow_in_the_run_before(istanbul, memory):
    remembers(memory, {"views": {"demands": {"widths": {"ref": 3}}}})

    async with desk(istanbul, memory=memory) as at:
        await at.press("3", "e", "text:00000000", "enter")
        assert dict(looks(at)[0])["ref"] == len("D100000000")


async def test_the_matrix_shows_the_parties_of_another_dossier_and_still_hides_those_hidden(istanbul, talks, memory):
    async with desk(istanbul, SIZE, memory=memory) as at:
        await at.press(*HIDE_PARTY, "s", "c", *["down"] * 4, "K", "enter")
        left = looks(at, "view-matrix")

    async with desk(talks, SIZE, memory=memory) as at:
        await at.press("5", "right", "right", "right")
        parties = at.main.query_one("#view-matrix", MatrixPane).table.parties
        assert len(parties) == 6
        assert set(parties) <= dict(looks(at, "view-matrix")[0]).keys()
        await at.press("minus")
        assert len(parties & dict(looks(at, "view-matrix")[0]).keys()) == 5

    async with desk(istanbul, SIZE, memory=memory) as at:
        await at.press("5")
        assert looks(at, "view-matrix")[0] == left[0]
        assert [name for name, _ in left[0]][2:5] == ["zone", "USA", "RUS"]


def test_many_runs_that_end_at_once_lose_nothing_of_what_each_chose(memory):
    runs = [Memory(memory) for _ in range(20)]
    for number, run in enumerate(runs):
        run.keep(Kept(views={f"view {number}": ViewLook(("ref",))}))
    with ThreadPoolExecutor(len(runs)) as ending:
        list(ending.map(Memory.close, runs))

    assert len(Memory(memory).kept.views) == len(runs)


async def test_two_runs_at_once_keep_what_the_other_chose_and_the_later_choice_of_the_same(istanbul, memory):
    async with desk(istanbul, memory=memory) as ours, desk(istanbul, memory=memory) as theirs:
        await ours.press("1", "right", "s")
        await theirs.press("2", "right", "s")
        ours.app.memory.close()
        await theirs.press("1", "right", "right", "minus")
        later = looks(theirs, "parties")

    async with desk(istanbul, memory=memory) as at:
        assert looks(at, "rounds")[1] == ["starts_on"]
        assert looks(at, "parties") == later


async def test_all_of_a_burst_of_choices_is_in_the_file_when_the_program_ends(istanbul, memory):
    async with desk(istanbul, memory=memory) as at:
        await at.press("3", "right", *["greater_than_sign"] * 30)
        left = looks(at)
    assert [stat.S_IMODE(each.stat().st_mode) for each in (memory.parent, memory)] == [0o700, 0o600]

    async with desk(istanbul, memory=memory) as at:
        assert looks(at) == left


async def test_a_run_in_which_nothing_is_chosen_leaves_only_the_path_of_its_dossier(istanbul, memory):
    async with desk(istanbul, memory=memory) as at:
        await at.press("3", "down", "5", "slash", "text:x", "escape")

    kept = json.loads(memory.read_text())
    assert (kept.pop("recent"), kept.pop("export")["what"]) == ([str(istanbul)], "")
    assert not any(kept.values())


async def test_the_file_stays_small_by_forgetting_the_views_that_were_changed_longest_ago(istanbul, memory):
    remembers(memory, {"views": {f"gone-{number}": {"shown": ["x" * 600]} for number in range(100)}})

    async with desk(istanbul, memory=memory) as at:
        await at.press("3", "right", "minus")

    kept = json.loads(memory.read_text())["views"]
    assert memory.stat().st_size <= 64 * 1024
    assert "gone-0" not in kept
    assert list(kept)[-2:] == ["gone-99", "demands"]


# A file that is not what it was

HOSTILE = {
    "empty": b"",
    "half": b'{"theme": "nord", "views": {"dem',
    "no text": b"\xff\xfe\x00\xd8",
    "deep": b"[" * 60_000,
    "number": b"1" * 60_000,
    "too long": b" " * 70_000 + b'{"theme": "nord"}',
    "list": ["theme", "views"],
    "wrong types": {"theme": 7, "views": {"demands": [], "parties": {"shown": "ref", "widths": [1], "sort": {}}}},
    "wrong items": {"views": {"demands": {"shown": [1, ["ref"]], "widths": {"title": "9"}, "sort": [1, ["ref"]]}}},
    "unknown names": {
        "theme": "\x1b[31mred[/]",
        "views": {
            name: {"shown": ["\x1b]0;owned\x07"], "widths": {"\u202e": 9}, "sort": [["\x1b[2J", True], [[], {}]]}
            for name in ("demands", "parties", "view-matrix", "view-evidence", "\x1b[2J")
        },
    },
    "no bounds": {"views": {"rounds": {"widths": {"title": True}, "shown": ["\ud800"]}}},
}


async def test_whatever_the_file_holds_every_view_opens_as_usual_and_choices_are_kept_again(istanbul, memory):
    async with desk(istanbul, SIZE) as at:
        await at.press("5", "9", "3")
        usual = at.text(), looks(at, "view-matrix"), looks(at, "view-evidence"), at.app.theme

    for name, content in HOSTILE.items():
        remembers(memory, content)
        async with desk(istanbul, SIZE, memory=memory) as at:
            await at.press("5", "9", "3")
            found = at.text(), looks(at, "view-matrix"), looks(at, "view-evidence"), at.app.theme
            assert found == usual, name
            await at.press("right", "minus")

        assert json.loads(memory.read_text())["views"]["demands"]["hidden"] == ["title"], name


async def test_the_first_column_stays_the_first_and_widths_stay_within_what_keys_allow(istanbul, memory):
    look = {"shown": ["title", "title", "ref"], "widths": {"title": 10**30, "by_party": -5}}
    remembers(memory, {"views": {"demands": look}})

    async with desk(istanbul, memory=memory) as at:
        columns = looks(at)[0]
        assert [name for name, _ in columns[:2]] == ["ref", "title"]
        assert dict(columns)["title"] == MOST_COLUMN
        assert dict(columns)["by_party"] == LEAST_COLUMN
        assert len(columns) == len(dict(columns)) == 12


def a_folder(memory):
    memory.mkdir(parents=True)


def a_pipe(memory):
    memory.parent.mkdir(parents=True)
    os.mkfifo(memory)


def no_folder(memory):
    memory.parent.parent.mkdir(parents=True)
    memory.parent.write_text("a file where the folder should be")


@pytest.mark.parametrize("left", [a_folder, a_pipe, no_folder])
async def test_where_nothing_can_be_kept_it_is_said_once_and_edits_are_saved(istanbul, memory, left):
    left(memory)

    async with desk(istanbul, memory=memory) as at:
        await at.press("3", "right", "e", "text:, now", "enter", "greater_than_sign")
        at.app.memory.close()
        await at.press("down")
        assert at.says.startswith(f"The next run may not know this: {memory.parent}")
        assert at.value("title", "D1").endswith(", now")
        assert len(at.rows()) == 9


async def test_what_could_not_be_kept_is_kept_with_the_next_choice_when_it_can_be(istanbul, memory):
    no_folder(memory)

    async with desk(istanbul, memory=memory) as at:
        await at.press("1", "right", "s")
        await until(lambda: at.says.startswith("The next run"), at)
        memory.parent.unlink()
        await at.press("2", "right", "s")

    async with desk(istanbul, memory=memory) as at:
        assert (looks(at, "parties")[1], looks(at, "rounds")[1]) == (["name"], ["starts_on"])


async def test_a_second_choice_that_can_not_be_kept_is_not_told_again(istanbul, memory):
    no_folder(memory)

    async with desk(istanbul, memory=memory) as at:
        await at.press("3", "right", "greater_than_sign")
        await until(lambda: at.says.startswith("The next run"), at)
        await at.press("e", "escape", "greater_than_sign")
        at.app.memory.close()
        await at.press("down")
        assert not at.says.startswith("The next run")


# The program itself


def test_the_program_keeps_its_memory_in_the_state_folder_where_nobody_else_reads_it(istanbul, tmp_path):
    terminal = Terminal(istanbul, home=tmp_path)
    terminal.shows("9 of 9")
    terminal.write("3", "right", "-")
    terminal.until(lambda: "30-day" not in terminal.text())
    assert terminal.leave() == 0

    memory = tmp_path / "state" / "parley" / "memory.json"
    assert stat.S_IMODE(memory.stat().st_mode) == 0o600
    assert stat.S_IMODE(memory.parent.stat().st_mode) == 0o700
    assert [each.name for each in memory.parent.iterdir()] == ["memory.json"]
    terminal = Terminal(istanbul, "--read-only", home=tmp_path)
    terminal.shows("9 of 9")
    assert "30-day" not in terminal.text()
    assert terminal.leave() == 0
