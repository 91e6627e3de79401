r"""Lines of cells out of csv and tsv, read strictly: each with the line on which it starts.

What can't be read is BadInput with its line; nothing after it is looked at.
"""

import csv
import re
from collections.abc import Iterator
from itertools import chain
from typing import BinaryIO, Final

from storage.errors import BadInput

Cells = tuple[int, list[str]]
"""The line on which a row starts, and its cells."""

LONGEST_LINE: Final = 10_000_000
"""Bytes."""

LONGEST_CELL: Final = 1_000_000
"""Characters; no value of a record is as long."""

BOM: Final = "\ufeff"
ESCAPE: Final = re.compile(r"\\(.?)", re.DOTALL)
ESCAPED: Final = {"t": "\t", "n": "\n", "r": "\r", "\\": "\\"}


def csv_rows(data: BinaryIO, name: str) -> Iterator[Cells]:
    """Every row of csv as RFC 4180 has it, the header first; lines without anything are left out.

    Where the comma is for decimals spreadsheets write semicolons between cells; the header tells.
    """
    csv.field_size_limit(LONGEST_CELL)
    lines = text_lines(data, name)
    header = next(lines, "")
    separator = ";" if ";" in header and "," not in header else ","
    reader = csv.reader(chain((header,), lines), strict=True, delimiter=separator)
    while True:
        starts = reader.line_num + 1
        try:
            cells = next(reader, None)
        except csv.Error as error:
            raise BadInput([f"{name}: line {starts}: {_csv_fault(str(error))}"]) from None
        if cells is None:
            return
        if cells:
            yield starts, cells


def tsv_rows(data: BinaryIO, name: str) -> Iterator[Cells]:
    r"""Every line of tsv as cells with \t, \n, \r and \\ undone; lines without anything are left out."""
    for number, line in enumerate(text_lines(data, name), 1):
        bare = line.removesuffix("\n").removesuffix("\r")
        if bare:
            yield number, [_unescaped(cell, f"{name}: line {number}") for cell in bare.split("\t")]


def byte_lines(data: BinaryIO, name: str) -> Iterator[bytes]:
    """The lines of the data, none of them so long that it would fill the memory."""
    number = 0
    while line := data.readline(LONGEST_LINE):
        number += 1
        if len(line) == LONGEST_LINE and not line.endswith(b"\n"):
            raise BadInput([f"{name}: line {number}: it is longer than {LONGEST_LINE:,} bytes."])
        yield line


def text_lines(data: BinaryIO, name: str) -> Iterator[str]:
    """The lines as text, without the byte order mark that may stand before the first."""
    for number, line in enumerate(byte_lines(data, name), 1):
        try:
            text = line.decode("utf-8")
        except UnicodeDecodeError:
            said = "it is not UTF-8 text; save it as UTF-8, which spreadsheets may call CSV UTF-8."
            raise BadInput([f"{name}: line {number}: {said}"]) from None
        yield text.removeprefix(BOM) if number == 1 else text


def _csv_fault(said: str) -> str:
    """What the csv module objects to, as a person would say it."""
    if "field limit" in said:
        return f"a cell is longer than {LONGEST_CELL:,} characters."
    if "unexpected end" in said:
        return 'a cell that starts with " never ends; close it with another ".'
    if "new-line character" in said:
        return "a carriage return stands in a cell without quotes; end lines with LF or CR LF."
    return 'after the closing " of a cell there is more; write a " inside a cell as "".'


def _unescaped(cell: str, place: str) -> str:
    if "\\" not in cell:
        return cell

    def undone(match: re.Match[str]) -> str:
        if match[1] not in ESCAPED:
            raise BadInput([f"{place}: a backslash in tsv is written \\\\; only \\t, \\n and \\r mean something."])
        return ESCAPED[match[1]]

    return ESCAPE.sub(undone, cell)
