"""Text as search and order see it: without case and accents, numbers by their size."""

import re
import unicodedata
from collections.abc import Sequence
from typing import Final

TYPED_AS: Final = {
    **dict.fromkeys("‘’ʼ", "'"),
    **dict.fromkeys("“”„«»", '"'),
    **dict.fromkeys("‐–—−", "-"),
}
"""Signs of print, and what a keyboard has for them."""

UNDECOMPOSED: Final = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ħ": "h", "ı": "i", "ŧ": "t"} | TYPED_AS)
"""What Unicode does not take apart: letters with a stroke or without a dot, and signs of print."""

KEY_LETTERS: Final = 60
"""How many letters of a text decide on its order; their key stands in the file beside it."""

DIGITS: Final = re.compile("[0-9]+")


class _Bare(dict[int, str]):
    """Maps a code point to its folded text, computed when first met."""

    def __missing__(self, number: int) -> str:
        apart = unicodedata.normalize("NFKD", chr(number))
        letters = "".join(letter for letter in apart if not unicodedata.combining(letter))
        self[number] = letters.casefold().translate(UNDECOMPOSED)
        return self[number]


BARE: Final = _Bare()


def fold(text: str) -> str:
    """The text without case and accents, its signs as a keyboard has them; equal for Kyïv and KYIV.

    Letter by letter: what stands around one makes no difference to it.
    """
    return text.lower() if text.isascii() else text.translate(BARE)


def folded_with_places(text: str) -> tuple[str, Sequence[int]]:
    """The folded text, and which letter of the text each of its letters comes from."""
    if text.isascii():
        return text.lower(), range(len(text))
    letters = [*map(BARE.__getitem__, map(ord, text))]
    return "".join(letters), [at for at, letter in enumerate(letters) for _ in letter]


def natural(text: str) -> str:
    """A key that sorts folded text with its numbers by size, D2 before D10; of a long text, the beginning counts."""
    return DIGITS.sub(_by_size, fold(text[:KEY_LETTERS]))


def folded_with_key(text: str) -> tuple[str, str]:
    """What `fold` and `natural` make of a text, each letter folded once."""
    whole = beginning = fold(text[:KEY_LETTERS])
    if len(text) > KEY_LETTERS:
        whole += fold(text[KEY_LETTERS:])
    return whole, DIGITS.sub(_by_size, beginning)


def _by_size(digits: re.Match[str]) -> str:
    """A number after the count of its digits, so that text order is the order of size."""
    bare = digits[0].lstrip("0") or "0"
    return f"{len(bare):03d}{bare}"  # of KEY_LETTERS, even taken apart, no thousand are digits
