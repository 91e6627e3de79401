"""One durable edit through storage, in turn with the least that a disk takes, and the least that SQLite takes."""

import os
import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from functools import partial
from io import FileIO
from itertools import count
from typing import Final

from bench.figures import Figure, Target, in_turn
from bench.generating import copied
from bench.plan import Plan, called
from storage import Demand, Store, View, open_store

GROUP: Final = "Edit"
BLOCK: Final = bytes(4096)
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
        ):
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
            ids = store.find(View(Demand), 500)
            sides = {
                "edit": partial(_edit, store, ids),
                "bare": partial(_bare, connection, ids),
                "append": partial(_append, blocks),
            }
            in_turn(5, sides)  # what checks an edit is loaded by the first
            found = in_turn(plan.keys, sides)
        theirs, target, what = found["append"], Target("6a", "<=", 1.7), f"an edit, {called(size)}"
        for name, ours, bound in ((what, found["edit"], target), (f"{what}, bare statements", found["bare"], None)):
            yield Figure(GROUP, name, "ms", ours, "4 KiB + fdatasync", theirs, bound, paired=False)


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


def _append(blocks: FileIO) -> float:
    started = time.perf_counter()
    blocks.write(BLOCK)
    os.fdatasync(blocks.fileno())
    return (time.perf_counter() - started) * 1000
