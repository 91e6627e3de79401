"""`python -m tui` as a user runs it: a process of its own, files in a folder of its own."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner

from tui.commands.group import parley

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
    """Run `parley` with these words; how it ended."""

    def run(*words, cwd=None, **settings):
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

    return run


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


@pytest.fixture
def export(dossier):
    """Export a view of the case that is expected to succeed; what was written.

    The same command in the process of the tests: what a view holds is asked so often that processes would take minutes.
    """

    def export(view, *words):
        done = CliRunner().invoke(parley, ["export", str(dossier), view, *map(str, words)])
        assert (done.exception, done.stderr) == (None, "")
        return done.stdout_bytes.decode()

    return export
