"""Signals as they were, after a command has run in the process of the tests."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def handled_as_before() -> Iterator[None]:
    """Give the signals that a command handles back to whoever handled them before."""
    handlers = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGHUP)}
    try:
        yield
    finally:
        for number, handler in handlers.items():
            signal.signal(number, handler)
