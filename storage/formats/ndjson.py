"""One JSON object a line, for programs that read row by row."""

import json
from typing import TextIO

from storage.formats.cells import as_json
from storage.formats.registry import text_format
from storage.formats.sheet import Sheet, Switches


@text_format("ndjson", suffix=".ndjson", title="JSON, one row a line", nests=True)
def write(sheet: Sheet, out: TextIO, _switches: Switches) -> None:
    """Write each row as one JSON object under its field names, without blanks, as SQLite's json_object() does."""
    names = sheet.names()
    for row in sheet.rows:
        values = dict(zip(names, map(as_json, row), strict=True))
        out.write(json.dumps(values, ensure_ascii=False, separators=(",", ":")) + "\n")
