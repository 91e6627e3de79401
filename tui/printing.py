"""stdout: exact bytes for a pipe or a file, and for a terminal nothing that could drive it."""

import io
import sys
from typing import TextIO

from storage import ForTerminal, plain


def data_out() -> TextIO:
    """Where data is written; line ends stay as they are given."""
    out = sys.stdout
    if out.isatty():
        return ForTerminal(out)  # type: ignore[return-value]  # of a TextIO the formats use write alone
    if isinstance(out, io.TextIOWrapper):
        out.reconfigure(encoding="utf-8", newline="")
    return out


def print_line(line: str) -> None:
    """Write one line of an answer; a line break in the data does not make two of it."""
    sys.stdout.write(f"{plain(line)}\n")
