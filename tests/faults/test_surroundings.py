"""What a run starts with: streams that are closed or full, limits, a folder that is gone, names that are too long."""

import os
import resource
import subprocess
import sys
from itertools import product

import pytest

from storage import Demand, View, open_store
from tests.faults.terminal import ROOT, Terminal

LONG = "n" * 300


pytestmark = pytest.mark.usefixtures("istanbul")  # istanbul.db lies in the folder of each test


def run(folder, words, streams="", limit=None, size=None):
    """How `parley` ends when a shell starts it with its streams redirected so."""
    return subprocess.run(
        ["sh", "-c", f'exec "$@" {streams}', "sh", sys.executable, "-m", "tui", *words],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "HOME": str(folder)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        preexec_fn=None if limit is None else lambda: resource.setrlimit(limit, (size, size)),
        check=False,
    )


@pytest.fixture
def here(parley, tmp_path, monkeypatch):
    """A command in that folder, whose streams are as usual: exit code, stdout and stderr."""
    monkeypatch.chdir(tmp_path)
    return parley


SAYS = [
    ("export", "istanbul.db", "demands"),
    ("export", "istanbul.db", "dossier"),
    ("brief", "istanbul.db", "D1"),
    ("schema",),
    ("--help",),
    ("--version",),
]
"""Commands that write to stdout."""

CHANGES = [("new", "new.db"), ("backup", "istanbul.db", "copy.db"), ("import", "istanbul.db", "demands.csv")]


@pytest.mark.parametrize(("streams", "reason"), [(">&-", "Bad file descriptor"), (">/dev/full", "No space left on")])
@pytest.mark.parametrize("words", SAYS, ids=" ".join)
def test_an_answer_that_cannot_be_written_is_told_in_a_sentence(tmp_path, words, streams, reason):
    done = run(tmp_path, words, streams)

    assert done.returncode == 1
    assert done.stderr.startswith(f"Not everything could be written: {reason}")
    assert done.stderr.count("\n") == 1
    assert not list(tmp_path.rglob("crash-*"))


@pytest.mark.parametrize(
    ("words", "streams"),
    [
        *product(CHANGES, ["<&- >&- 2>&-", "2>/dev/full"]),
        *zip(CHANGES, ["<&-", ">&-", "2>&-"], strict=True),
    ],
)
def test_what_is_done_without_an_answer_is_done_whatever_stream_is_closed(tmp_path, words, streams):
    (tmp_path / "demands.csv").write_text("ref,title,by_party,kind\nX1,One,UKR,demand\n")

    assert run(tmp_path, words, streams).returncode == 0

    kept = open_store(tmp_path / {"new": "new.db", "backup": "copy.db"}.get(words[0], "istanbul.db"))
    assert kept.count(View(Demand)) == (10 if words[0] == "import" else 9)
    kept.close()


@pytest.mark.parametrize("words", [("check", "../istanbul.db"), ("export", "ISTANBUL", "demands", "-o", "x.csv")])
def test_a_folder_that_is_gone_is_named_as_what_is_wrong(istanbul, tmp_path, words):
    gone = tmp_path / "gone"
    gone.mkdir()
    named = [str(istanbul) if word == "ISTANBUL" else word for word in words]
    program = (
        f"import os, sys; os.rmdir({str(gone)!r}); os.execv(sys.executable, [sys.executable, '-m', 'tui', *{named}])"
    )

    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=gone,
        env={**os.environ, "PYTHONPATH": str(ROOT), "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("The folder that Parley was started in has been deleted.")


@pytest.mark.parametrize(
    "words", [("log", LONG), ("undo", LONG), ("export", "istanbul.db", "demands", "-o", f"{LONG}.csv")]
)
def test_a_name_that_no_folder_takes_is_refused(here, words):
    code, _, said = here(*words)

    assert (code, said.count("\n")) == (1, 1)
    assert "File name too long" in said


def test_the_screen_refuses_a_name_that_no_folder_takes(tmp_path):
    terminal = Terminal(LONG, home=tmp_path)

    assert terminal.drained() == 1
    assert "There is no file" in terminal.text()


def test_a_run_that_may_open_hardly_any_file_says_so(tmp_path):
    done = run(tmp_path, ("check", "istanbul.db"), limit=resource.RLIMIT_NOFILE, size=8)

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "The system does not grant what is needed: Too many open files.\n"


INTERRUPTED = """
import sys

class Interrupts:
    def find_spec(self, name, *_):
        if name == "tui.ending":
            raise KeyboardInterrupt

sys.meta_path.insert(0, Interrupts())
from tui.__main__ import main
sys.exit(main())
"""


def test_a_run_that_is_interrupted_while_it_is_still_loaded_ends_as_any_other(tmp_path):
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    words = [sys.executable, "-c", INTERRUPTED, "check", "istanbul.db"]

    done = subprocess.run(words, cwd=tmp_path, env=environment, capture_output=True, check=False)

    assert (done.returncode, done.stdout, done.stderr) == (130, b"", b"")


ERRORS = {
    "closed": "os.close(2)",
    "full": "os.dup2(os.open('/dev/full', os.O_WRONLY), 2)",
    "kept in a file": "os.dup2(os.open(sys.argv[1] + '.log', os.O_WRONLY | os.O_CREAT), 2)",
    "in ASCII": "os.environ['PYTHONIOENCODING'] = 'ascii'",
}
STARTS = """
import os, sys
{}
os.execv(sys.executable, [sys.executable, "-m", "tui", *sys.argv[1:]])
"""


@pytest.mark.parametrize("stderr", ERRORS)
def test_the_screen_is_painted_on_the_terminal_whatever_becomes_of_stderr(istanbul, tmp_path, stderr):
    terminal = Terminal(istanbul, home=tmp_path, program=("-c", STARTS.format(ERRORS[stderr])))
    terminal.shows("9 of 9")

    assert "╭─ 3 Demands ─" in terminal.text()
    assert terminal.leave() == 0


def test_variables_of_textual_that_it_would_not_start_with_count_for_nothing(istanbul, tmp_path, monkeypatch):
    for name, value in (("DRIVER", "nonsense"), ("COLOR_SYSTEM", "purple"), ("FPS", "abc"), ("ANIMATIONS", "x")):
        monkeypatch.setenv(f"TEXTUAL_{name}", value)
    terminal = Terminal(istanbul, home=tmp_path)
    terminal.shows("9 of 9")

    assert terminal.leave() == 0


@pytest.mark.parametrize("size", ["5000", "0", "-3", "wide"])
def test_the_screen_is_as_large_as_the_terminal_whatever_a_variable_says(istanbul, tmp_path, monkeypatch, size):
    for name in ("COLUMNS", "LINES"):
        monkeypatch.setenv(name, size)
    terminal = Terminal(istanbul, home=tmp_path)

    terminal.shows("9 of 9")
    assert terminal.leave() == 0


LINES = [
    (("check", "nl\nname.db"), "There is no file nl⏎name.db. "),
    (("nl\nname.db",), "There is no file nl⏎name.db. "),
]


@pytest.mark.parametrize(("words", "begins"), LINES)
def test_a_name_of_several_lines_makes_one_line_of_a_message(here, words, begins):
    code, _, said = here(*words)

    assert (code, said.count("\n")) == (1, 1)
    assert said.startswith(begins)


PASTED = {"$(touch hacked).db": "'$(touch hacked).db'", "sp ace.db": "'sp ace.db'", "-h": "./-h"}


@pytest.mark.parametrize("name", PASTED)
def test_a_command_that_a_message_names_can_be_pasted_into_a_shell(here, name):
    _, _, made = here("new", "--empty", "--", name)
    assert made.endswith(f"`parley {PASTED[name]}` opens it.\n")

    _, _, missing = here("check", "--", f"{name}.no")
    assert f"`parley new {PASTED[name]}".removesuffix("'") in missing


@pytest.mark.parametrize("words", [("check", ""), ("export", "istanbul.db", "parties", "-o", "")])
def test_an_empty_name_of_a_file_is_a_mistake_in_the_command(here, words):
    code, _, said = here(*words)

    assert code == 2
    assert "the name of a file is empty." in said


@pytest.mark.parametrize("target", ["/dev/stdout", "/dev/fd/1"])
def test_an_export_goes_into_a_pipe_that_is_named_by_its_number(tmp_path, target, here):
    words = ("export", "istanbul.db", "parties", "-f", "ndjson")

    assert run(tmp_path, (*words, "-o", target)).stdout == here(*words)[1]


@pytest.mark.parametrize("words", [("export", "istanbul.db", "parties", "-f", "ndjson"), ("check", "istanbul.db")])
def test_who_only_reads_needs_no_room_on_the_disk(tmp_path, words, here):
    there = here(*words)

    done = run(tmp_path, (*words, "--read-only"), limit=resource.RLIMIT_FSIZE, size=0)

    assert (done.returncode, done.stdout, done.stderr) == there
