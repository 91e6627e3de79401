"""A Markdown table as people read it, with nothing in a cell that Markdown takes for its own."""

import re
from typing import Final, TextIO

from storage.exports.formats.cells import as_one_line
from storage.exports.formats.registry import text_format
from storage.exports.formats.sheet import Cell, Sheet, Switches

MEANS_SOMETHING: Final = "&<\\`*_[]|~"
ESCAPES: Final = str.maketrans({sign: {"&": "&amp;", "<": "&lt;"}.get(sign, f"\\{sign}") for sign in MEANS_SOMETHING})
"""What starts a construct inside a line; what only the start of a line would make one is harmless in a cell."""

means_something: Final = re.compile(f"[{re.escape(MEANS_SOMETHING)}]").search


@text_format("md", suffix=".md", title="Markdown", for_people=True)
def write(sheet: Sheet, out: TextIO, _switches: Switches) -> None:
    """Write the headings, the rule under them and each row as one line."""
    if sheet.heading:
        out.write(f"# {escaped(sheet.heading)}\n\n")
    out.write(_line([escaped(heading.label) for heading in sheet.headings]))
    out.write(_line(["---"] * len(sheet.headings)))
    for row in sheet.rows:
        out.write(_line([escaped(cell) for cell in row]))


def escaped(cell: Cell) -> str:
    """The cell as Markdown that shows exactly its text; controls replaced, a line end as <br>."""
    return as_one_line(cell, _escaped)


def _escaped(line: str) -> str:
    return line.translate(ESCAPES) if means_something(line) else line


def _line(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |\n"
