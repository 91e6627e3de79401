"""Every kind of end: the exit code, and a file that is closed and sound."""

import re
import signal
import stat
from contextlib import closing

import pytest

from storage import open_store
from tests.faults.terminal import ROOT, Terminal


def assert_closed_and_sound(path):
    """Nothing of SQLite's lies beside the file, and the file passes every check."""
    assert [each.name for each in path.parent.glob("istanbul.db*")] == ["istanbul.db"]
    with closing(open_store(path)) as store:
        assert [each for each in store.check() if each.error] == []


KITTY = re.compile(rb"\x1b\[>[0-9]+u")
SWITCH = re.compile(rb"\x1b\[\?([0-9;]+)([hl])")
ON_AT_FIRST = {b"7", b"25"}
"""Lines that wrap, and the cursor."""


def assert_as_it_was(terminal, before):
    """Every mode that the program switched on is off again, the cursor is there, keys mean what they did."""
    modes = {mode: to for modes, to in SWITCH.findall(terminal.told) for mode in modes.split(b";")}
    assert len(modes) > 8
    assert {mode for mode, to in modes.items() if (to == b"l") == (mode in ON_AT_FIRST)} == set()
    assert len(KITTY.findall(terminal.told)) == terminal.told.count(b"\x1b[<u") > 0  # the keyboard of kitty
    assert terminal.told.count(b"\x1b[22;2t") == terminal.told.count(b"\x1b[23;2t") == 1  # the window's title
    assert terminal.left == before
    assert terminal.told.rindex(b"\x1b[?1049l") > terminal.told.rindex(b"\x1b[?1049h")


CRASHES = """
import sys
from tui.panes.narrowing_pane import NarrowingPane
from tui.screens.workbench import Workbench
from tui.__main__ import main

def crash(*_):
    raise RuntimeError("what was said")

if sys.argv[1] == "key":
    NarrowingPane.action_sort = crash
else:
    Workbench.put_in_sight = crash
del sys.argv[1]
sys.exit(main())
"""

ENDS = {
    "quit": (0, lambda terminal: terminal.write("q")),
    "TERM": (128 + signal.SIGTERM, lambda terminal: terminal.program.send_signal(signal.SIGTERM)),
    "HUP": (128 + signal.SIGHUP, lambda terminal: terminal.program.send_signal(signal.SIGHUP)),
    "INT": (128 + signal.SIGINT, lambda terminal: terminal.program.send_signal(signal.SIGINT)),
}


@pytest.mark.parametrize("end", ENDS)
def test_whatever_ends_it_the_terminal_is_as_it_was_and_the_file_is_closed(istanbul, tmp_path, end):
    code, act = ENDS[end]
    terminal = Terminal(istanbul, home=tmp_path)
    before = terminal.settings()
    terminal.shows("9 of 9")

    act(terminal)

    assert terminal.drained() == code
    assert_as_it_was(terminal, before)
    assert_closed_and_sound(istanbul)


STUCK = """
import sys, threading
from tui.panes.narrowing_pane import NarrowingPane
from tui.__main__ import main

NarrowingPane.action_sort = lambda _: threading.Event().wait()
sys.exit(main())
"""


def test_a_signal_ends_it_although_the_screen_waits_for_what_never_comes(istanbul, tmp_path):
    terminal = Terminal(istanbul, home=tmp_path, program=("-c", STUCK))
    terminal.shows("9 of 9")
    terminal.write("s")
    terminal.fills()
    code, act = ENDS["TERM"]

    act(terminal)

    assert terminal.drained() == code
    with closing(open_store(istanbul)) as store:
        assert [each for each in store.check() if each.error] == []


def test_who_only_reads_leaves_nothing_beside_the_file(istanbul, tmp_path, loaded):
    before = istanbul.read_bytes()
    terminal = Terminal(istanbul, "--read-only", home=tmp_path, loaded=loaded)
    terminal.shows("9 of 9")

    terminal.write("q")

    assert terminal.drained() == 0
    assert istanbul.read_bytes() == before
    assert_closed_and_sound(istanbul)


@pytest.mark.parametrize("where", ["key", "start"])
def test_a_crash_leaves_the_terminal_as_it_was_and_says_where_its_report_is(istanbul, tmp_path, where):
    terminal = Terminal(where, istanbul, home=tmp_path, program=("-c", CRASHES))
    before = terminal.settings()
    if where != "start":
        terminal.shows("9 of 9")
        terminal.write("s")

    assert terminal.drained() == 70
    assert_as_it_was(terminal, before)
    assert "Parley has crashed (RuntimeError). What was saved is in the file." in terminal.text()
    assert b"what was said" not in terminal.told
    assert len(list(tmp_path.rglob("crash-*.txt"))) == 1
    assert_closed_and_sound(istanbul)


def test_the_program_ends_when_its_terminal_is_gone(istanbul, tmp_path):
    terminal = Terminal(istanbul, home=tmp_path)
    terminal.shows("9 of 9")

    terminal.vanish()

    assert terminal.program.wait(20) == 128 + signal.SIGHUP
    assert_closed_and_sound(istanbul)


def test_the_program_ends_when_its_terminal_goes_that_took_nothing_of_what_is_painted(istanbul, tmp_path):
    terminal = Terminal(istanbul, home=tmp_path)
    terminal.shows("9 of 9")

    terminal.write("3", *["jjjjjjjj", "kkkkkkkk", "4", "3", "5", "3"] * 60)
    terminal.fills()
    terminal.vanish()

    assert terminal.program.wait(30) == 128 + signal.SIGHUP
    with closing(open_store(istanbul)) as store:
        assert [each for each in store.check() if each.error] == []


FAULTS = [signal.SIGSEGV, signal.SIGABRT, signal.SIGBUS, signal.SIGFPE]


def ready_for_a_fault(istanbul, home, loaded):
    """The program on a terminal, when it has made ready for a fault, which is some time after the first frame."""
    terminal = Terminal(istanbul, home=home, loaded=loaded)
    terminal.shows("9 of 9")
    for key in "jk" * 20:
        ready = any(home.rglob("fault-*.txt"))
        terminal.type(key)
        if ready:
            return terminal
    raise AssertionError("there never was a file for the report of a fault")


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_of_the_interpreter_leaves_where_each_thread_stood_and_no_data(istanbul, tmp_path, fault, loaded):
    terminal = ready_for_a_fault(istanbul, tmp_path, loaded)
    terminal.program.send_signal(fault)

    assert terminal.drained() == -fault
    [report] = tmp_path.rglob("fault-*.txt")
    said = report.read_text()
    assert stat.S_IMODE(report.stat().st_mode) == 0o600
    assert said.startswith("Fatal Python error: ")
    assert "Current thread" in said
    assert f'File "{ROOT}/tui/app.py"' in said
    assert "ceasefire" not in said
    with closing(open_store(istanbul)) as store:
        assert store.check() == []


def test_without_a_fault_no_report_is_left_not_even_by_a_run_that_was_killed(istanbul, tmp_path, loaded):
    ready_for_a_fault(istanbul, tmp_path, loaded).kill()
    [of_killed] = tmp_path.rglob("fault-*.txt")

    terminal = ready_for_a_fault(istanbul, tmp_path, loaded)
    assert not of_killed.exists()
    assert len(list(tmp_path.rglob("fault-*.txt"))) == 1

    assert terminal.leave() == 0
    assert list(tmp_path.rglob("fault-*.txt")) == []
