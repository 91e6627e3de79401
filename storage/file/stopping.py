"""Long work on a connection that can be stopped from outside, whatever SQLite is doing at that moment."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from storage.errors import Cancelled

STOPPED: Final = "Stopped; nothing was written."

STEPS_BETWEEN_LOOKS: Final = 50_000
"""Steps of SQLite's machine between two looks, a few milliseconds; the look itself costs nothing."""


@contextmanager
def stoppable(connection: sqlite3.Connection, cancelled: Callable[[], bool] | None, sentence: str) -> Iterator[None]:
    """What SQLite does inside ends as Cancelled, with this sentence, soon after `cancelled` says True."""
    if cancelled is None:
        yield
        return
    connection.set_progress_handler(cancelled, STEPS_BETWEEN_LOOKS)
    try:
        yield
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode == sqlite3.SQLITE_INTERRUPT:
            raise Cancelled(sentence) from error
        raise
    finally:
        connection.set_progress_handler(None, 0)
