"""A program on a terminal of its own, judged by what it writes; no emulator stands between, which would cost time."""

import fcntl
import os
import re
import select
import struct
import subprocess
import termios
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from bench.running import busy_seconds, environment, megabytes

COLUMNS, LINES = 120, 40
PATIENCE_SECONDS: Final = 300
PATIENCE_WITH_A_KEY_SECONDS: Final = 60
QUIET_SECONDS: Final = 0.03
"""After so long without a byte nothing more is taken to come of a key."""

LOOK_AT_REST_SECONDS, AT_REST = 0.25, 0.15
"""A program that takes less than this part of a core for so long is at rest."""

LONGEST_CONTENT: Final = 200
"""Bytes that may have to be looked at again when more has come."""


class Terminal:
    """One program from its start to its end; times are milliseconds."""

    def __init__(self, command: Sequence[str | Path], folder: Path) -> None:
        ours, theirs = os.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", LINES, COLUMNS, 0, 0))
        self._pty = ours
        self._started = time.perf_counter()
        self.program = subprocess.Popen(
            [str(word) for word in command],
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            env=environment(folder),
            start_new_session=True,
        )
        os.close(theirs)
        self.written = bytearray()
        """What the program wrote since it was started, or since the last key."""

    def start(self, content: bytes) -> float:
        """How long it took from the start of the program to this content, a regular expression."""
        return self._until(content) - self._started * 1000

    def key(self, keys: bytes, content: bytes) -> float:
        """How long it takes from these keys, in one write, to this content; then all is waited for that follows."""
        self.written.clear()
        begun = time.perf_counter()
        os.write(self._pty, keys)
        taken = self._until(content, PATIENCE_WITH_A_KEY_SECONDS) - begun * 1000
        self.settle()
        return taken

    def press(self, keys: bytes, quiet: float = 0.15) -> None:
        """Send keys of which nothing is measured, and wait until no more comes of them."""
        self.written.clear()
        os.write(self._pty, keys)
        self.settle(quiet)

    def settle(self, quiet: float = QUIET_SECONDS) -> None:
        """Read until nothing has come for so many seconds."""
        while self._read(quiet):
            pass

    def rest(self) -> None:
        """Read until the program does nothing any more: what it loads after its first frame is loaded."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        before = busy_seconds(self.program.pid)
        while time.monotonic() < deadline:
            self.settle(LOOK_AT_REST_SECONDS)
            now = busy_seconds(self.program.pid)
            if now - before < AT_REST * LOOK_AT_REST_SECONDS:
                return
            before = now

    def memory(self) -> tuple[float, float]:
        """The resident memory now and at its peak, in MiB."""
        return megabytes(self.program.pid, "VmRSS"), megabytes(self.program.pid, "VmHWM")

    def leave(self, keys: bytes = b"\x11") -> None:
        """Leave by ctrl+q and wait for the end."""
        os.write(self._pty, keys)
        while self._read(PATIENCE_SECONDS):
            pass
        os.close(self._pty)
        self.program.wait(PATIENCE_SECONDS)

    def _until(self, content: bytes, patience: float = PATIENCE_SECONDS) -> float:
        """When the content stood in what was written, in milliseconds of the clock."""
        wanted, looked_at = re.compile(content), 0
        deadline = time.monotonic() + patience
        while not wanted.search(self.written, max(looked_at - LONGEST_CONTENT, 0)):
            looked_at = len(self.written)
            if not self._read(deadline - time.monotonic()):
                raise TimeoutError(f"{content!r} never came; the last of what did: {bytes(self.written[-2000:])!r}")
        return time.perf_counter() * 1000

    def _read(self, seconds: float) -> bool:
        """Read what there is within so many seconds; False when nothing comes, or the program has ended."""
        ready, _, _ = select.select([self._pty], [], [], max(seconds, 0))
        try:
            data = os.read(self._pty, 65536) if ready else b""
        except OSError:  # the other side is closed
            data = b""
        self.written += data
        return bool(data)
