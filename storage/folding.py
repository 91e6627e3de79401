"""Text as search and order see it: without case and accents, numbers by their size."""

import re
import unicodedata
from typing import Final

UNDECOMPOSED: Final = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ħ": "h", "ı": "i", "ŧ": "t"})
"""Letters with a stroke or without a dot, which Unicode does not take apart."""

DIGITS: Final = re.compile("[0-9]+")


def fold(text: str) -> str:
    """The text without case and accents; equal for Kyïv and KYIV."""
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", text)
    bare = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return bare.casefold().translate(UNDECOMPOSED)


def natural(text: str) -> str:
    """A key that sorts folded text with its numbers by size: D2 before D10."""
    return DIGITS.sub(_by_size, fold(text))


def _by_size(digits: re.Match[str]) -> str:
    """A number behind the count of its digits, so that text order is the order of size."""
    bare = digits[0].lstrip("0") or "0"
    return f"{min(len(bare), 999):03d}{bare}"
