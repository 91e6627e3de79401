"""What goes along with a record: its children, the evidence that names it, whatever cannot stand without it."""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from storage.fields import Field
from storage.record import RECORDS, Kind, referrers
from storage.records import Assessment, Demand, Evidence


@dataclass(slots=True)
class Deletion:
    """The rows to delete, and the references to them that only become empty."""

    rows: dict[str, set[int]] = field(default_factory=dict)
    cleared: set[tuple[str, int, str]] = field(default_factory=set)

    def counts_beside(self, table: str, asked: int) -> dict[str, int]:
        """How many rows of each table go, without those that were asked for."""
        counts = {name: len(ids) - (asked if name == table else 0) for name, ids in self.rows.items()}
        return {name: count for name, count in counts.items() if count}


def deletion(connection: sqlite3.Connection, kind: Kind, ids: Iterable[int]) -> Deletion:
    """Everything that goes when these records go; nothing is changed by asking."""
    found = Deletion()
    waiting: list[tuple[str, set[int]]] = [(kind.table, set(ids))]
    while waiting:
        table, going = waiting.pop()
        fresh = going - found.rows.get(table, set())
        if fresh:
            found.rows.setdefault(table, set()).update(fresh)
            waiting.extend(_next(connection, table, fresh, found))
    found.cleared = {each for each in found.cleared if each[1] not in found.rows.get(each[0], ())}
    return found


def _next(
    connection: sqlite3.Connection, table: str, gone: set[int], found: Deletion
) -> Iterator[tuple[str, set[int]]]:
    for kind, named in referrers(table):
        hit = _referring(connection, kind, named.name, gone)
        going = hit if named.goes_along else _meaningless(connection, kind, named, hit, gone)
        found.cleared.update((kind.table, id, named.name) for id in hit - going)
        yield kind.table, going
    for kind in (Evidence, Assessment):
        yield kind.table, _about(connection, kind, RECORDS[table].singular, gone)


def _meaningless(connection: sqlite3.Connection, kind: Kind, named: Field, hit: set[int], gone: set[int]) -> set[int]:
    """A demand whose first round goes would seem to have been raised always, unless a position tells when."""
    if kind is not Demand or named.name != "first_round" or not hit:
        return set()
    elsewhere = connection.execute(
        """SELECT DISTINCT demand FROM positions WHERE demand IN (SELECT value FROM json_each(?))
           AND round NOT IN (SELECT value FROM json_each(?))""",
        (_listed(hit), _listed(gone)),
    )
    return hit - {id for (id,) in elsewhere}


def _referring(connection: sqlite3.Connection, kind: Kind, name: str, ids: set[int]) -> set[int]:
    select = f"SELECT id FROM {kind.table} WHERE {name} IN (SELECT value FROM json_each(?))"
    return {id for (id,) in connection.execute(select, (_listed(ids),))}


def _about(connection: sqlite3.Connection, kind: Kind, subject: str, ids: set[int]) -> set[int]:
    select = f"SELECT id FROM {kind.table} WHERE subject = ? AND subject_id IN (SELECT value FROM json_each(?))"
    return {id for (id,) in connection.execute(select, (subject, _listed(ids)))}


def _listed(ids: Iterable[int]) -> str:
    return json.dumps(sorted(ids))
