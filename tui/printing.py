"""stdout: exact bytes for a pipe or a file, and for a terminal nothing that could drive it."""

import io
import re
import sys
from typing import Final, TextIO

from storage import plain

BREAKS: Final = re.compile(r"(\r?\n|\t)")


class _Plainly(io.TextIOBase):
    """A text stream that lets a terminal have only what may be printed, line ends and tabs apart."""

    def __init__(self, terminal: TextIO) -> None:
        self._terminal = terminal

    def write(self, text: str) -> int:
        parts = BREAKS.split(text)
        parts[::2] = [plain(part) for part in parts[::2]]
        self._terminal.write("".join(parts))
        return len(text)


def data_out() -> TextIO:
    """Where data is written; line ends stay as they are given."""
    out = sys.stdout
    if out.isatty():
        return _Plainly(out)  # type: ignore[return-value]  # of a TextIO the formats use write alone
    if isinstance(out, io.TextIOWrapper):
        out.reconfigure(encoding="utf-8", newline="")
    return out


def print_line(line: str) -> None:
    """Write one line of an answer; a line break in the data does not make two of it."""
    sys.stdout.write(f"{plain(line)}\n")
