"""One durable edit through storage, in turn with the least that a disk takes to keep four kilobytes."""

import os
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


def measure(plan: Plan) -> Iterator[Figure]:
    """At every size: validation, the rows, the log and the flush, until the edit would survive a power cut."""
    for size in plan.sizes:
        with (
            closing(open_store(copied(plan.dossier(size), plan.folder / "edit.db"))) as store,
            FileIO(plan.folder / "blocks", "w") as blocks,
        ):
            sides = {"edit": partial(_edit, store, store.find(View(Demand), 500)), "append": partial(_append, blocks)}
            in_turn(5, sides)  # what checks an edit is loaded by the first
            found = in_turn(plan.keys, sides)
        ours, theirs, target = found["edit"], found["append"], Target("6a", "<=", 1.7)
        yield Figure(GROUP, f"an edit, {called(size)}", "ms", ours, "4 KiB + fdatasync", theirs, target, paired=False)


def _edit(store: Store, ids: Sequence[int]) -> float:
    number = next(NUMBERS)
    started = time.perf_counter()
    store.edit(Demand, [ids[number % len(ids)]], {"title": f"A title that was given by edit {number}"})
    return (time.perf_counter() - started) * 1000


def _append(blocks: FileIO) -> float:
    started = time.perf_counter()
    blocks.write(BLOCK)
    os.fdatasync(blocks.fileno())
    return (time.perf_counter() - started) * 1000
