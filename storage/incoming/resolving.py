"""The ids that names stand for, many of them: each costs little, and none is kept that is not asked for."""

import json
import sqlite3
from functools import lru_cache
from typing import Final

from storage.errors import Refused
from storage.incoming.called import Called
from storage.questions.reading import all_keys
from storage.record import RECORDS, Kind, called_by, names_of
from storage.sentences import quoted

KEPT: Final = 100_000


class Resolving:
    """Which record a ref, name, alias or key stands for, as of the running transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._called: dict[str, Called] = {}
        self._keys: dict[str, dict[str, int]] = {}
        self._named_by_key = {kind.table for kind in RECORDS.values() if not names_of(kind)}
        self.id = lru_cache(KEPT)(self._found)
        """The id of the one record of a table that is called so; Refused when none is, or several are."""

    def _found(self, table: str, name: str) -> int:
        kind = RECORDS[table]
        if table in self._named_by_key:
            return self._by_key(kind, name)
        column, *_ = names_of(kind)
        found = self._connection.execute(f"SELECT id FROM {table} WHERE {column} = ?", (name,)).fetchone()
        return int(found[0]) if found else self._otherwise(kind).id(name)

    def _otherwise(self, kind: Kind) -> Called:
        """Names and aliases, whatever case and accents; read when a name is first met that is nobody's ref."""
        if kind.table not in self._called:
            called = Called(kind)
            names = called_by(kind)
            for id, *cells in self._connection.execute(f"SELECT id, {', '.join(names)} FROM {kind.table}"):
                fields = dict(zip(names, cells, strict=True))
                called.add(id, {**fields, "aliases": _aliases(fields.get("aliases", "[]"))})
            self._called[kind.table] = called
        return self._called[kind.table]

    def _by_key(self, kind: Kind, name: str) -> int:
        if kind.table not in self._keys:
            self._keys[kind.table] = dict(all_keys(self._connection, kind))
        if name not in self._keys[kind.table]:
            raise Refused(f"there is no {kind.singular} {quoted(name)}.")
        return self._keys[kind.table][name]


def _aliases(text: str) -> object:
    try:
        return json.loads(text)
    except ValueError:
        return []  # another program may have written what is no list
