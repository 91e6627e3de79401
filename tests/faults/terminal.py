"""The real program in a pseudo-terminal: bytes in, a screen out."""

import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pyte

from tests.faults.loaded import Loaded, Run

ROOT = Path(__file__).parent.parent.parent

PATIENCE_SECONDS = 20
"""How long a screen may take on a busy machine before a test gives up."""

STANDS_STILL_SECONDS = 2
"""A program that has done nothing for so long waits; one that waits for keys looks for news now and then."""

KEYS = {"up": "\x1b[A", "down": "\x1b[B", "right": "\x1b[C", "left": "\x1b[D", "enter": "\r", "escape": "\x1b"}
KEYS |= {"f2": "\x1bOQ", "tab": "\t", "backspace": "\x7f", "end": "\x1b[F"}


def new_terminal(columns: int = 80, lines: int = 24) -> tuple[int, int]:
    """A terminal of this size: our side of it, and the side of the program."""
    import fcntl
    import struct
    import termios

    ours, theirs = os.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
    return ours, theirs


def environment_of(home: Path) -> dict[str, str]:
    """What the program finds in its environment when a home folder is all that it has."""
    environment = os.environ | {"HOME": str(home), "PYTHONPATH": str(ROOT)}
    environment |= {"XDG_DATA_HOME": str(home), "XDG_STATE_HOME": str(home / "state")}
    environment |= {"XDG_CONFIG_HOME": str(home / "config")}
    environment |= {"TERM": "xterm-256color", "LANG": "C.UTF-8", "COLORTERM": "truecolor"}
    return environment


class Terminal:
    """`parley`, or another program that starts it, with these words on a terminal of its own.

    Where nothing depends on how it is loaded, one that is `loaded` already starts in a quarter of the time.
    """

    def __init__(
        self,
        *words: str | Path,
        home: Path,
        columns: int = 80,
        lines: int = 24,
        program: tuple[str, ...] = ("-m", "tui"),
        loaded: Loaded | None = None,
    ) -> None:
        self.told = b""
        """Every byte that the terminal was sent so far."""
        self.screen = pyte.Screen(columns, lines)
        self._stream = pyte.ByteStream(self.screen)
        self._pty, theirs = new_terminal(columns, lines)
        environment = environment_of(home)
        self.program: subprocess.Popen[bytes] | Run
        if loaded is not None:
            self.program = loaded.start([*map(str, words)], environment, theirs)
        else:
            self.program = subprocess.Popen(
                [sys.executable, *program, *map(str, words)],
                stdin=theirs,
                stdout=theirs,
                stderr=theirs,
                env=environment,
                start_new_session=True,
            )
        os.close(theirs)

    def write(self, *keys: str) -> None:
        """Send keys, named or as they are, in one write."""
        os.write(self._pty, "".join(KEYS.get(key, key) for key in keys).encode())

    def type(self, *keys: str) -> None:
        """Send keys in one write, and wait until the screen has shown all it has to show of them."""
        self.write(*keys)
        self.until(lambda: False, quiet=0.4)

    def until(self, happened: Callable[[], bool], quiet: float | None = None) -> None:
        """Read the screen until something has happened, or, if given, until nothing has come for `quiet` seconds."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not happened():
            left = deadline - time.monotonic()
            assert left > 0, f"the screen never showed it:\n{self.text()}"
            ready, _, _ = select.select([self._pty], [], [], left if quiet is None else quiet)
            if not ready and quiet is not None:
                return
            if ready and not self._read():
                assert happened(), f"the program ended:\n{self.text()}"
                return

    def _read(self) -> bool:
        try:
            data = os.read(self._pty, 65536)
        except OSError:  # the other side is closed
            return False
        self.told += data
        self._stream.feed(data)
        return bool(data)

    def shows(self, text: str) -> None:
        """Wait until a text stands on the screen."""
        self.until(lambda: text in self.text())

    def text(self) -> str:
        """What stands on the screen."""
        return "\n".join(self.screen.display)

    def line_of_cursor(self, column: int) -> int:
        """The line in which the mark of the cursor's row stands in this column of the screen; -1 if in none."""
        return next((at for at, line in enumerate(self.screen.display) if line[column] in "▌●"), -1)

    def settings(self) -> list[object]:
        """How the terminal treats what is typed: echo, line by line, and so on."""
        import termios

        return list(termios.tcgetattr(self._pty))

    def kill(self) -> None:
        """End the program as a power cut would."""
        os.kill(self.program.pid, signal.SIGKILL)
        self.program.wait()
        os.close(self._pty)

    def leave(self) -> int:
        """Press q and wait for the end; the exit code."""
        self.write("q")
        return self.drained()

    def drained(self) -> int:
        """Read until the program ends; the exit code."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while select.select([self._pty], [], [], max(deadline - time.monotonic(), 0))[0] and self._read():
            pass
        self.left = self.settings()
        os.close(self._pty)
        return self.program.wait(PATIENCE_SECONDS)

    def fills(self) -> None:
        """Read nothing, until the program stands still because the terminal takes nothing more."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        spent, since = -1, time.monotonic()
        while time.monotonic() - since < STANDS_STILL_SECONDS:
            assert time.monotonic() < deadline, "the program goes on although nobody reads what it writes"
            select.select([], [], [], STANDS_STILL_SECONDS / 10)
            before, spent = spent, self._ticks()
            since = since if spent == before else time.monotonic()

    def _ticks(self) -> int:
        """How long the thread of the screen has been at work, in the units of the system."""
        pid = self.program.pid  # its others wait for keys and watch the terminal, which takes a little all the time
        numbers = Path(f"/proc/{pid}/task/{pid}/stat").read_text().rpartition(")")[2].split()
        return int(numbers[11]) + int(numbers[12])

    def vanish(self) -> None:
        """Be gone, as a terminal window that is closed."""
        os.close(self._pty)
