"""What storage answers without a screen: opening, filters, orders, counts, searches; and one step on many records."""

import json
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Final

from bench.figures import Figure, Target, in_turn
from bench.generating import RARE, copied
from bench.plan import Plan, called
from bench.running import ROOT, run
from storage import Condition, Demand, Sort, Store, View, open_store

GROUP: Final = "Storage"
SCREENFUL: Final = 128
BULK: Final = 100_000
BARE_UPDATE: Final = """
import sqlite3, sys, time
file = sqlite3.connect(sys.argv[1])
file.execute("PRAGMA synchronous = FULL")
started = time.perf_counter()
with file:
    some = f"SELECT id FROM demands ORDER BY id LIMIT {int(sys.argv[2])}"
    file.execute(f"UPDATE demands SET status = 'lapsed' WHERE id IN ({some})")
print('{"edit": %f}' % (time.perf_counter() - started), file=sys.stderr)
"""
NEEDLES: Final[Mapping[str, tuple[str, ...]]] = {
    "common": ("e", "ru", "rou", "round"),
    "rare": (RARE[:1], RARE[:2], RARE[:3], RARE),
    "absent": ("¤", "¤q", "¤qx", "truceq"),
}
"""By how many demands hold them; of 1, 2, 3 and more letters."""


def measure(plan: Plan) -> Iterator[Figure]:
    """Every question on every dossier in turn, then the bulk step."""
    stores = {called(size): open_store(plan.dossier(size), read_only=True) for size in plan.sizes}
    try:
        yield from _opening(plan)
        for what, (question, target) in questions().items():
            yield from _asked(plan, stores, what, question, target)
    finally:
        for store in stores.values():
            store.close()
    yield from _bulk(plan)


def questions() -> dict[str, tuple[Callable[[Store], object], Target | None]]:
    """Each question by what it is called, and the target that it is held to at every size."""
    made: dict[str, tuple[Callable[[Store], object], Target | None]] = {}
    usual = View(Demand)
    made["all ids, the usual order"] = partial(_find, usual, None), None
    made[f"first {SCREENFUL} ids and their rows"] = _screenful, None
    made["filter by status, first screenful"] = partial(_find, _where("status", "agreed"), SCREENFUL), None
    made["filter by status, all ids"] = partial(_find, _where("status", "agreed"), None), None
    made["mark all, a set of the ids"] = _mark_all, None
    within: Target | None = Target("3d", "<=", 250, absolute=True)
    for name in Demand.fields:
        sorted_by = View(Demand, sort=(Sort(name),))
        made[f"sort by {name}, first screenful"] = partial(_find, sorted_by, SCREENFUL), within
        made[f"sort by {name}, all ids"] = partial(_find, sorted_by, None), None
        made[f"values of {name}, counted"] = partial(_values, name), None
    for how_common, needles in NEEDLES.items():
        for needle in needles:
            view, what = View(Demand, search=needle), f"search “{needle}”, {how_common}"
            within = Target("3c", "<=", 400, absolute=True) if how_common != "common" and len(needle) < 3 else None
            made[f"{what}, first screenful"] = partial(_find, view, SCREENFUL), within
            made[f"{what}, all ids"] = partial(_find, view, None), None
    return made


def _asked(
    plan: Plan, stores: Mapping[str, Store], what: str, question: Callable[[Store], object], target: Target | None
) -> Iterator[Figure]:
    found = in_turn(min(plan.rounds, 5), {name: partial(_timed, question, store) for name, store in stores.items()})
    yield from _beside_least(plan, what, found, target)


def _beside_least(plan: Plan, what: str, found: Mapping[str, list[float]], target: Target | None) -> Iterator[Figure]:
    """Every size beside the smallest; that one has no line of its own, unless it is alone."""
    least = called(plan.least)
    for name, ours in found.items():
        if name != least:
            yield Figure(GROUP, f"{what}, {name}", "ms", ours, least, found[least], target)
        elif len(found) == 1:
            yield Figure(GROUP, f"{what}, {name}", "ms", ours, target=target)


def _timed(question: Callable[[Store], object], store: Store) -> float:
    started = time.perf_counter()
    question(store)
    return (time.perf_counter() - started) * 1000


def _find(view: View, limit: int | None, store: Store) -> object:
    return store.find(view, limit)


def _screenful(store: Store) -> object:
    return store.rows(View(Demand), store.find(View(Demand), SCREENFUL))


def _mark_all(store: Store) -> object:
    return set(store.find(View(Demand)))


def _values(name: str, store: Store) -> object:
    return store.values(View(Demand), name)


def _where(name: str, value: str) -> View:
    return View(Demand, where=(Condition(name, "=", value),))


def _opening(plan: Plan) -> Iterator[Figure]:
    sides = {called(size): partial(_open, plan.dossier(size)) for size in plan.sizes}
    yield from _beside_least(plan, "open and close", in_turn(plan.rounds, sides), None)


def _open(path: Path) -> float:
    started = time.perf_counter()
    open_store(path).close()
    return (time.perf_counter() - started) * 1000


def _bulk(plan: Plan) -> Iterator[Figure]:
    """One value given to many records as one step, and taken back; each time in a program of its own."""
    count = min(BULK, plan.most)
    source, copy = plan.dossier(plan.most), plan.folder / "bulk.db"

    def ours() -> tuple[float, float, float]:
        done = run([sys.executable, "-m", "bench.asking", copied(source, copy), str(count)], plan.folder)
        told = json.loads(done.out)
        return told["edit"], told["undo"], done.peak

    def bare() -> tuple[float, float, float]:
        done = run([sys.executable, "-c", BARE_UPDATE, copied(source, copy), str(count)], plan.folder)
        return json.loads(done.out)["edit"], 0.0, done.peak

    found = in_turn(min(plan.rounds, 3), {"ours": ours, "bare": bare})
    edits, undos, peaks = zip(*found["ours"], strict=True)
    updates, _, bare_peaks = zip(*found["bare"], strict=True)
    what, beside = f"in one step on {count:,} demands of {called(plan.most)}", "one bare UPDATE, no log"
    yield Figure(GROUP, f"edit {what}", "s", edits, beside, updates)
    yield Figure(GROUP, f"undo {what}", "s", undos, beside, updates)
    yield Figure(GROUP, "peak memory of both", "MiB", peaks, beside, bare_peaks)


def _edit_and_undo(path: Path, count: int) -> None:
    """What a program of its own does: edit, undo, and say how long each took."""
    with closing(open_store(path)) as store:
        ids = list(store.find(View(Demand), count))
        edited = _timed(lambda each: each.edit(Demand, ids, {"status": "lapsed"}), store)
        undone = _timed(lambda each: each.undo(), store)
    sys.stderr.write(json.dumps({"edit": edited / 1000, "undo": undone / 1000}))


if __name__ == "__main__":
    _edit_and_undo(ROOT / sys.argv[1], int(sys.argv[2]))
