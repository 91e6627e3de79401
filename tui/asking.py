"""Questions asked one after the other on a thread of their own; whoever asks anew no longer waits for its old one."""

import asyncio
import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Final, TypeVar

from storage import Stopped

T = TypeVar("T")

STOP_AGAIN_SECONDS: Final = 0.02
"""A question heeds a stop only while SQLite works on it; so it is told again until it does."""


class Asking:
    """One thread that answers questions; `stop` makes the question stop that a thread of this number has running."""

    def __init__(self, name: str, stop: Callable[[int], None]) -> None:
        self._thread = ThreadPoolExecutor(1, name)
        self._stop = stop
        self._lock = threading.Lock()
        self._asked: Counter[str] = Counter()
        """How often each asker has asked; an older number is an older question."""
        self._running: tuple[str, int, int] | None = None
        """Who asked the question that is being answered, on which thread that is done, and its number."""

    async def ask(self, question: Callable[[], T], asker: str = "") -> T:
        """The answer; Stopped when the same asker has asked anew meanwhile, which one without a name never has."""
        number = self.supersede(asker) if asker else 0
        call = partial(self._answer, question, asker, number)
        return await asyncio.get_running_loop().run_in_executor(self._thread, call)

    def supersede(self, asker: str) -> int:
        """Drop what this asker has asked before, also while it is being answered; the number of its next question."""
        with self._lock:
            self._asked[asker] += 1
            number = self._asked[asker]
        self._stop_older(asker, number)
        return number

    def _stop_older(self, asker: str, number: int) -> None:
        """Stop the question that runs if it is an older one; again as long as it finds no moment in which to stop."""
        with self._lock:
            if self._running is None or self._running[0] != asker or self._running[2] >= number:
                return
            self._stop(self._running[1])
        asyncio.get_running_loop().call_later(STOP_AGAIN_SECONDS, self._stop_older, asker, number)

    def close(self) -> None:
        """Wait for the running question, and answer no other."""
        self._thread.shutdown(wait=True, cancel_futures=True)

    def _answer(self, question: Callable[[], T], asker: str, number: int) -> T:
        with self._lock:
            if number < self._asked[asker]:
                raise Stopped("A newer question has taken its place.")
            self._running = asker, threading.get_ident(), number
        try:
            return question()
        finally:
            with self._lock:
                self._running = None
