"""E: the file equals the pane, and the command in the dialog makes the same file."""

import csv
import json
import os
import re
import shlex
from contextlib import closing

import pytest
from click.testing import CliRunner

from storage import RECORDS, Demand, View, open_store
from tests.storage.hand import by_sqlite
from tests.tui.desk import OPENED, desk, until
from tui.commands.group import parley

TABLES = [table for table in RECORDS if table not in ("parties", "rounds", "demands", "dossier")]


async def shown_command(at):
    """The command that the open dialog shows."""
    from textual.widgets import Static

    shown = str(at.app.screen.query_one("#command", Static).content)
    return shown.removeprefix("$ ").removesuffix(" (^y copies it)")


def run_command(command, target):
    """Run the command with another file as its target; what that file holds."""
    _, *words = shlex.split(command)
    words[words.index("-o") + 1] = str(target)
    done = CliRunner().invoke(parley, words)
    assert (done.exception, done.exit_code) == (None, 0)
    return target.read_bytes()


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    """Work in a folder of its own, where the proposed file goes."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


async def test_three_keys_make_a_file_that_equals_the_pane(istanbul, here):
    async with desk(istanbul) as at:
        await at.press("3", "right", "right", "f", "space", "enter", "left", "s", "E", "enter")
        shown = [row.strip("▌ ")[:2] for row in at.rows()]

    rows = list(csv.reader((here / "istanbul-demands.csv").open()))
    assert [row[0] for row in rows[1:]] == shown
    assert rows[0][:5] == ["ref", "title", "by_party", "to_party", "status"]
    assert len(shown) == 4


async def test_a_hidden_column_is_not_exported(istanbul, here):
    async with desk(istanbul) as at:
        await at.press("3", "right", "minus", "E", "enter")

    assert (here / "istanbul-demands.csv").read_text().splitlines()[0].startswith("ref,by_party,")


async def test_only_the_marked_rows_are_exported_when_some_are(istanbul, here):
    async with desk(istanbul) as at:
        await at.press("3", "space", "down", "space", "E", "enter")

    rows = list(csv.reader((here / "istanbul-demands.csv").open()))
    assert [row[0] for row in rows[1:]] == ["D1", "D3"]


async def test_an_existing_file_is_asked_about_and_both_can_be_kept(istanbul, here):
    (here / "istanbul-demands.csv").write_text("mine")
    async with desk(istanbul) as at:
        await at.press("3", "E", "enter")
        assert "is there already" in at.text()
        await at.press("k")

    assert (here / "istanbul-demands.csv").read_text() == "mine"
    assert len((here / "istanbul-demands-2.csv").read_text().splitlines()) == 10


async def test_an_existing_file_is_left_alone_on_enter(istanbul, here):
    (here / "istanbul-demands.csv").write_text("mine")
    async with desk(istanbul) as at:
        await at.press("3", "E", "enter", "enter", "escape")

    assert (here / "istanbul-demands.csv").read_text() == "mine"


async def test_the_clipboard_is_a_target(istanbul):
    async with desk(istanbul) as at:
        await at.press("3", "E", *["down"] * 5, "right", "enter")

        assert at.app.clipboard.splitlines()[1].startswith("D1,30-day")
        assert at.says == "9 rows -> the clipboard"


def chosen(at):
    """What is chosen in the lines of the open dialog, from above."""
    return re.findall("▐(.+?)▌", at.text())


async def test_the_whole_dossier_leaves_as_a_copy_that_parley_opens(istanbul, here):
    by_sqlite(istanbul, "UPDATE statements SET visibility = 'internal' WHERE ref = 'S1.2'")
    async with desk(istanbul) as at:
        await at.press("3", "right", "e", "X", "enter", "E", "left")
        assert chosen(at)[:2] == ["the dossier", "sqlite"]
        command = await shown_command(at)
        await at.press("enter")
        await until(lambda: at.says.startswith("The whole dossier -> "), at)

    run_command(command, here / "other.db")
    for path in (here / "istanbul-dossier.db", here / "other.db"):
        with closing(open_store(path)) as store:
            assert store.log() == []
            assert not store.holds_internal()
            assert len(store.find(View(Demand))) == 9


async def test_the_whole_dossier_goes_to_the_clipboard_as_json_and_not_as_a_copy(istanbul):
    async with desk(istanbul) as at:
        await at.press("3", "E", "up", "left")
        assert chosen(at)[:2] == ["the dossier", "sqlite"]

        await at.press(*["down"] * 6, "right", "enter")
        assert "✖ A copy in sqlite needs a file" in at.text()

        await at.press(*["up"] * 5, "right", "right", "right")
        assert chosen(at)[:2] == ["view (9)", "json"]
        await at.press("up", "left", "enter")
        assert json.loads(at.app.clipboard)["demands"]

        await at.press("E")
        assert chosen(at)[:2] == ["view (9)", "csv"]


async def test_rows_leave_again_when_a_format_of_rows_is_chosen(istanbul, here):
    async with desk(istanbul) as at:
        await at.press("3", "E", "up", "left")
        assert "istanbul-dossier.db" in at.text()

        await at.press("down", "right")
        assert chosen(at)[:2] == ["view (9)", "csv"]
        await at.press("enter")

    assert (here / "istanbul-demands.csv").read_text().count("\n") == 10


async def test_copying_a_cell_and_marked_rows(istanbul):
    async with desk(istanbul) as at:
        await at.press("3", "right", "y")
        assert at.app.clipboard == "30-day unconditional ceasefire"

        await at.press("space", "space", "y")
        assert [line.split("\t")[0] for line in at.app.clipboard.splitlines()] == ["ref", "D1", "D2"]


async def test_the_format_follows_the_path_and_the_path_the_format(istanbul, here):
    async with desk(istanbul) as at:
        await at.press("3", "E", "right", "enter")

    assert (here / "istanbul-demands.tsv").exists()


async def test_what_was_chosen_last_is_proposed_again_but_never_what_is_internal(istanbul, here):
    async with desk(istanbul) as at:
        await at.press("3", "E", "right", "down", "right", "down", "right", "down", "right", "down", "right")
        await at.press(*["up"] * 5, "right", "enter")
        assert (here / "istanbul-demands.tsv").exists()

        await at.press("1", "E")
        for chosen in ("▐everything▌", "▐tsv▌", "▐names▌", "▐guarded▌", "▐no▌", "▐left out▌", "istanbul-parties.tsv"):
            assert chosen in at.text()


async def test_marked_rows_are_proposed_though_the_view_was_exported_last(istanbul):
    async with desk(istanbul) as at:
        await at.press("3", "E", *["down"] * 5, "right", "enter", "space", "E")
        assert "▐marked (1)▌" in at.text()
        assert "▐the clipboard▌" in at.text()
        assert ".csv" not in at.text()


async def test_a_choice_that_a_view_does_not_offer_gives_way_to_the_view(istanbul):
    async with desk(istanbul) as at:
        await at.press("3", "space", "E", "enter", "5", "E")

        assert "▐view (9)▌" in at.text()


TO_PATH = ("3", "E", *["down"] * 6, "ctrl+u")


async def test_an_empty_path_is_refused_and_so_are_a_folder_and_a_pipe(istanbul, here):
    (here / "folder").mkdir()
    os.mkfifo(here / "pipe.csv")
    async with desk(istanbul) as at:
        await at.press(*TO_PATH, "enter")
        assert "✖ A path is needed; type where the file is to go." in at.text()

        await at.press("text:pipe.csv", "enter")
        assert "✖ pipe.csv is not a regular file; type the name of one." in at.text()

        await at.press("ctrl+u", "text:folder", "enter")
        assert "✖ folder is a folder; type the name of a file in it." in at.text()

        await at.press("text:/d.csv", "enter")
    assert len((here / "folder" / "d.csv").read_text().splitlines()) == 10


async def test_a_brief_goes_to_no_folder_either(istanbul, here):
    (here / "folder").mkdir()
    async with desk(istanbul) as at:
        await at.press("3", "b", "E", "ctrl+u", "text:folder", "enter")
        assert "✖ folder is a folder; type the name of a file in it." in at.text()

        await at.press("text:/d.md", "enter")
    assert (here / "folder" / "d.md").read_text()


async def test_the_key_that_completes_a_path_is_named_and_does_it(istanbul, here):
    (here / "folder").mkdir()
    async with desk(istanbul) as at:
        await at.press(*TO_PATH, "text:fol")
        assert "→ completes" in at.text()

        await at.press("right", "text:d.csv", "enter")
    assert (here / "folder" / "d.csv").exists()


async def test_what_could_not_be_written_can_be_mended_in_the_dialog(istanbul, here):
    async with desk(istanbul) as at:
        await at.press("3", "E", "right", *["down"] * 6, "ctrl+u", "text:folder/d.tsv", "enter")
        assert "✖ folder/d.tsv is not written: No such file or directory." in at.text()

        (here / "folder").mkdir()
        await at.press("enter")
        assert at.says.startswith("9 rows -> folder/d.tsv")
    assert (here / "folder" / "d.tsv").exists()


async def test_on_a_small_screen_all_of_the_dialog_can_be_reached(istanbul):
    async with desk(istanbul, size=(60, 15)) as at:
        await at.press("3", "ctrl+a", "E")
        assert "xlsx" in at.text()
        assert "$ parley export" in at.text()
        assert "· PgDn · Esc" in at.text()

        await at.press("pagedown")
        assert "D1,30-day" in at.text()
        await at.press(*["down"] * 6, "pagedown", "pagedown")
        assert "the clipboard" not in at.text()
        await at.press("text:x")
        assert "istanbul-demands.csvx   " in at.text()


async def test_every_view_exported_by_key_equals_what_the_command_shown_exports(istanbul, here):
    async with desk(istanbul) as at:
        for table in ("parties", "rounds", "demands", *TABLES):
            await at.main.go_to_pane(table)
            await at.press("right", "s", "E")
            command = await shown_command(at)
            await at.press("enter")

            [made] = here.glob("istanbul-*.csv")
            assert run_command(command, here / "again.csv") == made.read_bytes(), table
            made.unlink()


@pytest.mark.parametrize("view", ["matrix", "zones", "commitments"])
async def test_marked_rows_of_a_computed_view_that_a_ref_names_have_a_command(istanbul, here, view):
    async with desk(istanbul) as at:
        await at.press(*OPENED[view], "down", "space", "up", "up", "space", "E")
        command = await shown_command(at)
        await at.press("enter")

    [made] = here.glob("istanbul-*.csv")
    assert len(made.read_text().splitlines()) == 3
    assert run_command(command, here / "again.csv") == made.read_bytes()


async def test_the_command_is_copied_wherever_the_keys_are(istanbul):
    async with desk(istanbul) as at:
        await at.press("3", "space", "E")
        command = await shown_command(at)
        for keys in (["ctrl+y"], [*["down"] * 6, "ctrl+y"]):
            at.app.copy_to_clipboard("")
            await at.press(*keys)
            assert at.app.clipboard == command
            assert "The command is copied." in at.text()
        assert "--where=ref=D1" in command
