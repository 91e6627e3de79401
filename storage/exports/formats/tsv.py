r"""Tab-separated values: one line a row, whatever the values hold, by \t, \n, \r and \\ inside them."""

from typing import Final, TextIO

from storage.exports.formats.cells import as_text
from storage.exports.formats.in_sql import Block, InSql, texts
from storage.exports.formats.registry import text_format
from storage.exports.formats.sheet import Sheet, Switches

ESCAPES: Final = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def lines(rows: Block) -> bytes:
    """The rows as they are, where nothing in them has to be escaped."""
    text = b"\n".join(map(b"\t".join, rows))
    tabs, ends = len(rows) * (len(rows[0]) - 1), len(rows) - 1
    if b"\\" in text or b"\r" in text or (text.count(b"\t"), text.count(b"\n")) != (tabs, ends):
        text = b"\n".join([b"\t".join(map(_escaped, row)) for row in rows])
    return text + b"\n"


@text_format("tsv", suffix=".tsv", title="TSV", takes=("headers", "bom", "guard"), in_sql=InSql(texts, lines))
def write(sheet: Sheet, out: TextIO, switches: Switches) -> None:
    """Write a header and each row as one line of cells parted by tabs."""
    if switches.bom:
        out.write("\ufeff")
    if switches.headers:
        out.write("\t".join(name.translate(ESCAPES) for name in sheet.names()) + "\n")
    for row in sheet.rows:
        out.write("\t".join(as_text(cell, switches.guard).translate(ESCAPES) for cell in row) + "\n")


def _escaped(cell: bytes) -> bytes:
    return cell.replace(b"\\", b"\\\\").replace(b"\t", b"\\t").replace(b"\n", b"\\n").replace(b"\r", b"\\r")
