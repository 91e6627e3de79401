"""Comma-separated values as RFC 4180 has them."""

import csv
import re
from collections.abc import Sequence
from typing import Final, TextIO

from storage.exports.formats.cells import as_text
from storage.exports.formats.in_sql import Block, InSql, texts
from storage.exports.formats.registry import text_format
from storage.exports.formats.sheet import Sheet, Switches

needs_quotes: Final = re.compile(b'[,"\r\n]').search


def lines(rows: Block) -> bytes:
    """The rows as csv.writer has them, in half its time."""
    text = b"\r\n".join(map(b",".join, rows))
    commas, ends = len(rows) * (len(rows[0]) - 1), len(rows) - 1
    if not commas or b'"' in text or (text.count(b","), text.count(b"\r"), text.count(b"\n")) != (commas, ends, ends):
        columns = map(_quoted, zip(*rows, strict=True))
        # a row of nothing but one empty cell would be no row to a reader
        text = b"\r\n".join([b",".join(row) or b'""' for row in zip(*columns, strict=True)])
    return text + b"\r\n"


@text_format("csv", suffix=".csv", title="CSV", takes=("headers", "bom", "guard"), in_sql=InSql(texts, lines))
def write(sheet: Sheet, out: TextIO, switches: Switches) -> None:
    """Write a header and each row as one record, lines ended by CR LF."""
    if switches.bom:
        out.write("\ufeff")
    writer = csv.writer(out)
    if switches.headers:
        writer.writerow(sheet.names())
    writer.writerows([as_text(cell, switches.guard) for cell in row] for row in sheet.rows)


def _quoted(column: Sequence[bytes]) -> Sequence[bytes]:
    """The cells of a column, looked at all together where nothing in them has to be quoted."""
    if not needs_quotes(b" ".join(column)):
        return column
    return [b'"%b"' % cell.replace(b'"', b'""') if needs_quotes(cell) else cell for cell in column]
