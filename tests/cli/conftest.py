"""`parley` as a user runs it: an environment and a folder of its own, and where it matters a process of its own."""

import io
import os
import shutil
import subprocess
import sys
from contextlib import chdir, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.signals import handled_as_before
from tui.__main__ import main
from tui.keys import use_keys
from tui.signs import use_letters

ROOT = Path(__file__).parent.parent.parent
CASE = Path(__file__).with_name("case.json")
RIVER = Path(__file__).with_name("talks.json")


@dataclass(frozen=True)
class Done:
    """How a command ended."""

    code: int
    out: bytes
    err: str

    @property
    def text(self):
        """stdout as text, line ends as they are."""
        return self.out.decode()

    @property
    def lines(self):
        """stdout line by line."""
        return self.text.splitlines()


@pytest.fixture(scope="session")
def environment(tmp_path_factory):
    """The environment of a person who has never run Parley."""
    home = tmp_path_factory.mktemp("home")
    kept = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
    return {**kept, "HOME": str(home), "PYTHONPATH": str(ROOT), "TERM": "xterm-256color", "TZ": "UTC"}


@pytest.fixture(scope="session")
def run(environment):
    """Run `parley` with these words in the process of the tests, which a process each would take minutes longer."""

    def run(*words, cwd=None, **settings):
        written = io.BytesIO(), io.BytesIO()
        out, err = (io.TextIOWrapper(each, "utf-8", write_through=True) for each in written)
        try:
            with (
                open(os.devnull) as nothing,
                chdir(cwd or "."),
                handled_as_before(),
                pytest.MonkeyPatch.context() as process,
                redirect_stdout(out),
                redirect_stderr(err),
            ):
                for name in tuple(os.environ):
                    process.delenv(name)
                for name, value in {**environment, **settings}.items():
                    process.setenv(name, value)
                process.setattr(sys, "argv", ["parley", *map(str, words)])
                process.setattr(sys, "stdin", nothing)
                code = main()
        except SystemExit as left:
            code = int(left.code or 0)
        finally:
            use_keys({})  # what is configured lasts as long as a process, which this is not
            use_letters(False)
        return Done(code, written[0].getvalue(), written[1].getvalue().decode())

    return run


@pytest.fixture(scope="session")
def program(environment):
    """Run `python -m tui` with these words in a process of its own; how it ended."""

    def program(*words, cwd=None, **settings):
        done = subprocess.run(
            [sys.executable, "-m", "tui", *map(str, words)],
            capture_output=True,
            stdin=subprocess.DEVNULL,
            cwd=cwd,
            env={**environment, **settings},
            timeout=60,
            check=False,
        )
        return Done(done.returncode, done.stdout, done.stderr.decode())

    return program


@pytest.fixture(scope="session")
def made(run, tmp_path_factory):
    """A dossier of the case, to be copied and never changed."""
    path = tmp_path_factory.mktemp("made") / "case.db"
    done = run("new", path, "--seed", CASE)
    assert done.code == 0, done.err
    return path


@pytest.fixture(scope="session")
def river(run, tmp_path_factory):
    """A dossier of two rounds held and one planned, to be copied and never changed."""
    path = tmp_path_factory.mktemp("river") / "river.db"
    done = run("new", path, "--seed", RIVER)
    assert done.code == 0, done.err
    return path


@pytest.fixture
def dossier(made, tmp_path):
    """A dossier of the case in the test's own folder."""
    return Path(shutil.copy(made, tmp_path / "case.db"))


LEFT_OUT = "Left out: what is internal, and what rests on it alone; --internal includes it.\n"
"""What is said of the case and of the river talks whenever they leave without what is internal."""


@pytest.fixture
def export(run, dossier):
    """Export a view of the case that is expected to succeed; what was written."""

    def export(view, *words):
        done = run("export", dossier, view, *words)
        assert (done.code, done.err) == (0, "" if "--internal" in words else LEFT_OUT)
        return done.text

    return export
