"""What `parley check` finds: damage, broken rules and dangling evidence; and, as notes, gaps and strangers."""

import re
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Final, cast

from storage.blocks import in_blocks
from storage.changes import Row
from storage.editing.history import edits_of_records
from storage.editing.rules import broken
from storage.editing.validation import problems
from storage.editing.writing import stale_derived
from storage.fields import Value
from storage.file.connection import said
from storage.file.recognising import own_names, strange_columns
from storage.questions import reading
from storage.questions.stored import stored
from storage.record import RECORDS, SINGULAR, Kind
from storage.records import Statement
from storage.store import Finding, Found

NEED_EVIDENCE: Final = ("demand", "position", "agreement", "commitment", "stance", "assessment")
"""The kinds that say what somebody wants, promises or thinks, and so have to rest on a statement."""

TREE: Final = re.compile(r"[Tt]ree (\d+)")
"""How SQLite names the table or index in which a page is broken: by the page at which that begins."""

STALE: Final = "Search and order know an older text of it; they catch up when it is edited."

OF_MIGRATIONS: Final = frozenset({"_sqlite_migrations", "idx__sqlite_migrations_migration_set_name"})
"""What sqlite-utils keeps in the file to know which migrations have run."""


def findings(connection: sqlite3.Connection) -> list[Finding]:
    """Every finding in the file, errors before notes."""
    if found := list(damage(connection)):
        return found
    found = list(_errors(connection))
    notes = [*_gaps(connection), *_strangers(connection), *_unlogged(connection), *_stale(connection)]
    return [*found, *notes]


def first_error(connection: sqlite3.Connection) -> Finding | None:
    """An error in the file, one of a record if there is any; None in a sound one."""
    return next(chain(_lost_references(connection), _errors(connection), damage(connection)), None)


def damage(connection: sqlite3.Connection) -> Iterator[Finding]:
    """What SQLite finds wrong with the file, with the tables and indexes named in which it is."""
    roots = "SELECT rootpage, type || ' ' || name FROM sqlite_master WHERE rootpage"
    try:
        named = dict(connection.execute(roots).fetchall())
    except sqlite3.DatabaseError:
        yield _damage("The file is damaged where it tells which tables there are.")
        return
    try:
        found = [line for (text,) in connection.execute("PRAGMA integrity_check(20)") for line in text.splitlines()]
    except sqlite3.DatabaseError:
        yield from _damaged_tables(connection)
        return
    for line in found:
        if line == "ok" or line.startswith("***"):
            continue
        tree = TREE.search(line)
        where = f" in the {named[int(tree[1])]}" if tree and int(tree[1]) in named else ""
        yield _damage(f"The file is damaged{where}: {line}.")


def _damaged_tables(connection: sqlite3.Connection) -> Iterator[Finding]:
    """The tables that SQLite can't even check, each asked alone."""
    tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND rootpage").fetchall()
    for (table,) in tables:
        try:
            found = connection.execute("SELECT * FROM pragma_integrity_check(?)", (table,)).fetchone()[0]
        except sqlite3.DatabaseError as error:
            found = said(error)
        if found != "ok":
            yield _damage(f"The file is damaged in the table {table}, or in an index of it.")


def _errors(connection: sqlite3.Connection) -> Iterator[Finding]:
    yield from _broken_records(connection)
    yield from _lost_references(connection)
    yield from _broken_rules(connection)


def _broken_records(connection: sqlite3.Connection) -> Iterator[Finding]:
    if not connection.execute("SELECT 1 FROM dossier").fetchone():
        yield Finding(True, "dossier", "dossier", "The dossier has lost its title and what it says it is about.")
    for kind in RECORDS.values():
        for found in _all(connection, kind):
            for _field, sentence in problems(kind, found.values):
                yield _error(connection, kind, found.id, sentence)


def _lost_references(connection: sqlite3.Connection) -> Iterator[Finding]:
    for table, id, other, _number in connection.execute("PRAGMA foreign_key_check"):
        if table in RECORDS:
            yield lost_reference(connection, RECORDS[table], id, RECORDS[other])


def lost_reference(connection: sqlite3.Connection, kind: Kind, id: int, other: Kind) -> Finding:
    """The error of a record that refers to one of another kind that is not there."""
    return _error(connection, kind, id, f"It refers to a {other.singular} that is not there.")


def _broken_rules(connection: sqlite3.Connection) -> Iterator[Finding]:
    for each in broken(connection):
        yield _error(connection, RECORDS[each.table], each.id, each.sentence)


def _gaps(connection: sqlite3.Connection) -> Iterator[Finding]:
    unused = "SELECT id FROM statements s WHERE NOT EXISTS (SELECT 1 FROM evidence e WHERE e.statement = s.id)"
    yield from _notes(connection, Statement, connection.execute(unused), "No record rests on this statement.")
    for subject in NEED_EVIDENCE:
        kind = SINGULAR[subject]
        bare = f"""SELECT id FROM {kind.table} t WHERE NOT EXISTS (SELECT 1 FROM evidence e
            WHERE e.subject = ? AND e.subject_id = t.id AND e.relation = 'supports')"""
        yield from _notes(connection, kind, connection.execute(bare, (subject,)), "No statement supports it.")


def _notes(connection: sqlite3.Connection, kind: Kind, rows: Iterable[tuple[int]], sentence: str) -> Iterator[Finding]:
    """The same note on many records, named a block at a time."""
    for ids in in_blocks(id for (id,) in rows):
        for key in reading.keys(connection, kind, ids):
            yield Finding(False, kind.singular, key, sentence)


def _strangers(connection: sqlite3.Connection) -> Iterator[Finding]:
    ours = own_names()
    there = connection.execute("SELECT type, name FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
    for kind, name in there:
        if name not in ours | OF_MIGRATIONS:
            yield Finding(False, kind, name, f"This {kind} is not Parley's.")
    for table, column in strange_columns(connection):
        yield Finding(False, "column", f"{table}.{column}", "This column is not Parley's.")
    for name in sorted(ours - {name for _, name in there}):
        yield Finding(False, "index", name, "This index is missing, so that some answers take longer.")


def _stale(connection: sqlite3.Connection) -> Iterator[Finding]:
    """Rows that search and order see as they were, because another program changed the fields alone."""
    for kind in RECORDS.values():
        for id in list(stale_derived(connection, kind)):
            yield _note(connection, kind, id, STALE)


def _unlogged(connection: sqlite3.Connection) -> Iterator[Finding]:
    """Records that hold something else than what the log says they were given last; asked some at a time."""
    for kind in RECORDS.values():
        logged = connection.execute("SELECT DISTINCT id FROM history_edits WHERE kind = ? ORDER BY id", (kind.table,))
        for ids in in_blocks(id for (id,) in logged):
            now = stored(connection, kind, ids)
            for id, last in _last_logged(connection, kind, ids).items():
                row = now.get(id)
                if row is None:
                    yield _note(connection, kind, id, "It was deleted without a word.")
                elif changed := next((name for name, value in last.items() if row[name] != value), None):
                    yield _note(connection, kind, id, f"{changed} was changed without a word in the log.")


def _last_logged(connection: sqlite3.Connection, kind: Kind, ids: Sequence[int]) -> dict[int, Row]:
    """What the log gave the fields of these records last; a record that it deleted is missing."""
    last: dict[int, Row] = {}
    for edit in edits_of_records(connection, kind.table, ids):
        if edit.field:
            last.setdefault(edit.id, {})[edit.field] = cast(Value, edit.after)
        elif isinstance(edit.after, dict):
            last[edit.id] = dict(edit.after)
        else:
            last.pop(edit.id, None)
    return last


def _all(connection: sqlite3.Connection, kind: Kind) -> Iterator[Found]:
    for ids in in_blocks(reading.all_ids(connection, kind)):
        yield from reading.records(connection, kind, ids)


def _error(connection: sqlite3.Connection, kind: Kind, id: int, sentence: str) -> Finding:
    return Finding(True, kind.singular, _key(connection, kind, id), sentence)


def _note(connection: sqlite3.Connection, kind: Kind, id: int, sentence: str) -> Finding:
    return Finding(False, kind.singular, _key(connection, kind, id), sentence)


def _key(connection: sqlite3.Connection, kind: Kind, id: int) -> str:
    """What a record is called; its id once it is gone."""
    return next(iter(reading.keys(connection, kind, [id])), str(id))


def _damage(sentence: str) -> Finding:
    return Finding(True, "file", "-", sentence)
