"""A computed view as a table: its columns, and rows that know what they show and which record each cell is of."""

from array import array
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final, NamedTuple, TypeVar, overload

from storage.blocks import in_blocks
from storage.fields import Field, FieldType, Value
from storage.questions.analysis.movement import MOVEMENTS
from storage.questions.analysis.rows import Round
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

    def signs(self, glyphs: Glyphs) -> str:
        """`(~D6)→`."""
        sign = response(self.response, self.red_line, glyphs) + (self.hinges_on or "")
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
    """The columns that people read after a ≈."""
    parties: frozenset[int] = frozenset()
    """The parties that the row names."""
    cells: Mapping[str, Cell | None] = field(default_factory=dict)
    """Of the matrix: the cell of each party, by its ref; None where nothing is recorded."""


Find = Callable[[int | None], "array[int]"]
"""Finds the ids of all rows in their order, or of the first few, as many as asked for."""

Make = Callable[[Sequence[int]], Iterable[Row]]
"""Makes the rows with these ids, in this order; those that are gone are left out."""


class Rows(Sequence[Row]):
    """Rows whose ids are found when first asked for, and which are made some at a time as they are looked at."""

    def __init__(self, find: Find, make: Make, at_hand: bool = False) -> None:
        self._find = find
        self._make = make
        self.at_hand = at_hand
        """True when a row can be made without reading anything."""

    @cached_property
    def ids(self) -> "array[int]":
        """The ids of all rows, in order."""
        return self._find(None)

    def found(self, most: int | None) -> "Rows":
        """The same rows, or the first few, their ids found by now."""
        return self.only(self._find(most))

    def only(self, ids: "array[int]") -> "Rows":
        """Those of the rows that have these ids, in this order."""
        return Rows(lambda most: ids[:most], self._make, self.at_hand)

    def of(self, ids: Sequence[int]) -> list[Row]:
        """The rows with these ids, in this order; those that are gone are left out."""
        return list(self._make(ids))

    def __len__(self) -> int:
        return len(self.ids)

    def __iter__(self) -> Iterator[Row]:
        for block in in_blocks(self.ids):
            yield from self._make(block)

    @overload
    def __getitem__(self, at: int) -> Row: ...
    @overload
    def __getitem__(self, at: slice) -> list[Row]: ...
    def __getitem__(self, at: int | slice) -> Row | list[Row]:
        return self.of(self.ids[at]) if isinstance(at, slice) else self.of([self.ids[at]])[0]


def at_hand(items: Mapping[int, T], make: Callable[[T], Row]) -> Rows:
    """The rows of items that are in memory, by the ids of the rows."""
    return Rows(
        lambda most: array("q", items)[:most], lambda ids: (make(items[id]) for id in ids if id in items), at_hand=True
    )


NO_ROWS: Final = at_hand({}, lambda row: row)


@dataclass(frozen=True, slots=True)
class Table:
    """The answer to a question, and what it was answered as of."""

    name: str
    columns: tuple[Field, ...]
    rows: Rows
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


class Lazy(Mapping[str, T]):
    """Values of which each is found when it is first asked for, but for those that are known before."""

    def __init__(self, names: Collection[str], find: Callable[[str], T], known: Mapping[str, T]) -> None:
        self._names = names
        self._find = find
        self._found = {**known}

    def __getitem__(self, name: str) -> T:
        try:
            return self._found[name]
        except KeyError:
            found = self._found[name] = self._find(name)
            return found

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
    """A cell as people read it: signs beside words, what is inferred in ( ), what is estimated after ≈."""
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
    if isinstance(value, tuple) and value:
        return "; ".join(f"({item})" if item in row.inferred else item for item in value)
    text = shown(column, row, glyphs, names=names)
    if not isinstance(value, str) or not value:
        return text
    if column.choices == RESPONSES and column.name != "response":
        red_line = bool(row.values.get(column.name.replace("response", "red_line")))
        return f"{response(value, red_line, glyphs)} {value}"
    if column.choices == MOVEMENTS:
        return f"{glyphs.movements[value]} {value}"
    return SPOKEN.get(text, text)
