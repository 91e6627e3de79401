"""The few records of a grid that are in memory: those on the screen, and a margin before and after."""

from array import array
from collections.abc import Awaitable, Callable, Iterable, Sequence
from typing import Final

from storage import Found
from tui.columns import DRAFT_ID

Fetch = Callable[[Sequence[int]], Awaitable[list[Found]]]
"""Reads the records with these ids; those that are gone are left out."""

Find = Callable[[int, int], Awaitable["tuple[array[int], list[Found]]"]]
"""Finds so many ids, and reads so many of their records."""

MARGIN: Final = 64
"""How many rows beyond either edge of the screen are read ahead."""


def window(top: int, page: int, count: int, margin: int) -> range:
    """The numbers of the rows on the screen and around it."""
    return range(max(top - margin, 0), max(min(top + page + margin, count), 0))


def row_among(ids: "array[int]", id: int | None, row: int) -> int:
    """The row of a record among others, after the last for the draft; about where it was if it is gone."""
    if id == DRAFT_ID:
        return len(ids)
    if id is None or (row < len(ids) and ids[row] == id):
        return row
    try:
        return ids.index(id)
    except ValueError:
        return max(min(row, len(ids) - 1), 0)


class Rows:
    """Records by id, read ahead of the screen and forgotten behind it."""

    def __init__(self) -> None:
        self._found: dict[int, Found | None] = {}

    def get(self, id: int) -> Found | None:
        """The record; None while it is not read, and for one that was gone when it was asked for."""
        return self._found.get(id)

    def unread(self, ids: Iterable[int]) -> list[int]:
        """Those of the ids that were not asked for yet."""
        return [id for id in ids if id not in self._found]

    def keep(self, asked: Sequence[int], found: Iterable[Found], near: Iterable[int]) -> None:
        """Take what was read, and forget what is not near the screen any more."""
        read = {each.id: each for each in found}
        known = self._found
        self._found = {id: known[id] for id in near if id in known} | {id: read.get(id) for id in asked}

    def replace(self, asked: Sequence[int], found: Iterable[Found]) -> set[int]:
        """Take what was read in place of everything known; the ids of which something else is known now."""
        before, self._found = self._found, {}
        self.keep(asked, found, ())
        return {id for id, each in self._found.items() if id not in before or before[id] != each}
