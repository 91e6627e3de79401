"""What is left of a fault of the interpreter itself, after which no line of Python runs: where each thread stood."""

import atexit
import faulthandler
import fcntl
import os
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import TextIO

from tui.ending import new_report


@cache
def report_faults() -> None:
    """From now on a fault (a segmentation fault, an abort) leaves a report; a run without one leaves nothing.

    The report names files, lines and functions, and holds no data. Asked for again, this changes nothing.
    """
    with suppress(OSError):  # nothing else depends on the report
        path = new_report("fault")
        file = path.open("w", encoding="utf-8")
        fcntl.flock(file, fcntl.LOCK_EX)  # so that others see that it is in use
        atexit.register(_forget, file)
        faulthandler.enable(file)
        _sweep(path.parent)


def _forget(report: TextIO) -> None:
    """No fault has come."""
    faulthandler.disable()
    report.close()
    with suppress(OSError):
        os.unlink(report.name)


def _sweep(folder: Path) -> None:
    """Take away the empty reports of runs that were killed."""
    for path in folder.glob("fault-*.txt"):
        with suppress(BlockingIOError), path.open("r+", encoding="utf-8") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if not os.fstat(file.fileno()).st_size:
                path.unlink()
