"""Somebody who presses any key at any time, and what must hold whatever that was.

A run is decided by its seed alone, so that it can be had again:

    python -m tests.faults.monkey SEED [BURSTS]
"""

import asyncio
import os
import sqlite3
import sys
import tempfile
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from random import Random

from textual.events import Paste

from storage import RECORDS, NothingToUndo, StorageError, create_store, open_store, packaged_seed
from tests.tui.desk import Desk, desk, until
from tests.tui.keyboard import typed
from tui.keys import KEYS
from tui.screens.working import Working
from tui.widgets.grid_moves import GRID_KEYS
from tui.widgets.path_line import PathLine

BURSTS = 60
"""How many bursts one run has, if nobody says another number."""

SIZES = ((80, 24), (80, 24), (120, 40), (160, 50), (60, 15), (70, 20), (40, 10), (81, 31))

TEXTS = (
    *("a", "truce", "Ukr", "rus", "open", "agreed", "R1", "D2", "13 jun", "today", "+7d", "31 feb", "2025-06-13"),
    *("demand D1", "position ", "process", "process and more", "12", "-1", "1e9", "..", "2025-01-01..2025-12-31"),
    *("Zoë", "Türkiye", "Київ", "漢字", "👩🏽‍⚖️", "e\u0301", "[red]", "[/x]", "[@click=app.quit]", "=1+1", "a;b; c"),
    *("'\"\\", "sort", "theme", "undo", "x" * 90),
)
PASTES = (
    *("pasted", "two\nlines\r\nand\ta tab", "\x1b[31mred\x1b]52;c;eA==\x07", "\u202eback\u2066", "\x9b2J"),
    *("\ufeff\u200b", "e" + "\u0301" * 40, "", "\n", "y" * 5_000),
)

ODD_KEYS = ("ctrl+c", "ctrl+v", "ctrl+x", "ctrl+k", "ctrl+w", "ctrl+left", "shift+home", "f3", "f4", "f12", "insert")
EDITING_KEYS = ("backspace", "delete", "ctrl+u", "home", "end", "left", "right", "up", "down", "ctrl+z", "ctrl+y")
WAYS_OUT = ("q", "ctrl+q")
"""What ends the program when nothing is unsaved; a run would be short with them."""

MOST_ESCAPES = 6
"""Of so many Esc in a row the last has nothing left to leave: no dialog stands on more others."""


class Failed(AssertionError):
    """Something did not hold, with the seed and the keys that led there."""


@dataclass(frozen=True, slots=True)
class Click:
    """A click at this part of the screen's width and height."""

    x: float
    y: float
    times: int = 1


@dataclass(frozen=True, slots=True)
class Resize:
    """The terminal has another size."""

    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Pasted:
    """Text that comes in one piece."""

    text: str


Stroke = str | Click | Resize | Pasted
"""A key by its name, `text:...` for letters, or what a mouse and a terminal do."""

Burst = tuple[Stroke, ...]


class Monkey:
    """Bursts of keys out of a random generator: mostly what users do, sometimes anything."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed)
        self._bound = [key for each in (*KEYS, *GRID_KEYS) for key in each.keys.split(",") if key not in WAYS_OUT]
        self._moves = [key for each in GRID_KEYS for key in each.keys.split(",")]

    def bursts(self, number: int) -> list[Burst]:
        """This many bursts."""
        return [self._burst() for _ in range(number)]

    def _burst(self) -> Burst:
        kinds = [self._walk, self._edit, self._edit, self._add, self._delete, self._anything, self._anything]
        kinds += [self._narrow, self._leave, self._provenance, self._elsewhere, self._reverse, self._text, self._mouse]
        return tuple(stroke for _ in range(self._random.randint(1, 3)) for stroke in self._random.choice(kinds)())

    def _among(self, values: Sequence[str]) -> str:
        return self._random.choice(values)

    def _some(self, values: Sequence[str], most: int) -> list[Stroke]:
        return [self._among(values) for _ in range(self._random.randint(0, most))]

    def _text(self) -> list[Stroke]:
        pasted = self._random.random() < 0.15
        return [Pasted(self._among(PASTES)) if pasted else f"text:{self._among(TEXTS)}"]

    def _end(self) -> str:
        return self._among(("enter", "enter", "enter", "tab", "shift+tab", "escape", "f2"))

    def _walk(self) -> list[Stroke]:
        return [self._among("123456789"), *self._some(self._moves, 6)]

    def _edit(self) -> list[Stroke]:
        begin = self._among(("e", "e", "f2", "enter", "backspace", "exclamation_mark"))
        typed = [*self._some(EDITING_KEYS, 3), *self._text(), *self._some(("down", "up"), 2)]
        return [*self._walk(), begin, *typed, self._end()]

    def _add(self) -> list[Stroke]:
        strokes: list[Stroke] = [*self._walk(), self._among(("a", "a", "ctrl+n", "D"))]
        for _ in range(self._random.randint(0, 5)):
            strokes += [*self._text(), *self._some(("down",), 1), self._among(("enter", "enter", "tab"))]
        return strokes

    def _delete(self) -> list[Stroke]:
        marks = self._some(("space", "v", "down", "ctrl+a"), 4)
        return [*self._walk(), *marks, self._among(("d", "delete")), self._among(("y", "y", "n", "enter", "escape"))]

    def _narrow(self) -> list[Stroke]:
        begin = self._among(("slash", "f", "s", "S", "F", "c", "minus", "greater_than_sign", "less_than_sign"))
        inside = self._some(("space", "down", "up", "J", "K", "backspace"), 4)
        return [*self._walk(), begin, *(self._text() if begin in ("slash", "f") else []), *inside, self._end()]

    def _leave(self) -> list[Stroke]:
        inside = self._some(("right", "left", "down", "up", "space", "tab"), 8)
        return [*self._walk(), self._among(("E", "y")), *inside, self._end(), *self._some(("r", "k", "n", "escape"), 1)]

    def _provenance(self) -> list[Stroke]:
        inside = self._some(("a", "n", "space", "d", "A", "F", "1", "6", "v", "u", "enter", "down", "up"), 6)
        brief = self._some(("i", "y", "E", "j", "k", "enter", "r"), 4)
        return [*self._walk(), *(["x", *inside] if self._random.random() < 0.6 else ["b", *brief]), self._end()]

    def _elsewhere(self) -> list[Stroke]:
        dialog = self._among(("0", "0", "question_mark", "ctrl+p", "colon"))
        ways = ("t", "T", "o", "Z", "enter", "left_square_bracket", "right_curly_bracket", "tab", "shift+tab")
        return [dialog, *self._text(), *self._some(("down", "up"), 3), self._end(), *self._some(ways, 4)]

    def _reverse(self) -> list[Stroke]:
        return [self._among(("u", "U", "ctrl+z", "ctrl+y")) for _ in range(self._random.randint(1, 6))]

    def _anything(self) -> list[Stroke]:
        return self._some((*self._bound, *ODD_KEYS, *EDITING_KEYS, "escape", "enter", "y"), 12)

    def _mouse(self) -> list[Stroke]:
        if self._random.random() < 0.4:
            return [Resize(*self._random.choice(SIZES))]
        random = self._random.random
        return [Click(random(), random(), self._random.choice((1, 1, 2))) for _ in range(self._random.randint(1, 3))]


class Run:
    """A dossier on a screen, and bursts that are done there one after the other."""

    def __init__(self, at: Desk, path: Path) -> None:
        self.at = at
        self.path = path
        self.start = dump(path)

    @property
    def goes_on(self) -> bool:
        """False once the program has ended."""
        return self.at.app.is_running

    async def do(self, burst: Burst) -> None:
        """Type a burst as fast as it comes, and wait until all of it is done."""
        for stroke in burst:
            if not self.goes_on:
                return
            if isinstance(stroke, Click):
                await self._click(stroke)
            elif isinstance(stroke, Resize):
                await self.at.app.settled()
                await self.at.pilot.resize_terminal(stroke.width, stroke.height)
            elif isinstance(stroke, Pasted):
                self.at.app.post_message(Paste(stroke.text))
            elif stroke == "slash" and await self._types_a_path():
                continue  # files are written into the folder of the run alone
            else:
                self._type(stroke)
        await self._settle()

    async def hold_true(self) -> None:
        """Fail unless the program answers and the file is sound."""
        app = self.at.app
        if app._exception is not None:  # no public name tells of a crash before the app is left
            raise app._exception
        if not self.goes_on:
            return
        await self._leave_all()
        if not self.goes_on:
            return
        assert len(app.screen_stack) == 1, f"Esc does not leave {app.screen}"
        self._type("3")
        await self._settle()
        assert self.at.main.current == "demands", "3 does not lead to the demands"
        wrong = [each for each in await app.live.asked(app.live.store.check) if each.error]
        assert not wrong, f"the file is not sound: {wrong}"

    async def reverse_all(self) -> None:
        """Fail unless undoing every step gives the start, and doing all again the end."""
        if not self.goes_on:
            return
        live = self.at.app.live
        await until_nothing_is_left(live.redo)
        end = dump(self.path)
        await until_nothing_is_left(live.undo)
        await self._settle()
        same(dump(self.path), self.start, "undo to the start")
        await until_nothing_is_left(live.redo)
        await self._settle()
        same(dump(self.path), end, "redo to the end")
        await self.hold_true()

    async def _leave_all(self) -> None:
        app = self.at.app
        for _ in range(MOST_ESCAPES):
            self._type("escape")
            await self._settle()
            await until(self._does_no_long_work, self.at)
            if not self.goes_on or (len(app.screen_stack) == 1 and not self.at.main.editing):
                return

    def _does_no_long_work(self) -> bool:
        """True when the screen of long work has gone, which is soon after it was told to stop."""
        return not self.goes_on or not isinstance(self.at.app.screen, Working)

    async def _types_a_path(self) -> bool:
        await self.at.app.settled()
        return self.goes_on and isinstance(self.at.app.focused, PathLine)

    async def _click(self, click: Click) -> None:
        await self.at.app.settled()
        if self.goes_on:
            width, height = self.at.app.size
            at = int(click.x * (width - 1)), int(click.y * (height - 1))
            await self.at.pilot.click(offset=at, times=click.times)

    def _type(self, stroke: str) -> None:
        if stroke.startswith("text:"):
            for letter in stroke[5:]:
                self.at.app.post_message(typed(letter))
        else:
            self.at.app.post_message(typed(stroke))

    async def _settle(self) -> None:
        if self.goes_on:
            await self.at.app.settled()
        if self.goes_on:
            await self.at.pilot.pause(0)


async def until_nothing_is_left(step) -> None:
    """Undo or redo as often as there is something to."""
    try:
        while True:
            await step()
    except NothingToUndo:
        return


def dump(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every kind of record, with what is derived from it."""
    with closing(sqlite3.connect(path)) as connection:
        return {table: connection.execute(f"SELECT * FROM {table} ORDER BY id").fetchall() for table in RECORDS}


def same(found: dict[str, list[tuple[object, ...]]], wanted: dict[str, list[tuple[object, ...]]], after: str) -> None:
    """Fail with the rows that differ."""
    for table, rows in wanted.items():
        other = found[table]
        missing = [row for row in rows if row not in other]
        extra = [row for row in other if row not in rows]
        assert (missing, extra) == ([], []), f"{after}: {table} lacks {missing[:3]} and has {extra[:3]}"


async def run(path: Path, bursts: Sequence[Burst], seed: int) -> int:
    """Do the bursts on a dossier and hold every promise; how many were done before the program was left."""
    done = 0
    try:
        async with desk(path) as at:
            running = Run(at, path)
            for burst in bursts:
                done += 1
                await running.do(burst)
                await running.hold_true()
                if not running.goes_on:
                    break
            await running.reverse_all()
        with closing(open_store(path)) as store:
            assert not [each for each in store.check() if each.error]
    except Exception as error:
        keys = "\n".join(f"  {burst!r}" for burst in bursts[max(done - 3, 0) : done])
        raise Failed(f"seed {seed}, burst {done} of {len(bursts)}, the last of them:\n{keys}\n{error!r}") from error
    return done


def replay(seed: int, number: int = BURSTS, only: Sequence[int] | None = None, content: bytes | None = None) -> None:
    """The run of a seed on a fresh dossier of this content, else the packaged one; `only` these of its bursts."""
    bursts = Monkey(seed).bursts(number)
    chosen = bursts if only is None else [bursts[at] for at in only]
    here = Path.cwd()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "talks.db")
        create_store(path, content or packaged_seed()).close()
        os.chdir(folder)
        try:
            asyncio.run(run(path, chosen, seed))
        finally:
            os.chdir(here)


def shrunk(seed: int, number: int = BURSTS) -> list[int]:
    """Few of the bursts of a seed that fail together: halves, then single ones are left out as long as that fails."""
    kept = list(range(number))
    size = number // 2
    while size:
        for at in range(0, len(kept), size):
            fewer = kept[:at] + kept[at + size :]
            if fewer and fails(seed, number, fewer):
                kept = fewer
                break
        else:
            size //= 2
    return kept


def fails(seed: int, number: int, only: Sequence[int]) -> bool:
    """True when these bursts of a seed fail."""
    try:
        replay(seed, number, only)
    except (Failed, StorageError):
        return True
    return False


if __name__ == "__main__":
    seed, number = int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else BURSTS
    try:
        replay(seed, number)
    except Failed as failed:
        left = shrunk(seed, number)
        bursts = Monkey(seed).bursts(number)
        print(failed, f"\nthese are enough: {left}", *(f"  {bursts[at]!r}" for at in left), sep="\n")
        raise SystemExit(1) from failed
