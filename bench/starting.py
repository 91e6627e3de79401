"""From the start of the program to its first rows on a terminal, beside the least that Textual can show."""

import os
import subprocess
import sys
import sysconfig
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Final

from bench.figures import Figure, Target, in_turn
from bench.plan import Plan, called
from bench.running import PARLEY, ROOT, environment, run
from bench.terminal import Terminal

GROUP: Final = "Start"
HELLO: Final = [sys.executable, str(ROOT / "bench" / "hello.py")]
NINTH_DEMAND: Final = rb"D9(?!\d)"


def measure(plan: Plan) -> Iterator[Figure]:
    """The first frame, warm and cold, and commands that show no screen."""
    yield from _screen(plan)
    yield from _cold(plan)
    yield from _commands(plan)
    yield _modules_of_textual(plan)


def first_frame(command: list[str], content: bytes, folder: Path) -> float:
    """Milliseconds from the start of a program to this content; it is left at once."""
    terminal = Terminal(command, folder)
    taken = terminal.start(content)
    terminal.settle(0.2)
    terminal.leave()
    return taken


def _screen(plan: Plan) -> Iterator[Figure]:
    hello = partial(first_frame, HELLO, b"hello there", plan.folder)
    opened = {"seed": plan.seed} | {called(size): plan.dossier(size) for size in plan.sizes}
    sides = {"hello": hello}
    for name, path in opened.items():
        sides[name] = partial(first_frame, [*PARLEY, str(path)], NINTH_DEMAND, plan.folder)
    in_turn(1, sides)  # what is read once from the disk is not what is measured
    found = in_turn(plan.rounds, sides)
    for name in opened:
        target = Target("1a", "<=", 1.25) if name == "seed" else None
        yield Figure(GROUP, f"first frame, {name}", "ms", found[name], "hello", found["hello"], target)
    for size in plan.sizes:
        name = called(size)
        yield Figure(GROUP, f"first frame, {name}", "ms", found[name], "seed", found["seed"], Target("3a", "<=", 1.15))


def _cold(plan: Plan) -> Iterator[Figure]:
    """Files given up by the page cache; what other programs have mapped stays in it, so not all is cold."""
    if not hasattr(os, "posix_fadvise"):
        plan.say("cold starts are left out: this system has no posix_fadvise")
        return
    sides = {
        "hello": partial(_chilled, HELLO, b"hello there", plan),
        "seed": partial(_chilled, [*PARLEY, str(plan.seed)], NINTH_DEMAND, plan),
    }
    found = in_turn(max(plan.rounds // 3, 1), sides)
    yield Figure(GROUP, "first frame, seed, page cache given up", "ms", found["seed"], "hello", found["hello"])


def _chilled(command: list[str], content: bytes, plan: Plan) -> float:
    paths = sysconfig.get_paths()
    for folder in (ROOT / "tui", ROOT / "storage", Path(paths["purelib"]), Path(paths["stdlib"]), plan.folder):
        for path in folder.rglob("*"):
            if path.suffix in (".pyc", ".py", ".so", ".db", ".tcss") and path.is_file():
                handle = os.open(path, os.O_RDONLY)
                os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)
                os.close(handle)
    return first_frame(command, content, plan.folder)


def _commands(plan: Plan) -> Iterator[Figure]:
    words: Mapping[str, list[str]] = {
        "python -c pass": [sys.executable, "-c", "pass"],
        "--version": [*PARLEY, "--version"],
        "--help": [*PARLEY, "--help"],
        "export": [*PARLEY, "export", str(plan.seed), "demands"],
    }
    targets = {"--version": Target("1c", "<=", 2.2), "--help": Target("1c", "<=", 5)}
    found = in_turn(plan.rounds, {name: partial(_milliseconds, command, plan) for name, command in words.items()})
    base = "python -c pass"
    for name in ("--version", "--help", "export"):
        yield Figure(GROUP, f"parley {name}", "ms", found[name], base, found[base], targets.get(name))


def _milliseconds(command: list[str], plan: Plan) -> float:
    return run(command, plan.folder).seconds * 1000


def _modules_of_textual(plan: Plan) -> Figure:
    """How many modules of Textual a command loads, by Python's own account of its imports."""
    loaded = 0
    for words in (["--help"], ["export", str(plan.seed), "demands"]):
        command = [sys.executable, "-X", "importtime", "-m", "tui", *words]
        told = subprocess.run(command, capture_output=True, text=True, check=True, env=environment(plan.folder))
        names = [line.rpartition("|")[2].strip() for line in told.stderr.splitlines()]
        loaded += sum(name.partition(".")[0] in ("textual", "rich") for name in names)
    target = Target("1c", "<=", 0, absolute=True)
    return Figure(GROUP, "modules of Textual that --help and export load", "", [loaded], target=target)
