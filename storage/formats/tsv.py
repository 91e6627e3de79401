r"""Tab-separated values: one line a row, whatever the values hold, by \t, \n, \r and \\ inside them."""

from typing import Final, TextIO

from storage.formats.cells import as_text
from storage.formats.registry import text_format
from storage.formats.sheet import Sheet, Switches

ESCAPES: Final = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


@text_format("tsv", suffix=".tsv", title="TSV", takes=("headers", "bom", "guard"))
def write(sheet: Sheet, out: TextIO, switches: Switches) -> None:
    """Write a header and each row as one line of cells parted by tabs."""
    if switches.bom:
        out.write("\ufeff")
    if switches.headers:
        out.write("\t".join(name.translate(ESCAPES) for name in sheet.names()) + "\n")
    for row in sheet.rows:
        out.write("\t".join(as_text(cell, switches.guard).translate(ESCAPES) for cell in row) + "\n")
