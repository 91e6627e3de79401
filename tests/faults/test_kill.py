"""kill -9 at any moment: what the status line called saved is in the file, each step is whole, the file is sound."""

import os
import random
import re
import select
import shutil
import signal
import time
from contextlib import closing

from storage import Demand, Store, View, open_store
from tests.faults.terminal import Terminal, environment_of, new_terminal

BATCHES, LONG_BATCHES = 2, 400
"""How many tests there are, each of this many sessions; with --long it is thousands of sessions that are killed."""
SESSIONS = 6

FIRST_FRAME = b"9 of 9"
BYTES_OF_A_SESSION = 130_000
"""About what a session writes after the first frame if nobody kills it."""
PATIENCE_SECONDS = 20

TITLES = {"D1": " one", "D2": " two"}
RIGHT = "\x1b[C"
SCRIPT = {
    "D1 title": ("e", TITLES["D1"], "\r", "j"),
    "D2 title": ("e", TITLES["D2"], "\r", "j"),
    "status → agreed in 3 demands": ("  ", RIGHT * 3, " k", "e", "ag", "\r"),
    "status → agreed in 3 demands, undone": ("u",),
}
"""Each step of a session, by the words with which its announcement and its line in the log begin, and its keys."""


def pytest_generate_tests(metafunc):
    """The number of batches that was asked for."""
    if "batch" in metafunc.fixturenames:
        metafunc.parametrize("batch", range(LONG_BATCHES if metafunc.config.getoption("long") else BATCHES))


def killed_session(loaded, path, chance):
    """Let a session run into a kill at a random moment; all that its terminal was told."""
    ours, theirs = new_terminal()
    program = loaded.start([str(path)], environment_of(path.parent), theirs)
    os.close(theirs)
    told, typed_at = b"", 0
    enough = chance.randrange(BYTES_OF_A_SESSION)
    end = time.monotonic() + PATIENCE_SECONDS
    while not typed_at or len(told) - typed_at < enough:
        ready = select.select([ours], [], [], max(end - time.monotonic(), 0))[0]
        if not ready or not (data := read(ours)):
            break
        told += data
        if FIRST_FRAME in told and not typed_at:
            typed_at = len(told)
            os.write(ours, "".join(("3", RIGHT, *(key for keys in SCRIPT.values() for key in keys), "q")).encode())
    select.select([], [], [], chance.random() / 50)  # so that a kill does not always follow a painted frame
    program.send_signal(signal.SIGKILL)
    program.wait()
    while data := read(ours):  # what it said before it died was said
        told += data
    os.close(ours)
    return told


def read(handle):
    """What a terminal was told since; nothing when no program is at its other side."""
    try:
        return os.read(handle, 65536)
    except OSError:
        return b""


def announced(told):
    """How many steps of the script the status line has called saved or undone."""
    said = re.findall("[^\x1b]*(?:saved|undone)", told.decode(errors="replace"))
    steps = ["status → agreed in 3 demands, saved" if name.endswith("3 demands") else name for name in SCRIPT]
    return max((number for number, name in enumerate(steps, 1) if any(name in each for each in said)), default=0)


def expected(before, steps):
    """The title and status of each demand when so many steps of the script are done."""
    made = list(SCRIPT)[:steps]
    return {
        ref: (title + (TITLES.get(ref, "") if f"{ref} title" in made else ""), status)
        if len(made) != 3 or ref not in ("D3", "D4", "D5")
        else (title, "agreed")
        for ref, (title, status) in before.items()
    }


def titles_and_statuses(store: Store):
    """What the steps of the script change, as the file holds it."""
    found = store.rows(View(Demand), store.find(View(Demand)))
    return {each.values["ref"]: (each.values["title"], each.values["status"]) for each in found}


def test_what_was_called_saved_outlives_the_program(loaded, istanbul, tmp_path, batch):
    with closing(open_store(istanbul)) as store:
        before = titles_and_statuses(store)

    for session in range(SESSIONS):
        path = tmp_path / f"{session}.db"
        shutil.copy(istanbul, path)
        told = killed_session(loaded, path, random.Random(batch * SESSIONS + session))

        with closing(open_store(path)) as store:
            log = [each.label for each in store.log()]
            assert announced(told) <= len(log) <= len(SCRIPT)
            assert all(each.startswith(step) for step, each in zip(SCRIPT, log, strict=False)), log
            assert titles_and_statuses(store) == expected(before, len(log))
            assert store.check() == []


def test_a_killed_program_leaves_a_file_in_which_the_last_step_can_be_undone(istanbul, tmp_path, loaded):
    terminal = Terminal(istanbul, home=tmp_path, loaded=loaded)
    terminal.shows("9 of 9")
    terminal.write("3", "right", "e", " now", "enter")
    terminal.shows("u undoes")
    terminal.kill()

    with closing(open_store(istanbul)) as store:
        assert store.undo().label.endswith("undone")
        assert titles_and_statuses(store)["D1"] == ("30-day unconditional ceasefire", "open")
