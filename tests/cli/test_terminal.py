"""What the command line writes to a terminal drives nothing, whatever the dossier holds."""

import os
import re
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from storage import Demand, View, create_store
from tests.hostile import driving, hostile_seed, hostile_text

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    """A dossier of hostile text, one of its steps too."""
    path = tmp_path_factory.mktemp("hostile") / "hos\x1b[31m\u202etile.db"
    store = create_store(path, hostile_seed())
    store.edit(Demand, list(store.find(View(Demand)))[:1], {"title": hostile_text(6)})
    store.close()
    return path


def on_a_terminal(*words):
    """What a terminal gets of a run, both of its streams."""
    ours, theirs = os.openpty()
    command = [sys.executable, "-m", "tui", *map(str, words)]
    run = subprocess.Popen(command, cwd=ROOT, stdin=theirs, stdout=theirs, stderr=theirs)
    os.close(theirs)
    got = b""
    with suppress(OSError):  # the other side is closed
        while data := os.read(ours, 65_536):
            got += data
    os.close(ours)
    run.wait()
    return got.decode()


@pytest.mark.parametrize(
    "words",
    [
        ("export", "FILE", "statements"),
        ("export", "FILE", "statements", "-f", "csv", "-o", "/dev/stdout"),
        ("export", "FILE", "dossier"),
        ("export", "FILE", "matrix", "-f", "md"),
        ("export", "FILE", "demands", "--where", "title=\x1b[2J\u202e"),
        ("export", "FILE", "demands", "--where", "\x1b[2J=1"),
        ("brief", "FILE", "party:UKR"),
        ("brief", "FILE", "\x1b[2J\u2066"),
        ("log", "FILE"),
        ("check", "FILE"),
        ("import", "FILE", "\x1b[2J.csv"),
        ("undo", "FILE"),
        ("\x1b[2J",),
    ],
    ids=lambda words: " ".join(words).replace("\x1b", "ESC").encode("ascii", "ignore").decode(),
)
def test_a_terminal_gets_nothing_that_drives_it(hostile, words):
    shown = on_a_terminal(*(hostile if word == "FILE" else word for word in words))

    assert shown
    assert driving(re.sub("\r+\n", "\n", shown).replace("\t", "")) == []  # a terminal adds a CR to those of csv
