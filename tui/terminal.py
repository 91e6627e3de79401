"""The terminal that the screen runs on: its title, and what to do when it is gone."""

import os
import select
import signal
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
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
        leave()
        if not ended.wait(PATIENCE_SECONDS):
            os._exit(GONE)

    threading.Thread(target=wait, name="terminal", daemon=True).start()


def tell(sequence: str) -> None:
    """Send a control sequence; a terminal that has gone need not know."""
    with suppress(OSError, ValueError):
        sys.stdout.write(sequence)
        sys.stdout.flush()
