"""One JSON object a line, for programs that read row by row."""

import json
from collections.abc import Sequence
from itertools import chain
from typing import TextIO

from storage.exports.formats.cells import as_json
from storage.exports.formats.in_sql import Block, Column, InSql, json_value
from storage.exports.formats.registry import text_format
from storage.exports.formats.sheet import Sheet, Switches


def objects(columns: Sequence[Column]) -> list[str]:
    """The whole line as one cell."""
    members = (f"'{column.name}', {json_value(column)}" for column in columns)
    return [f"json_object({', '.join(members)})"]


def lines(rows: Block) -> bytes:
    """The objects, each with its end."""
    return b"\n".join(chain.from_iterable(rows)) + b"\n"


@text_format("ndjson", suffix=".ndjson", title="JSON, one row a line", nests=True, in_sql=InSql(objects, lines))
def write(sheet: Sheet, out: TextIO, _switches: Switches) -> None:
    """Write each row as one JSON object under its field names, without blanks, as SQLite's json_object() does."""
    names = sheet.names()
    for row in sheet.rows:
        values = dict(zip(names, map(as_json, row), strict=True))
        out.write(json.dumps(values, ensure_ascii=False, separators=(",", ":")) + "\n")
