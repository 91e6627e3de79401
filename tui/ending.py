"""How a run ends: what it returns, what it says on stderr, and what it leaves of a crash."""

import errno
import os
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from types import FrameType
from typing import TYPE_CHECKING, Final

from storage import StorageError, plain

if TYPE_CHECKING:
    from pathlib import Path

REFUSED: Final = 1
USAGE: Final = 2
CRASHED: Final = 70
BY_SIGNAL: Final = 128

NOT_WRITTEN: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EBADF})
"""What the system says when stdout goes into a file and there is no room, the disk fails, or stdout is closed."""

NOT_GRANTED: Final = frozenset({errno.EMFILE, errno.ENFILE, errno.ENOMEM})


class Stop(Exception):
    """The run ends with one sentence and this exit code."""

    def __init__(self, sentence: str, exit_code: int = REFUSED) -> None:
        super().__init__(sentence)
        self.exit_code = exit_code


class ReaderGone(Exception):
    """Nobody reads any more what the run writes."""


def ended(run: Callable[[], int]) -> int:
    """The exit code of a run, after saying why it failed if it did."""
    _stand_in_for_what_is_closed()
    try:
        code = run()
        sys.stdout.flush()  # while a reader that has gone can still be met calmly
        return code
    except StorageError as error:
        say(*error.lines)
        return error.exit_code
    except Stop as error:
        say(str(error))
        return error.exit_code
    except (BrokenPipeError, ReaderGone):
        _forget_stdout()
        return BY_SIGNAL + signal.SIGPIPE
    except KeyboardInterrupt:
        return BY_SIGNAL + signal.SIGINT
    except OSError as error:
        if error.errno in NOT_WRITTEN:
            _forget_stdout()
            say(f"Not everything could be written: {error.strerror}.")
        elif error.errno in NOT_GRANTED:
            say(f"The system does not grant what is needed: {error.strerror}.")
        elif _folder_is_gone():
            say("The folder that Parley was started in has been deleted. Go into another one and start again.")
        else:
            return _crashed(error)
        return REFUSED
    except Exception as error:  # noqa: BLE001  # the last resort: a crash is reported, never shown as a traceback
        return _crashed(error)


def say(*sentences: str) -> None:
    """Write sentences to stderr, each on a line of its own and as it may be printed; stdout is for data."""
    with suppress(OSError):
        sys.stderr.write("".join(f"{plain(each)}\n" for each in sentences))


def end_on_signals() -> None:
    """Let TERM and HUP end the run as an exit does, so that no half-written file stays."""
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _leave)


def crash_report(error: BaseException) -> str:
    """Where the report of a crash lies, as a sentence; it holds the places in the code, and no data."""
    import traceback  # here, since nearly every run ends without a crash

    lines = [f"{type(error).__module__}.{type(error).__name__}\n", *traceback.format_tb(error.__traceback__)]
    try:
        path = new_report("crash")
        path.write_text("".join(lines), encoding="utf-8")
    except OSError as refused:
        return f"No report could be written: {refused.strerror}."
    return f"The report, which holds no data, is {path}."


def new_report(kind: str) -> "Path":
    """An empty file for a report of this kind, which its owner alone may read."""
    from datetime import datetime

    path = state_folder() / f"{kind}-{datetime.now():%Y%m%dT%H%M%S}-{os.getpid()}.txt"
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.touch(mode=0o600)
    return path


def state_folder() -> "Path":
    """The folder for what Parley keeps of its own runs, which may not be there yet."""
    from platformdirs import user_state_path

    return user_state_path("parley")


def config_file() -> "Path":
    """The file in which the user may configure Parley, which need not be there."""
    from platformdirs import user_config_path

    return user_config_path("parley") / "config.toml"


def _stand_in_for_what_is_closed() -> None:
    """Give stdin, stdout and stderr back their numbers where the caller has closed them, before a file takes those.

    What is written to such a stdout can't be, which is said; what is written to such a stderr goes nowhere.
    """
    for number, name, flags in ((0, "stdin", os.O_RDONLY), (1, "stdout", os.O_RDONLY), (2, "stderr", os.O_WRONLY)):
        if getattr(sys, name) is None:
            opened = os.open(os.devnull, flags)
            if opened != number:
                os.dup2(opened, number)
                os.close(opened)
            mode = "w" if number else "r"
            setattr(sys, name, open(number, mode, encoding="utf-8", closefd=False))  # noqa: SIM115  # open to the end


def _folder_is_gone() -> bool:
    try:
        os.getcwd()
    except FileNotFoundError:
        return True
    return False


def _crashed(error: Exception) -> int:
    report = crash_report(error)
    say(f"Parley has crashed ({type(error).__name__}). What was saved is in the file. {report}")
    return CRASHED


def _leave(number: int, _frame: FrameType | None) -> None:
    raise SystemExit(BY_SIGNAL + number)


def _forget_stdout() -> None:
    """Send what is still buffered nowhere, so that closing stdout says nothing either."""
    with suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
