"""From a key to what it asks for on the screen, at every size in turn, beside a thousand rows in a DataTable.

A row counts as shown when the sign of the cursor stands before its ref; the detail below follows and is not waited
for, but nothing is typed before it has come.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from typing import Final

from bench.desks import BELOW, DOWN, ENTER, ESCAPE, PAGE_DOWN, UP, Bare, Desk, Side, Table
from bench.figures import Figure, Target
from bench.generating import RARE
from bench.plan import Plan, called
from storage import Demand, Sort, View

GROUP: Final = "Keys"
HELD: Final = 200
LINES: Final = 15
ENOUGH_FOR_P99: Final = 100
LENGTHS: Final = {1: "1 letter", 2: "2 letters", 3: "3 letters or more"}

Taken = Mapping[str, Sequence[float]]
"""Milliseconds by dossier."""


def measure(plan: Plan) -> Iterator[Figure]:
    """Every key in turn on every dossier."""
    with ExitStack() as stack:
        # whichever program is started first takes a third longer for each key: this one is not measured
        stack.callback(Table(plan, LINES).leave)
        desks: dict[str, Desk] = {}
        for size in plan.sizes:
            desks[called(size)] = desk = Desk(plan, size)
            stack.callback(desk.leave)
        page = desks[called(plan.least)].page()
        table = Table(plan, page)
        stack.callback(table.leave)
        sides: dict[str, Side] = {**desks, "DataTable": table}
        yield from _moves(plan, _stepped(plan, desks, sides))
        yield from _held(plan, sides)
        yield from _pages(plan, desks, page)
        yield from _jumps(plan, desks)
        yield from _sorts(plan, desks)
        yield from _letters(plan, desks)
        yield from _rounds(plan, desks)
        yield from _edits(plan, desks)
        yield from _barely(plan, desks[called(plan.least)], page)


def _beside_least(
    plan: Plan, what: str, taken: Taken, middle: Target | None = None, high: Target | None = None
) -> Iterator[Figure]:
    """The median of each size and its 99th percentile, beside those of the smallest."""
    least = called(plan.least)
    for name, ours in taken.items():
        beside, theirs = (least, taken[least]) if name != least else ("", ())
        met = middle if theirs else None
        yield Figure(GROUP, f"{what}, {name}", "ms", ours, beside, theirs, met, paired=False)
        if high and theirs and len(ours) >= ENOUGH_FOR_P99:
            yield Figure(GROUP, f"{what}, {name}, p99", "ms", ours, beside, theirs, high, paired=False, percent=99)


def _beside_key(what: str, name: str, ours: Sequence[float], steps: Taken, target: Target | None) -> Figure:
    """The median beside that of cursor keys in the same dossier, pressed between the others."""
    return Figure(GROUP, f"{what}, {name}", "ms", ours, "a cursor key", steps[name], target, paired=False)


def _step(desk: Desk) -> float:
    """One cursor key that brings a new row, wherever the cursor was."""
    desk.below()
    return desk.to(DOWN, desk.row + 1)


def _nothing_yet(sides: Iterable[str]) -> dict[str, list[float]]:
    return {name: [] for name in sides}


def _stepped(plan: Plan, desks: Mapping[str, Desk], sides: Mapping[str, Side]) -> dict[str, list[float]]:
    """Steps down, each of which brings a new row."""
    taken = _nothing_yet(sides)
    for desk in desks.values():
        desk.below()
    for _ in range(min(plan.keys, plan.least - BELOW - HELD - 1)):
        for name, side in sides.items():
            taken[name].append(side.to(DOWN, side.row + 1))
    return taken


def _moves(plan: Plan, moves: Taken) -> Iterator[Figure]:
    ours = {name: taken for name, taken in moves.items() if name != "DataTable"}
    yield from _beside_least(plan, "cursor key", ours, Target("2a", "<=", 1.05), Target("2a", "<=", 1.3))
    for name, taken in ours.items():
        table = moves["DataTable"]
        yield Figure(
            GROUP, f"cursor key, {name}", "ms", taken, "DataTable", table, Target("2b", "<=", 0.6), paired=False
        )


def _held(plan: Plan, sides: Mapping[str, Side]) -> Iterator[Figure]:
    taken = _nothing_yet(sides)
    for _ in range(min(plan.rounds, 5)):
        for keys, far in ((DOWN, HELD), (UP, -HELD)):
            for name, side in sides.items():
                taken[name].append(side.to(keys * HELD, side.row + far))
    table = taken.pop("DataTable")
    for name, ours in taken.items():
        yield Figure(
            GROUP, f"{HELD} keys in one write, {name}", "ms", ours, "DataTable", table, Target("2c", "<=", 0.6)
        )


def _pages(plan: Plan, desks: Mapping[str, Desk], page: int) -> Iterator[Figure]:
    taken = _nothing_yet(desks)
    for desk in desks.values():
        desk.below()
    for _ in range(min(plan.keys, (plan.least - BELOW) // page - 1)):
        for name, desk in desks.items():
            taken[name].append(desk.to(PAGE_DOWN, desk.row + page))
    yield from _beside_least(plan, "page down", taken)


def _jumps(plan: Plan, desks: Mapping[str, Desk]) -> Iterator[Figure]:
    taken = _nothing_yet(desks)
    for desk in desks.values():
        desk.press(b"g")
    for _ in range(max(plan.keys // 10, 2)):
        for name, desk in desks.items():
            taken[name] += [desk.to(b"G", desk.demands), desk.to(b"g", 1)]
    yield from _beside_least(plan, "jump to the last row or the first", taken)


def _sorts(plan: Plan, desks: Mapping[str, Desk]) -> Iterator[Figure]:
    """From s to the first row in the new order: by a column with an index, and by one without."""
    by_ref, by_title, steps = _nothing_yet(desks), _nothing_yet(desks), _nothing_yet(desks)
    titles = [View(Demand, sort=(Sort("title", descending),)) for descending in (False, True)]
    first = {name: [desk.first(view) for view in titles] for name, desk in desks.items()}
    for _ in range(max(plan.keys // 20, 1)):
        for name, desk in desks.items():
            steps[name].append(_step(desk))
            desk.press(b"g")
            desk.press(b"s")
            by_ref[name] += [desk.to(b"s", desk.demands), desk.to(b"s", 1)]
            desk.press(b"l")
            by_title[name] += [desk.to(b"s", row) for row in first[name]]
            desk.press(b"s")
            desk.terminal.rest()
            desk.press(b"h")
    for name in desks:
        yield _beside_key("sort by ref", name, by_ref[name], steps, Target("3d", "<=", 1.3))
        limit = Target("3d", "<=", 250, absolute=True)
        yield _beside_key("sort by title", name, by_title[name], steps, limit)


def _letters(plan: Plan, desks: Mapping[str, Desk]) -> Iterator[Figure]:
    """From a letter to the first row that holds what is typed so far."""
    taken: dict[str, dict[str, list[float]]] = {name: {} for name in desks}
    steps = _nothing_yet(desks)
    needles = zip(*(_needles(plan, desk) for desk in desks.values()), strict=True)
    for of_desks in needles:
        for (name, desk), (how_common, writes) in zip(desks.items(), of_desks, strict=True):
            steps[name].append(_step(desk))
            for length, milliseconds in _typed(desk, writes, desk):
                taken[name].setdefault(f"filter, {LENGTHS[min(length, 3)]}, {how_common}", []).append(milliseconds)
    for name in desks:
        for what, ours in sorted(taken[name].items()):
            slow = "common" not in what and "3" not in what
            target = Target("3c", "<=", 400, absolute=True) if slow else Target("3c", "<=", 2)
            yield _beside_key(what, name, ours, steps, target)


def _typed(side: Side, writes: Sequence[str], desk: Desk) -> Iterator[tuple[int, float]]:
    """How much is typed after each write, and how long its first row took; a write that leaves that is not counted.

    The desk is asked what the first row is.
    """
    side.press(b"g")
    side.press(b"/")
    side.terminal.rest()
    shown, typed = 1, ""
    for write in writes:
        typed += write
        first = desk.first(View(Demand, search=typed))
        if first == shown:
            side.press(write.encode())
            continue
        content = side.shown(first) if first else rb"No demands match"
        yield len(typed), side.terminal.key(write.encode(), content)
        shown = first
    side.press(ESCAPE)
    side.terminal.rest()


def _needles(plan: Plan, desk: Desk) -> Iterator[tuple[str, Sequence[str]]]:
    """What is typed in each write: words of titles letter by letter, and at once what few texts hold, or none."""
    for title in desk.titles(1 if plan.quick else 10):
        words = re.findall(r"\w{5,}", title)
        yield "common", words[-1][:5] if words else "the"
    for end in (2,) if plan.quick else (1, 2, 3):
        yield "rare", (RARE[:end],)
        yield "absent", ("¤¤¤"[:end],)


def _rounds(plan: Plan, desks: Mapping[str, Desk]) -> Iterator[Figure]:
    taken = _nothing_yet(desks)
    for desk in desks.values():
        desk.press(b"]")
    for back in range(1, min(plan.keys, 39)):
        for name, desk in desks.items():
            taken[name].append(desk.terminal.key(b"[", rb"as of R%d(?!\d)" % (40 - back)))
    for desk in desks.values():
        desk.press(b"F")
    yield from _beside_least(plan, "step to the round before", taken)


def _edits(plan: Plan, desks: Mapping[str, Desk]) -> Iterator[Figure]:
    """From Enter to the word that the edit is saved, each on a row of its own."""
    taken, steps = _nothing_yet(desks), _nothing_yet(desks)
    for desk in desks.values():
        desk.below()
        desk.press(b"l")
    for number in range(max(plan.keys // 4, 1)):
        for name, desk in desks.items():
            steps[name].append(desk.to(DOWN, desk.row + 1))
            desk.press(b"e")
            desk.press(b" %d" % number)
            taken[name].append(desk.terminal.key(ENTER, rb"u undoes"))
    for name in desks:
        yield _beside_key("Enter in a title, to saved", name, taken[name], steps, Target("6b", "<=", 2))


def _barely(plan: Plan, desk: Desk, page: int) -> Iterator[Figure]:
    """The same keys in a program that does nothing else, in turn with cursor keys of ours."""
    bare = Bare(plan, page)
    steps: list[float] = []
    taken: dict[str, list[float]] = {"sort by ref": [], "filter, common": [], "Enter in a title, to saved": []}
    by_ref, filtered, entered = taken.values()
    desk.below()
    for number, title in enumerate(desk.titles(max(plan.keys // 4, 1))):
        steps.append(desk.to(DOWN, desk.row + 1))
        by_ref += [bare.to(b"s", desk.demands), bare.to(b"s", 1)]
        filtered += [milliseconds for _, milliseconds in _typed(bare, re.findall(r"\w{5,}|$", title)[0][:5], desk)]
        bare.press(b"e")
        bare.press(b" %d" % number)
        entered.append(bare.terminal.key(ENTER, rb"saved: [^.]*%d\." % number))
    bare.leave()
    for what, ours in taken.items():
        yield Figure(GROUP, f"{what}, in a bare program", "ms", ours, "a cursor key", steps, paired=False)
