"""The dossiers opened last: the palette offers them, and one takes the place of the one on the screen."""

import json
import shutil
import signal

import pytest
from rich.cells import cell_len

from tests.faults.terminal import Terminal
from tests.hostile import driving
from tests.tui.desk import desk, until
from tui.memory import MOST_RECENT

CTRL_P = "\x10"

WIDE = (240, 24)
"""So that the name of a folder is not cut, however long that of the tests is."""


@pytest.fixture
def memory(tmp_path):
    """A file in a folder that is not there yet; where the program itself keeps it."""
    return tmp_path / "state" / "parley" / "memory.json"


def recent(memory, *paths):
    """The file of a run that has opened these, the last one first."""
    memory.parent.mkdir(parents=True, exist_ok=True)
    memory.write_text(json.dumps({"recent": paths}))


def kept(memory):
    """What is remembered there."""
    return json.loads(memory.read_text())["recent"]


async def choose(at, name, happened):
    """Choose a dossier in the palette, which does what was chosen when it is gone; and wait for what comes of that."""
    await at.press("ctrl+p", f"text:Open {name}")
    await at.press("enter")
    await until(happened, at)


async def test_the_dossiers_opened_last_are_remembered_the_newest_first_and_no_more_than_ten(istanbul, empty, memory):
    others = [f"/gone/{number}.db" for number in range(MOST_RECENT)]
    recent(memory, *others)

    async with desk(istanbul, read_only=True, memory=memory) as at:
        await at.press("down")
    async with desk(empty, memory=memory) as ours, desk(istanbul, memory=memory) as theirs:
        await ours.press("down")
        ours.app.memory.close()
        await theirs.press("down")
    assert kept(memory) == [str(istanbul), str(empty), *others[: MOST_RECENT - 2]]


async def test_the_palette_offers_those_that_are_still_there_but_not_the_open_one(istanbul, empty, memory, tmp_path):
    odd = tmp_path / "[b] \x1b[2J" / "[red]\u202e.db"
    odd.parent.mkdir()
    shutil.copy(empty, odd)
    recent(memory, str(istanbul), str(odd), "/gone.db", str(tmp_path), "\0", "\ud800", 7, str(empty))

    async with desk(istanbul, WIDE, memory=memory) as at:
        await at.press("ctrl+p", "text:Open")
        assert [line.split()[1] for line in at.lines() if line.startswith("  Open ")] == ["[red]\ufffd.db", "empty.db"]
        assert "[b] ␛[2J" in at.text()
        assert [driving(line) for line in at.lines() if driving(line)] == []
        assert {cell_len(line) for line in at.lines()} == {WIDE[0]}


async def test_what_is_not_saved_is_asked_about_and_what_can_not_be_opened_is_refused(
    istanbul, empty, memory, tmp_path
):
    broken = tmp_path / "broken.db"
    broken.write_text("Dear all,")
    recent(memory, str(broken), str(empty))

    async with desk(istanbul, memory=memory) as at:
        await at.press("3", "right", "e", "text: now")
        await choose(at, "broken", happened=lambda: "Not saved: Demand of D1 being edited." in at.text())
        await at.press("y")
        assert at.says == f"{broken} is not a Parley dossier."
        await at.press("enter")
        assert at.value("title", "D1") == "30-day unconditional ceasefire now"

        await at.press("e")
        await choose(at, "empty", happened=lambda: "Not saved" in at.text())
        await at.press("n")
        assert at.app.following is None
        await at.press("escape")
        await choose(at, "empty", happened=lambda: at.app.following is not None)
        assert at.app.following is not None
        assert at.app.following.path == empty
        at.app.following.close()


async def test_that_a_dossier_can_not_be_remembered_is_no_word_to_the_user(istanbul, memory):
    memory.parent.parent.mkdir(parents=True)
    memory.parent.write_text("a file where the folder should be")

    async with desk(istanbul, memory=memory) as at:
        await at.press("down")
        at.app.memory.close()
        await at.press("down")
        assert at.says == ""


def test_one_dossier_takes_the_place_of_another_in_the_same_run(istanbul, empty, memory, tmp_path):
    recent(memory, str(istanbul))
    terminal = Terminal(empty, home=tmp_path)
    before = terminal.settings()
    terminal.shows("0 of 0")
    terminal.write(CTRL_P)
    terminal.shows("Search")
    terminal.write("Open ist")
    terminal.shows("Open istanbul.db")
    terminal.type("enter")
    terminal.shows("9 of 9")
    assert f"\x1b]2;{istanbul}\x07".encode() in terminal.told

    terminal.type("3", "l", "e", " now", "enter")
    terminal.shows("saved · u undoes")
    terminal.program.send_signal(signal.SIGTERM)

    assert terminal.drained() == 128 + signal.SIGTERM
    assert terminal.left == before
    said = terminal.told.decode()
    assert said.index(f"{empty}\r\n") < said.index(f"{istanbul}\r\n")
    assert not [*tmp_path.glob("*.db-*"), *memory.parent.glob("fault-*")]
    assert kept(memory) == [str(istanbul), str(empty)]
