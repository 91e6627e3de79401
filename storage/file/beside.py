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


def log_beside(path: Path) -> Path | None:
    """The log that SQLite would play into this file; None where there is none, or nothing in it."""
    log = Path(os.path.realpath(path) + LOG_ENDING)
    try:
        return log if log.stat().st_size else None
    except OSError:
        return None
