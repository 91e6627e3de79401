"""A field as a column of a grid: its heading, how wide it is, on which side its text stands."""

from collections.abc import Sequence
from typing import Final, Literal, NamedTuple

from storage import Field, Found, Glyphs, shown

Align = Literal["left", "right", "center"]

ALIGNED: Final[dict[str, Align]] = {"integer": "right", "number": "right", "flag": "center"}

DRAFT_ID: Final = 0
"""The id of a record that is in no file yet; falsy, as no id in a file is."""

STRETCHES: Final[frozenset[str]] = frozenset(("text", "long", "list", "open"))


class Column(NamedTuple):
    """One column of a grid; `source` is None where it shows no field."""

    field: str
    label: str
    width: int
    align: Align = "left"
    source: Field | None = None

    @property
    def stretches(self) -> bool:
        """True when room that nobody needs does good here."""
        return self.source is not None and self.source.type in STRETCHES


def column_of(field: Field) -> Column:
    """The column that shows a field."""
    return Column(field.name, field.label, _width(field), ALIGNED.get(field.type, "left"), field)


def with_column(shown: Sequence[str], name: str, usual: Sequence[str]) -> tuple[str, ...]:
    """The columns shown and one more, in its place: before the first that usually comes after it."""
    later = usual[usual.index(name) :]
    at = next((at for at, each in enumerate(shown) if each in later), len(shown))
    return (*shown[:at], name, *shown[at:])


def in_usual_order(shown: Sequence[str], was: Sequence[str], usual: Sequence[str]) -> tuple[str, ...]:
    """The columns shown, in the order that is usual now if they stood in the one before; else as the user put them."""
    those = [name for name in shown if name in was and name in usual]
    if those != sorted(those, key=was.index):
        return tuple(shown)
    anew = iter(sorted(those, key=usual.index))
    return tuple(next(anew) if name in those else name for name in shown)


def cell_text(column: Column, found: Found, signs: Glyphs) -> str:
    """The text of a cell as people read it, not yet fit to print; what a draft does not hold yet is blank."""
    if column.source is not None:
        if found.id == DRAFT_ID and column.source.is_empty(found.values.get(column.field)):
            return ""
        return shown(column.source, found, signs)
    if column.field not in found.values:  # not computed, as of a draft, or before the first frame
        return ""
    value = found.values[column.field]
    return signs.empty if value is None else str(value)


def _width(field: Field) -> int:
    """A response stands after its sign, which the width told with the field does not count."""
    signs = 2 if field.name == "response" else 0
    return field.width + signs
