"""How stored text reaches a widget: what may be printed, in as many cells as the terminal will give it."""

from functools import lru_cache
from itertools import accumulate
from typing import Final, Literal
from unicodedata import category

from rich.cells import cell_len
from textual.content import Content
from textual.style import Style

from storage import fold, folded_with_places, plain, starts_cluster

Align = Literal["left", "right", "center"]

CHARACTERS_PER_CELL: Final = 6
"""What one cell can hold at most: a letter, its marks, joiners."""

CELLS_KEPT: Final = 512
"""Two screens full: a letter of a search, a sort and an edit show most cells again."""

FLAG_LETTERS: Final = range(0x1F1E6, 0x1F200)
SKIN_TONES: Final = range(0x1F3FB, 0x1F400)
JOINS_OR_VARIES: Final = (0x200D, 0xFE0E, 0xFE0F)


class _Steady(dict[int, int | None]):
    """What stands in place of a character, filled by what is met.

    Terminals, and the emulators in them, differ on the width of joined emoji, skin tones, variations, flags, and
    characters newer than they are. A row must end where the pane ends in all of them, so the parts of an emoji stand
    side by side, a flag is its two letters, and what nobody knows yet is a mark.
    """

    def __missing__(self, code: int) -> int | None:
        if code in JOINS_OR_VARIES or code in SKIN_TONES:
            return None
        if code in FLAG_LETTERS:
            return ord("A") + code - FLAG_LETTERS.start
        if code < 0x10000:
            self[code] = _known(code)
        return _known(code)


def _known(code: int) -> int:
    """The character, or a mark for one that the tables of Python and of the screen have no entry for."""
    character = chr(code)
    is_known = category(character) != "Cn" or cell_len(character) != 1
    return code if is_known else 0xFFFD


_STEADY: Final = _Steady()

IT_DEPENDS: Final = 1 << 20
"""More cells than any text is given."""


class _Cells(dict[str, int]):
    """How many cells a character takes, filled by what is met; IT_DEPENDS for one that its neighbours have a say in.

    A text of others only can be cut anywhere, and is shown as it is stored.
    """

    def __missing__(self, character: str) -> int:
        is_itself = character.isprintable() and steady(character) == character and starts_cluster(f"a{character}", 1)
        cells = (is_itself and cell_len(character)) or IT_DEPENDS
        if ord(character) < 0x10000:
            self[character] = cells
        return cells


_CELLS: Final = _Cells()


def safe(text: str, style: Style | str = "", *, limit: int | None = None) -> Content:
    """Stored text as content of a widget: no markup in it, and nothing that drives the terminal."""
    return Content.styled(steady(plain(text, limit)), style)


def steady(text: str) -> str:
    """Printable text without what terminals disagree on the width of."""
    return text if text.isascii() else text.translate(_STEADY)


def clip(text: str, width: int) -> str:
    """Stored text as at most `width` cells of one line, ending in … where it was cut, between two clusters."""
    return _clipped(text, width)[0]


@lru_cache(CELLS_KEPT)
def fit(text: str, width: int, align: Align = "left") -> str:
    """Stored text as exactly `width` cells of one line, cut or filled with blanks."""
    text, cells = _clipped(text, width)
    blank = max(width - cells, 0)
    before = {"left": 0, "right": blank, "center": blank // 2}[align]
    return " " * before + text + " " * (blank - before)


def hits(text: str, needle: str) -> list[tuple[int, int]]:
    """Where the needle stands in a text, without case and accents: the begin and end of each place."""
    sought = fold(needle)
    if not sought or sought not in fold(text):
        return []
    folded, places_in_text = folded_with_places(text)
    places = []
    at = folded.find(sought)
    while at >= 0:
        end = at + len(sought)
        places.append((places_in_text[at], places_in_text[end - 1] + 1))
        at = folded.find(sought, end)
    return places


def _clipped(text: str, width: int) -> tuple[str, int]:
    """What `clip` makes of a text, and how many cells that takes."""
    if width <= 0:
        return "", 0
    head = text[: width + 1]
    cells = sum(map(_CELLS.__getitem__, head))
    if cells >= IT_DEPENDS:
        return _clipped_between_clusters(text, width)
    if cells <= width:  # so it is all of the text, of which each character takes a cell
        return head, cells
    if cells == len(head):
        return f"{head[: width - 1]}…", width
    ends = [*accumulate(map(_CELLS.__getitem__, head), initial=0)]
    last = max(at for at, end in enumerate(ends) if end < width)
    return f"{head[:last]}…", ends[last] + 1


def _clipped_between_clusters(text: str, width: int) -> tuple[str, int]:
    shown = plain(text, width * CHARACTERS_PER_CELL + CHARACTERS_PER_CELL)
    whole = steady(shown)
    if (cells := cell_len(whole)) <= width:
        return whole, cells
    ends = [*accumulate((cell_len(steady(character)) for character in shown), initial=0)]
    last = next(at for at in range(len(shown), -1, -1) if ends[at] < width and starts_cluster(shown, at))
    return f"{steady(shown[:last])}…", ends[last] + 1
