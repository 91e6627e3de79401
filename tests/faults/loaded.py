"""The real program, loaded once and then started as often as asked: each run is a process of its own on a terminal.

Loading takes longer than most of what these tests do, so a process that has loaded everything forks for each run.
"""

import json
import os
import select
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).parent.parent.parent

LOADED_FIRST = (
    "tui.app",
    "tui.widgets.editors",
    "storage.editing.validation",
    "storage.sqlite",
    "storage.editing.history",
)


class Loaded:
    """A process that has loaded Parley and starts it on terminals that it is handed."""

    def __init__(self) -> None:
        self._door, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._process = subprocess.Popen(
            [sys.executable, __file__, str(theirs.fileno())],
            pass_fds=[theirs.fileno()],
            env=os.environ | {"PYTHONPATH": str(ROOT), "COLORTERM": "truecolor"},
        )
        theirs.close()

    def start(self, words: list[str], environment: dict[str, str], terminal: int) -> "Run":
        """Start `parley` with these words on a terminal."""
        asked = json.dumps([words, environment, os.getcwd()])
        socket.send_fds(self._door, [asked.encode()], [terminal])
        return Run(int(self._door.recv(100)), self._ended)

    def _ended(self, process: int) -> int:
        self._door.send(str(process).encode())
        return int(self._door.recv(100))

    def close(self) -> None:
        """End the process that has loaded the program."""
        self._door.close()
        self._process.wait()


class Run:
    """A run of the program, asked and told as any process that one has started oneself."""

    def __init__(self, pid: int, ended: Callable[[int], int]) -> None:
        self.pid = pid
        self._watched: int | None = os.pidfd_open(pid)
        self._ended = ended
        self._code = 0

    def send_signal(self, number: int) -> None:
        """Send it a signal."""
        os.kill(self.pid, number)

    def poll(self) -> int | None:
        """Its exit code, or minus the number of the signal that ended it; None while it goes on."""
        return self._code if self._has_ended(0) else None

    def wait(self, timeout: float | None = None) -> int:
        """The same, when it has ended."""
        assert self._has_ended(timeout), "it goes on"
        return self._code

    def _has_ended(self, timeout: float | None) -> bool:
        if self._watched is not None and select.select([self._watched], [], [], timeout)[0]:
            os.close(self._watched)
            self._watched, self._code = None, self._ended(self.pid)
        return self._watched is None


def _serve(door: socket.socket) -> None:
    for name in LOADED_FIRST:
        __import__(name)
    from tui.widgets.editors import load_all

    load_all()
    while asked := socket.recv_fds(door, 65536, 1):
        words, handles, _flags, _address = asked
        if not words:
            return
        if not handles:
            _process, status = os.waitpid(int(words), 0)
            door.send(str(os.waitstatus_to_exitcode(status)).encode())
        elif process := os.fork():
            os.close(handles[0])
            door.send(str(process).encode())
        else:
            door.close()
            _run(handles[0], *json.loads(words))


def _run(terminal: int, words: list[str], environment: dict[str, str], folder: str) -> NoReturn:
    """Be the program on this terminal, until its end is that of the process."""
    import fcntl
    import termios

    from tui.__main__ import main

    os.setsid()
    fcntl.ioctl(terminal, termios.TIOCSCTTY, 0)
    for handle in range(3):
        os.dup2(terminal, handle)
    os.close(terminal)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    sys.argv = ["parley", *words]
    sys.exit(main())


if __name__ == "__main__":
    sys.path[0] = str(ROOT)
    _serve(socket.socket(fileno=int(sys.argv[1])))
