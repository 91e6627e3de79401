"""Questions asked one after the other on a thread of their own; whoever asks anew no longer waits for its old one."""

import asyncio
import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TypeVar

from storage import Stopped

T = TypeVar("T")


class Asking:
    """One thread that answers questions; `stop` makes the question stop that a thread of this number has running."""

    def __init__(self, name: str, stop: Callable[[int], None]) -> None:
        self._thread = ThreadPoolExecutor(1, name)
        self._stop = stop
        self._lock = threading.Lock()
        self._asked: Counter[str] = Counter()
        """How often each asker has asked; an older number is an older question."""
        self._running: tuple[str, int] | None = None
        """Who asked the question that is being answered, and on which thread that is done."""

    async def ask(self, question: Callable[[], T], asker: str = "") -> T:
        """The answer; Stopped when the same asker has asked anew meanwhile, which one without a name never has."""
        number = self.supersede(asker) if asker else 0
        call = partial(self._answer, question, asker, number)
        return await asyncio.get_running_loop().run_in_executor(self._thread, call)

    def supersede(self, asker: str) -> int:
        """Drop what this asker has asked before, also while it is being answered; the number of its next question."""
        with self._lock:
            self._asked[asker] += 1
            if self._running is not None and self._running[0] == asker:
                self._stop(self._running[1])
            return self._asked[asker]

    def close(self) -> None:
        """Wait for the running question, and answer no other."""
        self._thread.shutdown(wait=True, cancel_futures=True)

    def _answer(self, question: Callable[[], T], asker: str, number: int) -> T:
        with self._lock:
            if number < self._asked[asker]:
                raise Stopped("A newer question has taken its place.")
            self._running = asker, threading.get_ident()
        try:
            return question()
        finally:
            with self._lock:
                self._running = None
