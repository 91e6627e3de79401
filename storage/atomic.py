"""A file is replaced whole or not at all."""

import os
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TextIO

from storage.errors import NotSaved


@contextmanager
def replacing(target: Path) -> Iterator[TextIO]:
    """A UTF-8 file that takes the target's place when the block ends well; otherwise the target stays as it was.

    A symlink is followed. A pipe or device has no old content to keep, and is written straight.
    Raises NotSaved, with a sentence, where the system refuses.
    """
    try:
        real = Path(os.path.realpath(target))
        if _is_no_file(real):
            with real.open("w", encoding="utf-8", newline="") as out:
                yield out
        else:
            with _through_temporary(real) as out:
                yield out
    except BrokenPipeError:
        raise
    except OSError as error:
        raise NotSaved(f"{target} is not written: {error.strerror or 'the system refuses'}.") from error


def _is_no_file(path: Path) -> bool:
    """True of what exists and is neither a file nor a folder."""
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        return False
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(0, "it is a folder")
    return not stat.S_ISREG(mode)


@contextmanager
def _through_temporary(target: Path) -> Iterator[TextIO]:
    handle, temporary = tempfile.mkstemp(prefix=".parley-", suffix=".part", dir=target.parent)
    try:
        with open(handle, "w", encoding="utf-8", newline="") as out:
            with suppress(FileNotFoundError):  # a new file keeps the 0600 that it was made with
                os.fchmod(handle, stat.S_IMODE(target.stat().st_mode) & 0o777)
            yield out
            out.flush()
            os.fsync(handle)
        os.replace(temporary, target)
    except BaseException:
        with suppress(FileNotFoundError):
            os.unlink(temporary)
        raise
    _sync_folder(target.parent)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
