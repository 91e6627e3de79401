"""What every format writes: headings, rows one by one, and the switches that change how."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from storage.fields import Value

Cell = Value | Sequence["Cell"] | Mapping[str, "Cell"]
"""A machine value of a row, or its text for people; only formats that nest can hold a mapping."""


@dataclass(frozen=True, slots=True)
class Heading:
    """One column: the name that programs read, and the words that people read above it."""

    name: str
    label: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table on its way out; its rows can be read once and are never all held."""

    headings: tuple[Heading, ...]
    rows: Iterable[Sequence[Cell]]
    heading: str = ""
    """What formats for people write above the table."""

    def names(self) -> tuple[str, ...]:
        """The name of each column."""
        return tuple(heading.name for heading in self.headings)


@dataclass(frozen=True, slots=True)
class Switches:
    """What the caller may ask of a file besides its format."""

    names: bool = False
    """Names and titles in place of the refs of other records."""
    headers: bool = True
    bom: bool = False
    guard: bool = False
    """Nothing in the file is taken for a formula by a spreadsheet."""


AS_IT_IS: Final = Switches()
