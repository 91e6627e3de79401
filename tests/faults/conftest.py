"""Two ways to run the program that take less time than a process of its own."""

from collections.abc import Callable, Iterator
from contextlib import closing

import pytest

from tests.faults.loaded import Loaded
from tests.signals import handled_as_before
from tui.__main__ import _run
from tui.ending import ended


@pytest.fixture(scope="session")
def loaded() -> Iterator[Loaded]:
    """The program, loaded once and ready to be started many times."""
    with closing(Loaded()) as loaded:
        yield loaded


@pytest.fixture
def parley(capsys: pytest.CaptureFixture[str]) -> Iterator[Callable[..., tuple[int, str, str]]]:
    """A command with these words in the process of the tests: its exit code, what it wrote and what it said."""

    def parley(*words: object) -> tuple[int, str, str]:
        code = ended(lambda: _run([*map(str, words)]))
        return code, *capsys.readouterr()

    with handled_as_before():
        yield parley
