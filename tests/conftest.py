"""Dossiers that tests start from, and how long tests by chance may take."""

from pathlib import Path

import pytest

from storage import create_store, packaged_seed


def pytest_addoption(parser: pytest.Parser) -> None:
    """`pytest --long` tries by chance far more moments, keys and texts than the test command has time for."""
    parser.addoption("--long", action="store_true", help="try many more moments, keys and texts by chance")


@pytest.fixture
def long(request: pytest.FixtureRequest) -> bool:
    """True when tests by chance may take long."""
    return bool(request.config.getoption("long"))


@pytest.fixture
def istanbul(tmp_path: Path) -> Path:
    """A fresh dossier made from the packaged seed."""
    path = tmp_path / "istanbul.db"
    create_store(path, packaged_seed()).close()
    return path


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    """A dossier without any record."""
    path = tmp_path / "empty.db"
    create_store(path).close()
    return path
