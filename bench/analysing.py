"""The computed views of a long negotiation: first, and then round by round, as holding a key does."""

import json
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Final

from bench.figures import Figure, in_turn
from bench.plan import Plan
from storage import COMPUTED_VIEWS, Answers, Question, Store, create_store, open_store
from tests.dossiers import generated

GROUP: Final = "Analysis"
LONG: Final = (200, 40, 2_000, 200_000)
SHORT: Final = (20, 10, 200, 2_000)
"""Parties, rounds, demands, positions; every other kind of record in proportion."""

SCREENFUL: Final = 60


def measure(plan: Plan) -> Iterator[Figure]:
    """The first answer of each view, with all rows read anew; then every round of those that are stepped."""
    size = SHORT if plan.quick else LONG
    path = plan.kept.made(f"{'x'.join(map(str, size))}-talks.db", partial(_make, size))
    with closing(open_store(path, read_only=True)) as store:
        rounds = [f"R{number}" for number in range(1, size[1] + 1)]
        for view in COMPUTED_VIEWS:
            sides = {"ours": partial(_anew, store, view), "rows": partial(_rows_alone, path)}
            found = in_turn(min(plan.rounds, 3), sides)
            yield Figure(
                GROUP, f"{view}, the first time", "ms", found["ours"], "SELECT * of the same file", found["rows"]
            )
        answers = Answers(store)
        first = milliseconds(answers, Question("matrix"))
        plan.say(f"the rows are read: {first:.0f} ms")
        for view in (name for name, each in COMPUTED_VIEWS.items() if "as_of" in each.takes):
            taken = [milliseconds(answers, Question(view, as_of=ref)) for ref in rounds]
            yield Figure(GROUP, f"{view}, each round", "ms", taken)


def _anew(store: Store, view: str) -> float:
    return milliseconds(Answers(store), Question(view))


def milliseconds(answers: Answers, question: Question) -> float:
    """How long an answer takes until a screenful of rows is there, with every column of it."""
    started = time.perf_counter()
    table = answers.table(question)
    for row in table.rows[:SCREENFUL]:
        for column in table.columns:
            row.values[column.name]
    return (time.perf_counter() - started) * 1000


def _rows_alone(path: Path) -> float:
    """How long SQLite takes to hand over the rows from which everything is computed."""
    started = time.perf_counter()
    with closing(sqlite3.connect(path)) as file:
        for table in ("parties", "rounds", "demands", "positions", "statements", "evidence"):
            file.execute(f"SELECT * FROM {table}").fetchall()
    return (time.perf_counter() - started) * 1000


def _make(size: tuple[int, int, int, int], path: Path) -> None:
    create_store(path, json.dumps(generated(1, *size)).encode()).close()
