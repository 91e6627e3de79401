"""Text as search and order see it: without case and accents, numbers by their size."""

import re
import unicodedata
from typing import Final

UNDECOMPOSED: Final = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ħ": "h", "ı": "i", "ŧ": "t"})
"""Letters with a stroke or without a dot, which Unicode does not take apart."""

KEY_LETTERS: Final = 60
"""So many letters decide on the order of a text; the key of each stands in the file beside it."""

DIGITS: Final = re.compile("[0-9]+")
NOT_ASCII: Final = re.compile("[^\x00-\x7f]+")


def fold(text: str) -> str:
    """The text without case and accents; equal for Kyïv and KYIV."""
    if text.isascii():
        return text.lower()
    bare = NOT_ASCII.sub(_bare, text)
    return bare.lower() if bare.isascii() else bare.casefold().translate(UNDECOMPOSED)


def natural(text: str) -> str:
    """A key that sorts folded text with its numbers by size, D2 before D10; of a long text, the beginning counts."""
    return DIGITS.sub(_by_size, fold(text[:KEY_LETTERS]))


def _bare(letters: re.Match[str]) -> str:
    """Letters taken apart, without their accents; what stands around them makes no difference."""
    apart = unicodedata.normalize("NFKD", letters[0])
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def _by_size(digits: re.Match[str]) -> str:
    """A number behind the count of its digits, so that text order is the order of size."""
    bare = digits[0].lstrip("0") or "0"
    return f"{min(len(bare), 999):03d}{bare}"
