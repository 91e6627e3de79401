"""Exports as commands, from start to end, beside what the sqlite3 command line and csv.writer make of the same rows."""

import shutil
import sys
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Final

from bench.figures import Figure, Target, in_turn
from bench.plan import Plan, called
from bench.running import PARLEY, Run, run
from storage import FORMATS, Demand

GROUP: Final = "Export"
SQLITE3: Final = shutil.which("sqlite3")
NO_COMMA: Final = ("ref", "issue", "kind", "by_party", "to_party", "first_round", "status")
"""Columns of the demands in which nothing has to be quoted; every text of a demand holds a comma."""

CSV_WRITER: Final = """
import csv, sqlite3, sys
rows = sqlite3.connect(sys.argv[1]).execute(sys.argv[2])
lines = csv.writer(sys.stdout)
lines.writerow(column[0] for column in rows.description)
lines.writerows(rows)
"""


TEXT_FORMATS: Final = [each.name for each in FORMATS.values() if each.write_file is None]

MOST_IN_A_WORKBOOK: Final = 100_000
"""Demands; a million take some minutes, and Excel takes no more than that."""

WORKBOOK: Final = """
import sqlite3, sys, xlsxwriter
rows = sqlite3.connect(sys.argv[1]).execute(sys.argv[2])
with xlsxwriter.Workbook(sys.argv[3], {"constant_memory": True}) as book:
    page = book.add_worksheet()
    page.write_row(0, 0, [column[0] for column in rows.description])
    for number, row in enumerate(rows, 1):
        for column, cell in enumerate(row):
            if cell is not None and cell != "":
                page.write_string(number, column, cell)
"""


def measure(plan: Plan) -> Iterator[Figure]:
    """Every format at the greatest size, and the memory that each takes at the least and at the greatest."""
    if SQLITE3 is None:
        plan.say("the sqlite3 command line is not here; exports stand beside csv.writer alone")
    size, path = plan.most, plan.dossier(plan.most)
    with_refs, bare = select(tuple(Demand.fields), refs=True), select(tuple(Demand.fields), refs=False)
    sides: dict[str, list[str | Path]] = {
        name: [*PARLEY, "export", path, "demands", "-f", name] for name in TEXT_FORMATS
    }
    sides["csv, no comma"] = [*sides["csv"], "--columns", ",".join(NO_COMMA)]
    sides["csv.writer"] = [sys.executable, "-c", CSV_WRITER, path, with_refs]
    if SQLITE3:
        sides |= {
            "-csv": [SQLITE3, "-csv", "-header", path, with_refs],
            "-csv, bare": [SQLITE3, "-csv", "-header", path, bare],
            "-csv, no comma": [SQLITE3, "-csv", "-header", path, select(NO_COMMA, refs=True)],
            "-json": [SQLITE3, "-json", path, with_refs],
            "-markdown": [SQLITE3, "-markdown", path, with_refs],
        }
    runs = _runs(plan, sides)
    found = {name: [size / each.seconds for each in taken] for name, taken in runs.items()}
    beside = {
        "csv": (
            ("-csv", "sqlite3 -csv, the same rows", Target("4a", ">=", 0.35)),
            ("-csv, bare", "sqlite3 -csv, the bare table", None),
            ("csv.writer", "csv.writer", None),
        ),
        "csv, no comma": (("-csv, no comma", "sqlite3 -csv, the same rows", Target("4a", ">=", 0.6)),),
        "ndjson": (("-json", "sqlite3 -json, the same rows", Target("4b", ">=", 0.7)),),
        "json": (("-json", "sqlite3 -json, the same rows", None),),
        "md": (("-markdown", "sqlite3 -markdown, the same rows", None),),
    }
    for name in (each for each in found if each in FORMATS or each == "csv, no comma"):
        there = [each for each in beside.get(name, ()) if each[0] in found] or [("csv.writer", "csv.writer", None)]
        for base, what, target in there:
            yield Figure(GROUP, f"{name}, {called(size)} demands", "rows/s", found[name], what, found[base], target)
    yield from _memory(plan, runs)
    yield from _workbook(plan)


def _workbook(plan: Plan) -> Iterator[Figure]:
    """A workbook, beside what XlsxWriter alone makes of the same texts; and the memory it takes at the least size."""
    size = max(each for each in plan.sizes if each <= max(MOST_IN_A_WORKBOOK, plan.least))
    rows, out = select(tuple(Demand.fields), refs=True), plan.folder / "out.xlsx"
    command: list[str | Path] = [*PARLEY, "export"]
    least, most = ([*command, plan.dossier(each), "demands", "-f", "xlsx", "-o", out] for each in (plan.least, size))
    alone: list[str | Path] = [sys.executable, "-c", WORKBOOK, plan.dossier(size), rows, out]
    runs = _runs(plan, {"xlsx": most, "alone": alone, "least": least})
    found = {name: [size / each.seconds for each in taken] for name, taken in runs.items()}
    what, target = f"xlsx, {called(size)} demands", Target("4c", ">=", 0.9)
    yield Figure(GROUP, what, "rows/s", found["xlsx"], "XlsxWriter alone", found["alone"], target)
    peaks, beside = ([each.peak for each in runs[name]] for name in ("xlsx", "least"))
    yield Figure(GROUP, f"peak of xlsx, {called(size)}", "MiB", peaks, called(plan.least), beside)


def _memory(plan: Plan, most: Mapping[str, list[Run]]) -> Iterator[Figure]:
    path = plan.dossier(plan.least)
    least = _runs(plan, {name: [*PARLEY, "export", path, "demands", "-f", name] for name in TEXT_FORMATS})
    for name, taken in least.items():
        what, target = f"peak of {name}, {called(plan.most)}", Target("4b", "<=", 1.1) if name == "ndjson" else None
        peaks, beside = [each.peak for each in most[name]], [each.peak for each in taken]
        yield Figure(GROUP, what, "MiB", peaks, called(plan.least), beside, target)


def _runs(plan: Plan, sides: Mapping[str, list[str | Path]]) -> dict[str, list[Run]]:
    out = plan.folder / "out"
    return in_turn(min(plan.rounds, 3), {name: partial(run, words, plan.folder, out) for name, words in sides.items()})


def select(names: tuple[str, ...], refs: bool) -> str:
    """The demands in the order of their refs; another record by its ref, as exports have it, or as the bare id."""
    columns = []
    for name in names:
        table = Demand.fields[name].refers_to if refs else None
        columns.append(f"(SELECT ref FROM {table} WHERE id = d.{name}) AS {name}" if table else f"d.{name}")
    return f"SELECT {', '.join(columns)} FROM demands d ORDER BY d.ref_key"
