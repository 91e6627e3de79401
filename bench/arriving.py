"""Imports as commands, checked and logged, beside the least that puts the same rows into a table unchecked."""

import sys
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from bench.figures import Figure, Target, in_turn
from bench.generating import Size, copied
from bench.plan import Plan, called
from bench.running import PARLEY, ROOT, Run, run

GROUP: Final = "Import"
CHECKED: Final[list[str | Path]] = [sys.executable, ROOT / "bench" / "checked.py"]
READER: Final = "orjson" if find_spec("orjson") else "json"
SQLITE_UTILS: Final = Path(sys.executable).with_name("sqlite-utils")
WHOLE: Final = Size(demands=350_000, positions=1_750_000)
"""About 300 MB of JSON."""

QUICK_WHOLE: Final = Size(demands=500, positions=2_500)

LINES: Final = f"""
import {READER}, sqlite3, sys
file = sqlite3.connect(sys.argv[1])
file.execute("PRAGMA journal_mode = WAL")
with open(sys.argv[2], "rb") as lines:
    rows = map({READER}.loads, lines)
    first = next(rows)
    file.execute(f"CREATE TABLE demands ({{', '.join(first)}})")
    insert = f"INSERT INTO demands VALUES ({{', '.join('?' * len(first))}})"
    file.execute(insert, tuple(first.values()))
    file.executemany(insert, (tuple(row.values()) for row in rows))
file.commit()
"""
TABLE: Final = """
import csv, sqlite3, sys
file = sqlite3.connect(sys.argv[1])
file.execute("PRAGMA journal_mode = WAL")
with open(sys.argv[2], encoding="utf-8", newline="") as lines:
    rows = csv.reader(lines)
    first = next(rows)
    file.execute(f"CREATE TABLE demands ({', '.join(first)})")
    file.executemany(f"INSERT INTO demands VALUES ({', '.join('?' * len(first))})", rows)
file.commit()
"""
DOCUMENT: Final = """
import json, sys
json.load(open(sys.argv[1], encoding="utf-8"))
"""


def measure(plan: Plan) -> Iterator[Figure]:
    """Demands line by line and as a table, then a whole dossier."""
    size = Size(plan.most)
    lines, table = plan.kept.lines(size, "ndjson"), plan.kept.lines(size, "csv")
    sides = {
        "ndjson": partial(_imported, plan, lines),
        "loads": partial(_put, plan, [sys.executable, "-c", LINES], [lines]),
        "checked": partial(_put, plan, CHECKED, [lines, plan.kept.dossier(Size(0))]),
        "csv": partial(_imported, plan, table),
        "reader": partial(_put, plan, [sys.executable, "-c", TABLE], [table]),
    }
    if SQLITE_UTILS.exists():
        sides["sqlite-utils"] = partial(_put, plan, [str(SQLITE_UTILS), "insert"], ["demands", lines, "--nl"])
    runs = in_turn(min(plan.rounds, 3), sides)
    found = {name: [plan.most / each.seconds for each in taken] for name, taken in runs.items()}
    what = f"{called(plan.most)} demands"
    besides = {
        f"{READER}.loads + executemany, unchecked": ("loads", Target("5", ">=", 0.4)),
        "sqlite-utils insert": ("sqlite-utils", Target("5", ">=", 2.5)),
    }
    for called_so, (base, target) in besides.items():
        for name, side in (("ndjson", "ndjson"), ("ndjson, only checked, no index", "checked")):
            if base in found:
                yield Figure(GROUP, f"{name}, {what}", "rows/s", found[side], called_so, found[base], target)
    yield Figure(GROUP, f"csv, {what}", "rows/s", found["csv"], "csv.reader + executemany", found["reader"])
    for name, base in (("ndjson", "loads"), ("csv", "reader")):
        peaks, theirs = [each.peak for each in runs[name]], [each.peak for each in runs[base]]
        yield Figure(GROUP, f"peak of {name}, {what}", "MiB", peaks, "unchecked", theirs)
    yield from _whole(plan)


def _whole(plan: Plan) -> Iterator[Figure]:
    """Once, since it takes long: a whole dossier, beside what json.load() alone takes."""
    path = plan.kept.whole(QUICK_WHOLE if plan.quick else WHOLE)
    sides: dict[str, Callable[[], Run]] = {
        "ours": partial(_put, plan, [*PARLEY, "new"], ["--seed", path]),
        "load": partial(run, [sys.executable, "-c", DOCUMENT, path], plan.folder),
    }
    found = in_turn(1, sides)
    seconds, peaks = (
        {name: [getattr(each, of) for each in runs] for name, runs in found.items()} for of in ("seconds", "peak")
    )
    what = f"a whole dossier of {path.stat().st_size / 1e6:,.1f} MB"
    yield Figure(GROUP, what, "s", seconds["ours"], "json.load", seconds["load"])
    yield Figure(GROUP, f"peak of {what}", "MiB", peaks["ours"], "json.load", peaks["load"])


def _imported(plan: Plan, data: Path) -> Run:
    """Into a dossier that holds the parties and rounds which the demands name."""
    path = copied(plan.kept.dossier(Size(0)), plan.folder / "import.db")
    return run([*PARLEY, "import", path, data], plan.folder)


def _put(plan: Plan, command: Sequence[str | Path], more: Sequence[str | Path]) -> Run:
    """Into a file that is not there yet."""
    target = plan.folder / "new.db"
    for end in ("", "-wal", "-shm"):
        target.with_name(target.name + end).unlink(missing_ok=True)
    return run([*command, target, *more], plan.folder)
