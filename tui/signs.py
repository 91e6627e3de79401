"""The signs that the panes of this run show, and what they mean, as help tells it."""

import locale
from collections.abc import Mapping
from typing import Final

from storage import LETTERS, SIGNS, Glyphs

RESPONSES: Final[Mapping[str, str]] = {
    "asks": "Asks for it: the party whose demand it is",
    "accepts": "Accepts it",
    "conditional": "On a condition, such as the demand named after it",
    "deferred": "Puts the answer off",
    "silent": "Was asked and says nothing",
    "rejects": "Rejects it",
    "drops": "No longer asks for it",
}
MOVEMENTS: Final[Mapping[str, str]] = {
    "softer": "Has moved towards it since the earlier round",
    "harder": "Has moved away from it",
    "linked": "Says yes now, on condition of a demand that is rejected",
    "changed": "Has changed its terms or words, not its side",
    "new": "Asks for it, or has answered, for the first time",
}
"""Those that say of a party what its response does not."""


def _glyphs_here() -> Glyphs:
    encoding = (locale.getpreferredencoding(False) or "").lower()
    return SIGNS if encoding.startswith("utf") else LETTERS


_glyphs: Final = [_glyphs_here()]
"""The one set of signs that is in use, in a list so that another can take its place."""


def use_letters(chosen: bool) -> None:
    """Let letters stand in place of signs from now on; else only where the terminal has no more than those."""
    _glyphs[:] = [LETTERS if chosen else _glyphs_here()]


def glyphs() -> Glyphs:
    """The signs of this run, or the letters in their place."""
    return _glyphs[0]


def in_letters() -> bool:
    """True where letters stand in place of signs."""
    return glyphs() is LETTERS


def meanings(signs: Glyphs) -> list[tuple[str, str]]:
    """Each sign with what it means: positions first, then what has moved, then cells and rows."""
    return [
        *((signs.responses[word], says) for word, says in RESPONSES.items()),
        (signs.red_line, "After a response: it is a red line"),
        ("( )", "Inferred, not stated"),
        (signs.nothing, "Nothing is recorded"),
        *((signs.movements[word], says) for word, says in MOVEMENTS.items()),
        (signs.empty, "The field is empty"),
        (signs.yes, "Yes"),
        (signs.estimated, "The date is estimated"),
        (signs.marked, "The row is marked"),
        (signs.marking, "The row is in the range that is being marked"),
        (signs.narrowing, "Narrows what is shown, and can be lifted"),
        (f"{signs.ascending} {signs.descending}", "The rows are in the order of this column"),
        (f"{signs.more_left} {signs.more_right}", "There are more columns on that side"),
    ]
