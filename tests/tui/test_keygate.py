"""Keys are done in the order typed, however fast they come."""

import asyncio
import json
import os
import pty
import select
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import TextIO

import pytest

from tests.tui import cells_app
from tests.tui.bursts import BURSTS, Burst
from tests.tui.cells_app import CellsApp
from tui import keygate
from tui.keys import WAY_OUT

REPETITIONS = 2  # with 50 it takes a minute more and finds no more
REPETITIONS_IN_A_TERMINAL = 2
LONGEST_WAIT_SECONDS = 30

SEQUENCES = {
    "enter": "\r",
    "tab": "\t",
    "escape": "\x1b[27u",
    "backspace": "\x7f",
    "down": "\x1b[B",
    "ctrl+u": "\x15",
    "f2": "\x1bOQ",
    "f9": "\x1b[20~",
    "f10": "\x1b[21~",
}

each_burst = pytest.mark.parametrize("burst", BURSTS, ids=lambda burst: burst.name)


@each_burst
async def test_a_burst_does_what_the_same_keys_do_one_by_one(burst: Burst) -> None:
    app = CellsApp()
    async with app.run_test():
        for _ in range(REPETITIONS):
            await app.burst(*burst.keys)

            assert app.state() == burst.state()
            assert {at: draft for at, draft in app.drafts.items() if draft} == burst.drafts
            await app.action_start_over()


@pytest.mark.parametrize("burst", [burst for burst in BURSTS if burst.saves], ids=lambda burst: burst.name)
async def test_keys_wait_for_a_slow_save(burst: Burst) -> None:
    app = CellsApp()
    async with app.run_test():
        app.may_save.clear()
        app.type_ahead(*burst.keys)
        await app.is_saving.wait()

        assert app.editor is not None
        assert app.rows.done == []
        app.may_save.set()
        await app.settled()

        assert app.state() == burst.state()


async def test_keys_pressed_by_a_pilot_are_done_when_the_app_has_settled() -> None:
    app = CellsApp()
    async with app.run_test() as pilot:
        await pilot.press("e", "x", "enter", "j")
        await app.settled()

        assert app.values[0] == "Trucex"
        assert app.rows.at == 1


async def test_what_letters_have_caused_is_waited_for_in_the_pause_after_them_not_by_the_next_key() -> None:
    app = CellsApp()
    async with app.run_test(), asyncio.timeout(LONGEST_WAIT_SECONDS):
        await app.burst("e")
        app.type_ahead("x")
        while not app._gate._under_way:  # nothing but the time that the next key takes tells of it
            await asyncio.sleep(0)
        while app._gate._under_way:
            await asyncio.sleep(0)
        await app.burst("y", "enter")

        assert app.values[0] == "Trucexy"


async def test_the_key_that_quits_waits_for_its_turn() -> None:
    app = CellsApp()
    async with app.run_test():
        app.may_save.clear()
        app.type_ahead("e", "text: now", "enter", "ctrl+q")
        await app.is_saving.wait()
        app.type_ahead("j")

        assert app.is_running
        app.may_save.set()
        await app.settled()

        assert app.values[0] == "Truce now"
        assert app.return_code == 0
        assert app.rows.at == 0


async def test_the_key_that_quits_overtakes_a_key_that_is_never_done(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(keygate.PATIENCE_SECONDS, WAY_OUT, 0.3)
    app = CellsApp()
    running = asyncio.create_task(app.run_async(headless=True, size=(80, 24)))
    await app.is_ready.wait()
    app.may_save.clear()
    app.type_ahead("e", "text: now", "enter", "d", "ctrl+q")

    ended, _ = await asyncio.wait({running}, timeout=LONGEST_WAIT_SECONDS)

    assert ended
    assert app.values[0] == "Truce"
    assert app.rows.done == []


async def test_the_key_that_quits_overtakes_work_that_no_key_has_waited_for_before(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(keygate.PATIENCE_SECONDS, WAY_OUT, 0.3)
    app = CellsApp()
    running = asyncio.create_task(app.run_async(headless=True, size=(80, 24)))
    await app.is_ready.wait()
    await app.settled()
    app.held(asyncio.Event().wait())
    app.type_ahead("ctrl+q")

    ended, _ = await asyncio.wait({running}, timeout=LONGEST_WAIT_SECONDS)

    assert ended


async def test_escape_gives_up_what_takes_long_and_drops_what_was_typed_before_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(keygate.PATIENCE_SECONDS, "escape", 0.05)
    app = CellsApp()
    async with app.run_test():
        given_up = asyncio.Event()

        async def work() -> None:
            with app._gate.given_up_by(given_up.set):
                await given_up.wait()

        app.held(work())
        app.type_ahead("j", "escape", "k", "j")
        await app.settled()

        assert given_up.is_set()
        assert app.rows.at == 1  # of k, which can't go above the first row, and the last j


async def test_escape_waits_its_turn_where_nothing_can_be_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(keygate.PATIENCE_SECONDS, "escape", 0)
    app = CellsApp()
    async with app.run_test():
        done = asyncio.Event()
        app.held(done.wait())
        app.type_ahead("j", "escape")
        await asyncio.wait_for(app._gate._news.wait(), LONGEST_WAIT_SECONDS)
        assert app.rows.at == 0

        done.set()
        await app.settled()

        assert app.rows.at == 1


async def test_an_error_in_held_work_ends_the_app() -> None:
    async def fail() -> None:
        raise ZeroDivisionError

    async def run(app: CellsApp) -> None:
        async with app.run_test():
            app.held(fail())
            await app.burst("j")

    with pytest.raises(ZeroDivisionError):
        await run(CellsApp())


async def test_keys_pass_while_released_work_goes_on() -> None:
    app = CellsApp()
    async with app.run_test():
        finish = asyncio.Event()

        async def long_work() -> None:
            app.release()
            await finish.wait()

        work = app.held(long_work())
        await app.burst("e", "text:x", "enter")

        assert app.values[0] == "Trucex"
        assert not work.done()
        finish.set()
        await work


async def test_work_that_the_next_key_supersedes_does_not_delay_it() -> None:
    app = CellsApp()
    async with app.run_test():
        finish, begun = asyncio.Event(), 0

        async def read() -> None:
            nonlocal begun
            begun += 1
            await finish.wait()

        app.rows.on_delete = lambda: app.held(read(), superseded_by="d")
        app.type_ahead("d", "d", "d", "u")
        while begun < 3:
            await asyncio.wait_for(app.rows.has_deleted.wait(), LONGEST_WAIT_SECONDS)
            app.rows.has_deleted.clear()

        assert "undo" not in app.rows.done
        finish.set()
        await app.settled()

        assert app.rows.done[-1] == "undo"


class Terminal:
    """The small app in a real terminal; it tells its state down a pipe."""

    def __init__(self, folder: Path) -> None:
        pipe = folder / "told"
        os.mkfifo(pipe)
        self.told: TextIO = os.fdopen(os.open(pipe, os.O_RDWR), "r")
        self.keyboard, screen = pty.openpty()
        self.app = subprocess.Popen(
            [sys.executable, cells_app.__file__, pipe],
            stdin=screen,
            stdout=screen,
            stderr=screen,
            env={
                **os.environ,
                "TERM": "xterm-256color",
                "PYTHONPATH": str(Path(cells_app.__file__).parents[2]),
                "COLUMNS": "80",
                "LINES": "24",
            },
        )
        os.close(screen)
        threading.Thread(target=self._look_away, daemon=True).start()

    def state(self) -> object:
        """The next state that the app tells."""
        ready, _, _ = select.select([self.told], [], [], LONGEST_WAIT_SECONDS)
        assert ready, "the app tells nothing"
        return json.loads(self.told.readline())

    def type_at_once(self, *keys: str) -> None:
        """Write all keys to the terminal in one go."""
        os.write(self.keyboard, "".join(map(_sequence, keys)).encode())

    def close(self) -> None:
        """End the app."""
        self.app.kill()
        self.app.wait()
        self.told.close()

    def _look_away(self) -> None:
        """Take what the app draws, which would stop it otherwise."""
        with suppress(OSError):
            while os.read(self.keyboard, 65536):
                pass


def _sequence(key: str) -> str:
    if key.startswith("text:"):
        return key.removeprefix("text:")
    if key.startswith("paste:"):
        return f"\x1b[200~{key.removeprefix('paste:')}\x1b[201~"
    return SEQUENCES.get(key, key)


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    terminal = Terminal(tmp_path)
    yield terminal
    terminal.close()


def test_bursts_in_a_real_terminal_do_what_the_same_keys_do_one_by_one(terminal: Terminal) -> None:
    terminal.state()
    for burst in BURSTS * REPETITIONS_IN_A_TERMINAL:
        terminal.type_at_once(*burst.keys, "f10", "f9")

        assert terminal.state() == json.loads(json.dumps(burst.state())), burst.name
