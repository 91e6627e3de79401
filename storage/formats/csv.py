"""Comma-separated values as RFC 4180 has them."""

import csv
from typing import TextIO

from storage.formats.cells import as_text
from storage.formats.registry import text_format
from storage.formats.sheet import Sheet, Switches


@text_format("csv", suffix=".csv", title="CSV", takes=("headers", "bom", "guard"))
def write(sheet: Sheet, out: TextIO, switches: Switches) -> None:
    """Write a header and each row as one record, lines ended by CR LF."""
    if switches.bom:
        out.write("\ufeff")
    lines = csv.writer(out)
    if switches.headers:
        lines.writerow(sheet.names())
    lines.writerows([as_text(cell, switches.guard) for cell in row] for row in sheet.rows)
