"""Is the file still the one that was opened, and whole? What is written into another or a broken one would be lost."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import chain
from pathlib import Path
from typing import Final

from storage.errors import CannotOpen, NotSaved, StorageError
from storage.file.beside import BESIDE, LOG_ENDING
from storage.file.connection import connect
from storage.file.recognising import HEADER_BYTES, header_of, refuse_strange_schema
from storage.file.schema import APPLICATION_ID

MOST_OPEN_FILES: Final = 1_024
"""How far the numbers of open files are looked through for that of the dossier."""

Identity = tuple[int, int] | None


class Whereabouts:
    """Which file a path leads to when it is opened, and later what others have done to it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._known = {str(path): _identity(str(path))}
        self._bytes = 0
        """How large the file was when it was looked at last."""
        self._opened_as = -1
        """The number under which SQLite had the file open when that was looked for last."""
        self._schema = -1
        """The number of the schema that was looked at last; SQLite raises it at each change."""
        self._keeper: sqlite3.Connection | None = None
        """Open from the first step on; closed as the last one, it leaves the log alone, since it may only read."""

    def know_what_lies_beside(self) -> None:
        """Know the files beside an open dossier, too; nobody takes them away while it is open, unless by mistake."""
        real = os.path.realpath(self._path)
        self._known |= {real + end: found for end in BESIDE if (found := _identity(real + end))}
        self._note_size()

    def begin_step(self, connection: sqlite3.Connection) -> None:
        """Open the keeper if this is the first step, and look, inside a transaction, at the schema.

        NotSaved when the file is no longer the one that was opened, or when others have made the schema a strange one.
        """
        if self._keeper is None and any(path.endswith(LOG_ENDING) for path in self._known):
            self.refuse_to_save()
            self._keeper = connect(self._path, "ro")
            self._keeper.execute("PRAGMA schema_version").fetchone()  # from here on it counts as one that is open
        schema = connection.execute("PRAGMA schema_version").fetchone()[0]
        if schema != self._schema:
            try:
                refuse_strange_schema(connection, self._path)
            except StorageError as error:
                raise NotSaved(f"Not saved: another program has changed the tables. {error}") from error
            self._schema = schema

    def refuse_to_save(self) -> None:
        """NotSaved when a step would go into a file that nobody finds at the path any more, or that is broken."""
        if self._moved():
            raise NotSaved(
                f"Not saved: another program has moved, deleted or replaced {self._path.name}. "
                "Put it back, or leave and open it again."
            )
        if self._is_overwritten():
            raise NotSaved(
                f"Not saved: another program has overwritten {self._path.name} or cut it off. "
                "Leave, and go back to a backup; `parley check` tells what is left."
            )
        self._note_size()

    def same_path(self) -> Path:
        """The path, which may be opened once more; CannotOpen when it leads to another file by now."""
        if self._moved():
            raise CannotOpen(f"Another program has moved, deleted or replaced {self._path}. Open it again.")
        return self._path

    @contextmanager
    def log_kept_from_ruins(self) -> Iterator[None]:
        """All connections are closed inside; the last one moves the log into the file unless that is overwritten."""
        keeper, self._keeper = self._keeper, None
        if keeper is None:
            yield
        elif self._is_overwritten():
            with closing(keeper):
                yield
        else:
            keeper.close()
            yield

    def _moved(self) -> bool:
        return any(_identity(path) != identity for path, identity in self._known.items())

    def _is_overwritten(self) -> bool:
        """True when the file no longer has a header of ours, or has shrunk and is shorter than that says.

        It is only shorter for a moment while another program moves its log into it, and has only shrunk after a VACUUM.
        """
        number = self._number()
        if number is None:
            return False
        header, size = header_of(os.pread(number, HEADER_BYTES, 0)), os.fstat(number).st_size
        return header is None or header.application_id != APPLICATION_ID or size < min(self._bytes, header.size)

    def _note_size(self) -> None:
        """Know how large the file is, so that it shows when it shrinks."""
        number = self._number()
        if number is not None:
            self._bytes = os.fstat(number).st_size

    def _number(self) -> int | None:
        """The number under which SQLite has the file open: to open and close it once more would drop its locks."""
        known = self._known[str(self._path)]
        numbers = chain([self._opened_as], range(3, MOST_OPEN_FILES))
        self._opened_as = next((each for each in numbers if _identity(each) == known), -1)
        return None if self._opened_as < 0 else self._opened_as


def _identity(path: str | int) -> Identity:
    """What tells a file from every other one; None where there is none."""
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_dev, found.st_ino
