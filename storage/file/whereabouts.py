"""Does a path still lead to the file that was opened there? What is written into another one would be lost."""

import os
from pathlib import Path
from typing import Final

from storage.errors import CannotOpen, NotSaved

BESIDE: Final = ("-wal", "-shm")
"""What SQLite keeps beside an open file; the newest steps are there until it is closed."""

Identity = tuple[int, int] | None


class Whereabouts:
    """Which file a path leads to when it is opened, and later whether it still does."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._known = {str(path): _identity(str(path))}

    def know_what_lies_beside(self) -> None:
        """Know the files beside an open dossier, too; nobody takes them away while it is open, unless by mistake."""
        real = os.path.realpath(self._path)
        self._known |= {real + end: found for end in BESIDE if (found := _identity(real + end))}

    def refuse_to_save(self) -> None:
        """NotSaved when a step would go into a file that nobody finds at the path any more."""
        if self._moved():
            raise NotSaved(
                f"Not saved: another program has moved, deleted or replaced {self._path.name}. "
                "Put it back, or leave and open it again."
            )

    def same_path(self) -> Path:
        """The path, which may be opened once more; CannotOpen when it leads to another file by now."""
        if self._moved():
            raise CannotOpen(f"Another program has moved, deleted or replaced {self._path}. Open it again.")
        return self._path

    def _moved(self) -> bool:
        return any(_identity(path) != identity for path, identity in self._known.items())


def _identity(path: str) -> Identity:
    """What tells a file from every other one; None where there is none."""
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_dev, found.st_ino
