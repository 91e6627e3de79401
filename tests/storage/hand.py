"""A dossier by the names that people use: tests say `ours.edit(Demand, "D1", status="agreed")`."""

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import cast

from storage.changes import Change, Row
from storage.fields import Value
from storage.file.opened import open_store
from storage.questions import searching
from storage.record import RECORDS, SINGULAR, Kind
from storage.store import Store
from storage.view import View

Named = Mapping[str, object]


class Hand:
    """A store asked and changed by refs, names and keys in place of ids."""

    def __init__(self, path: Path, read_only: bool = False) -> None:
        self.path = path
        self.store: Store = open_store(path, read_only)

    def id(self, kind: Kind, name: str) -> int:
        """The id of the record with this ref, name or key."""
        ids = self.store.find(View(kind))
        return dict(zip(self.store.keys(kind.table, ids), ids, strict=True))[name]

    def keys(self, kind: Kind) -> list[str]:
        """What every record of the kind is called, in the usual order."""
        return self.store.keys(kind.table, self.store.find(View(kind)))

    def row(self, kind: Kind, name: str) -> dict[str, object]:
        """The record's values, with the names of others in place of their ids."""
        [found] = self.store.rows(View(kind), [self.id(kind, name)])
        return {**found.values, **{field: found.names[field] for field in found.names}}

    def add(self, kind: Kind, /, **values: object) -> str:
        """Add a record; what it is called."""
        change = self.store.add(kind, self.stored(kind, values))
        return self.store.keys(kind.table, [change.edits[0].id])[0]

    def edit(self, kind: Kind, /, *names: str, seen: Named | None = None, **values: object) -> Change:
        """Give fields values in all the records named; `seen` is what the user saw in each."""
        ids = [self.id(kind, name) for name in names]
        saw = {id: self.stored(kind, seen) for id in ids} if seen is not None else None
        return self.store.edit(kind, ids, self.stored(kind, values), saw)

    def delete(self, kind: Kind, *names: str) -> Change:
        """Delete the records named."""
        return self.store.delete(kind, [self.id(kind, name) for name in names])

    def undo(self) -> str:
        """Take back the last step; what that is called."""
        return self.store.undo().label

    def redo(self) -> str:
        """Do again what was undone last; what that is called."""
        return self.store.redo().label

    def labels(self) -> list[str]:
        """What the log says, oldest first."""
        return [change.label for change in self.store.log()]

    def stored(self, kind: Kind, values: Named) -> Row:
        """The values with ids in place of names."""
        about = str(values.get("subject", ""))
        tables = {name: field.refers_to for name, field in kind.fields.items()}
        if about in SINGULAR:
            tables["subject_id"] = SINGULAR[about].table
        row: Row = {}
        for name, value in values.items():
            table = tables.get(name)
            row[name] = self.id(RECORDS[table], value) if table and isinstance(value, str) else cast(Value, value)
        return row

    def again(self) -> "Hand":
        """The same file, closed and opened anew."""
        self.store.close()
        return Hand(self.path)


def content(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table but the log, with every column, in the order of recording."""
    connection = sqlite3.connect(path)
    try:
        return {table: connection.execute(f"SELECT * FROM {table} ORDER BY id").fetchall() for table in RECORDS}
    finally:
        connection.close()


def undone_and_redone(hand: Hand, before: dict[str, list[tuple[object, ...]]]) -> str:
    """What the undo of the last step is called, which brings back what was before; done again it is as it was now."""
    after = content(hand.path)
    called = hand.undo()
    assert content(hand.path) == before
    assert index_is_sound(hand.path)
    hand.redo()
    assert content(hand.path) == after
    assert index_is_sound(hand.path)
    return called


def index_is_sound(path: Path) -> bool:
    """True when every index holds exactly what the rows hold; SQLite compares them where rank is 1."""
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        for kind in filter(searching.is_searched, RECORDS.values()):
            index = searching.index_name(kind)
            connection.execute(f"INSERT INTO {index} ({index}, rank) VALUES ('integrity-check', 1)")
    except sqlite3.DatabaseError:
        return False
    finally:
        connection.close()
    return True


def steps(path: Path) -> int:
    """How many steps the log holds."""
    connection = sqlite3.connect(path)
    try:
        return int(connection.execute("SELECT count(*) FROM history").fetchone()[0])
    finally:
        connection.close()


def by_sqlite(path: Path, *statements: str) -> None:
    """Change the file as a person does with the sqlite3 program: without a word in the log."""
    connection = sqlite3.connect(path)
    try:
        with connection:
            for statement in statements:
                connection.execute(statement)
    finally:
        connection.close()


def damage_an_index(path: Path) -> None:
    """Let D9 stand in an index as D8, which opening does not see."""
    with closing(sqlite3.connect(path)) as connection:
        page = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'demands_ref_key'").fetchone()[0]
        size = connection.execute("PRAGMA page_size").fetchone()[0]
    data = bytearray(path.read_bytes())
    index = slice((page - 1) * size, page * size)
    data[index] = data[index].replace(b"d0019", b"d0018")
    path.write_bytes(data)
