"""One JSON array of objects under field names, indented by two spaces."""

import json
from typing import TextIO

from storage.formats.cells import as_json
from storage.formats.registry import text_format
from storage.formats.sheet import Sheet, Switches


@text_format("json", suffix=".json", title="JSON", nests=True)
def write(sheet: Sheet, out: TextIO, _switches: Switches) -> None:
    """Write the array that json.dumps(rows, indent=2) would write, holding one row at a time."""
    names = sheet.names()
    between = "[\n  "
    for row in sheet.rows:
        text = json.dumps(dict(zip(names, map(as_json, row), strict=True)), ensure_ascii=False, indent=2)
        out.write(between + text.replace("\n", "\n  "))  # a newline inside a value is written \n
        between = ",\n  "
    out.write("[]\n" if between.startswith("[") else "\n]\n")
