"""Where `parley` starts: the screen or a command, what each loads, and how a run ends."""

import importlib
import os
import re
import runpy
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tui import __version__
from tui.__main__ import screen_words
from tui.commands import COMMANDS
from tui.keys import KEYS
from tui.loading import TextualTypes
from tui.widgets.grid_moves import GRID_KEYS

ROOT = Path(__file__).parents[2]

SCREEN = ("textual", "rich")
HEAVY = (*SCREEN, "click", "pydantic", "sqlite_utils", "sqlite3")


def loaded(environment, program, *words):
    """The modules that a program has loaded when it ends."""
    watch = (
        "import sys, atexit, io\n"
        f"sys.argv = ['parley', *{[str(word) for word in words]!r}]\n"
        "real = sys.stderr\n"
        "atexit.register(lambda: real.write('\\nMODULES ' + ' '.join(sys.modules)))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", watch + program],
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    return set(done.stderr.rpartition("MODULES ")[2].split())


MAIN = "from tui.__main__ import main; sys.exit(main())"


def test_the_version_loads_nothing_but_where_it_stands(environment):
    found = loaded(environment, MAIN, "--version")
    nothing = loaded(environment, "pass")

    assert found - nothing == {"tui", "tui.__main__"}


@pytest.mark.parametrize("words", [["--help"], ["export", "--help"]])
def test_help_loads_click_and_neither_storage_engine_nor_screen(environment, words):
    found = loaded(environment, MAIN, *words)

    assert "click" in found
    assert found.isdisjoint({*SCREEN, "pydantic", "sqlite_utils", "sqlite3", "storage.sqlite", "storage.records"})


@pytest.mark.parametrize(
    "words", [["export", "FILE", "demands", "--sort", "ref"], ["log", "FILE"], ["check", "FILE"], ["undo", "FILE"]]
)
def test_a_command_never_loads_textual(environment, dossier, words):
    found = loaded(environment, MAIN, *(dossier if word == "FILE" else word for word in words))

    assert "storage.sqlite" in found
    assert found.isdisjoint(SCREEN)


def test_the_door_of_storage_is_light(environment):
    found = loaded(environment, "import storage")

    assert found.isdisjoint(HEAVY)
    assert {name for name in found if name.startswith("storage")} == {"storage"}


def test_the_screen_is_opened_without_click(environment):
    found = loaded(environment, MAIN, "missing.db")

    assert "tui.dossiers" in found
    assert "click" not in found


def test_the_screen_is_loaded_without_tls_which_is_there_for_whoever_asks_later(environment):
    load = "from tui.loading import load_screen; load_screen()"

    found = loaded(environment, load)

    assert "tui.app" in found
    assert "_ssl" not in found
    assert "_ssl" in loaded(environment, f"{load}; import ssl")


def test_the_screen_is_loaded_without_the_widgets_of_which_textual_gathers_types(environment):
    load = "from tui.loading import load_screen; load_screen()"

    assert loaded(environment, load).isdisjoint({f"textual.widgets._{name}" for name in ("tree", "select")})
    assert "textual.widgets._select" in loaded(environment, f"{load}; from textual.types import SelectType")


def test_every_type_that_textual_gathers_is_there_for_whoever_asks():
    there = importlib.import_module("textual.types")

    stand_in = TextualTypes("textual.types")

    assert {name: getattr(stand_in, name) for name in there.__all__} == {
        name: getattr(there, name) for name in there.__all__
    }


@pytest.mark.parametrize("words", [["--version"], ["--version", "--read-only"]])
def test_the_version_is_told(run, words):
    done = run(*words)

    assert (done.code, done.text, done.err) == (0, f"parley {__version__}\n", "")


def test_help_names_every_command(run):
    done = run("--help")

    assert (done.code, done.err) == (0, "")
    for name in COMMANDS:
        assert re.search(rf"^  {name} +\S", done.text, re.MULTILINE)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself(run, name):
    done = run(name, "--help")

    assert (done.code, done.err) == (0, "")
    assert done.text.startswith(f"Usage: parley {name} ")


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        ([], (None, False)),
        (["--read-only"], (None, True)),
        (["talks.db"], ("talks.db", False)),
        (["talks.db", "--read-only"], ("talks.db", True)),
        (["--read-only", "talks.db"], ("talks.db", True)),
        (["./export"], ("./export", False)),
        (["--", "export"], ("export", False)),
        (["--", "--version"], ("--version", False)),
        (["export"], None),
        (["demo"], None),
        (["export", "talks.db", "demands"], None),
        (["--help"], None),
        (["talks.db", "--help"], None),
        (["a.db", "b.db"], None),
    ],
)
def test_words_ask_for_the_screen_or_for_a_command(words, asked):
    assert screen_words(words) == asked


@pytest.mark.parametrize("words", [[], ["FILE"], ["demo"], ["--read-only", "FILE"]])
def test_without_a_terminal_the_screen_refuses_and_makes_nothing(run, dossier, tmp_path, words):
    done = run(*(dossier if word == "FILE" else word for word in words), XDG_DATA_HOME=str(tmp_path / "data"))

    assert (done.code, done.out) == (1, b"")
    assert done.err == "The screen needs a terminal; `parley --help` shows the commands that do without.\n"
    assert not (tmp_path / "data").exists()


def test_a_missing_file_is_an_error_that_names_new(run, tmp_path):
    done = run("nowhere.db", cwd=tmp_path)

    assert (done.code, done.out) == (1, b"")
    assert "There is no file nowhere.db. `parley new nowhere.db` makes one" in done.err


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["a.db", "b.db"], "No such command 'a.db'. See `parley --help`.\n"),
        (["--bogus"], "No such option '--bogus'. See `parley --help`.\n"),
        (["export"], "Missing argument 'FILE'. See `parley export --help`.\n"),
        (["log", "a.db", "D1", "D2"], "Got unexpected extra argument (D2) See `parley log --help`.\n"),
        (["new"], "Missing argument 'FILE'. See `parley new --help`.\n"),
    ],
)
def test_wrong_words_are_told_in_one_line(run, words, sentence):
    done = run(*words)

    assert (done.code, done.out, done.err) == (2, b"", sentence)


def test_control_characters_in_an_argument_are_not_printed(run):
    done = run("\x1b[31mred.db")

    assert done.code == 1
    assert "\x1b" not in done.err
    assert "␛[31mred.db" in done.err


def test_a_reader_that_goes_away_ends_the_export_quietly(environment, dossier):
    reader, writer = os.pipe()
    os.close(reader)

    done = subprocess.run(
        [sys.executable, "-m", "tui", "export", str(dossier), "statements"],
        stdout=writer,
        stderr=subprocess.PIPE,
        env=environment,
        check=False,
    )
    os.close(writer)

    assert (done.returncode, done.stderr) == (128 + signal.SIGPIPE, b"")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_signal_ends_an_export_and_leaves_no_half_file(environment, tmp_path, number):
    os.mkfifo(tmp_path / "in")
    program = (
        "import os, sys\n"
        "from tui.ending import end_on_signals, ended\n"
        "from storage.file.atomic import replacing\n"
        "from pathlib import Path\n"
        "def export():\n"
        "    end_on_signals()\n"
        f"    with replacing(Path({str(tmp_path / 'out.csv')!r})) as out:\n"
        "        out.write('half')\n"
        f"        open({str(tmp_path / 'in')!r}).read()\n"
        "sys.exit(ended(export))\n"
    )
    process = subprocess.Popen([sys.executable, "-c", program], env=environment, stderr=subprocess.PIPE)
    with open(tmp_path / "in", "w"):  # opens once the program waits for what is written here
        process.send_signal(number)
        _, err = process.communicate(timeout=30)

    assert (process.returncode, err) == (128 + number, b"")
    assert not list(tmp_path.glob("*.part"))
    assert not (tmp_path / "out.csv").exists()


def test_a_crash_says_so_in_one_line_and_its_report_holds_no_data(environment, tmp_path):
    program = (
        "import sys\n"
        "from tui.ending import ended\n"
        "def crash():\n"
        "    secret = 'what was said'\n"
        "    raise RuntimeError(secret)\n"
        "sys.exit(ended(crash))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={**environment, "XDG_STATE_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )

    [report] = tmp_path.rglob("crash-*.txt")
    assert done.returncode == 70
    assert done.stderr.count("\n") == 1
    assert "Parley has crashed (RuntimeError)." in done.stderr
    assert str(report) in done.stderr
    assert "RuntimeError" in report.read_text()
    assert "what was said" not in report.read_text()
    assert report.stat().st_mode & 0o777 == 0o600


def test_the_console_script_starts_here():
    pyproject = (Path(__file__).parent.parent.parent / "pyproject.toml").read_text()

    assert 'parley = "tui.__main__:main"' in pyproject


def test_every_key_is_listed_with_the_name_of_its_action_and_what_it_does(run, environment):
    done = run("keys")

    assert done.code == 0
    assert done.err.startswith(f"Keys can be configured in {environment['HOME']}/.config/parley/config.toml: ")
    for line in (
        "  e, F2      edit                 Edit the cell where it stands",
        "  up, k      move_up              Go to the row above",
    ):
        assert line in done.text
    assert len(re.findall(r"^  \S", done.text, re.MULTILINE)) == len((*KEYS, *GRID_KEYS))


def test_keys_are_listed_as_they_are_configured_and_what_is_wrong_is_told_beside_them(run, tmp_path):
    (tmp_path / "parley").mkdir()
    file = tmp_path / "parley" / "config.toml"
    file.write_text('[keys]\nview_matrix = "m, f5"\nred_line = "m"\nundo = ""\n')
    done = run("keys", XDG_CONFIG_HOME=str(tmp_path))

    assert done.code == 0
    assert done.err.splitlines() == [
        f"Keys are configured in {file}.",
        f"{file}: [keys] red_line can't have m, which is given to view_matrix above; give it another key.",
    ]
    listed = [line.split()[:3] for line in done.text.splitlines()]
    assert ["m,", "F5", "view_matrix"] in listed
    assert ["!", "red_line", "Draw"] in listed
    assert ["–", "undo", "Take"] in listed


def test_keys_are_listed_in_letters_and_can_be_configured_by_them_where_letters_are_wanted(run, tmp_path):
    (tmp_path / "parley").mkdir()
    file = tmp_path / "parley" / "config.toml"
    file.write_text('glyphs = "letters"\n[keys]\nprevious_pane = "S-Tab"\n')
    done = run("keys", XDG_CONFIG_HOME=str(tmp_path))

    assert done.err.splitlines() == [f"Keys are configured in {file}."]
    listed = [line.split()[:2] for line in done.text.splitlines()]
    assert ["S-Tab", "previous_pane"] in listed
    assert ["Enter", "edit_or_open"] in listed


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("parley ex", ["export"]),
        ("parley export talks.db ma", ["matrix"]),
        ("parley export talks.db parties -f nd", ["ndjson"]),
        ("parley import talks.db x.csv --kind rou", ["rounds"]),
        ("parley check --read", ["--read-only"]),
    ],
)
def test_a_shell_completes_what_is_typed(run, typed, offered):
    words = typed.count(" ")
    done = run(_PARLEY_COMPLETE="bash_complete", COMP_WORDS=typed, COMP_CWORD=str(words))

    assert [line.removeprefix("plain,") for line in done.text.split()] == offered


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_that_a_shell_completes_by_is_written_without_a_terminal(run, shell):
    done = run(_PARLEY_COMPLETE=f"{shell}_source")

    assert (done.code, done.err) == (0, "")
    assert "_parley_completion" in done.text


def test_the_manual_page_is_that_of_this_command_line():
    script = ROOT / "docs" / "manual.py"
    told = runpy.run_path(str(script))

    assert (ROOT / "docs" / "parley.1").read_text() == told["manual"]()
    assert r"--read" not in told["manual"]()  # a bare hyphen could not be searched for in the page
