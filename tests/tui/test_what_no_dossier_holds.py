"""What other programs have written past every rule is said in a sentence; the rest can still be worked on."""

import sqlite3
from contextlib import closing

import pytest

from storage import RECORDS, View
from tests.tui.desk import desk
from tui.keys import VIEWS
from tui.panes.by_name import without_number
from tui.panes.going import WholeRecord

EVERY_PANE = (*without_number(), *(name for _, name in VIEWS if name != "detail"))


def without(path, table):
    """Take every second record of a table away, as SQLite does unless it is told to mind references."""
    with closing(sqlite3.connect(path)) as connection:
        ids = [id for (id,) in connection.execute(f"SELECT id FROM {table} ORDER BY id")]
        connection.executemany(f"DELETE FROM {table} WHERE id = ?", [(id,) for id in ids[::2]])
        connection.commit()


async def look_at_everything(at):
    """Show every pane, its last row, and a record of every kind."""
    for name in EVERY_PANE:
        at.app.held(at.main.go_to_pane(name))
        await at.press("end")
    for kind in RECORDS.values():
        for id in at.app.live.store.find(View(kind), 1):
            at.main.post_message(WholeRecord(kind, id))
            await at.press("end")


@pytest.mark.parametrize("table", ["parties", "rounds", "demands", "statements"])
async def test_a_dossier_that_has_lost_records_can_be_looked_at(istanbul, table):
    without(istanbul, table)
    async with desk(istanbul, (112, 32)) as at:
        await look_at_everything(at)

        assert at.app.is_running


async def test_demands_are_shown_and_edited_where_their_zones_cannot_be_told(istanbul):
    without(istanbul, "rounds")
    async with desk(istanbul) as at:
        await at.press("down")
        assert "refers to a round that is not there" in at.says
        assert at.rows()[0].startswith("D1   30-day unconditional")

        await at.press("right", "e", "ctrl+u", "text:x", "enter")

        assert at.value("title", "D2") == "x"
