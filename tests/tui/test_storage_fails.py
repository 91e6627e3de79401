"""A file that can't be read while it is on screen: the screen says so, stays, and goes on when it can be read again."""

import json
import sqlite3
from contextlib import closing, contextmanager

import pytest

from storage import RECORDS, create_store, open_store
from tests.dossiers import generated
from tests.tui.desk import Desk, desk, until
from tests.tui.keyboard import typed
from tui import keygate
from tui.app import Parley
from tui.keys import WAY_OUT

READS = {
    "find": ("slash", "text:a", "enter"),
    "filter": ("right", "f"),
    "sort": ("s",),
    "edit a reference": ("right", "right", "e", "text:x", "enter"),
    "edit an open list": (*["right"] * 7, "e", "text:x"),
    "duplicate": ("D",),
    "delete": ("d", "y"),
    "copy": ("y",),
    "copy as": ("Y", "enter"),
    "export": ("E", "right", "enter"),
    "evidence": ("x",),
    "brief": ("b",),
    "whole record": ("o",),
    "parties": ("1", "s"),
    "detail": ("4",),
    "matrix": ("5",),
    "changes": ("6",),
    "commitments": ("7",),
    "timeline": ("8",),
    "findings": ("9",),
    "others": ("0", "text:peop", "enter"),
    "round": ("left_square_bracket",),
    "since": ("left_curly_bracket",),
}
"""What asks the file something, and the keys that do it."""

WRITES = {
    "edit": ("right", "e", "text:x", "enter"),
    "empty": ("right", "right", "right", "backspace"),
}


@contextmanager
def unreadable(path, *tables):
    """The dossier without its tables for a while: whatever is asked of it fails."""
    with closing(sqlite3.connect(path)) as other:
        for table in tables or RECORDS:
            other.execute(f"ALTER TABLE {table} RENAME TO gone_{table}")
        yield
        for table in tables or RECORDS:
            other.execute(f"ALTER TABLE gone_{table} RENAME TO {table}")


@pytest.mark.parametrize(("asked", "said"), [(READS, "can't be read"), (WRITES, "Not saved")], ids=["read", "write"])
async def test_what_an_unreadable_file_refuses_is_said_and_shown_when_it_can_be_read(
    istanbul, asked, said, monkeypatch
):
    monkeypatch.chdir(istanbul.parent)
    async with desk(istanbul) as at:
        await until(lambda: "cont" in at.rows()[0], at)  # or the zones, which come last, would tell of it too
        with unreadable(istanbul):
            await at.app.hear_news()  # which is said once, and not over what a key brings
            for name, keys in asked.items():
                at.main.say("")
                await at.press(*keys)
                assert said in at.says + at.text(), name
                await at.press("escape", "escape", "3", "home")
        await at.press("F")

        assert [path.name for path in istanbul.parent.iterdir() if "istanbul.db" not in path.name] == []
        assert any("D1 " in row for row in at.rows()), at.text()


async def test_rows_that_come_into_sight_and_can_t_be_read_are_blank_until_they_can(tmp_path):
    store = create_store(tmp_path / "many.db", json.dumps(generated(1, 3, 2, 300, 0)).encode())
    store.close()
    async with desk(store.path) as at:
        with unreadable(store.path):
            await at.press("3", "pagedown", "pagedown", "pagedown", "pagedown", "pagedown", "pagedown", "pagedown")
            assert "can't be read" in at.says
        await at.app.hear_news()
        await at.press("g", "G")

        assert "D300" in at.rows()[-1], at.text()


async def test_a_log_that_can_t_be_read_is_told_of_once_and_not_five_times_a_second(istanbul):
    async with desk(istanbul) as at:
        await until(lambda: "cont" in at.rows()[0], at)  # or the zones, which come last, would tell of it too
        with unreadable(istanbul, "history"):
            await at.app.hear_news()
            assert "can't be read" in at.says
            await at.press("1", "minus")
            await at.app.hear_news()
            assert at.says.startswith("The first column stays")


async def test_a_file_that_can_t_be_read_at_first_is_shown_when_it_can(istanbul):
    app = Parley(open_store(istanbul))
    with unreadable(istanbul):
        async with app.run_test(size=(80, 24)) as pilot:
            await app.settled()
            at = Desk(app, pilot)
            assert "can't be read" in at.text()
            await at.press("1", "down", "3")
            assert at.main.current == "demands"
    app.live.close()


async def test_the_question_whether_to_leave_goes_when_a_save_that_was_held_up_is_done(istanbul, monkeypatch):
    monkeypatch.setitem(keygate.PATIENCE_SECONDS, WAY_OUT, 0.1)
    async with desk(istanbul) as at:
        await at.press("3", "right", "e", "text: now")
        with closing(sqlite3.connect(istanbul, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            for key in ("enter", "ctrl+q"):
                at.app.post_message(typed(key))
            await until(lambda: "Leave without it?" in at.text(), at)

        await until(lambda: not at.app.is_running, at)

        assert at.value("title", "D1") == "30-day unconditional ceasefire now"
        assert at.app.return_code == 0
