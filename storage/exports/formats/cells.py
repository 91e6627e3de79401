"""One cell as JSON, as bare text and on one line of a page, alike in every format of a sort."""

import json
import math
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from storage.exports.formats.sheet import Cell
from storage.printable import plain

LINE_ENDS: Final = re.compile("\r\n|\n|\r")

STARTS_A_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n")


def as_json(cell: Cell) -> object:
    """The value that JSON holds: nothing and empty text are null, whole numbers have no fraction."""
    if cell is None or isinstance(cell, int):
        return cell
    if isinstance(cell, str):
        return cell or None
    if isinstance(cell, float):
        return _number(cell)
    if isinstance(cell, Mapping):
        return {name: as_json(each) for name, each in cell.items()}
    return [as_json(each) for each in cell]


def as_text(cell: Cell, guard: bool = False) -> str:
    """The text that a cell of csv or tsv holds; lists are joined with "; "."""
    if isinstance(cell, str):
        return _guarded(cell) if guard else cell
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return _plain(cell)
    if isinstance(cell, Mapping):
        return json.dumps(as_json(cell), ensure_ascii=False)
    if isinstance(cell, Sequence):
        return as_text("; ".join(as_text(each) for each in cell), guard)
    return str(cell)


def as_one_line(cell: Cell, escape: Callable[[str], str]) -> str:
    """The text for a format of people whose rows are lines: escaped, controls replaced, a line end as <br>."""
    text = as_text(cell)
    if "\n" not in text and "\r" not in text:  # as nearly all are, and splitting takes longer than the rest
        return escape(plain(text))
    return "<br>".join(escape(plain(line)) for line in LINE_ENDS.split(text))


def _number(number: float) -> int | float | None:
    """JSON has no word for what is not finite."""
    if not math.isfinite(number):
        return None
    return int(number) if number.is_integer() else number


def _plain(number: float) -> str:
    """The shortest digits that mean the number, never with an exponent."""
    whole = _number(number)
    if whole is None:
        return ""
    text = repr(whole)
    if "e" not in text:
        return text
    from decimal import Decimal  # here, since hardly any number needs it

    return format(Decimal(text), "f")


def _guarded(text: str) -> str:
    return f"'{text}" if text.startswith(STARTS_A_FORMULA) else text
