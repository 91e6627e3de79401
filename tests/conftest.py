"""Dossiers that tests start from."""

from pathlib import Path

import pytest

from storage import create_store, packaged_seed


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
