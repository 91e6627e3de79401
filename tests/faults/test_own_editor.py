"""F4 on a real terminal: the text under the cursor in the user's own editor, and what comes back of it."""

import os
import signal
import sqlite3
import stat
from contextlib import closing

import pytest

from tests.faults.terminal import Terminal

F4 = "\x1bOS"


@pytest.fixture
def own(istanbul, tmp_path, monkeypatch, loaded):
    """Opens the dossier where $EDITOR is a script of these lines, on the title of D1."""
    opened = []
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("TMPDIR", str(folder := tmp_path / "temporary"))
    folder.mkdir()

    def open_with(*lines, editor=None):
        script = tmp_path / "my editor"
        script.write_text("\n".join(("#!/bin/sh", *lines, "")))
        script.chmod(0o700)
        monkeypatch.setenv("EDITOR", f"'{script}'" if editor is None else editor)
        terminal = Terminal(istanbul, home=tmp_path, loaded=loaded)
        opened.append(terminal)
        terminal.shows("Help")
        terminal.type("3", "right")
        return terminal

    yield open_with
    for terminal in opened:
        if terminal.program.poll() is None:
            terminal.kill()
    assert not [*folder.iterdir()], "a text was left behind"


def title(path, ref="D1"):
    """A title, as the file holds it."""
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute("SELECT title FROM demands WHERE ref = ?", (ref,)).fetchone()[0]


BEFORE = "30-day unconditional ceasefire"


@pytest.mark.parametrize("editor", ["sed -i s/30-day/one-month/", "/bin/sh -c 'sed -i s/30-day/one-month/ \"$0\"'"])
def test_what_an_editor_changes_is_saved_and_can_be_undone(own, istanbul, editor):
    at = own(editor=editor)
    at.write(F4)
    at.shows("saved")
    assert title(istanbul) == "one-month unconditional ceasefire"
    assert "one-month" in at.text()

    at.write("u")
    at.shows("undone")
    assert title(istanbul) == BEFORE
    assert at.leave() == 0


def test_visual_counts_more_than_editor_and_the_file_is_private(own, tmp_path, monkeypatch):
    monkeypatch.setenv("VISUAL", f"cp -p --target-directory={tmp_path}")
    at = own("exit 9")
    at.write(F4)
    at.shows("Nothing changed.")

    copy = tmp_path / "title.txt"
    assert copy.read_text() == f"{BEFORE}\n"
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600


def test_a_text_is_data_to_the_shell(own, istanbul, tmp_path):
    at = own(f"printf '%s' '$(touch {tmp_path}/x); `id`' > \"$1\"")
    at.write(F4)
    at.shows("saved")
    assert title(istanbul) == f"$(touch {tmp_path}/x); `id`"

    at.type(F4)
    assert not (tmp_path / "x").exists()


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        (['printf lost > "$1"', "exit 3"], "has failed (it ended with 3)."),
        (['printf lost > "$1"', "kill -9 $$"], "has failed (it was ended by signal 9)."),
        (['printf lost > "$1"; printf \'\\377\' >> "$1"'], "no UTF-8"),
        (['head -c 600 /dev/zero | tr \'\\0\' x > "$1"; printf lost >> "$1"'], "500"),
    ],
    ids=["fails", "is killed", "writes no UTF-8", "writes too much"],
)
def test_what_is_not_taken_keeps_the_old_value_and_is_offered_again(own, istanbul, lines, says):
    at = own(*lines)
    at.write(F4)
    at.until(lambda: says in " ".join(at.text().split()))
    assert title(istanbul) == BEFORE

    at.type("e")
    assert "lost" in at.text()


def test_a_text_that_was_not_taken_is_what_the_editor_opens_next(own, istanbul):
    at = own('grep -q half "$1" && printf whole > "$1" && exit', 'printf half > "$1"', "exit 1")
    at.write(F4)
    at.shows("e offers it")
    at.write(F4)
    at.shows("saved")
    assert title(istanbul) == "whole"


@pytest.mark.parametrize(
    ("editor", "says"),
    [
        ("/nowhere/edit", "/nowhere/edit can't be started (No such file or directory); $EDITOR says what F4 opens."),
        ("", "Set $VISUAL or $EDITOR to the command of your editor"),
        ("vi 'x", "A quotation mark in $EDITOR is not closed"),
        ("rm", "rm has left no file."),
        ('sh -c \'rm "$1" && mkfifo "$1"\' -', "sh has left no file."),
    ],
)
def test_an_editor_that_cannot_work_is_told_in_a_sentence_and_the_screen_stands(own, istanbul, editor, says):
    at = own(editor=editor)
    at.write(F4)
    at.until(lambda: says in " ".join(at.text().split()))
    assert "Territorial integrity" in at.text()
    assert title(istanbul) == BEFORE
    assert at.leave() == 0


def test_several_lines_stay_in_a_long_text_and_become_one_line_elsewhere(own, istanbul):
    at = own("printf 'one\\ntwo\\n' > \"$1\"")
    at.write(F4)
    at.shows("saved")
    assert title(istanbul) == "one two"

    at.write("l" * 5, F4)
    at.shows("D1 text")
    with closing(sqlite3.connect(istanbul)) as connection:
        assert connection.execute("SELECT text FROM demands WHERE ref = 'D1'").fetchone() == ("one\ntwo",)


def test_a_field_that_is_no_text_says_what_edits_it(own):
    at = own("exit 0")
    at.type("right", F4)
    at.shows("F4 opens texts in your own editor; By is edited here, with e.")


def test_who_changed_the_text_meanwhile_is_told_and_nothing_is_lost(own, istanbul, tmp_path):
    at = own('printf ours > "$1"', f"read line < {tmp_path / 'go'}")
    os.mkfifo(tmp_path / "go")
    at.write(F4)
    with closing(sqlite3.connect(istanbul, isolation_level=None)) as connection, (tmp_path / "go").open("w") as go:
        connection.execute("UPDATE demands SET title = 'theirs' WHERE ref = 'D1'")
        go.write("on\n")
    at.shows("changed by somebody else")
    at.shows("D1   theirs")
    assert title(istanbul) == "theirs"

    at.write("e", "enter")
    at.shows("saved ·")
    assert title(istanbul) == "ours"


def test_keys_typed_before_the_editor_came_are_done_when_it_has_gone(own, istanbul):
    at = own("sleep 3", 'printf new > "$1"')
    at.write(F4, "j", "e", "x", "enter", "\x11")
    assert at.drained() == 0
    assert title(istanbul) == "new"


def test_the_editor_has_the_terminal_as_it_was_and_what_interrupts_it_leaves_parley_alone(own, istanbul):
    at = own("stty -a", "echo typed here", 'read line; printf "%s" "$line" > "$1"', "echo read it", "exec sleep 60")
    at.write(F4)
    at.shows("typed here")
    assert " icanon" in at.text()
    at.write("by hand\r")
    at.shows("read it")
    at.write("\x03")
    at.shows("has failed")
    assert title(istanbul) == BEFORE

    at.write("e", "enter")
    at.shows("saved ·")
    assert title(istanbul) == "by hand"
    assert at.leave() == 0


def test_an_editor_that_is_to_be_stopped_where_no_shell_could_go_on_with_it_stops_nothing(own, istanbul):
    at = own("kill -TSTP 0", 'printf new > "$1"')
    at.write(F4)
    at.shows("saved ·")
    assert title(istanbul) == "new"


def test_a_signal_that_ends_parley_ends_the_editor_and_leaves_no_text_behind(own, tmp_path):
    at = own(f"echo $$ > {tmp_path / 'pid'}", "echo begun", "exec sleep 60")
    at.write(F4)
    at.shows("begun")
    at.program.send_signal(signal.SIGTERM)
    assert at.drained() == 128 + signal.SIGTERM
    with pytest.raises(ProcessLookupError):
        os.kill(int((tmp_path / "pid").read_text()), 0)
