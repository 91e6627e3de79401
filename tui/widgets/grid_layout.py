"""Which columns of a grid stand where, for a given width and scroll."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from tui.columns import Column

GUTTER: Final = 1
GAP: Final = 1
LEAST_TO_SCROLL: Final = 8
"""Fixed columns give way where they would leave fewer cells than this to the others."""


class Place(NamedTuple):
    """Where one column stands: its number, its first cell and how many it has."""

    column: int
    x: int
    width: int


def places(columns: Sequence[Column], fixed: int, first: int, width: int) -> tuple[Place, ...]:
    """The places of the fixed columns and of those from `first` on; the last may be cut, room left over is used."""
    fixed = still_fixed(columns, fixed, width)
    placed: list[Place] = []
    x = GUTTER
    for column in (*range(fixed), *range(max(first, fixed), len(columns))):
        room = width - x
        if room <= 0:
            break
        placed.append(Place(column, x, min(columns[column].width, room)))
        x += placed[-1].width + GAP
    return _stretched(columns, placed, width - (x - GAP))


def filled_by(placed: Sequence[Place]) -> int:
    """How many cells of a line the gutter, these columns and the gaps between them take."""
    return placed[-1].x + placed[-1].width if placed else GUTTER


def first_showing(columns: Sequence[Column], fixed: int, first: int, column: int, width: int) -> int:
    """The nearest scroll that shows the column wholly, or from its beginning, and no room unused after the last."""
    fixed = still_fixed(columns, fixed, width)
    first = max(first, fixed)
    if column >= fixed:
        first = min(first, column)
        while first < column and _needed(columns, fixed, first, column) > width:
            first += 1
    while first > fixed and _needed(columns, fixed, first - 1, len(columns) - 1) <= width:
        first -= 1
    return first


def still_fixed(columns: Sequence[Column], fixed: int, width: int) -> int:
    """How many of the fixed columns this width can afford."""
    fixed = min(fixed, len(columns))
    while fixed and GUTTER + sum(column.width + GAP for column in columns[:fixed]) + LEAST_TO_SCROLL > width:
        fixed -= 1
    return fixed


def _needed(columns: Sequence[Column], fixed: int, first: int, last: int) -> int:
    shown = (*columns[:fixed], *columns[first : last + 1])
    return GUTTER - GAP + sum(column.width + GAP for column in shown)


def _stretched(columns: Sequence[Column], placed: list[Place], spare: int) -> tuple[Place, ...]:
    """The same places, the spare cells given to the widest text."""
    widest = max(
        (place for place in placed if columns[place.column].stretches), key=lambda place: place.width, default=None
    )
    if widest is None or spare <= 0:
        return tuple(placed)
    return tuple(
        place._replace(width=place.width + spare)
        if place is widest
        else place._replace(x=place.x + (spare if place.x > widest.x else 0))
        for place in placed
    )
