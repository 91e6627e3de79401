"""The memory of the screen, and the bytes of the file."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Final

from bench.figures import Figure, Target, in_turn
from bench.plan import Plan, called
from bench.running import PARLEY
from bench.terminal import Terminal

GROUP: Final = "Memory"


def measure(plan: Plan) -> Iterator[Figure]:
    """At rest after the first frame, when all ids are held, and at the peak until then."""
    opened = {"seed": plan.seed} | {called(size): plan.dossier(size) for size in plan.sizes}
    sides = {name: partial(_of_screen, plan, path) for name, path in opened.items()}
    found, least = in_turn(min(plan.rounds, 3), sides), called(plan.least)
    for name, taken in found.items():
        for at, what in enumerate(("at rest", "peak")):
            ours, theirs = [each[at] for each in taken], [each[at] for each in found[least]]
            target = Target("3b", "<=", 1.6) if what == "peak" and name not in ("seed", least) else None
            beside = least if name != least else ""
            yield Figure(GROUP, f"the screen {what}, {name}", "MiB", ours, beside, theirs if beside else (), target)
    for size in plan.sizes:
        each = plan.dossier(size).stat().st_size / (size * (1 + plan.positions))
        yield Figure(GROUP, f"the file, a record of {called(size)} demands with positions", "bytes", [each])


def _of_screen(plan: Plan, path: Path) -> tuple[float, float]:
    terminal = Terminal([*PARLEY, path], plan.folder)
    terminal.start(rb"D9(?!\d)")
    terminal.rest()
    memory = terminal.memory()
    terminal.leave()
    return memory
