"""A workbook of one sheet: machine values under the headings that people read, and nothing that is a formula."""

import sys
import traceback
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from storage.errors import Refused
from storage.exports.formats.cells import as_json, as_text
from storage.exports.formats.registry import file_format
from storage.exports.formats.sheet import Cell, Sheet, Switches

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

MOST_ROWS: Final = 1_048_575
"""How many rows the format has, the headings left out."""

MOST_LETTERS: Final = 32_767
"""How many characters fit into one cell, in units of UTF-16."""


@file_format("xlsx", suffix=".xlsx", title="Excel workbook")
def write(sheet: Sheet, path: Path, _switches: Switches) -> None:
    """Write the headings, which stay in sight, and each row; Refused when there are more than a sheet has."""
    from xlsxwriter import Workbook  # here, since it costs more to load than any other format

    with (
        TemporaryDirectory(prefix="parley-") as folder,
        _as_the_system_says(),
        Workbook(str(path), {"constant_memory": True, "tmpdir": folder}) as book,
    ):
        book.use_zip64()
        page = book.add_worksheet("Parley", worksheet_class=_sheet_class())
        bold = book.add_format({"bold": True})
        for column, heading in enumerate(sheet.headings):
            page.write_string(0, column, _cut(heading.label), bold)
        page.freeze_panes(1, 0)
        for number, row in enumerate(sheet.rows, 1):
            if number > MOST_ROWS:
                raise Refused(f"An xlsx sheet holds {MOST_ROWS:,} rows, and here are more; csv holds any number.")
            _write_row(page, number, row)


@contextmanager
def _as_the_system_says() -> Iterator[None]:
    """The OSError itself in place of the library's own error around it."""
    from xlsxwriter.exceptions import FileCreateError

    try:
        yield
    except FileCreateError as error:
        _forget_archive(error)
        raise OSError(*error.args[0].args) from error


def _forget_archive(error: Exception) -> None:
    """Free the ZipFile that XlsxWriter left open; its destructor fails again, and that must not be printed."""
    heard, sys.unraisablehook = sys.unraisablehook, lambda _: None
    try:
        for each in (error, error.__context__):
            traceback.clear_frames(each.__traceback__ if each else None)
    finally:
        sys.unraisablehook = heard


def _write_row(page: "Worksheet", number: int, row: Sequence[Cell]) -> None:
    """Each cell by its own type, so that no text is taken for a number, a link or a formula."""
    for column, cell in enumerate(row):
        if isinstance(cell, str):  # as nearly all are
            if cell:
                page.write_string(number, column, _cut(cell))
        elif isinstance(value := as_json(cell), bool):
            page.write_boolean(number, column, value)
        elif isinstance(value, int | float):
            page.write_number(number, column, value)
        elif value is not None and (text := as_text(cell)):
            page.write_string(number, column, _cut(text))


def _cut(text: str) -> str:
    """The text, or as much of it as the format has room for, ending in …"""
    if len(text) * 2 <= MOST_LETTERS or len(text.encode("utf-16-le")) // 2 <= MOST_LETTERS:
        return text
    return text.encode("utf-16-le")[: 2 * (MOST_LETTERS - 1)].decode("utf-16-le", "ignore") + "…"


def _sheet_class() -> type["Worksheet"]:
    from xlsxwriter.worksheet import Worksheet

    class TextIsText(Worksheet):  # type: ignore[misc]  # the library comes without types
        """XlsxWriter takes a text that begins with <r> and ends with </r> for markup, and is slow to escape nothing."""

        def _xml_rich_inline_string(self, string: str, attributes: list[tuple[str, object]]) -> None:
            self._xml_inline_string(string, True, attributes)

        @staticmethod
        def _escape_control_characters(data: object) -> object:
            """A text itself where there can be nothing to escape: to look for it was a fifth of the whole workbook."""
            if isinstance(data, str) and data.isprintable() and "_x" not in data:
                return data
            return Worksheet._escape_control_characters(data)

    return TextIsText
