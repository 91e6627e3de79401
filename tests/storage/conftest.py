"""The dossier of the seed, and two people who work in it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.storage.hand import Hand


@pytest.fixture
def ours(istanbul: Path) -> Iterator[Hand]:
    """We, with the dossier open."""
    hand = Hand(istanbul)
    yield hand
    hand.store.close()


@pytest.fixture
def theirs(ours: Hand) -> Iterator[Hand]:
    """Somebody else, with the same file open since later."""
    hand = Hand(ours.path)
    yield hand
    hand.store.close()
