"""The keys of a grid as plain data, and where each move leads."""

from collections.abc import Callable
from typing import Final, Literal, NamedTuple


class At(NamedTuple):
    """Where the cursor is and how far it could go; a move may lead beyond, the grid keeps it inside."""

    row: int
    column: int
    page: int
    rows: int


Move = Literal[
    "up",
    "down",
    "left",
    "right",
    "first_row",
    "last_row",
    "first_column",
    "last_column",
    "page_up",
    "page_down",
    "half_page_up",
    "half_page_down",
]

FAR: Final = 1_000_000
"""Beyond the last column of any grid."""

MOVES: Final[dict[Move, Callable[[At], tuple[int, int]]]] = {
    "up": lambda at: (at.row - 1, at.column),
    "down": lambda at: (at.row + 1, at.column),
    "left": lambda at: (at.row, at.column - 1),
    "right": lambda at: (at.row, at.column + 1),
    "first_row": lambda at: (0, at.column),
    "last_row": lambda at: (at.rows - 1, at.column),
    "first_column": lambda at: (at.row, 0),
    "last_column": lambda at: (at.row, FAR),
    "page_up": lambda at: (at.row - at.page, at.column),
    "page_down": lambda at: (at.row + at.page, at.column),
    "half_page_up": lambda at: (at.row - (at.page + 1) // 2, at.column),
    "half_page_down": lambda at: (at.row + (at.page + 1) // 2, at.column),
}


class GridKey(NamedTuple):
    """One action of a grid, its keys, and what help says of it; the action is its id as well."""

    action: str
    keys: str
    word: str
    says: str
    move: Move | None = None

    @property
    def needs_every_row(self) -> bool:
        """True when it would do something else while only the first rows are there."""
        return self.move == "last_row" or self.action == "mark_all"


def _move(move: Move, keys: str, word: str, says: str) -> GridKey:
    return GridKey(f"move('{move}')", keys, word, says, move)


GRID_KEYS: Final = (
    _move("up", "up,k", "Up", "Go to the row above"),
    _move("down", "down,j", "Down", "Go to the row below"),
    _move("left", "left,h", "Left", "Go to the column on the left"),
    _move("right", "right,l", "Right", "Go to the column on the right"),
    _move("first_row", "g,ctrl+home", "First row", "Go to the first row"),
    _move("last_row", "G,ctrl+end", "Last row", "Go to the last row"),
    _move("first_column", "home", "First column", "Go to the first column"),
    _move("last_column", "end", "Last column", "Go to the last column"),
    _move("page_up", "pageup", "Page up", "Go up by a screenful"),
    _move("page_down", "pagedown", "Page down", "Go down by a screenful"),
    _move("half_page_up", "ctrl+u", "Half page up", "Go up by half a screenful"),
    _move("half_page_down", "ctrl+d", "Half page down", "Go down by half a screenful"),
    GridKey("mark", "space", "Mark", "Mark this row, or take its mark away"),
    GridKey("mark_range", "v", "Mark range", "Begin a range of marked rows here, or end it"),
    GridKey("mark_all", "ctrl+a", "Mark all", "Mark all rows in view, or none"),
)

KEYS_BY_ACTION: Final = {key.action: key for key in GRID_KEYS}

MARKING: Final = tuple(key.action for key in GRID_KEYS if key.move is None)
"""The actions that mark rows."""
