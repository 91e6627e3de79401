"""The terminal of the screen: what it is told, lent to another program, and what to do when it is gone."""

import os
import select
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Final

PATIENCE_SECONDS: Final = 3
"""How long the screen may take to leave in order after its terminal has gone."""

GONE: Final = 128 + signal.SIGHUP


def watch(leave: Callable[[], object], ended: threading.Event) -> None:
    """Call `leave` when nobody is at the other side of standard input any more; end the process if that is not enough.

    A thread of its own watches: the screen's may be waiting for a terminal that takes nothing more. Everything that
    was called saved is in the file by then.
    """

    def wait() -> None:
        asked = select.poll()
        asked.register(sys.stdin.fileno(), 0)  # asks for nothing but what is always told: that it is gone
        asked.poll()
        if ended.is_set():  # another one watches for the screen that has come after
            return
        leave()
        _end_the_stuck(ended, GONE)

    threading.Thread(target=wait, name="terminal", daemon=True).start()


def leave_on_signals(leave: Callable[[int], object], ended: threading.Event) -> None:
    """Call `leave` with the number of a signal that asks to end; end the process if that is not enough.

    The loop's own handlers would run only when the loop does, which may be waiting for a thread that has died.
    """

    def asked(number: int, _frame: object) -> None:
        code = 128 + number
        if ended.is_set():  # between this screen and the next
            raise SystemExit(code)
        leave(number)
        threading.Thread(target=_end_the_stuck, args=(ended, code), name="ending", daemon=True).start()

    for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
        signal.signal(number, asked)


@contextmanager
def interrupted_elsewhere() -> Iterator[None]:
    """Let ^C and ^\\ mean the program that has the terminal inside, and ^Z both: all on it are sent these signals."""
    usual = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGQUIT, signal.SIGTSTP)}
    for number in (signal.SIGINT, signal.SIGQUIT):
        signal.signal(number, lambda _number, _frame: None)  # what is ignored, the other program would ignore too
    signal.signal(signal.SIGTSTP, signal.SIG_DFL)  # Textual's handler stops for ever where no shell could go on with it
    try:
        yield
    finally:
        for number, handler in usual.items():
            signal.signal(number, handler)


def _end_the_stuck(ended: threading.Event, code: int) -> None:
    if not ended.wait(PATIENCE_SECONDS):
        os._exit(code)


def tell(sequence: str) -> None:
    """Send a control sequence to the terminal, if there is one; one that has gone need not know."""
    with suppress(OSError, ValueError):
        if sys.stdout.isatty():
            sys.stdout.write(sequence)
            sys.stdout.flush()
