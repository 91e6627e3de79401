"""What may be printed anywhere: stored text without anything that drives a terminal or hides from the reader."""

import io
import re
import unicodedata
from typing import Final, TextIO

MARK: Final = "\N{REPLACEMENT CHARACTER}"
"""Stands for a character that must not be printed and has no picture of its own."""

MARKS_PER_BASE: Final = 3
NEWLINE: Final = "⏎"
TAB: Final = "⇥"
BREAKS: Final = re.compile(r"(\r?\n|\t)")
JOINERS: Final = "\u200c\u200d"


class _Printable(dict[int, int]):
    """A table for str.translate that is filled with the characters met."""

    def __missing__(self, code: int) -> int:
        shown = ord(_printable(chr(code)))
        if code < 0x10000:  # bounds what a text of all the characters there are could make us keep
            self[code] = shown
        return shown


def _printable(character: str) -> str:
    code = ord(character)
    if character in JOINERS:
        return character
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "\u2421"
    return MARK if _is_unprintable(code, unicodedata.category(character)) else character


def _is_unprintable(code: int, category: str) -> bool:
    if category in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp"):
        return True
    noncharacter = 0xFDD0 <= code <= 0xFDEF or code & 0xFFFE == 0xFFFE
    never_visible = code == 0x2065 or 0xFFF0 <= code <= 0xFFF8 or 0xE0000 <= code <= 0xE0FFF
    return category == "Cn" and (noncharacter or never_visible)


_LINE: Final = _Printable({0x0A: ord(NEWLINE), 0x09: ord(TAB)})
_LINES: Final = _Printable({0x0A: 0x0A, 0x09: ord(TAB)})
_CROWDED: Final = re.compile(r"[^\w\s!-~]{4}")
"""Where more marks may stand than one character carries: neither marks nor joiners are letters or digits."""

_IMAGES: Final = frozenset((*map(chr, range(0x2400, 0x2422)), NEWLINE, TAB, MARK))


def shell_word(path: object) -> str:
    """The path as a word of a command that can be pasted into a shell, where it is a path and nothing else."""
    import shlex  # here, since only messages name commands

    word = str(path)
    return shlex.quote(f"./{word}" if word.startswith("-") else word)


def plain(text: str, limit: int | None = None) -> str:
    """The text as it may be printed in one line, at most `limit` characters of it."""
    if limit is None:
        return _shown(text)
    head = text[: limit * 8 + 64]  # a cell of a huge text costs what the cell costs
    shown = _shown(head)
    if len(shown) <= limit and len(head) == len(text):
        return shown
    return shown[: _boundary(shown, min(len(shown), limit - 1))] + "…"[:limit]


def one_to_one(text: str, multiline: bool = False) -> str:
    """The text as an editor shows it: like plain(), but one character for each stored one."""
    if text.isprintable():  # no control, format, private or unassigned character, no surrogate, no blank but the space
        return text
    shown = text.translate(_LINES if multiline else _LINE)
    if any(joiner in shown for joiner in JOINERS):
        return "".join(_joined(shown, at) for at in range(len(shown)))
    return shown


def restored(stored: str, edited: str, multiline: bool = False) -> str:
    """What to store for the text that an editor holds after showing one_to_one(stored).

    What was not touched takes back its stored characters; from what was typed control characters are dropped.
    """
    before = one_to_one(stored, multiline)
    head = _common(before, edited)
    tail = _common(before[head:][::-1], edited[head:][::-1])
    kept = stored[head : len(stored) - tail]
    typed = edited[head : len(edited) - tail]
    return stored[:head] + _typed(kept, typed, multiline) + stored[len(stored) - tail :]


def starts_cluster(text: str, at: int) -> bool:
    """True when the text can be cut before this position without tearing one visible character apart."""
    if at <= 0 or at >= len(text):
        return True
    before, after = text[at - 1], text[at]
    if before in JOINERS or after in JOINERS or _is_mark(after) or "\U0001f3fb" <= after <= "\U0001f3ff":
        return False
    if "\u1160" <= after <= "\u11ff" or "\ud7b0" <= after <= "\ud7fb":  # vowels and finals of one Hangul syllable
        return False
    return not (_is_flag(before) and _is_flag(after) and _flags_before(text, at) % 2)


def _shown(text: str) -> str:
    return one_to_one(text if text.isascii() else _thinned(text))


def _thinned(text: str) -> str:
    """The text with at most MARKS_PER_BASE combining marks upon each other character."""
    if not _CROWDED.search(text):
        return text
    kept = []
    marks = 0
    for character in text:
        if _is_mark(character):
            marks += 1
        elif character not in JOINERS:
            marks = 0
        if marks <= MARKS_PER_BASE or not _is_mark(character):
            kept.append(character)
    return "".join(kept)


def _is_mark(character: str) -> bool:
    """True for what a terminal puts upon the character before it; a spacing mark (Mc) has a cell of its own."""
    return character >= "\u0300" and unicodedata.category(character) in ("Mn", "Me")


def _joined(text: str, at: int) -> str:
    """The character at this position; a joiner only where it stands inside a word."""
    if text[at] not in JOINERS:
        return text[at]
    inside = 0 < at < len(text) - 1 and _is_part_of_word(text[at - 1]) and _is_part_of_word(text[at + 1])
    return text[at] if inside else MARK


def _is_part_of_word(character: str) -> bool:
    return unicodedata.category(character)[0] in "LMNS"


def _boundary(text: str, at: int) -> int:
    while not starts_cluster(text, at):
        at -= 1
    return max(at, 0)


def _is_flag(character: str) -> bool:
    return "\U0001f1e6" <= character <= "\U0001f1ff"


def _flags_before(text: str, at: int) -> int:
    return len(text[:at]) - len(text[:at].rstrip("".join(map(chr, range(0x1F1E6, 0x1F200)))))


def _common(one: str, other: str) -> int:
    """The length of the beginning that both have."""
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _typed(kept: str, typed: str, multiline: bool) -> str:
    """The edited middle; pictures in it that are still in their old order take back what they stand for."""
    clean = "".join(each for each in typed if (each == "\n" and multiline) or not _is_control(each))
    before = [(at, shown) for at, shown in enumerate(one_to_one(kept, multiline)) if shown in _IMAGES]
    after = [at for at, shown in enumerate(clean) if shown in _IMAGES]
    old, new = "".join(shown for _, shown in before), "".join(clean[at] for at in after)
    head = _common(old, new)
    tail = _common(old[head:][::-1], new[head:][::-1])
    characters = list(clean)
    for back in (*range(head), *range(-tail, 0)):
        characters[after[back]] = kept[before[back][0]]
    return "".join(characters)


def _is_control(character: str) -> bool:
    return unicodedata.category(character) in ("Cc", "Cs")


class ForTerminal(io.TextIOBase):
    """A text stream that lets a terminal have only what may be printed, line ends and tabs apart."""

    def __init__(self, terminal: TextIO) -> None:
        self._terminal = terminal

    def write(self, text: str) -> int:
        """Write what may be printed of it; the length of all of it."""
        parts = BREAKS.split(text)
        parts[::2] = [plain(part) for part in parts[::2]]
        self._terminal.write("".join(parts))
        return len(text)
