"""What a field is: type, label, width, choices, what it refers to; read by schema, checks, screen and exports."""

import types
import typing
from typing import Final, Literal, NamedTuple

Value = str | int | float | bool | tuple[str, ...] | None
"""A stored value: text and ISO dates as str, yes/no as bool, lists as tuples, a reference as the other record's id."""

FieldType = Literal[
    "text", "long", "ref", "choice", "open", "date", "integer", "number", "flag", "list", "reference", "subject_id"
]

LONGEST_TEXT: Final = 100_000
LONGEST_NAME: Final = 500
GREATEST_INTEGER: Final = 2**53


class Shown(NamedTuple):
    """The heading on screen and in human exports, and the width in cells that a pane gives it at first."""

    label: str
    width: int


class RefersTo(NamedTuple):
    """The table of the record referred to; `goes_along` says that this record is deleted with that one."""

    table: str
    goes_along: bool = False


class Long:
    """Text of several lines."""


class Short:
    """A title or a name: one line of at most LONGEST_NAME characters."""


class Open(NamedTuple):
    """A vocabulary that grows by use; these words are offered before any is in use."""

    suggested: tuple[str, ...]


class Matches(NamedTuple):
    """A regular expression that the whole text fulfils, and how to say so."""

    pattern: str
    means: str


class CalendarDay:
    """ISO text of a day that is in the calendar."""


class Within(NamedTuple):
    """Either the least and the greatest number allowed, both included, or what it must be greater than."""

    low: int | None = None
    high: int | None = None
    above: int | None = None

    def allows(self, number: float) -> bool:
        """True for a number that is neither too small nor too large."""
        return (
            (self.low is None or number >= self.low)
            and (self.high is None or number <= self.high)
            and (self.above is None or number > self.above)
        )


class SubjectId:
    """The id of a record whose kind stands in the field `subject`."""


Ref = typing.Annotated[
    str, Matches("[A-Za-z0-9][A-Za-z0-9._-]{0,15}", "1 to 16 letters A-Z or a-z, digits, dots, - or _, no spaces")
]
PartyRef = typing.Annotated[str, Matches("[A-Z0-9]{2,5}", "2 to 5 capital letters A-Z or digits")]
Day = typing.Annotated[str, CalendarDay()]

NO_DEFAULT: Final = object()


class Field(NamedTuple):
    """One field of one kind of record, resolved from its only definition in records.py."""

    name: str
    type: FieldType
    label: str
    width: int
    required: bool
    optional: bool
    """May be None; a text field is never None but may be empty."""
    default: Value
    choices: tuple[str, ...] = ()
    """Closed vocabulary of a choice, suggested words of an open one."""
    refers_to: str | None = None
    goes_along: bool = False
    pattern: Matches | None = None
    within: Within | None = None
    longest: int = LONGEST_TEXT

    @property
    def has_key(self) -> bool:
        """True for a single text, which is put in order by a key that stands beside it."""
        return self.is_text and self.type != "list"

    @property
    def is_text(self) -> bool:
        """True when the stored value is free text, which search looks at."""
        return self.type in ("text", "long", "ref", "open", "list")

    def is_empty(self, value: Value) -> bool:
        """True when the value is what an empty cell holds."""
        return value is None or value == "" or value == ()

    @property
    def empty(self) -> Value:
        """What the field holds when it is set empty: False for a yes/no field."""
        if self.type == "flag":
            return False
        if self.type == "list":
            return ()
        return "" if self.is_text else None


def resolve(name: str, annotation: object, default: object) -> Field:
    """The Field that an annotated attribute of a record class describes."""
    base, marks = _unwrap(annotation)
    optional = False
    if isinstance(base, types.UnionType) or typing.get_origin(base) is typing.Union:
        inner = [part for part in typing.get_args(base) if part is not type(None)]
        optional = True
        base, more = _unwrap(inner[0])
        marks += more
    found = {type(mark): mark for mark in marks}
    shown = typing.cast(Shown, found[Shown])
    refers = typing.cast(RefersTo | None, found.get(RefersTo))
    opened = typing.cast(Open | None, found.get(Open))
    choices = tuple(typing.get_args(base)) if typing.get_origin(base) is Literal else ()
    return Field(
        name=name,
        type=_type_of(name, base, found),
        label=shown.label,
        width=shown.width,
        required=default is NO_DEFAULT,
        optional=optional,
        default=None if default is NO_DEFAULT else typing.cast(Value, default),
        choices=opened.suggested if opened else choices,
        refers_to=refers.table if refers else None,
        goes_along=bool(refers and (refers.goes_along or not optional)),
        pattern=typing.cast(Matches | None, found.get(Matches)),
        within=typing.cast(Within | None, found.get(Within)),
        longest=LONGEST_NAME if Short in found else LONGEST_TEXT,
    )


def _unwrap(annotation: object) -> tuple[object, list[object]]:
    if typing.get_origin(annotation) is typing.Annotated:
        base, *marks = typing.get_args(annotation)
        inner, more = _unwrap(base)
        return inner, marks + more
    return annotation, []


def _type_of(name: str, base: object, marks: dict[type, object]) -> FieldType:
    by_mark: dict[type, FieldType] = {
        RefersTo: "reference",
        SubjectId: "subject_id",
        CalendarDay: "date",
        Long: "long",
        Open: "open",
    }
    for mark, field_type in by_mark.items():
        if mark in marks:
            return field_type
    if typing.get_origin(base) is Literal:
        return "choice"
    if name == "ref":
        return "ref"
    by_base: dict[object, FieldType] = {bool: "flag", int: "integer", float: "number", str: "text"}
    return by_base.get(base, "list")


def spoken(name: str) -> str:
    """The name of a field, or a word of its vocabulary, as a sentence says it: `not yet`."""
    return name.replace("_", " ")
