"""A page with one table as people read it: no script, nothing from elsewhere, and text that is only text."""

import html
import re
from typing import Final, TextIO

from storage.exports.formats.cells import as_one_line
from storage.exports.formats.registry import text_format
from storage.exports.formats.sheet import Cell, Sheet, Switches

ADDRESS: Final = re.compile(r"https?://[^\s<>\"'`\\]+", re.ASCII | re.IGNORECASE)
"""What becomes a link when it is all that a cell holds; no other scheme does."""

START: Final = """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width">
<title>{title}</title>
<style>
body {{ font: 0.9rem/1.4 system-ui, sans-serif; margin: 2rem; }}
table {{ border-collapse: collapse; }}
th, td {{ border: 1px solid #8888; padding: 0.3rem 0.6rem; text-align: start; vertical-align: top; }}
th {{ background: #8882; position: sticky; top: 0; }}
</style>
</head>
<body>
"""


@text_format("html", suffix=".html", title="HTML", for_people=True)
def write(sheet: Sheet, out: TextIO, _switches: Switches) -> None:
    """Write a whole page: what it is about, the headings, and each row as one line."""
    out.write(START.format(title=escaped(sheet.heading) or "Parley"))
    if sheet.heading:
        out.write(f"<h1>{escaped(sheet.heading)}</h1>\n")
    out.write("<table>\n<thead>\n")
    out.write(_line([f"<th>{escaped(each.label)}</th>" for each in sheet.headings]))
    out.write("</thead>\n<tbody>\n")
    for row in sheet.rows:
        out.write(_line([f'<td dir="auto">{_linked(cell)}</td>' for cell in row]))
    out.write("</tbody>\n</table>\n</body>\n</html>\n")


def escaped(cell: Cell) -> str:
    """The cell as HTML that shows exactly its text; controls replaced, a line end as <br>."""
    return as_one_line(cell, html.escape)


def _linked(cell: Cell) -> str:
    text = escaped(cell)
    if isinstance(cell, str) and ADDRESS.fullmatch(cell):
        return f'<a href="{text}" rel="noreferrer">{text}</a>'
    return text


def _line(cells: list[str]) -> str:
    return f"<tr>{''.join(cells)}</tr>\n"
