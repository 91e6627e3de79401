"""Every kind of end: the exit code, and a file that is closed and sound."""

import os
import signal
from contextlib import closing

import pytest

from storage import open_store
from tests.faults.terminal import Terminal


def assert_closed_and_sound(path):
    """Nothing of SQLite's lies beside the file, and the file passes every check."""
    assert [each.name for each in path.parent.glob("istanbul.db*")] == ["istanbul.db"]
    with closing(open_store(path)) as store:
        assert [each for each in store.check() if each.error] == []


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_closes_the_file_and_gives_its_exit_code(istanbul, tmp_path, number):
    terminal = Terminal(istanbul, home=tmp_path)
    terminal.shows("9 of 9")

    os.kill(terminal.program.pid, number)

    assert terminal.drained() == 128 + number
    assert_closed_and_sound(istanbul)


def test_the_program_ends_when_its_terminal_is_gone(istanbul, tmp_path):
    terminal = Terminal(istanbul, home=tmp_path)
    terminal.shows("9 of 9")

    terminal.vanish()

    assert terminal.program.wait(20) == 128 + signal.SIGHUP
    assert_closed_and_sound(istanbul)


def test_the_program_ends_when_its_terminal_goes_while_much_is_painted(istanbul, tmp_path):
    terminal = Terminal(istanbul, home=tmp_path)
    terminal.shows("9 of 9")

    terminal.write("3", *["jjjjjjjj", "kkkkkkkk", "4", "3", "5", "3"] * 20)
    terminal.vanish()

    assert terminal.program.wait(30) == 128 + signal.SIGHUP
    with closing(open_store(istanbul)) as store:
        assert [each for each in store.check() if each.error] == []
