"""What goes along with a record: its children, the evidence that names it, whatever cannot stand without it.

What goes is gathered in temporary tables of the connection, so that it may be a million records.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping

from storage.blocks import in_blocks
from storage.changes import Edit
from storage.questions.stored import stored
from storage.record import RECORDS, Kind, referrers
from storage.records import Assessment, Evidence

TABLES = (
    # wave 0 is what was asked for, each further one what can't stand without the one before
    "CREATE TEMP TABLE IF NOT EXISTS going (kind TEXT, id INTEGER, wave INTEGER, PRIMARY KEY (kind, id)) WITHOUT ROWID",
    "CREATE TEMP TABLE IF NOT EXISTS emptied (kind TEXT, id INTEGER, field TEXT, held INTEGER)",
    "DELETE FROM going",
    "DELETE FROM emptied",
)

RAISED_NOWHERE_ELSE = """INSERT OR IGNORE INTO going SELECT 'demands', d.id, ?
    FROM going round CROSS JOIN demands d ON d.first_round = round.id WHERE round.kind = 'rounds' AND NOT EXISTS
    (SELECT 1 FROM positions p WHERE p.demand = d.id
     AND NOT EXISTS (SELECT 1 FROM going WHERE kind = 'positions' AND id = p.id))"""
"""A demand whose first round goes would seem to have been raised always, unless a position that stays tells when."""


class Deletion:
    """The rows to delete, and the references to them that only become empty; good until the connection's next one."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def ids(self, kind: Kind) -> Iterator[int]:
        """The rows of a kind that go."""
        return (
            id for (id,) in self._connection.execute("SELECT id FROM going WHERE kind = ? ORDER BY id", (kind.table,))
        )

    def emptied(self) -> Iterator[Edit]:
        """The references that become empty, as edits."""
        found = self._connection.execute("SELECT kind, id, field, held FROM emptied ORDER BY kind, id, field")
        return (Edit(table, id, field, held, None) for table, id, field, held in found)

    def are_missing(self) -> bool:
        """True when a row that was asked for is not there."""
        kinds = self._connection.execute("SELECT DISTINCT kind FROM going WHERE wave = 0").fetchall()
        missing = (
            "SELECT 1 FROM going WHERE kind = ? AND wave = 0 AND NOT EXISTS (SELECT 1 FROM {} t WHERE t.id = going.id)"
        )
        return any(self._connection.execute(missing.format(kind), (kind,)).fetchone() for (kind,) in kinds)

    def edits(self) -> Iterator[Edit]:
        """The edits that carry the deletion out, the references that become empty first."""
        yield from self.emptied()
        for kind in RECORDS.values():
            for some in in_blocks(self.ids(kind)):
                rows = stored(self._connection, kind, some)
                yield from (Edit(kind.table, id, None, row, None) for id, row in rows.items())

    def along(self) -> dict[str, int]:
        """How many rows of each table go besides those asked for."""
        found = self._connection.execute("SELECT kind, count(*) FROM going WHERE wave > 0 GROUP BY kind")
        counts = dict(found.fetchall())
        return {table: counts[table] for table in RECORDS if table in counts}

    def staying(self, step: int) -> dict[str, int]:
        """How many rows of each table go along or lose a reference without being deleted or edited by the step."""
        counts = self.along()
        emptied = self._connection.execute(
            """SELECT e.kind, count(*) FROM emptied e WHERE NOT EXISTS (SELECT 1 FROM history_edits h
               WHERE h.kind = e.kind AND h.id = e.id AND h.step = ? AND h.field IS NOT NULL) GROUP BY e.kind""",
            (step,),
        )
        for table, count in emptied:
            counts[table] = counts.get(table, 0) + count
        return counts


def deletion(connection: sqlite3.Connection, roots: Mapping[Kind, Iterable[int]]) -> Deletion:
    """Everything that goes when these records go; nothing of the dossier is changed by asking."""
    _begin(connection)
    for kind, ids in roots.items():
        for some in in_blocks(ids):
            select = "SELECT ?, value, 0 FROM json_each(?)"
            connection.execute(f"INSERT OR IGNORE INTO going {select}", (kind.table, json.dumps(some)))
    return _closed(connection)


def deletion_by_reversing(connection: sqlite3.Connection, step: int, undoing: bool) -> Deletion:
    """Everything that goes when the rows go that an undo or a redo of the step takes away."""
    _begin(connection)
    empty = "before" if undoing else "after"
    select = f"SELECT kind, id, 0 FROM history_edits WHERE step = ? AND field IS NULL AND {empty} IS NULL"
    connection.execute(f"INSERT OR IGNORE INTO going {select}", (step,))
    return _closed(connection)


def _begin(connection: sqlite3.Connection) -> None:
    for statement in TABLES:
        connection.execute(statement)


def _closed(connection: sqlite3.Connection) -> Deletion:
    """The deletion, once all that goes along is gathered, wave by wave, and then every reference that becomes empty."""
    wave = 0
    while kinds := [kind for (kind,) in connection.execute("SELECT DISTINCT kind FROM going WHERE wave = ?", (wave,))]:
        for table in kinds:
            for select in _along(table):
                connection.execute(f"INSERT OR IGNORE INTO going {select}", {"wave": wave})
        wave += 1
        if not connection.execute("SELECT 1 FROM going WHERE wave = ? LIMIT 1", (wave,)).fetchone():
            connection.execute(RAISED_NOWHERE_ELSE, (wave,))
    for table in RECORDS:
        for select in _emptied(table):
            connection.execute(f"INSERT INTO emptied {select}")
    return Deletion(connection)


def _along(table: str) -> Iterator[str]:
    """A SELECT for each way in which rows go along with those of the table that joined in one wave."""
    # CROSS JOIN keeps SQLite from walking through the other table, which may be far larger than what goes
    gone = f"FROM going g CROSS JOIN {{}} t ON {{}} = g.id WHERE g.kind = '{table}' AND g.wave = :wave"
    for kind, field in referrers(table):
        if field.goes_along:
            yield f"SELECT '{kind.table}', t.id, :wave + 1 {gone.format(kind.table, f't.{field.name}')}"
    for kind in (Evidence, Assessment):
        about = f"t.subject = '{RECORDS[table].singular}' AND t.subject_id"
        yield f"SELECT '{kind.table}', t.id, :wave + 1 {gone.format(kind.table, about)}"


def _emptied(table: str) -> Iterator[str]:
    """A SELECT for each reference to rows of the table that becomes empty when they go, in rows that stay."""
    for kind, field in referrers(table):
        if not field.goes_along:
            yield f"""SELECT '{kind.table}', t.id, '{field.name}', g.id
                FROM going g CROSS JOIN {kind.table} t ON t.{field.name} = g.id WHERE g.kind = '{table}'
                AND NOT EXISTS (SELECT 1 FROM going WHERE kind = '{kind.table}' AND id = t.id)"""
