"""A computed view as a table: its columns, and rows that know what they show and which record each cell is of."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple, TypeVar, overload

from storage.analysis.movement import MOVEMENTS
from storage.analysis.rows import Round
from storage.fields import Field, FieldType, Value
from storage.records import Position
from storage.showing import SIGNS, Glyphs, response, shown
from storage.store import Found

T = TypeVar("T")

RESPONSES: Final = Position.fields["response"].choices

SPOKEN: Final = {"overdue_est": "overdue (est.)"}
"""Words of programs that people read in another form."""


class Cell(NamedTuple):
    """What a party stands on in the matrix; `round` is where it said so, `id` that of the position."""

    response: str
    red_line: bool
    basis: str
    hinges_on: str | None
    terms: str
    round: str
    movement: str | None
    id: int

    def words(self) -> str:
        """`(conditional on D6) [linked]`."""
        said = f"{self.response}{' red line' if self.red_line else ''}"
        said += f" on {self.hinges_on}" if self.hinges_on else ""
        said = f"({said})" if self.basis == "inferred" else said
        return f"{said} [{self.movement}]" if self.movement else said

    def signs(self, glyphs: Glyphs = SIGNS) -> str:
        """`(~D6)→`."""
        sign = response(self.response, self.red_line, False, glyphs) + (self.hinges_on or "")
        sign = f"({sign})" if self.basis == "inferred" else sign
        return sign + (glyphs.movements[self.movement] if self.movement else "")

    def members(self) -> dict[str, str | bool | None]:
        """The cell as an object of JSON."""
        members = self._asdict()
        del members["id"]
        return members


@dataclass(frozen=True, slots=True)
class Origin:
    """The field of a record that a cell shows; without an id the record is still to be made."""

    table: str
    id: int | None
    field: str


@dataclass(frozen=True, slots=True)
class Row(Found):
    """One row; `values` are machine values, and `id` is that of a record, or made of several."""

    sources: Mapping[str, Origin | None] = field(default_factory=dict)
    """The field of a record behind each cell that can be edited where it stands."""
    inferred: frozenset[str] = frozenset()
    """The columns, and the items of lists, that people read in ( )."""
    estimated: frozenset[str] = frozenset()
    """The columns that people read behind a ≈."""
    parties: frozenset[int] = frozenset()
    """The parties that the row names."""
    cells: Mapping[str, Cell | None] = field(default_factory=dict)
    """Of the matrix: the cell of each party, by its ref; None where nothing is recorded."""


@dataclass(frozen=True, slots=True)
class Table:
    """The answer to a question, and what it was answered as of."""

    name: str
    columns: tuple[Field, ...]
    rows: Sequence[Row]
    heading: str = ""
    """What formats for people write above it."""
    as_of: Round | None = None
    since: Round | None = None
    on: str | None = None

    parties: frozenset[str] = frozenset()
    """The columns that hold cells of the matrix: the refs of the parties."""

    @property
    def fields(self) -> dict[str, Field]:
        """The columns by name."""
        return {each.name: each for each in self.columns}


class Rows(Sequence[Row]):
    """Rows that are made when they are looked at, so that a table of thousands opens like one of sixty."""

    def __init__(self, items: Sequence[T], make: Callable[[T], Row]) -> None:
        self._make: Callable[[int], Row] = lambda at: make(items[at])
        self._made: list[Row | None] = [None] * len(items)

    def __len__(self) -> int:
        return len(self._made)

    @overload
    def __getitem__(self, at: int) -> Row: ...
    @overload
    def __getitem__(self, at: slice) -> list[Row]: ...
    def __getitem__(self, at: int | slice) -> Row | list[Row]:
        if isinstance(at, slice):
            return [self[each] for each in range(*at.indices(len(self)))]
        row = self._made[at]
        if row is None:
            row = self._made[at] = self._make(at)
        return row


class Lazy(Mapping[str, T]):
    """Values of which each is found when it is first asked for."""

    def __init__(self, names: Collection[str], find: Callable[[str], T]) -> None:
        self._names = names
        self._find = find
        self._found: dict[str, T] = {}

    def __getitem__(self, name: str) -> T:
        if name not in self._found:
            self._found[name] = self._find(name)
        return self._found[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)

    def __contains__(self, name: object) -> bool:
        return name in self._names


def computed(
    name: str,
    label: str,
    width: int,
    type: FieldType = "text",
    *,
    choices: tuple[str, ...] = (),
    refers_to: str | None = None,
) -> Field:
    """A column that no record has."""
    return Field(name, type, label, width, False, True, None, choices, refers_to)


def reference(name: str, label: str, width: int, table: str) -> Field:
    """A computed column that names a record of a table by its ref."""
    return computed(name, label, width, "reference", refers_to=table)


def id_of(*parts: object) -> int:
    """A number for a row that is of no single record; the same as long as the program runs."""
    return hash(parts) & (2**63 - 1)


def text_of(column: Field, row: Row, glyphs: Glyphs = SIGNS, *, names: bool = False) -> str:
    """A cell as people read it: signs beside words, what is inferred in ( ), what is estimated behind ≈."""
    if column.name in row.cells:
        cell = row.cells[column.name]
        return cell.signs(glyphs) if cell else glyphs.nothing
    text = _with_sign(column, row, glyphs, names)
    if column.name in row.inferred and not text.startswith("("):
        text = f"({text})"
    marked = column.name in row.estimated and not text.startswith(glyphs.estimated)
    return f"{glyphs.estimated}{text}" if marked else text


def _with_sign(column: Field, row: Row, glyphs: Glyphs, names: bool) -> str:
    value: Value = row.values.get(column.name)
    if isinstance(value, tuple):
        return "; ".join(f"({item})" if item in row.inferred else item for item in value)
    text = shown(column, row, glyphs, names=names)
    if not isinstance(value, str) or not value:
        return text
    if column.choices == RESPONSES and column.name != "response":
        red_line = bool(row.values.get(column.name.replace("response", "red_line")))
        return f"{response(value, red_line, False, glyphs)} {value}"
    if column.choices == MOVEMENTS:
        return f"{glyphs.movements[value]} {value}"
    return SPOKEN.get(text, text)
