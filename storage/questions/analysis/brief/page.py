"""A page of prose before it is Markdown: sections of lines, each line with the statements that it rests on."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Final, Literal, NamedTuple

from storage.questions.analysis.rows import Statement

MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)

INNER_QUOTES: Final = str.maketrans('“”„"', "‘’‚'")

WHOLE_QUOTE: Final = re.compile('“([^“”]+)”|"([^"]+)"|„([^„“”]+)[“”]|«([^«»]+)»', re.DOTALL)
"""A text that stands in quotation marks from its beginning to its end."""


class Span(NamedTuple):
    """A piece of a line: stored text or words of the page, never yet Markdown."""

    text: str
    style: Literal["plain", "strong", "judgement"] = "plain"


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence or two; facts and judgements name their statements, what is computed names none."""

    spans: Sequence[Span]
    supported_by: Sequence[Statement] = ()
    disputed_by: Sequence[Statement] = ()
    needs_support: bool = False
    """True when it ought to rest on a statement, so that having none is worth a word."""
    source: int | None = None
    """The id of the source that the record names itself, whatever statements there are."""
    under: bool = False
    """True when it belongs to the line above."""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it."""

    title: str
    lines: Sequence[Line]
    empty: str = ""
    """What is said when there is no line; a section without either is left out."""


@dataclass(frozen=True, slots=True)
class Page:
    """A brief: what it is about, as of when, and its sections."""

    title: str
    lead: Sequence[Line]
    sections: Sequence[Section] = field(default_factory=tuple)


def plain_line(*parts: str | Span) -> Line:
    """A line that rests on nothing but what the page says elsewhere."""
    return Line(spans(*parts))


def spans(*parts: str | Span) -> tuple[Span, ...]:
    """The pieces of a line; bare text is plain."""
    return tuple(part if isinstance(part, Span) else Span(part) for part in parts if part)


def strong(text: str) -> Span:
    """What a reader's eye should find first."""
    return Span(text, "strong")


def quoted(text: str) -> str:
    """Words that somebody chose, in quotation marks once; those inside become single ones."""
    whole = WHOLE_QUOTE.fullmatch(text)
    words = whole[whole.lastindex or 0] if whole else text
    return f"“{words.translate(INNER_QUOTES)}”" if text else ""


def sentence(text: str) -> str:
    """A text with a full stop where it ends on a letter or a digit."""
    return f"{text}." if text[-1:].isalnum() else text


def day(text: str | None) -> str:
    """`16 May 2025`; nothing for no date."""
    if not text:
        return ""
    try:
        found = date.fromisoformat(text)
    except ValueError:  # what another program wrote into the file
        return text
    return f"{found.day} {MONTHS[found.month - 1]} {found.year}"


def listed(items: Iterable[str]) -> str:
    """`Ukraine, Russia and China`."""
    *most, last = [*items] or [""]
    return f"{', '.join(most)} and {last}" if most else last


def number(value: float) -> str:
    """`1,000`, `12.5`, `0.0000001`."""
    return f"{Decimal(repr(int(value) if value == int(value) else value)):,f}"


def signed(value: int) -> str:
    """`+1`, `−1`, `0`."""
    return f"{value:+d}".replace("-", "−") if value else "0"
