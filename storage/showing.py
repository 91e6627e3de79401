"""The text of a cell as people read it, on screen and in the formats for people."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Final, NamedTuple

from storage.fields import Field, Value
from storage.store import Found


class Glyphs(NamedTuple):
    """The signs that stand beside or in place of words."""

    responses: Mapping[str, str]
    movements: Mapping[str, str]
    red_line: str
    nothing: str
    """Nothing is recorded at all."""
    empty: str
    """A record is there, the value is not."""
    yes: str
    estimated: str
    marked: str
    marking: str
    """Between the first and the last row of a range that is still being chosen."""
    here: str
    """The row of the cursor."""
    unsaved: str
    ascending: str
    descending: str
    narrowing: str
    """After what narrows a view and can be lifted."""
    more_left: str
    more_right: str


SIGNS: Final = Glyphs(
    responses={
        "asks": "◆",
        "accepts": "✔",
        "conditional": "~",
        "deferred": "…",
        "silent": "?",
        "rejects": "✖",
        "drops": "◇",
    },
    movements={
        "softer": "▲",
        "harder": "▼",
        "linked": "→",
        "changed": "Δ",
        "new": "+",
        "answered": "+",
        "dropped": "◇",
    },
    red_line="!",
    nothing="·",
    empty="∅",
    yes="✓",
    estimated="≈",
    marked="●",
    marking="○",
    here="▌",
    unsaved="+",
    ascending="↑",
    descending="↓",
    narrowing="✕",
    more_left="‹",
    more_right="›",
)

LETTERS: Final = Glyphs(
    responses={
        "asks": "A",
        "accepts": "Y",
        "conditional": "~",
        "deferred": ".",
        "silent": "?",
        "rejects": "N",
        "drops": "W",
    },
    movements={
        "softer": "^",
        "harder": "v",
        "linked": ">",
        "changed": "*",
        "new": "+",
        "answered": "+",
        "dropped": "W",
    },
    red_line="!",
    nothing="-",
    empty="-",
    yes="x",
    estimated="~",
    marked="*",
    marking="o",
    here=">",
    unsaved="+",
    ascending="^",
    descending="v",
    narrowing="x",
    more_left="<",
    more_right=">",
)
"""For terminals that have only ASCII."""

INFERRED_IN_PARENTHESES: Final = ("response", "will")


def shown(field: Field, found: Found, glyphs: Glyphs = SIGNS, *, names: bool = False) -> str:
    """The text of one cell, newlines and all; with `names` a reference is the other record's name or title."""
    value = found.values.get(field.name)
    if field.type == "flag":
        return glyphs.yes if value else ""
    if field.is_empty(value):
        return glyphs.empty
    if field.type in ("reference", "subject_id"):
        return _called(field.name, found, names) or glyphs.empty
    return _with_marks(field.name, as_text(value), found, glyphs)


def as_text(value: Value) -> str:
    """A single value as people read it: whole numbers without a fraction, the items of a list one after the other."""
    if isinstance(value, tuple):
        return "; ".join(value)
    if isinstance(value, float):
        return format(Decimal(repr(int(value) if value.is_integer() else value)), "f")
    return "" if value is None else str(value)


def response(word: str, red_line: bool, glyphs: Glyphs) -> str:
    """A response by its sign: `✖`, `✖!`."""
    return glyphs.responses.get(word, "") + (glyphs.red_line if red_line else "")


def _called(name: str, found: Found, names: bool) -> str:
    return (found.long_names.get(name, "") if names else "") or found.names.get(name, "")


def _with_marks(name: str, text: str, found: Found, glyphs: Glyphs) -> str:
    """The text with what another field of the same record says about it."""
    if name == "response":
        text = f"{response(text, bool(found.values.get('red_line')), glyphs)} {text}"
    if name in INFERRED_IN_PARENTHESES and found.values.get("basis") == "inferred":
        return f"({text})"
    if name == "due_on" and found.values.get("due_basis") == "estimated":
        return f"{glyphs.estimated}{text}"
    return text
