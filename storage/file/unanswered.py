"""Why a question was not answered: SQLite refused, a newer one came, or the file holds what no dossier may hold."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from storage.errors import CannotOpen
from storage.file.connection import refusal


@contextmanager
def explained(path: Path, reading: Callable[[], sqlite3.Connection]) -> Iterator[None]:
    """Whatever fails inside fails with a sentence, unless the fault is our own.

    Other programs write without asking for references (SQLite itself leaves them alone unless it is told), and of a
    large file not every value is looked at. Who reckons with records relies on both, so what then fails may be blamed
    on the file; whether it is to blame is asked only then.
    """
    try:
        try:
            yield
        except (LookupError, TypeError, ValueError) as error:
            from storage.checking import first_error

            found = first_error(reading())
            if found is None:
                raise
            raise CannotOpen(
                f"This can't be told, since the dossier holds what none may hold: {found.kind} {found.key}: "
                f"{found.sentence} `parley check` names all of it."
            ) from error
    except sqlite3.Error as error:
        raise refusal(path, error, "read") from error
