"""The demands that were asked about lately, so that the next round or row need not read them again."""

from collections.abc import Callable, Iterable
from typing import Final, NamedTuple

from storage.questions.analysis.rows import Demand
from storage.questions.analysis.talks import Said

MOST_POSITIONS: Final = 250_000
"""How many positions are held at most."""

A_DEMAND: Final = 10
"""How many positions take as much memory as a demand by itself."""


class Known(NamedTuple):
    """A demand, all that was said to it, the demands that it conflicts with, and those that any of it hinges on."""

    demand: Demand
    said: Said
    conflicts: frozenset[int]
    hinges: frozenset[int]

    @property
    def weight(self) -> int:
        """What it takes to hold this, in positions."""
        return len(self.said.rows) + A_DEMAND


class Lately:
    """Holds what was asked for last."""

    def __init__(self, most: int = MOST_POSITIONS) -> None:
        self._most = most
        self._known: dict[int, Known] = {}
        """By demand, the one asked for last at the end."""
        self._positions = 0

    def of(self, demands: Iterable[int], read: Callable[[list[int]], Iterable[Known]]) -> dict[int, Known]:
        """What is known of each of these demands that there is; only what is not held is read."""
        asked = dict.fromkeys(demands)
        fresh = {each.demand.id: each for each in read([each for each in asked if each not in self._known])}
        found = fresh | {each: self._known.pop(each) for each in asked if each in self._known}
        self._known |= found
        self._positions += sum(each.weight for each in fresh.values())
        while self._positions > self._most:
            self.forget([next(iter(self._known))])
        return found

    def forget(self, demands: Iterable[int]) -> None:
        """Let go of these demands."""
        for demand in demands:
            if (gone := self._known.pop(demand, None)) is not None:
                self._positions -= gone.weight
