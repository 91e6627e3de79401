"""The engine over one SQLite file: a connection for each thread that reads, one that writes, one transaction a step."""

import random
import sqlite3
from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Literal

from storage.changes import Change, Everything, News, Row
from storage.editing import history
from storage.editing.others import Others
from storage.errors import Conflict, Damaged, NotSaved, Refused, StorageError
from storage.fields import Value
from storage.file import recognising, soundness
from storage.file.connection import NO_LOG_BESIDE, connect, connect_to_read, hold_more, not_saved, refusal, write_ahead
from storage.file.damage import shown_as_it_stands
from storage.file.readers import Readers
from storage.file.strange_log import log_left_alone
from storage.file.unanswered import explained, refuse_lost_references
from storage.file.whereabouts import Whereabouts
from storage.questions import matching, reading
from storage.questions.query import RAISED, columns_of, count_of, field_of
from storage.record import RECORDS, Kind
from storage.store import Counted, Finding, Found, Suggestion, Version
from storage.view import View

if TYPE_CHECKING:
    from storage.exports.formats.in_sql import Block
    from storage.incoming.arriving import Arriving, WholeDossier


class SqliteStore:
    """One dossier in one file; see the protocol Store for what each method promises."""

    def __init__(self, path: Path, read_only: bool = False, check_later: bool = False) -> None:
        """Open a file that is a sound dossier; CannotOpen says why one is not, Damaged that it was one.

        What may be checked later, by `make_sure`, is all of a large file, and the values of any.
        """
        recognising.refuse_what_is_no_file(path)
        version = recognising.version_of(path)
        if not read_only:
            recognising.refuse_what_cannot_be_written(path)
        recognising.bring_up_to_date(path, version, read_only)
        self.path = path
        self.read_only = read_only
        self.notices: list[str] = []
        self.lost: Sequence[str] = ()
        self._session = f"{random.getrandbits(32):08x}"
        self._readers = Readers(self._connected)
        self._whereabouts = Whereabouts(path)
        first = self._connected()
        self._watching = first
        self._writing: sqlite3.Connection | None = None
        self._derived_may_be_stale = False
        self._may_be_damaged = True
        self._is_checked = False
        self._making_sure = Lock()
        try:
            self._begin(first, check_later)
        except (sqlite3.Error, StorageError) as error:
            self.close()
            if isinstance(error, sqlite3.Error):
                raise refusal(path, error) from error
            raise

    def _begin(self, first: sqlite3.Connection, check_later: bool) -> None:
        """Check what is not left for later; go on with a connection for questions, and another for changes and news."""
        recognising.refuse_strange_schema(first, self.path)
        if not (check_later and soundness.is_large(self.path)):
            soundness.refuse_damage(first, self.path, values=not check_later)
            self._may_be_damaged = False
            self._is_checked = not check_later
        if not self.read_only and not write_ahead(first, self.path):
            self.notices.append(NO_LOG_BESIDE)
        if not self.read_only and not self._may_be_damaged:
            soundness.forget_statistics(first, self.path)
        # news are asked for on the thread of the changes, so they never share the connection of the questions
        self._watching = self._connected()
        self._readers.offer(first)
        if not self.read_only:
            self._writing = self._watching
            hold_more(self._watching)
        self._others = Others(self._watching, self._session)
        self._whereabouts.know_what_lies_beside()

    def make_sure(self) -> None:
        """Check, once, what was left for later; Damaged if it is, save that whoever only reads gets a notice."""
        with self._making_sure, self._asking():
            if self._is_checked:
                return
            self._may_be_damaged = True
            try:
                soundness.refuse_damage(self._reading, self.path)
                self._may_be_damaged, self._is_checked = False, True
                if not self.read_only:
                    soundness.forget_statistics(self._reading, self.path)
            except Damaged:
                if not self.read_only:
                    raise
                self._is_checked = True
                self.notices.append(shown_as_it_stands(self.path))

    # Questions

    @property
    def _reading(self) -> sqlite3.Connection:
        """The connection of the thread that asks."""
        return self._readers.mine()

    def _connected(self) -> sqlite3.Connection:
        path = self._whereabouts.same_path()
        return connect_to_read(path) if self.read_only else connect(path)

    def title(self) -> str:
        found = self._first("SELECT title FROM dossier")
        return str(found[0]) if found else ""

    def find(self, view: View, limit: int | None = None) -> "array[int]":
        with self._asking():
            return matching.ids(self._reading, view, limit)

    def rows(self, view: View, ids: Sequence[int]) -> list[Found]:
        with self._asking():
            return reading.records(self._reading, view.kind, ids)

    def count(self, view: View) -> int:
        return self._number(*count_of(view))

    def longest(self, kind: Kind, field: str) -> int:
        name = field_of(kind, field).name
        return self._number(f"SELECT coalesce(max(length({name})), 0) FROM {kind.table}")

    def values(self, view: View, field: str) -> list[Counted]:
        with self._asking():
            return matching.values(self._reading, view, field)

    def stream(self, view: View) -> AbstractContextManager[Iterator[Found]]:
        from storage.exports import leaving  # with the formats, which only an export needs

        return leaving.stream(self._whereabouts.same_path(), view)

    def blocks(self, view: View, cells: Sequence[str]) -> "AbstractContextManager[Iterator[Block]]":
        from storage.exports import leaving

        return leaving.blocks(self._whereabouts.same_path(), view, cells)

    def suggestions(self, table: str, typed: str, limit: int = 50) -> list[Suggestion]:
        from storage.questions import finding  # here, as below, since no start looks for a record by what it is called

        with self._asking():
            return finding.suggestions(self._reading, RECORDS[table], typed, limit)

    def resolve(self, table: str, name: str) -> int:
        from storage.questions import finding

        with self._asking():
            return finding.resolve(self._reading, RECORDS[table], name)

    def keys(self, table: str, ids: Sequence[int]) -> list[str]:
        with self._asking():
            return reading.keys(self._reading, RECORDS[table], ids)

    def proposals(self, kind: Kind, values: Mapping[str, Value]) -> Row:
        from storage.questions import finding

        with self._asking():
            return finding.proposals(self._reading, kind, values)

    def everything(self, table: str, among: Mapping[str, Sequence[Value]] | None = None) -> Iterator[tuple[int, Row]]:
        with self._asking():
            yield from reading.all_rows(self._reading, RECORDS[table], among or {})

    def columns(
        self, kind: Kind, names: Sequence[str], among: tuple[str, Sequence[int]] | None = None
    ) -> Iterator[tuple[Value, ...]]:
        return self._ask(*columns_of(kind, names, among))

    def raised(self) -> Iterator[tuple[int, int | None]]:
        return self._ask(RAISED)

    def resting(
        self, what: str, kind: Kind, among: Sequence[int] | None = None, limit: int | None = None
    ) -> "array[int]":
        from storage.questions import resting

        with self._asking():
            return resting.ids(self._reading, what, kind, among, limit)

    def version(self) -> Version:
        return Version(self._number("PRAGMA data_version"), self._others.unlogged)

    def steps_after(self, step: int) -> list[Change]:
        with self._asking():
            return history.since(self._reading, step)

    @contextmanager
    def one_moment(self) -> Iterator[None]:
        with self._asking():
            if self._reading.in_transaction:
                yield
                return
            self._reading.execute("BEGIN")
            try:
                yield
            finally:
                self._reading.execute("ROLLBACK")

    def holds_internal(self) -> bool:
        return self._first("SELECT 1 FROM statements WHERE visibility = 'internal' LIMIT 1") is not None

    def refuse_lost_references(self, table: str) -> None:
        with self._asking():
            refuse_lost_references(self._reading, RECORDS[table])

    # Changes

    def add(self, kind: Kind, values: Mapping[str, Value]) -> Change:
        return self.add_all([(kind, values)])

    def add_all(self, records: Sequence[tuple[Kind, Mapping[str, Value]]]) -> Change:
        from storage.editing import doing  # here, as below, since no start needs what makes and checks a change

        rows = doing.to_add(records)
        with self._transaction() as connection:
            return doing.add(connection, self._session, rows)

    def edit(
        self,
        kind: Kind,
        ids: Sequence[int],
        values: Mapping[str, Value],
        seen: Mapping[int, Mapping[str, Value]] | None = None,
        adding: Sequence[Mapping[str, Value]] = (),
    ) -> Change:
        from storage.editing import doing

        rows = doing.to_add([(kind, each) for each in adding])
        with self._transaction() as connection:
            return doing.edit(connection, self._session, kind, ids, values, seen or {}, rows)

    def delete(self, kind: Kind, ids: Sequence[int]) -> Change:
        from storage.editing import doing

        with self._transaction() as connection:
            return doing.delete(connection, self._session, kind, ids)

    def going_along(self, kind: Kind, ids: Sequence[int]) -> dict[str, int]:
        from storage.editing.deleting import deletion

        with self._asking():
            return deletion(self._reading, {kind: ids}).along()

    def import_data(
        self,
        data: "Arriving | WholeDossier",
        dry_run: bool = False,
        progress: Callable[[int], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> Change:
        from storage.file.stopping import stoppable
        from storage.incoming.importing import STOPPED, import_data

        with self._transaction(keep=not dry_run) as connection, stoppable(connection, cancelled, STOPPED):
            return import_data(connection, data, self._session, progress)

    def undo(self) -> Change:
        return self._reverse("undo")

    def redo(self) -> Change:
        return self._reverse("redo")

    # The log and the file

    def log(self, last: int | None = None) -> list[Change]:
        with self._asking():
            return history.steps(self._reading, last)

    def history_of(self, table: str, id: int) -> list[Change]:
        with self._asking():
            return history.of_record(self._reading, table, id)

    def news(self) -> list[News]:
        with self._asking():
            watching, self._watching = self._watching, self._readers.renewed(self._watching)
            moved = watching is not self._watching or self._others.have_changed(watching)
            steps = self._others.steps(self._watching) if moved else None
            self._derived_may_be_stale |= steps == []
            if self._derived_may_be_stale and not self.read_only:
                self._remake_derived()
        if steps is None:
            return []
        return [*steps] if steps else [Everything()]

    def _remake_derived(self) -> None:
        """Make search and order follow what another program wrote; tried again later while that one holds the file."""
        from storage.editing import writing

        # looked for before the file is locked, since that takes a second in a large one
        stale = {kind: ids for kind in RECORDS.values() if (ids := list(writing.stale_derived(self._watching, kind)))}
        try:
            if stale:
                with self._transaction() as connection:
                    writing.remake_derived(connection, stale)
        except NotSaved:
            return
        self._derived_may_be_stale = False

    def check(self) -> list[Finding]:
        from storage.checking import findings

        with self._asking():
            return findings(self._reading)

    def backup(self, target: Path) -> None:
        from storage.file.creating import copy_into_place

        self.make_sure()
        with self._asking(), closing(connect_to_read(self._whereabouts.same_path())) as reading_alone:
            if self._may_be_damaged:  # which keeps nobody from reading, but a copy of it would be taken for sound
                soundness.refuse_damage(reading_alone, self.path)
            copy_into_place(reading_alone, target)

    def interrupt(self, thread: int) -> None:
        self._readers.interrupt(thread)

    def close(self) -> None:
        with log_left_alone(self.path) if self._may_be_damaged else self._whereabouts.log_kept_from_ruins():
            # the one that was first may write, and the last one that closes takes away the files beside the dossier
            self._watching.close()
            self._readers.close()

    # How a step is made

    @contextmanager
    def _transaction(self, keep: bool = True) -> Iterator[sqlite3.Connection]:
        """What is done inside is done together with its rows in the log; nothing of it stays when it fails."""
        connection = self._writing
        if connection is None:
            raise NotSaved("Not saved: the dossier is open for reading only.")
        self.make_sure()
        try:
            connection.execute("BEGIN IMMEDIATE")
            self._whereabouts.begin_step(connection)
            self._others.note_unlogged(connection)
            yield connection
            self._whereabouts.refuse_to_save()
            connection.execute("COMMIT" if keep else "ROLLBACK")
        except sqlite3.IntegrityError as error:
            from storage.editing.writing import lost_reference

            raise Refused(lost_reference(connection)) from error
        except sqlite3.Error as error:
            raise not_saved(error) from error
        except OverflowError as error:
            raise Refused("A number is too large for the file.") from error
        finally:
            if connection.in_transaction:
                connection.execute("ROLLBACK")

    def _reverse(self, kind: Literal["undo", "redo"]) -> Change:
        from storage.editing import doing

        called = ""
        try:
            with self._transaction() as connection:
                other = doing.step_to_reverse(connection, self._session, self._others.opened_at, kind)
                called = other.label
                return doing.reverse(connection, self._session, other, kind)
        except Refused as refused:  # by a rule, or when the step is to be kept and what a record refers to is gone
            raise Conflict(f"Can't {kind} “{called}”: {refused}") from refused

    def _ask(self, sql: str, parameters: Sequence[object] = ()) -> sqlite3.Cursor:
        with self._asking():
            return self._reading.execute(sql, parameters)

    def _first(self, sql: str, parameters: Sequence[object] = ()) -> tuple[object, ...] | None:
        """The first row; fetched inside, as below, since a question can be stopped even there."""
        with self._asking():
            found: tuple[object, ...] | None = self._reading.execute(sql, parameters).fetchone()
            return found

    def _number(self, sql: str, parameters: Sequence[object] = ()) -> int:
        with self._asking():
            return int(self._reading.execute(sql, parameters).fetchone()[0])

    def _asking(self) -> AbstractContextManager[None]:
        return explained(self.path, self._readers)
