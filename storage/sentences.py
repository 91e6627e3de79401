"""What sentences about records are put together from: a value repeated, a kind with its article, fields by heading."""

from collections.abc import Iterable
from typing import Final

from storage.printable import plain
from storage.record import Kind

QUOTED_LENGTH: Final = 60
"""How much of a refused value a sentence repeats."""


def quoted(value: object) -> str:
    """A refused value as a sentence may repeat it: harmless, and cut."""
    if isinstance(value, str):
        return f'"{plain(value, QUOTED_LENGTH)}"'
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value) if abs(value) < 10**QUOTED_LENGTH else "such a long number"
    if isinstance(value, float):
        return str(value)
    return {"NoneType": "nothing", "dict": "an object"}.get(type(value).__name__, "a list")


def with_article(noun: str) -> str:
    """The noun after a or an."""
    return f"an {noun}" if noun[0] in "aeiou" else f"a {noun}"


def unknown_name(name: str, known: Iterable[str], noun: str = "field") -> str:
    """What to say of a name that does not exist, with those that do."""
    return f"unknown {noun} {quoted(name)}; there are {', '.join(known)}."


def headings(kind: Kind, fields: Iterable[str]) -> str:
    """`round, demand, party`: fields as a sentence names them."""
    return ", ".join(kind.fields[name].label.lower() for name in fields)


def of_namesakes(kind: Kind) -> str:
    """What to do where two records of a kind may rightly be called the same, as a further sentence; else empty."""
    return ' A namesake is written "Name (office)".' if kind.table == "people" else ""
