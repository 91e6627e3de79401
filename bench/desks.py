"""The programs whose keys are measured: Parley, a bare program on the same storage, the same rows in a DataTable."""

import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from bench.generating import copied
from bench.plan import Plan
from bench.running import PARLEY, ROOT
from bench.terminal import Terminal
from storage import Demand, View, open_store

BARE: Final = [sys.executable, str(ROOT / "bench" / "bare.py")]
DATATABLE: Final = [sys.executable, str(ROOT / "bench" / "datatable.py")]
DOWN, UP, PAGE_DOWN, ENTER, ESCAPE = b"\x1b[B", b"\x1b[A", b"\x1b[6~", b"\r", b"\x1b"
CURSOR: Final = rb"\xe2\x96\x8c(?:\x1b\[[\d;]*m)*"
"""The sign of the cursor, and what may stand between it and the ref."""

BELOW: Final = 45
"""A row that stands below the window at first, so that each step down past it brings a new row."""


class Side:
    """A program whose cursor stands on a demand."""

    row = 1

    def __init__(self, command: Sequence[str | Path], folder: Path) -> None:
        self.terminal = Terminal(command, folder)
        self.terminal.start(rb"D9(?!\d)")
        self.terminal.rest()

    def shown(self, row: int) -> bytes:
        """What stands on the screen when the cursor has come to the demand of this number, its sign before the ref."""
        return CURSOR + rb"D%d(?!\d)" % row

    def to(self, keys: bytes, row: int) -> float:
        """How long it takes until the cursor stands on the demand of this number."""
        self.row = row
        return self.terminal.key(keys, self.shown(row))

    def press(self, keys: bytes) -> None:
        """Press keys that are not measured."""
        self.terminal.press(keys)

    def leave(self) -> None:
        """End the program."""
        self.terminal.leave()


class Desk(Side):
    """Parley on a dossier of its own, its grid of demands in front."""

    def __init__(self, plan: Plan, demands: int) -> None:
        self.demands = demands
        path = copied(plan.dossier(demands), plan.folder / f"keys-{demands}.db")
        self.store = open_store(path, read_only=True)
        """Asked beforehand for what a key ought to show."""
        super().__init__([*PARLEY, path], plan.folder)
        self.press(b"3")

    def below(self) -> None:
        """Go to where each step down brings a new row."""
        self.press(b"g")
        self.press(DOWN * (BELOW - 1))
        self.row = BELOW

    def page(self) -> int:
        """How many rows the grid shows."""
        self.press(b"g")
        self.press(PAGE_DOWN)
        found = re.findall(CURSOR + rb"D(\d+)", bytes(self.terminal.written))
        return int(found[-1]) - 1

    def first(self, view: View) -> int:
        """The number of the first demand of a view; 0 of none."""
        found = self.store.rows(view, self.store.find(view, 1))
        return int(str(found[0].values["ref"])[1:]) if found else 0

    def titles(self, count: int) -> list[str]:
        """So many titles from the middle of the dossier."""
        ids = self.store.find(View(Demand))
        some = [ids[len(ids) * (count + at) // (count * 3)] for at in range(count)]
        return [str(each.values["title"]) for each in self.store.rows(View(Demand), some)]

    def leave(self) -> None:
        """End the program."""
        super().leave()
        self.store.close()


class Bare(Side):
    """The least program over the smallest dossier, with as many lines on the screen as Parley's grid."""

    def __init__(self, plan: Plan, lines: int) -> None:
        path = copied(plan.dossier(plan.least), plan.folder / "bare-keys.db")
        super().__init__([*BARE, path, str(lines)], plan.folder)


class Table(Side):
    """Textual's own table of the smallest dossier, with as many lines on the screen as Parley's grid."""

    def __init__(self, plan: Plan, lines: int) -> None:
        super().__init__([*DATATABLE, plan.dossier(plan.least), str(lines)], plan.folder)
        self.press(DOWN * (BELOW - 1))
        self.row = BELOW

    def shown(self, row: int) -> bytes:
        """The ref alone: a DataTable has no sign for its cursor."""
        return super().shown(row).removeprefix(CURSOR)
