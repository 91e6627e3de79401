"""What a run measures: how often, on how large dossiers, and where their files are."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from bench.generating import Kept, Size
from storage import create_store, packaged_seed


@dataclass(frozen=True)
class Plan:
    """Handed to every measurement."""

    folder: Path
    """Where what is made for one run alone lies."""
    kept: Kept
    sizes: tuple[int, ...]
    """How many demands the dossiers have, the least first: what the others are measured beside."""
    positions: int
    """How many positions each demand has."""
    rounds: int
    keys: int
    """How often a key is pressed."""
    quick: bool
    say: Callable[[str], None]

    @cached_property
    def seed(self) -> Path:
        """The dossier that ships with Parley."""
        path = self.folder / "seed.db"
        create_store(path, packaged_seed()).close()
        return path

    def dossier(self, demands: int) -> Path:
        """The dossier of that many demands with their positions; nobody may change it."""
        return self.kept.dossier(Size(demands, demands * self.positions))

    @property
    def least(self) -> int:
        """The demands of the smallest dossier."""
        return self.sizes[0]

    @property
    def most(self) -> int:
        """The demands of the largest dossier."""
        return self.sizes[-1]


def called(demands: int) -> str:
    """`100k`: how a dossier of that many demands is called in the table."""
    if demands % 1_000_000 == 0:
        return f"{demands // 1_000_000}M"
    return f"{demands // 1_000}k" if demands % 1_000 == 0 else str(demands)
