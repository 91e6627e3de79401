"""A file is replaced whole or not at all."""

import errno
import os
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TextIO

from storage.errors import NotSaved, StorageError
from storage.printable import ForTerminal


@contextmanager
def replacing(target: Path) -> Iterator[TextIO]:
    """A UTF-8 file that takes the target's place when the block ends well; otherwise the target stays as it was.

    A symlink is followed. A pipe or device has no old content to keep, and is written straight;
    a terminal is given only what may be printed.
    Raises NotSaved, with a sentence, where the system refuses.
    """
    with _told_if_refused(target):
        if _is_no_file(target):
            with target.open("w", encoding="utf-8", newline="") as out:
                yield ForTerminal(out) if out.isatty() else out  # type: ignore[misc]  # it is written to, no more
        else:
            with _beside(target) as temporary, temporary.open("w", encoding="utf-8", newline="") as out:
                yield out


@contextmanager
def replacing_by_path(target: Path) -> Iterator[Path]:
    """An empty file, for a writer that opens it itself, that takes the target's place when the block ends well.

    A symlink is followed; what is no file is refused, since it can't be replaced. Raises NotSaved.
    """
    with _told_if_refused(target):
        if _is_no_file(target):
            raise NotSaved(f"{target} is not written: it is not a file.")
        with _beside(target) as temporary:
            yield temporary


@contextmanager
def _told_if_refused(target: Path) -> Iterator[None]:
    """What the system refuses inside is NotSaved, but for a reader that has gone, which is no fault of the target."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise NotSaved(f"{target} is not written: {error.strerror or 'the system refuses'}.") from error


def _is_no_file(path: Path) -> bool:
    """True of what exists and is neither a file nor a folder; a link to a pipe may name no path of its own."""
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        return False
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(0, "it is a folder")
    return not stat.S_ISREG(mode)


@contextmanager
def _beside(named: Path) -> Iterator[Path]:
    """An empty file in the target's folder, to which a link leads, that takes its place at the end, or is gone."""
    target = Path(os.path.realpath(named))
    handle, name = tempfile.mkstemp(prefix=".parley-", suffix=".part", dir=target.parent)
    temporary = Path(name)
    try:
        with suppress(FileNotFoundError):  # a new file keeps the 0600 that it was made with
            os.fchmod(handle, stat.S_IMODE(target.stat().st_mode) & 0o777)
        yield temporary
        os.fsync(handle)
        os.replace(temporary, target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    finally:
        os.close(handle)
    sync_name(target, str(named))


def sync_name(path: Path, called: str) -> None:
    """Wait until the disk holds the name of a file that stands in its place; nobody can where none may read the folder.

    Some file systems of networks and of guests of a machine know no way to wait for that, either.
    """
    try:
        sync(path.parent)
    except OSError as error:
        if error.errno not in (errno.EACCES, errno.EPERM, errno.EINVAL):
            raise StorageError(
                f"{called} is written, but may be gone after a power cut: {error.strerror or 'the system refuses'}."
            ) from error


def sync(path: Path) -> None:
    """Wait until the disk holds what a file holds, or which names stand in a folder."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
