"""One JSON array of objects under field names, indented by two spaces."""

import json
from typing import Final, TextIO

from storage.exports.formats.cells import as_json
from storage.exports.formats.registry import text_format
from storage.exports.formats.sheet import Cell, Sheet, Switches

encoded: Final = json.JSONEncoder(ensure_ascii=False).encode


@text_format("json", suffix=".json", title="JSON", nests=True)
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
