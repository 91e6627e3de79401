"""What SQLite keeps beside a file: the log with the newest steps, what its readers share, and a journal."""

import os
from pathlib import Path
from typing import Final

LOG_ENDING: Final = "-wal"
JOURNAL_ENDING: Final = "-journal"

BESIDE: Final = (LOG_ENDING, "-shm")
"""What is kept beside an open file; the newest steps are there until it is closed."""

SIDE_FILES: Final = (*BESIDE, JOURNAL_ENDING)
"""All that may ever be kept beside a file."""


def owner_of(path: Path) -> Path | None:
    """The file that SQLite would take this one for a part of, and clear it away; None where there is none."""
    real = os.path.realpath(path)
    owners = (real.removesuffix(ending) for ending in SIDE_FILES if real.endswith(ending))
    return next((Path(owner) for owner in owners if os.path.isfile(owner)), None)


def log_beside(path: Path) -> Path | None:
    """The log that SQLite would play into this file; None where there is none, or nothing in it."""
    log = Path(os.path.realpath(path) + LOG_ENDING)
    try:
        return log if log.stat().st_size else None
    except OSError:
        return None


def remove(path: Path) -> None:
    """Take away a file that Parley has made, with all that SQLite has kept beside it."""
    for ending in ("", *SIDE_FILES):
        path.with_name(path.name + ending).unlink(missing_ok=True)
