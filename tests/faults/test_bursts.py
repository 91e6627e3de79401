"""Keys in one write, in every kind of editor, on a real terminal: what is typed is what is saved."""

import sqlite3
from contextlib import closing
from typing import NamedTuple

import pytest

from tests.faults.terminal import Terminal

SAVED = "u undoes"
MAIN, LEFT = 25, 1
"""The columns of the screen in which the panes mark the row of the cursor."""


class Burst(NamedTuple):
    """How to get to a cell, what is typed there in one write, and what the file must hold then."""

    there: tuple[str, ...]
    typed: tuple[str, ...]
    sql: str
    value: object
    rows: int = 3
    """How far jjj moves: fewer at the end of a short table."""
    column: int = MAIN


def demand(field, there, typed, value):
    """A cell of the first demand."""
    return Burst(("3", *there), ("e", *typed, "jjj"), f"SELECT {field} FROM demands WHERE id = :first", value)


FIRST_DEMAND = "SELECT min(id) FROM demands"

BURSTS = {
    "text": demand("title", ["right"], [" now", "enter"], "30-day unconditional ceasefire now"),
    "ref": demand("ref", [], ["b", "enter"], "D1b"),
    "choice": demand("status", ["right"] * 4, ["ag", "enter"], "agreed"),
    "open list": demand("issue", ["right"] * 7, ["\x15", "justice", "enter"], "justice"),
    "long text": demand("text", ["right"] * 6, ["Two\rlines", "f2"], "Two\nlines"),
    "reference": Burst(
        ("3", "right", "right", "right"),
        ("e", "\x15", "china", "enter", "jjj"),
        "SELECT p.ref FROM demands d JOIN parties p ON p.id = d.to_party WHERE d.id = :first",
        "CHN",
    ),
    "kind and record": Burst(
        ("0", "evidence l", "enter", "right", "right"),
        ("e", "\x15", "demand D2", "enter", "jjj"),
        """SELECT e.subject || ' ' || d.ref FROM evidence e JOIN demands d ON d.id = e.subject_id
           WHERE e.id = (SELECT min(id) FROM evidence)""",
        "demand D2",
    ),
    "yes or no": Burst(
        ("1", *["right"] * 5), ("e", "jjj"), "SELECT essential FROM parties WHERE ref = 'UKR'", 0, column=LEFT
    ),
    "list": Burst(
        ("1", *["right"] * 2),
        ("e", "; Kyjiw", "enter", "jjj"),
        "SELECT aliases FROM parties WHERE ref = 'UKR'",
        '["Kyiv", "Kiev", "Kyjiw"]',
        column=LEFT,
    ),
    "date": Burst(
        ("2", "right"),
        ("e", "\x15", "17 may 2025", "enter", "jjj"),
        "SELECT starts_on FROM rounds WHERE ref = 'R1'",
        "2025-05-17",
        rows=0,
        column=LEFT,
    ),
    "number": Burst(
        ("2", "right", "right", "right"),
        ("e", "\x15", "7", "enter", "jjj"),
        "SELECT seq FROM rounds WHERE ref = 'R1'",
        7,
        rows=0,
        column=LEFT,
    ),
}


def value_in(path, burst):
    """What the file holds where the burst wrote."""
    with closing(sqlite3.connect(path)) as connection:
        first = connection.execute(FIRST_DEMAND).fetchone()[0]
        return connection.execute(burst.sql, {"first": first} if ":first" in burst.sql else {}).fetchone()[0]


@pytest.mark.parametrize("name", BURSTS)
def test_a_burst_saves_the_value_and_moves_on(istanbul, tmp_path, name, loaded):
    burst = BURSTS[name]
    terminal = Terminal(istanbul, home=tmp_path, loaded=loaded)
    terminal.shows("9 of 9")
    terminal.type(*burst.there)
    before = terminal.line_of_cursor(burst.column)

    terminal.write(*burst.typed)
    terminal.shows(SAVED)
    terminal.until(lambda: terminal.line_of_cursor(burst.column) == before + burst.rows)
    terminal.until(lambda: False, quiet=0.3)

    assert value_in(istanbul, burst) == burst.value
    assert terminal.line_of_cursor(burst.column) == before + burst.rows
    assert terminal.leave() == 0
