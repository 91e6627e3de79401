"""kill -9 at any moment: what the status line called saved is in the file, and the file is sound."""

import random
import sqlite3
from contextlib import closing

import pytest

from storage import open_store
from tests.faults.terminal import Terminal

ROUNDS = 8
"""How many sessions the test command kills; each takes about two seconds."""


def titles(path):
    """The titles of all demands, by another program."""
    with closing(sqlite3.connect(path)) as connection:
        return dict(connection.execute("SELECT ref, title FROM demands"))


@pytest.mark.parametrize("seed", range(ROUNDS))
def test_what_was_called_saved_outlives_the_program(istanbul, tmp_path, seed):
    chance = random.Random(seed)
    terminal = Terminal(istanbul, home=tmp_path)
    terminal.shows("9 of 9")
    terminal.type("3", "right")
    saved = {}

    for number in range(chance.randint(1, 5)):
        row = number + 1
        terminal.write("e", f" v{number}", "enter", "j")
        terminal.shows(f"D{row} title")
        saved[f"D{row}"] = f" v{number}"
    terminal.write("e", " never", *(["enter"] if chance.random() < 0.5 else []))
    terminal.kill()

    now = titles(istanbul)
    assert {ref: now[ref].endswith(end) for ref, end in saved.items()} == dict.fromkeys(saved, True)
    with closing(open_store(istanbul)) as store:
        assert [each for each in store.check() if each.error] == []


def test_a_killed_program_leaves_a_file_in_which_the_last_step_can_be_undone(istanbul, tmp_path):
    terminal = Terminal(istanbul, home=tmp_path)
    terminal.shows("9 of 9")
    terminal.write("3", "right", "e", " now", "enter")
    terminal.shows("u undoes")
    terminal.kill()

    with closing(open_store(istanbul)) as store:
        assert store.undo().label.endswith("undone")
    assert titles(istanbul)["D1"] == "30-day unconditional ceasefire"
