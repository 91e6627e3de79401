"""The log: one row a step, one row an edit; undo and redo are steps as well, so that nothing is ever erased."""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from functools import cache
from typing import Final, cast

from storage.blocks import AT_ONCE
from storage.changes import EDITS_HELD, Change, Edit, Row
from storage.editing.inserts import insert_rows
from storage.fields import Value

STEPS = "SELECT id, at, author, session, kind, label, reverses FROM history"

EDITS = "SELECT kind, id, field, before, after FROM history_edits"

ENCODER: Final = json.JSONEncoder(ensure_ascii=False)
DECODER: Final = json.JSONDecoder()

TIMES_UNDONE = """(SELECT coalesce(sum(CASE r.kind WHEN 'undo' THEN 1 ELSE -1 END), 0)
    FROM history r WHERE r.reverses = h.id)"""


def begin(connection: sqlite3.Connection, change: Change) -> int:
    """The number of a step put into the log, in the transaction that makes it; its edits and its name follow."""
    at = datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    made = connection.execute(
        "INSERT INTO history (at, author, session, kind, reverses, label) VALUES (?, ?, ?, ?, ?, ?)",
        (at, author(), change.session, change.kind, change.reverses, change.label),
    )
    return cast(int, made.lastrowid)


def add_edits(connection: sqlite3.Connection, step: int, edits: Iterable[Edit]) -> None:
    """Put edits after those that a step has already."""
    cells = [(step, edit.table, edit.id, edit.field, _json(edit.before), _json(edit.after)) for edit in edits]
    for _, error in insert_rows(connection, "history_edits", ("step", "kind", "id", "field", "before", "after"), cells):
        raise error


def name_step(connection: sqlite3.Connection, step: int, label: str) -> None:
    """Say what a step is called, when that is known only after its edits."""
    connection.execute("UPDATE history SET label = ? WHERE id = ?", (label, step))


@cache  # asking the system anew would take a thirtieth of each edit
def author() -> str:
    """The name under which this person's steps stand in the log."""
    import getpass  # at the first edit, which the start does not wait for

    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "unknown"


def last(connection: sqlite3.Connection) -> int:
    """The number of the newest step; 0 of an empty log."""
    return int(connection.execute("SELECT coalesce(max(id), 0) FROM history").fetchone()[0])


def to_undo(connection: sqlite3.Connection, session: str, opened_at: int) -> int | None:
    """The last step not undone, leaving out what others have done since this session opened the file."""
    found = connection.execute(
        f"""SELECT h.id FROM history h WHERE h.kind = 'do' AND (h.session = ? OR h.id <= ?)
            AND {TIMES_UNDONE} = 0 ORDER BY h.id DESC LIMIT 1""",
        (session, opened_at),
    ).fetchone()
    return int(found[0]) if found else None


def to_redo(connection: sqlite3.Connection, session: str, opened_at: int) -> int | None:
    """The step undone last that is still undone, unless a new one was done after that."""
    found = connection.execute(
        f"""SELECT u.reverses, u.id FROM history u JOIN history h ON h.id = u.reverses
            WHERE u.kind = 'undo' AND (u.session = ? OR u.id <= ?) AND {TIMES_UNDONE} = 1
            AND u.id = (SELECT max(v.id) FROM history v WHERE v.reverses = h.id)
            ORDER BY u.id DESC LIMIT 1""",
        (session, opened_at),
    ).fetchone()
    if not found:
        return None
    newer = "SELECT 1 FROM history WHERE kind = 'do' AND id > ? AND (session = ? OR id <= ?)"
    return None if connection.execute(newer, (found[1], session, opened_at)).fetchone() else int(found[0])


def step(connection: sqlite3.Connection, number: int) -> Change:
    """One step with the first of its edits, and what the others touched."""
    row = connection.execute(f"{STEPS} WHERE id = ?", (number,)).fetchone()
    first = f"{EDITS} WHERE step = ? ORDER BY rowid LIMIT {EDITS_HELD}"
    others = f"""SELECT DISTINCT kind, field FROM history_edits
        WHERE rowid IN (SELECT rowid FROM history_edits WHERE step = ? ORDER BY rowid LIMIT -1 OFFSET {EDITS_HELD})"""
    change = _change(row, map(_edit, connection.execute(first, (number,))))
    if len(change.edits) < EDITS_HELD:
        return change
    return change._replace(beyond=frozenset(connection.execute(others, (number,)).fetchall()))


def edits_of(connection: sqlite3.Connection, step: int, last_first: bool) -> Iterator[Edit]:
    """Every edit of a step, read some at a time, so that others can be put into the log meanwhile."""
    comes, order, at = ("<", "DESC", 2**63 - 1) if last_first else (">", "ASC", 0)
    select = f"""SELECT kind, id, field, before, after, rowid FROM history_edits
        WHERE step = ? AND rowid {comes} ? ORDER BY rowid {order} LIMIT {AT_ONCE}"""
    while block := connection.execute(select, (step, at)).fetchall():
        yield from (_edit(each[:5]) for each in block)
        at = block[-1][5]


def edits_of_records(connection: sqlite3.Connection, table: str, ids: Sequence[int]) -> Iterator[Edit]:
    """Every edit of these records in the log, oldest first."""
    among = "kind = ? AND id IN (SELECT value FROM json_each(?))"
    return map(_edit, connection.execute(f"{EDITS} WHERE {among} ORDER BY rowid", (table, json.dumps([*ids]))))


def steps(connection: sqlite3.Connection, newest: int | None = None) -> list[Change]:
    """The steps without their edits, oldest first; only the newest ones if a number is given."""
    limit = -1 if newest is None else newest
    rows = connection.execute(f"SELECT * FROM ({STEPS} ORDER BY id DESC LIMIT ?) ORDER BY id", (limit,))
    return [_change(row) for row in rows]


def of_record(connection: sqlite3.Connection, table: str, id: int) -> list[Change]:
    """The steps that touched one record, oldest first, each with its edits of that record alone."""
    numbers = connection.execute(
        "SELECT DISTINCT step FROM history_edits WHERE kind = ? AND id = ? ORDER BY step", (table, id)
    )
    return [_of_record(connection, number, table, id) for (number,) in numbers.fetchall()]


def _of_record(connection: sqlite3.Connection, number: int, table: str, id: int) -> Change:
    row = connection.execute(f"{STEPS} WHERE id = ?", (number,)).fetchone()
    # the + keeps SQLite from looking through all edits of the step in place of those of the record
    edits = connection.execute(f"{EDITS} WHERE kind = ? AND id = ? AND +step = ? ORDER BY rowid", (table, id, number))
    return _change(row, map(_edit, edits))


def since(connection: sqlite3.Connection, number: int) -> list[Change]:
    """The steps after this one, each with the first of its edits."""
    numbers = connection.execute("SELECT id FROM history WHERE id > ? ORDER BY id", (number,)).fetchall()
    return [step(connection, each) for (each,) in numbers]


def _json(value: Value | Row) -> str | None:
    return None if value is None else ENCODER.encode(value)


def _value(text: str | None) -> Value | Row:
    """The value that a JSON text stands for; a list comes back as a tuple."""
    if text is None:
        return None
    value = DECODER.decode(text)
    if isinstance(value, dict):
        return {name: tuple(each) if isinstance(each, list) else each for name, each in value.items()}
    return cast(Value, tuple(value) if isinstance(value, list) else value)


def _edit(row: tuple[str, int, str | None, str | None, str | None]) -> Edit:
    table, id, name, before, after = row
    return Edit(table, id, name, _value(before), _value(after))


def _change(row: tuple[int, str, str, str, str, str, int | None], edits: Iterable[Edit] = ()) -> Change:
    number, at, who, session, kind, label, reverses = row
    if kind not in ("do", "undo", "redo"):
        raise ValueError(kind)
    return Change(label, tuple(edits), number, kind, at, who, session, reverses)  # type: ignore[arg-type]  # checked above
