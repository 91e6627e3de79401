"""An export of the screen, apart from its dialog: what leaves and how, its first lines, its command, and doing it."""

import asyncio
import io
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from storage import (
    FORMATS,
    SQLITE,
    Cancelled,
    Format,
    Question,
    StorageError,
    Store,
    Switches,
    View,
    command_line,
    counted_rows,
    format_of,
    outgoing,
    plain,
)
from tui.progress import Progress

PREVIEW_LINES: Final = 5

FORMS: Final = {**FORMATS, SQLITE.name: SQLITE}
"""Every form in which something leaves, by its name."""

OF_THE_DOSSIER: Final = (SQLITE, FORMATS["json"])
"""The forms that hold a whole dossier; sqlite holds nothing else."""


@dataclass(frozen=True, slots=True)
class Order:
    """What leaves and how: everything that one export needs to know."""

    view: View | Question | None
    """None is the whole dossier."""
    format: Format
    switches: Switches
    internal: bool
    target: Path | None
    """None is the clipboard."""


def form_of(file_name: str) -> Format | None:
    """The form that the end of a file's name stands for, if it stands for one."""
    return SQLITE if file_name.lower().endswith(SQLITE.suffix) else format_of(file_name)


def command_of(store: Store, order: Order) -> str:
    """`parley export ...`, which does the same, as it may be printed; empty where none does."""
    return plain(command_line(store, order.view, order.format, order.target, order.switches, order.internal) or "")


def first_lines(store: Store, order: Order) -> list[str]:
    """The beginning of the file; a sentence about one that has no lines."""
    if order.format is SQLITE:
        return ["A dossier of its own, which Parley opens, without the log of this one."]
    if order.format.write_file:
        return ["A workbook has no lines to show here."]
    out = _FirstLines()
    with suppress(StorageError):  # the lines wanted are there, or none can be read: the export itself will say why
        _write(store, order, out, Progress())
    return out.getvalue().splitlines()[:PREVIEW_LINES]


async def carried_out(store: Store, order: Order, progress: Progress) -> tuple[str, str]:
    """What has left, in words, and the text for the clipboard, empty if it went to a file."""
    out = io.StringIO()
    what = await asyncio.to_thread(_write, store, order, order.target or out, progress)
    return what, out.getvalue()


class _FirstLines(io.StringIO):
    """Stops whoever writes more than is shown."""

    def write(self, text: str) -> int:
        if self.getvalue().count("\n") > PREVIEW_LINES:
            raise Cancelled("There are enough lines.")
        return super().write(text)


def _write(store: Store, order: Order, out: Path | io.StringIO, progress: Progress) -> str:
    """Write what was ordered; what that was, in words."""
    with outgoing(store, internal=order.internal) as leaving:
        if order.view is None:
            leaving.write_dossier(order.format, out, progress.is_cancelled)
            return "The whole dossier"
        rows = leaving.write_view(
            order.view,
            order.format,
            out,
            switches=order.switches,
            progress=progress.report,
            cancelled=progress.is_cancelled,
        )
        return counted_rows(rows)
