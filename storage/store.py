"""The promise that every engine keeps: how a dossier is asked and changed."""

from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol

from storage.changes import Change, News, Row
from storage.fields import Value
from storage.record import Kind
from storage.view import View

if TYPE_CHECKING:
    from storage.exports.formats.in_sql import Block
    from storage.incoming.arriving import Arriving, WholeDossier


class Version(NamedTuple):
    """What a store held at a moment, told from what it held at others."""

    change: int
    unlogged: int
    """How often another program's change was met that stands not in the log."""


@dataclass(frozen=True, slots=True)
class Found:
    """One record as a view shows it: its stored values, and a name for each id among them."""

    id: int
    values: Mapping[str, Value]
    names: Mapping[str, str] = field(default_factory=dict)
    """The ref (of a person the name, of a row without either its key) of each record referred to, by field."""
    long_names: Mapping[str, str] = field(default_factory=dict)
    """The name or title of each record referred to, by field."""

    def machine(self, name: str) -> Value:
        """The value as an export writes it: the other record's ref in place of its id."""
        return self.names.get(name, None if name in self.names else self.values[name])

    def id_in(self, name: str) -> int:
        """The id that a reference holds; 0, which no record has, where it holds none."""
        value = self.values.get(name)
        return value if isinstance(value, int) else 0


class Counted(NamedTuple):
    """A value that a column holds, how to show it, and in how many records of the view."""

    value: Value
    shown: str
    count: int  # type: ignore[assignment]  # hides tuple.count, which nobody asks a record of three for


class Suggestion(NamedTuple):
    """A record that a reference can name: what is written, and what tells it from others."""

    id: int
    name: str
    long_name: str


class Finding(NamedTuple):
    """One line of a check: an error, or a note that is only worth knowing."""

    error: bool
    kind: str
    key: str
    sentence: str


MOST_VALUES: Final = 1_000
"""How many different values of a column are told apart; nobody picks from a longer list."""


class Store(Protocol):
    """One dossier. Every method may raise StorageError; a method that changes something is one step in the log.

    A kind of record is named by its class; by its table where a reference or the log leads to it, which hold no more.

    Reading methods may be called on several threads at once, and while changing methods are called on another one; two
    threads must not call changing methods at once.
    """

    path: Path
    read_only: bool
    lost: Sequence[str]
    """The tables of a damaged dossier of which not everything can be read; of a sound one none."""

    def title(self) -> str:
        """The dossier's title."""

    def find(self, view: View, limit: int | None = None) -> "array[int]":
        """The ids of the view's records in its order; only the first `limit` of them if given."""

    def rows(self, view: View, ids: Sequence[int]) -> list[Found]:
        """The records with these ids, in this order; one that is gone is left out."""

    def count(self, view: View) -> int:
        """How many records the view has."""

    def longest(self, kind: Kind, field: str) -> int:
        """How many characters the longest text of a field has."""

    def values(self, view: View, field: str) -> list[Counted]:
        """What the column holds in the view, in order, with counts; the empty value last.

        Of more than MOST_VALUES different ones, those that stand in the most records.
        """

    def stream(self, view: View) -> AbstractContextManager[Iterator[Found]]:
        """Every record of the view, read at one moment on a connection of its own."""

    def blocks(self, view: View, cells: Sequence[str]) -> "AbstractContextManager[Iterator[Block]]":
        """What SQL says of every record of the view, some records at a time, read as `stream` reads them."""

    def suggestions(self, table: str, typed: str, limit: int = 50) -> list[Suggestion]:
        """The records of a table whose ref, name, title or alias holds what is typed, beginnings first."""

    def resolve(self, table: str, name: str) -> int:
        """The id that a ref, name or alias stands for; Refused when none or several do."""

    def keys(self, table: str, ids: Sequence[int]) -> list[str]:
        """The ref or natural key of each record, as messages and exports write it."""

    def proposals(self, kind: Kind, values: Mapping[str, Value]) -> Row:
        """What a new record of the kind can be given unasked: a free ref, the next place in the order of rounds."""

    def everything(self, table: str, among: Mapping[str, Sequence[Value]] | None = None) -> Iterator[tuple[int, Row]]:
        """Every record of a table with its id, as recorded; only those whose fields have one of these values."""

    def columns(
        self, kind: Kind, names: Sequence[str], among: tuple[str, Sequence[int]] | None = None
    ) -> Iterator[tuple[Value, ...]]:
        """The id and these fields of every record, as recorded: flags as 0 and 1, a list as its JSON text.

        `among` leaves only those whose field has one of the values: ("demand", ids) or ("id", ids).
        """

    def raised(self) -> Iterator[tuple[int, int | None]]:
        """Every demand in order, with the seq from which it is listed: that of its first round or first position.

        None is for a demand with neither, which is always listed.
        """

    def resting(
        self, what: str, kind: Kind, among: Sequence[int] | None = None, limit: int | None = None
    ) -> "array[int]":
        """The records of a kind of which `what` is found (one of `resting.FINDINGS`), in the order of their keys.

        Only those `among` some, and only the first `limit` of them, if given.
        """

    def version(self) -> "Version":
        """What is different after every change, whoever made it; asked on the same thread each time."""

    def steps_after(self, step: int) -> list[Change]:
        """The steps of the log after the one with this number, oldest first, with their edits."""

    def one_moment(self) -> AbstractContextManager[None]:
        """Everything asked inside is answered from the dossier as it was at one moment."""

    def holds_internal(self) -> bool:
        """True when a statement is internal, so that what leaves has to be redacted."""

    def refuse_lost_references(self, table: str) -> None:
        """CannotOpen when a record of the table refers to one that is not there; O(n), 0.03 s for 200,000 positions."""

    def add(self, kind: Kind, values: Mapping[str, Value]) -> Change:
        """Add one record; missing fields take their defaults. The new id is that of the change's first edit."""

    def add_all(self, records: Sequence[tuple[Kind, Mapping[str, Value]]]) -> Change:
        """Add records as one step, an edit each in their order; the reference -n means the n-th of them."""

    def edit(
        self,
        kind: Kind,
        ids: Sequence[int],
        values: Mapping[str, Value],
        seen: Mapping[int, Mapping[str, Value]] | None = None,
        adding: Sequence[Mapping[str, Value]] = (),
    ) -> Change:
        """Give these fields these values in every one of the records, and add others of the kind, as one step.

        `seen` holds the values that the user saw; a field that differs from them by now raises Conflict.
        A change without edits is returned when nothing differs; it is not in the log.
        """

    def delete(self, kind: Kind, ids: Sequence[int]) -> Change:
        """Delete the records and what can't stand without them, as one step."""

    def going_along(self, kind: Kind, ids: Sequence[int]) -> dict[str, int]:
        """How many records of each table a deletion takes besides those named."""

    def import_data(
        self,
        data: "Arriving | WholeDossier",
        dry_run: bool = False,
        progress: Callable[[int], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> Change:
        """Bring in what others have written, as one step; BadInput names every mistake, and then nothing comes in.

        A dry run does and says the same, and changes nothing. `progress` is told now and then how many records were
        read; Cancelled is raised soon after `cancelled` says True, and then nothing comes in.
        """

    def undo(self) -> Change:
        """Take back the last step not undone; Conflict when someone has changed the same since."""

    def redo(self) -> Change:
        """Do again the step undone last, unless another was done after it."""

    def log(self, last: int | None = None) -> list[Change]:
        """The steps of the log without their edits, oldest first."""

    def history_of(self, table: str, id: int) -> list[Change]:
        """The steps that touched one record, oldest first, with only its edits."""

    def news(self) -> list[News]:
        """What others have changed since it was asked last."""

    def check(self) -> list[Finding]:
        """Damage, broken rules and gaps, errors first."""

    def backup(self, target: Path) -> None:
        """Write a whole copy, internal statements included; CannotOpen if the target is there."""

    @property
    def notices(self) -> list[str]:
        """What the user should be told once, sentence by sentence: that it is damaged, that its place is unsafe."""

    def make_sure(self) -> None:
        """Check for the damage that was left for later; CannotOpen if there is any. Called with the changes."""

    def interrupt(self, thread: int) -> None:
        """Make the question that a thread has running raise Stopped; called from another one."""

    def close(self) -> None:
        """Close the file; what was saved is in it."""
