"""Data on its way into a dossier: a whole one in JSON, or records of one kind in any format that programs read."""

import re
from array import array
from bisect import bisect_right
from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final, NamedTuple, Protocol

from storage.editing.validation import Problem
from storage.errors import BadInput, CannotOpen, Unknown
from storage.fields import Field
from storage.folding import fold
from storage.incoming.arriving_tables import Cells, byte_lines, csv_rows, tsv_rows
from storage.incoming.json_reader import document_bytes, read_json
from storage.incoming.machine_values import READ_FROM_JSON, READ_FROM_TEXT, from_json, from_text
from storage.record import RECORDS, Kind
from storage.records import Commitment, Demand, Dossier, Evidence
from storage.sentences import quoted, unknown_name, with_article
from storage.view import name_of_records

IMPORTABLE_KINDS: Final[dict[str, Kind]] = {
    **{kind.table: kind for kind in RECORDS.values() if kind is not Dossier},
    name_of_records(Evidence): Evidence,
}
"""Every kind that can arrive alone, by its table and by its view."""

COMPUTED: Final = {
    Demand.table: frozenset({"zone"}),
    Commitment.table: frozenset({"delivered", "percent", "level", "timing"}),
}
"""The columns of exports that no record holds; they are skipped."""

IMPORTABLE_FORMATS: Final = ("csv", "tsv", "json", "ndjson")

SHAPES_KEPT: Final = 1_000

LOOKED_AT: Final = 4_096
"""How many bytes at the beginning of a document tell what it is."""


class Arrived(NamedTuple):
    """One record as it arrives: values by field, references as names, and what is wrong with it already."""

    values: dict[str, object]
    problems: Sequence[Problem] = ()


class Arriving(Protocol):
    """Records of one kind, one by one."""

    path: Path
    kind: Kind

    def records(self) -> Iterator[Arrived]:
        """Every record once; BadInput where the rest can't be read."""

    def place(self, number: int, field: str = "") -> str:
        """Where a field of the record with this number stands, counted from 0."""


@dataclass(frozen=True, slots=True)
class WholeDossier:
    """A dossier in the authoring form."""

    path: Path
    document: dict[str, object]


@contextmanager
def read_data(path: Path, kind_name: str = "") -> Iterator[Arriving | WholeDossier]:
    """The data in a file, open for the time of the block; Unknown when its format or its kind can't be told."""
    format = path.suffix.lower().removeprefix(".")
    if format not in IMPORTABLE_FORMATS:
        raise Unknown(
            f"{path} does not end like data that can be imported; that is {', '.join(IMPORTABLE_FORMATS)}. "
            "A spreadsheet saves a sheet as csv."
        )
    if kind_name and kind_name not in IMPORTABLE_KINDS:
        raise Unknown.named("kind", kind_name, IMPORTABLE_KINDS)
    try:
        with path.open("rb") as data:
            yield _read_json(path, data, kind_name) if format == "json" else _read_lines(path, data, format, kind_name)
    except OSError as error:
        raise CannotOpen(f"{path} can't be read: {error.strerror}.") from error


def _read_lines(path: Path, data: BinaryIO, format: str, kind_name: str) -> Arriving:
    kind = _kind(path, kind_name)
    if format == "ndjson":
        return _Lines(path, kind, data)
    return _Table(path, kind, (csv_rows if format == "csv" else tsv_rows)(data, str(path)))


def _read_json(path: Path, data: BinaryIO, kind_name: str) -> Arriving | WholeDossier:
    document = read_json(document_bytes(data, str(path)), str(path))
    if isinstance(document, list):
        return _Array(path, _kind(path, kind_name), document)
    if isinstance(document, dict) and not kind_name:
        return WholeDossier(path, document)
    also = " A whole dossier is of no one kind." if kind_name else ""
    raise BadInput([f"{path}: $: records come as a list of objects; this is {quoted(document)}.{also}"])


def kind_called(path: Path) -> Kind | None:
    """The kind of record that a file is called after: `istanbul-demands.csv`; None after none, or after several."""
    words = re.split(r"[^a-z_]+", path.stem.lower())
    kinds = {IMPORTABLE_KINDS[word].table: IMPORTABLE_KINDS[word] for word in words if word in IMPORTABLE_KINDS}
    return next(iter(kinds.values())) if len(kinds) == 1 else None


def is_whole_dossier(path: Path) -> bool:
    """True for a file of JSON that begins as an object does, and so holds no list of records."""
    if path.suffix.lower() != ".json" or not path.is_file():
        return False
    try:
        with path.open("rb") as data:
            return data.read(LOOKED_AT).removeprefix(BOM_UTF8).lstrip().startswith(b"{")
    except OSError:
        return False


def _kind(path: Path, name: str) -> Kind:
    """The kind that is named, or else the one that the file is called after."""
    kind = IMPORTABLE_KINDS[name] if name else kind_called(path)
    if kind is not None:
        return kind
    raise Unknown(
        f"The name of {path} does not say what it holds; add --kind with one of {', '.join(IMPORTABLE_KINDS)}."
    )


class _Columns:
    """The fields of a kind by what a file may call them: name or heading, in any case."""

    def __init__(self, kind: Kind) -> None:
        self._kind = kind
        self._fields = {fold(each.label): each for each in kind.fields.values()}
        self._fields |= {fold(name): each for name, each in kind.fields.items()}

    def field(self, heading: str) -> Field | None:
        """The field that a heading means; None of a computed one; KeyError with a sentence if there is none."""
        name = fold(heading.strip())
        if name in self._fields:
            return self._fields[name]
        if name in COMPUTED.get(self._kind.table, ()):
            return None
        raise KeyError(unknown_name(heading, self._kind.fields, "column"))

    def fields(self, headings: Iterable[str]) -> tuple[list[Field | None], list[Problem]]:
        """What each heading means, and what is wrong with them."""
        found: list[Field | None] = []
        problems: list[Problem] = []
        called: dict[str, str] = {}
        for heading in headings:
            try:
                field = self.field(heading)
                if field and field.name in called:
                    problems.append((heading, _twice(field, called[field.name], heading)))
                elif field:
                    called[field.name] = heading
                found.append(field)
            except KeyError as error:
                problems.append((heading, error.args[0]))
        return found, problems


class _Numbered:
    """On which line each record starts, kept in no memory where there is one to a line."""

    def __init__(self) -> None:
        self._count = 0
        self._from = array("q")
        self._ahead = array("q")
        """How far the line is ahead of the number, for the record in _from and those after it."""

    def starts(self, line: int) -> None:
        """The next record starts on this line."""
        ahead = line - self._count
        if not self._ahead or self._ahead[-1] != ahead:
            self._from.append(self._count)
            self._ahead.append(ahead)
        self._count += 1

    def line(self, number: int) -> int:
        """The line of a record by its number, counted from 0."""
        return number + self._ahead[bisect_right(self._from, number) - 1]


class _Table:
    """Rows of cells under a header."""

    def __init__(self, path: Path, kind: Kind, rows: Iterator[Cells]) -> None:
        self.path, self.kind = path, kind
        self._rows = rows
        self._lines = _Numbered()
        line, headings = next(rows, (0, []))
        if not headings:
            raise BadInput([f"{path}: it is empty; the first line must name the columns."])
        self._fields, problems = _Columns(kind).fields(headings)
        missing = [each.name for each in kind.fields.values() if each.required and each not in self._fields]
        if not problems:
            problems = [(name, f"this column is missing; {with_article(kind.singular)} needs it.") for name in missing]
        if problems:
            raise BadInput([f"{path}: line {line}, column {quoted_name(name)}: {said}" for name, said in problems])
        self._names = [field.name if field else None for field in self._fields]
        self._to_read = [field for field in self._fields if field and field.type in READ_FROM_TEXT]
        self._headings = {field.name: name for field, name in zip(self._fields, headings, strict=True) if field}

    def records(self) -> Iterator[Arrived]:
        for line, cells in self._rows:
            if not any(cells):  # spreadsheets leave such rows after the last one
                continue
            self._lines.starts(line)
            if len(cells) == len(self._fields):
                values: dict[str, object] = {
                    name: cell for name, cell in zip(self._names, cells, strict=True) if name and cell
                }
                for field in self._to_read:
                    if field.name in values:
                        values[field.name] = from_text(field, str(values[field.name]))
                yield Arrived(values)
            else:
                said = f"this row has {_cells(len(cells))}, the header {_cells(len(self._fields))}."
                yield Arrived({}, [("", said)])

    def place(self, number: int, field: str = "") -> str:
        line = f"line {self._lines.line(number)}"
        return f"{line}, column {self._headings.get(field, field)}" if field else line


class _Objects:
    """JSON objects that name their fields themselves."""

    def __init__(self, path: Path, kind: Kind) -> None:
        self.path, self.kind = path, kind
        self._columns = _Columns(kind)
        self._known: dict[tuple[str, ...], _Shape] = {}

    def arrived(self, item: object) -> Arrived:
        """One record out of what stands in its place."""
        if not isinstance(item, dict):
            return Arrived({}, [("", f"this must be an object; not {quoted(item)}.")])
        keys = tuple(item)
        shape = self._known.get(keys) or self._shape(keys)
        if shape.problems:
            return Arrived({}, shape.problems)
        pairs = zip(shape.names, item.values(), strict=True)
        values = {name: value for name, value in pairs if name and value is not None and value != ""}
        for field in shape.to_read:
            if field.name in values:
                values[field.name] = from_json(field, values[field.name])
        return Arrived(values)

    def _shape(self, keys: tuple[str, ...]) -> "_Shape":
        """Kept for the next objects, which nearly always have the keys of one before."""
        if len(self._known) == SHAPES_KEPT:
            self._known.clear()
        fields, problems = self._columns.fields(keys)
        to_read = [field for field in fields if field and field.type in READ_FROM_JSON]
        self._known[keys] = _Shape([field.name if field else None for field in fields], to_read, problems)
        return self._known[keys]


class _Shape(NamedTuple):
    """What objects with the same keys have in common."""

    names: Sequence[str | None]
    """The field that each key names, in their order; None for a computed column."""
    to_read: Sequence[Field]
    """The fields whose values are not taken as they are."""
    problems: Sequence[Problem]


class _Array(_Objects):
    """One array of objects."""

    def __init__(self, path: Path, kind: Kind, items: list[object]) -> None:
        super().__init__(path, kind)
        self._items = items

    def records(self) -> Iterator[Arrived]:
        return map(self.arrived, self._items)

    def place(self, number: int, field: str = "") -> str:
        return f"$[{number}].{quoted_name(field)}" if field else f"$[{number}]"


class _Lines(_Objects):
    """One object a line."""

    def __init__(self, path: Path, kind: Kind, data: BinaryIO) -> None:
        super().__init__(path, kind)
        self._data = data
        self._lines = _Numbered()

    def records(self) -> Iterator[Arrived]:
        name = str(self.path)
        for above, line in enumerate(byte_lines(self._data, name)):
            if not line.isspace():
                self._lines.starts(above + 1)
                yield self.arrived(read_json(line, name, above))

    def place(self, number: int, field: str = "") -> str:
        line = f"line {self._lines.line(number)}"
        return f"{line}, column {quoted_name(field)}" if field else line


def quoted_name(name: str) -> str:
    """A heading as a message repeats it: bare where it is a word, else harmless and cut."""
    return name if re.fullmatch("[A-Za-z_]{1,40}", name) else quoted(name)


def _twice(field: Field, one: str, other: str) -> str:
    """What to do about two columns that mean one field: one by its name, the other by its heading on the screen."""
    if fold(one.strip()) == fold(other.strip()):
        return "this column stands twice; keep one."
    both = f"this and column {quoted_name(one)} both mean {field.name}"
    return f"{both}; keep one, or give the other the name of the field that it holds."


def _cells(count: int) -> str:
    return f"{count:,} cell{'' if count == 1 else 's'}"
