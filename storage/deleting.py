"""What goes along with a record: its children, the evidence that names it, whatever cannot stand without it."""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from storage.changes import Edit
from storage.reading import row
from storage.record import RECORDS, Kind, referrers
from storage.records import Assessment, Demand, Evidence, Position


@dataclass(slots=True)
class Deletion:
    """The rows to delete, and the references to them that only become empty."""

    rows: dict[str, set[int]] = field(default_factory=dict)
    cleared: set[tuple[str, int, str]] = field(default_factory=set)

    def counts_beside(self, table: str, asked: int) -> dict[str, int]:
        """How many rows of each table go, without those that were asked for."""
        counts = {name: len(ids) - (asked if name == table else 0) for name, ids in self.rows.items()}
        return {name: count for name, count in counts.items() if count}


def edits_of(connection: sqlite3.Connection, going: Deletion) -> Iterator[Edit]:
    """The edits that carry a deletion out, the references that become empty first."""
    for table, id, name in sorted(going.cleared):
        values = row(connection, RECORDS[table], id)
        yield Edit(table, id, name, values[name] if values else None, None)
    for table, ids in going.rows.items():
        for id in sorted(ids):
            yield Edit(table, id, None, row(connection, RECORDS[table], id), None)


def deletion(connection: sqlite3.Connection, roots: Mapping[Kind, Iterable[int]]) -> Deletion:
    """Everything that goes when these records go; nothing is changed by asking."""
    found = Deletion()
    waiting = [(kind.table, set(ids)) for kind, ids in roots.items()]
    while waiting:
        table, going = waiting.pop()
        fresh = going - found.rows.get(table, set())
        if fresh:
            found.rows.setdefault(table, set()).update(fresh)
            waiting.extend(_next(connection, table, fresh, found))
        if not waiting:
            waiting.extend(_raised_nowhere_else(connection, found))
    found.cleared = {each for each in found.cleared if each[1] not in found.rows.get(each[0], ())}
    return found


def _next(
    connection: sqlite3.Connection, table: str, gone: set[int], found: Deletion
) -> Iterator[tuple[str, set[int]]]:
    for kind, named in referrers(table):
        hit = _referring(connection, kind, named.name, gone)
        if named.goes_along:
            yield kind.table, hit
        else:
            found.cleared.update((kind.table, id, named.name) for id in hit)
    for kind in (Evidence, Assessment):
        yield kind.table, _about(connection, kind, RECORDS[table].singular, gone)


def _raised_nowhere_else(connection: sqlite3.Connection, found: Deletion) -> Iterator[tuple[str, set[int]]]:
    """A demand whose first round goes would seem to have been raised always, unless a position tells when.

    Asked when all else is known, since a position that goes as well tells nothing.
    """
    gone = found.rows.get(Demand.table, set())
    first_gone = {id for table, id, name in found.cleared if (table, name) == (Demand.table, "first_round")} - gone
    if not first_gone:
        return
    elsewhere = connection.execute(
        """SELECT DISTINCT demand FROM positions WHERE demand IN (SELECT value FROM json_each(?))
           AND id NOT IN (SELECT value FROM json_each(?))""",
        (_listed(first_gone), _listed(found.rows.get(Position.table, ()))),
    )
    if alone := first_gone - {id for (id,) in elsewhere}:
        yield Demand.table, alone


def _referring(connection: sqlite3.Connection, kind: Kind, name: str, ids: set[int]) -> set[int]:
    select = f"SELECT id FROM {kind.table} WHERE {name} IN (SELECT value FROM json_each(?))"
    return {id for (id,) in connection.execute(select, (_listed(ids),))}


def _about(connection: sqlite3.Connection, kind: Kind, subject: str, ids: set[int]) -> set[int]:
    select = f"SELECT id FROM {kind.table} WHERE subject = ? AND subject_id IN (SELECT value FROM json_each(?))"
    return {id for (id,) in connection.execute(select, (subject, _listed(ids)))}


def _listed(ids: Iterable[int]) -> str:
    return json.dumps(sorted(ids))
