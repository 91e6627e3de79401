"""Records on their way out, read at one moment on a connection of their own: whole, or as SQL writes them."""

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

from storage.exports.formats.cells import as_json, as_text
from storage.exports.formats.in_sql import Block, Column
from storage.fields import Value
from storage.file.connection import connect_to_read, refusal
from storage.file.unguarded import refuse_outdated
from storage.questions.query import condition, named, order, whole_view, with_others
from storage.questions.reading import named as with_names
from storage.questions.stored import listed
from storage.record import NAMES
from storage.store import Found
from storage.view import View

ROWS_A_BLOCK: Final = 100


@contextmanager
def stream(path: Path, view: View) -> Iterator[Iterator[Found]]:
    """Every record of the view, whole, in its order."""
    with _at_one_moment(path) as connection, _maybe_left_unread(connection, *whole_view(view)) as rows:
        yield with_names(connection, view.kind, rows)


@contextmanager
def blocks(path: Path, view: View, cells: Sequence[str]) -> Iterator[Iterator[Block]]:
    """What these SQL expressions say of each record of the view, in its order, some records at a time."""
    with _at_one_moment(path) as connection:
        connection.create_function("cell_as_text", 1, _as_text, deterministic=True)
        connection.create_function("cell_as_json", 1, _as_json, deterministic=True)
        connection.text_factory = bytes
        where, parameters = condition(view)
        others = [field for name in view.shown() if (field := view.kind.fields[name]).refers_to]
        select = f"SELECT {', '.join(cells)} FROM {with_others(view.kind, others)}{where} ORDER BY {order(view)}"
        with _maybe_left_unread(connection, select, parameters) as rows:
            yield iter(lambda: rows.fetchmany(ROWS_A_BLOCK), [])


def columns(view: View) -> list[Column] | None:
    """The columns of a view in SQL; None where one shows the key of a record of any kind, which no SQL makes."""
    fields = [view.kind.fields[name] for name in view.shown()]
    if any(field.type == "subject_id" for field in fields):
        return None
    # a record that is gone leaves its id behind
    return [
        Column(
            field.name,
            field.type,
            f"coalesce({named(field, NAMES)}, t.{field.name})" if field.refers_to else f"t.{field.name}",
        )
        for field in fields
    ]


@contextmanager
def _at_one_moment(path: Path) -> Iterator[sqlite3.Connection]:
    connection = connect_to_read(path)
    try:
        connection.execute("PRAGMA cache_size = -500")  # KiB; rows pass by, so few pages are asked for twice
        connection.execute("BEGIN")
        yield connection
        refuse_outdated(connection)
    except sqlite3.Error as error:
        raise refusal(path, error, "read") from error
    finally:
        connection.close()


def _maybe_left_unread(
    connection: sqlite3.Connection, sql: str, parameters: Sequence[object]
) -> closing[sqlite3.Cursor]:
    """Rows that need not all be read: while some wait, closing the connection leaves what lies beside the file."""
    return closing(connection.execute(sql, parameters))


def _as_text(stored: float | bytes | None) -> str:
    return as_text(_value(stored))


def _as_json(stored: float | bytes | None) -> str:
    return json.dumps(as_json(_value(stored)), ensure_ascii=False, separators=(",", ":"))


def _value(stored: float | bytes | None) -> Value:
    return listed(stored.decode("utf-8", "replace")) if isinstance(stored, bytes) else stored
