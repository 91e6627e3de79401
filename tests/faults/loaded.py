"""The real program, loaded once and then started as often as asked: each run is a process of its own on a terminal.

Loading takes longer than most of what these tests do, so a process that has loaded everything forks for each run.
"""

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

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

    def __init__(self, home: Path) -> None:
        self._door, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        environment = os.environ | {"HOME": str(home), "PYTHONPATH": str(ROOT)}
        environment |= {"XDG_DATA_HOME": str(home), "XDG_STATE_HOME": str(home / "state")}
        environment |= {"XDG_CONFIG_HOME": str(home / "config")}
        environment |= {"TERM": "xterm-256color", "LANG": "C.UTF-8", "COLORTERM": "truecolor"}
        self._process = subprocess.Popen(
            [sys.executable, __file__, str(theirs.fileno())], pass_fds=[theirs.fileno()], env=environment
        )
        theirs.close()

    def start(self, file: Path, terminal: int) -> int:
        """Open a dossier on a terminal; the id of the process, which is not given to another before `ended`."""
        socket.send_fds(self._door, [os.fsencode(file)], [terminal])
        return int(self._door.recv(100))

    def ended(self, process: int) -> int:
        """Wait for the end of a process; its exit code, or minus the number of the signal."""
        self._door.send(str(process).encode())
        return int(self._door.recv(100))

    def close(self) -> None:
        """End the process that has loaded the program."""
        self._door.close()
        self._process.wait()


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
            _run(os.fsdecode(words), handles[0])


def _run(file: str, terminal: int) -> None:
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
    sys.argv = ["parley", file]
    os._exit(main())


if __name__ == "__main__":
    sys.path[0] = str(ROOT)
    _serve(socket.socket(fileno=int(sys.argv[1])))
