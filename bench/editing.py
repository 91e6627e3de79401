"""One durable edit through storage, in turn with the least that a disk takes, its log takes, and SQLite takes."""

import os
import sqlite3
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from functools import partial
from io import FileIO
from itertools import count
from pathlib import Path
from typing import Final

from bench.figures import Figure, Target, in_turn
from bench.generating import copied
from bench.plan import Plan, called
from storage import Demand, Store, View, open_store

GROUP: Final = "Edit"
BLOCK: Final = bytes(4096)
HEAD: Final = bytes(24)
"""What stands before each page in SQLite's log."""

HELD: Final = 1_000
"""How many pages the log holds before SQLite begins it anew, writing over what was there."""

NUMBERS: Final = count()
TITLE: Final = "A title that was given by edit {}"


def measure(plan: Plan) -> Iterator[Figure]:
    """At every size: validation, the rows, the log and the flush, until the edit would survive a power cut."""
    for size in plan.sizes:
        bare = copied(plan.dossier(size), plan.folder / "bare.db")
        with (
            closing(open_store(copied(plan.dossier(size), plan.folder / "edit.db"))) as store,
            closing(sqlite3.connect(bare, isolation_level=None)) as connection,
            FileIO(plan.folder / "blocks", "w") as blocks,
            FileIO(plan.folder / "log", "w") as log,
        ):
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
            ids = store.find(View(Demand), 500)
            edit, bared = partial(_edit, store, ids), partial(_bare, connection, ids)
            edit()  # loads what checks an edit
            bare_pages, pages = (_pages(path, call) for path, call in ((bare, bared), (store.path, edit)))
            log.write((HEAD + BLOCK) * (HELD + pages))
            os.fsync(log.fileno())
            append, write = partial(_append, blocks), partial(_write_over, log, pages)
            sides = {"edit": edit, "bare": bared, "write": write, "append": append}
            in_turn(5, sides)
            found = in_turn(plan.keys, sides)
        what = f"an edit, {called(size)}"
        for name, side, bound in (
            (what, "edit", Target("6a", "<=", 1.7)),
            (f"{what}, bare statements ({bare_pages} pages)", "bare", None),
            (f"{what}, its {pages} pages + fdatasync", "write", None),
        ):
            yield Figure(GROUP, name, "ms", found[side], "4 KiB + fdatasync", found["append"], bound, paired=False)


def _pages(path: Path, edit: Callable[[], float]) -> int:
    """How many pages an edit of the dossier puts into the log, the median of a hundred."""
    found = []
    with closing(sqlite3.connect(path)) as connection:
        for _ in range(100):
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            edit()
            found.append(path.with_name(f"{path.name}-wal").stat().st_size // len(HEAD + BLOCK))
    return round(statistics.median(found))


def _edit(store: Store, ids: Sequence[int]) -> float:
    number = next(NUMBERS)
    started = time.perf_counter()
    store.edit(Demand, [ids[number % len(ids)]], {"title": TITLE.format(number)})
    return (time.perf_counter() - started) * 1000


def _bare(connection: sqlite3.Connection, ids: Sequence[int]) -> float:
    """The same rows by SQLite alone: nothing is checked, read or called by its name."""
    number = next(NUMBERS)
    id, title = ids[number % len(ids)], TITLE.format(number)
    [held] = connection.execute("SELECT folded FROM demands WHERE id = ?", (id,)).fetchone()
    folded = f"{title.lower()}\n{held}"
    started = time.perf_counter()
    connection.execute("BEGIN IMMEDIATE")
    update = "UPDATE demands SET title = ?, title_key = ?, folded = ? WHERE id = ?"
    connection.execute(update, (title, title.lower(), folded, id))
    step = "INSERT INTO history (at, author, session, kind, label) VALUES ('', '', '', 'do', ?) RETURNING id"
    [number] = connection.execute(step, (title,)).fetchone()
    edit = "INSERT INTO history_edits (step, kind, id, field, before, after) VALUES (?, 'demands', ?, 'title', ?, ?)"
    connection.execute(edit, (number, id, title, title))
    connection.execute("INSERT INTO demands_search (demands_search, rowid, folded) VALUES ('delete', ?, ?)", (id, held))
    connection.execute("INSERT INTO demands_search (rowid, folded) VALUES (?, ?)", (id, folded))
    connection.execute("COMMIT")
    return (time.perf_counter() - started) * 1000


def _write_over(log: FileIO, pages: int) -> float:
    """The same pages as SQLite writes them, without SQLite."""
    started = time.perf_counter()
    if log.tell() >= len(HEAD + BLOCK) * HELD:
        log.seek(0)
    for _ in range(pages):
        log.write(HEAD)
        log.write(BLOCK)
    os.fdatasync(log.fileno())
    return (time.perf_counter() - started) * 1000


def _append(blocks: FileIO) -> float:
    started = time.perf_counter()
    blocks.write(BLOCK)
    os.fdatasync(blocks.fileno())
    return (time.perf_counter() - started) * 1000
