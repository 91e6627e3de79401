"""How stored text reaches a widget: what may be printed, in as many cells as the terminal will give it."""

from functools import lru_cache
from typing import Final, Literal
from unicodedata import category

from rich.cells import cell_len, get_character_cell_size
from textual.content import Content
from textual.style import Style

from storage import fold, folded_with_places, plain

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


def safe(text: str, style: Style | str = "", *, limit: int | None = None) -> Content:
    """Stored text as content of a widget: no markup in it, and nothing that drives the terminal."""
    return Content.styled(steady(plain(text, limit)), style)


def steady(text: str) -> str:
    """Printable text without what terminals disagree on the width of."""
    return text if text.isascii() else text.translate(_STEADY)


def clip(text: str, width: int) -> str:
    """Stored text as at most `width` cells of one line, ending in … where it was cut, between two clusters."""
    shown = plain(text, max(width, 0) * CHARACTERS_PER_CELL + CHARACTERS_PER_CELL)
    whole = steady(shown)
    if cell_len(whole) <= width:
        return whole
    if shown.isascii():
        return f"{shown[: width - 1]}…" if width > 0 else ""
    cuts = (steady(plain(shown, limit)) for limit in range(_most(shown, width), -1, -1))
    return next(cut for cut in cuts if cell_len(cut) <= width or not cut)


@lru_cache(CELLS_KEPT)
def fit(text: str, width: int, align: Align = "left") -> str:
    """Stored text as exactly `width` cells of one line, cut or filled with blanks."""
    text = clip(text, width)
    blank = max(width - cell_len(text), 0)
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


def _most(text: str, width: int) -> int:
    """How many characters of a text too long could fit at most, an ellipsis in place of the last."""
    used = 0
    for at, character in enumerate(text):
        used += get_character_cell_size(character)
        if used >= width:
            return at + 1
    return len(text)
