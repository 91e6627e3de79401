"""Every measurement, each beside what it is compared with, in one run: python -m bench

Prints a Markdown table; --json FILE keeps every sample. README.md in this folder says what is measured and how.
"""

import argparse
import compileall
import json
import os
import platform
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import Final

from bench.figures import Figure, table
from bench.generating import Kept
from bench.plan import Plan
from bench.running import ROOT

GROUPS: Final = {
    "start": "starting",
    "keys": "keys",
    "asking": "asking",
    "export": "leaving",
    "import": "arriving",
    "edit": "editing",
    "analysis": "analysing",
    "memory": "resting",
}
"""What can be asked for by name, and the file that measures it."""


def main() -> None:
    """Measure what is asked for."""
    options = _options()
    for folder in ("tui", "storage", "bench"):
        compileall.compile_dir(ROOT / folder, quiet=1)
    figures: list[Figure] = []
    try:
        with tempfile.TemporaryDirectory(prefix="parley-bench-", dir=options.keep) as folder:
            for figure in _measured(_plan(options, Path(folder)), options.only):
                figures.append(figure)
                _say(" | ".join(figure.cells()))
    finally:  # what was measured for hours is told even if a later measurement fails
        print(f"{machine()}\n\n{table(figures)}")
        if options.json:
            told = {"machine": machine(), "figures": [each.as_json() for each in figures]}
            options.json.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n")


def _plan(options: argparse.Namespace, folder: Path) -> Plan:
    sizes = options.sizes or ((1_000, 2_000) if options.quick else (1_000, 100_000, 1_000_000))
    return Plan(
        folder=folder,
        kept=Kept(options.keep or folder / "kept"),
        sizes=tuple(sorted(sizes)),
        positions=options.positions,
        rounds=options.rounds or (1 if options.quick else 15),
        keys=options.keys or (3 if options.quick else 200),
        quick=options.quick,
        say=_say,
    )


def _options() -> argparse.Namespace:
    asked = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    asked.add_argument("--quick", action="store_true", help="small dossiers, few rounds: to see that all of it works")
    asked.add_argument(
        "--only", nargs="+", choices=GROUPS, default=list(GROUPS), metavar="GROUP", help=" ".join(GROUPS)
    )
    asked.add_argument("--rounds", type=int, help="how often each side is measured")
    asked.add_argument("--keys", type=int, help="how often each key is pressed")
    asked.add_argument("--sizes", type=int, nargs="+", help="how many demands the dossiers have")
    asked.add_argument("--positions", type=int, default=5, help="how many positions each demand has")
    asked.add_argument("--keep", type=Path, help="a folder in which generated dossiers stay and are used again")
    asked.add_argument("--json", type=Path, help="a file for every sample")
    options = asked.parse_args()
    if options.keep:
        options.keep.mkdir(parents=True, exist_ok=True)
    return options


def _measured(plan: Plan, groups: list[str]) -> Iterator[Figure]:
    for group in groups:
        measure: Callable[[Plan], Iterator[Figure]] = import_module(f"bench.{GROUPS[group]}").measure
        started = time.perf_counter()
        yield from measure(plan)
        _say(f"{group} took {time.perf_counter() - started:.0f} s")


def machine() -> str:
    """What the figures were taken on."""
    libraries = f"SQLite {sqlite3.sqlite_version}, Textual {version('textual')}"
    return (
        f"{_processor()}, {os.cpu_count()} cores; {platform.system()}, Python {platform.python_version()}, {libraries}"
    )


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        lines = []
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.machine())


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
