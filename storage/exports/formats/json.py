"""One JSON array of objects under field names, indented by two spaces."""

import json
from collections.abc import Sequence
from itertools import chain
from typing import Final, TextIO

from storage.exports.formats.cells import as_json
from storage.exports.formats.in_sql import Block, Column, InSql, json_value
from storage.exports.formats.registry import text_format
from storage.exports.formats.sheet import Cell, Sheet, Switches
from storage.fields import FieldType

BETWEEN: Final = b",\n"

encoded: Final = json.JSONEncoder(ensure_ascii=False).encode


def objects(columns: Sequence[Column]) -> list[str]:
    """Each object with its lines as one cell."""
    members = ",\n".join(f'    "{column.name}": %s' for column in columns)
    values = ", ".join(f"json_quote({json_value(column)})" for column in columns)
    return [f"printf('  {{\n{members}\n  }}', {values})"]


def lines(rows: Block) -> bytes:
    """The objects, with what separates them."""
    return BETWEEN.join(chain.from_iterable(rows))


LISTS: Final[tuple[FieldType, ...]] = ("list",)
"""They stand on lines of their own."""

IN_SQL: Final = InSql(objects, lines, frame=(b"[\n", BETWEEN, b"\n]\n"), never=LISTS)


@text_format("json", suffix=".json", title="JSON", nests=True, in_sql=IN_SQL)
def write(sheet: Sheet, out: TextIO, _switches: Switches) -> None:
    """Write the array that json.dumps(rows, indent=2) would write, holding one row at a time."""
    names = [f"\n    {encoded(name)}: " for name in sheet.names()]
    between = "[\n  "
    for row in sheet.rows:
        members = (name + _member(cell) for name, cell in zip(names, row, strict=True))
        out.write(f"{between}{{{','.join(members)}\n  }}")
        between = ",\n  "
    out.write("[]\n" if between.startswith("[") else "\n]\n")


def _member(cell: Cell) -> str:
    """The value with its further lines indented; only what holds others needs the slower way to write."""
    value = as_json(cell)
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False, indent=2).replace("\n", "\n    ")  # inside a text it is written \n
    return encoded(value)
