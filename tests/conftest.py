"""Dossiers that tests start from, how long tests by chance may take, and what each app of a test need not do anew."""

import os
import shutil
from pathlib import Path

import pytest
from textual.css.stylesheet import Stylesheet

from storage import create_store, packaged_seed
from tests.chance import ASKED_BY


def pytest_addoption(parser: pytest.Parser) -> None:
    """`pytest --long` tries by chance far more moments, keys and texts than the test command has time for."""
    parser.addoption("--long", action="store_true", help="try many more moments, keys and texts by chance")


def pytest_configure(config: pytest.Config) -> None:
    """Tell the files of tests, which say how often they try when they are loaded."""
    if config.getoption("long", default=False):
        os.environ[ASKED_BY] = "1"


@pytest.fixture
def long(request: pytest.FixtureRequest) -> bool:
    """True when tests by chance may take long."""
    return bool(request.config.getoption("long"))


@pytest.fixture(scope="session", autouse=True)
def apps_that_cost_less():
    """Textual reads each style sheet once under the colours of a theme, and paints seldom by itself.

    A test looks at the screen when its keys are done, and has it painted then.
    """
    parse, parsed = Stylesheet._parse_rules, {}

    def parsed_once(sheet, css, **about):
        asked = (css, *about.values(), *sheet._variables.items())
        if asked not in parsed:
            parsed[asked] = parse(sheet, css, **about)
        return parsed[asked]

    with pytest.MonkeyPatch.context() as textual:
        textual.setattr(Stylesheet, "_parse_rules", parsed_once)
        textual.setattr("textual.screen.UPDATE_PERIOD", 0.1)
        yield


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A dossier made from the packaged seed, to be copied and never opened."""
    path = tmp_path_factory.mktemp("made") / "istanbul.db"
    create_store(path, packaged_seed()).close()
    return path


@pytest.fixture
def istanbul(made_once: Path, tmp_path: Path) -> Path:
    """A fresh dossier of the packaged seed."""
    return Path(shutil.copy(made_once, tmp_path))


@pytest.fixture(scope="session")
def empty_made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A dossier without any record, to be copied and never opened."""
    path = tmp_path_factory.mktemp("made") / "empty.db"
    create_store(path).close()
    return path


@pytest.fixture
def empty(empty_made_once: Path, tmp_path: Path) -> Path:
    """A fresh dossier without any record."""
    return Path(shutil.copy(empty_made_once, tmp_path))


@pytest.fixture(scope="session")
def talks_made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Istanbul talks of 2025 over several rounds, to be copied and never opened."""
    path = tmp_path_factory.mktemp("made") / "talks.db"
    create_store(path, (Path(__file__).parent / "data" / "istanbul-2025.json").read_bytes()).close()
    return path


@pytest.fixture
def talks(talks_made_once: Path, tmp_path: Path) -> Path:
    """A fresh dossier of those talks."""
    return Path(shutil.copy(talks_made_once, tmp_path))
