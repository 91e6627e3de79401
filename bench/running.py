"""Programs run to their end, each measured alone: how long, and how much memory at its peak."""

import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parent.parent
BESIDE_PYTHON: Final = Path(sys.executable).with_name("parley")
PARLEY: Final[list[str]] = [str(BESIDE_PYTHON)] if BESIDE_PYTHON.exists() else [sys.executable, "-m", "tui"]
"""The program as it is installed, or as it lies here."""

LOOK_AT_MEMORY_SECONDS: Final = 0.005


@dataclass(frozen=True, slots=True)
class Run:
    """One program from start to end."""

    seconds: float
    peak: float
    """MiB; of the program alone, since what wait4() tells includes the memory of whoever started it."""
    out: str


def run(command: Sequence[str | Path], folder: Path, into: Path | None = None) -> Run:
    """Run a program, its output thrown away or put into a file; RuntimeError with its words when it fails."""
    words = [str(word) for word in command]
    with (into or Path(os.devnull)).open("wb") as out:
        started = time.perf_counter()
        program = subprocess.Popen(words, stdout=out, stderr=subprocess.PIPE, env=environment(folder), cwd=ROOT)
        watching = _Watching(program.pid)
        watching.start()
        _, said = program.communicate()
        seconds = time.perf_counter() - started
    watching.ended.set()
    watching.join()
    if program.returncode:
        raise RuntimeError(f"{' '.join(words)} ended with {program.returncode}:\n{said.decode()}")
    return Run(seconds, watching.peak, said.decode())


def environment(folder: Path) -> dict[str, str]:
    """What a measured program is told: a home of its own, and that bytecode may be kept."""
    made = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    made |= {"HOME": str(folder), "XDG_DATA_HOME": str(folder), "XDG_STATE_HOME": str(folder / "state")}
    return made | {"PYTHONPATH": str(ROOT), "LANG": "C.UTF-8", "TERM": "xterm-256color", "COLORTERM": "truecolor"}


def megabytes(pid: int, name: str) -> float:
    """One figure of /proc/PID/status in MiB; 0 when the process has ended, or the system has no such file."""
    try:
        found = re.search(rf"{name}:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text())
    except OSError:
        return 0.0
    return int(found[1]) / 1024 if found else 0.0


def busy_seconds(pid: int) -> float:
    """How long a process has kept a core busy so far; 0 when it has ended, or the system does not tell."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


class _Watching(threading.Thread):
    """Looks at the memory of a process until told that it has ended."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self._pid = pid
        self.ended = threading.Event()
        self.peak = 0.0

    def run(self) -> None:
        """Keep the greatest figure that was seen; the kernel's own peak starts anew with each program."""
        while not self.ended.wait(LOOK_AT_MEMORY_SECONDS):
            self.peak = max(self.peak, megabytes(self._pid, "VmHWM"))
