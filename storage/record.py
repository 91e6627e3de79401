"""What every kind of record has in common: how one is declared, and what may be asked of its class."""

from collections.abc import Callable, Mapping
from typing import ClassVar, Final, NamedTuple, TypeVar, dataclass_transform

from storage.fields import NO_DEFAULT, Field, Value, resolve


class Rule(NamedTuple):
    """A sentence that holds for every record of a kind, and the field to blame when it does not."""

    sentence: str
    field: str
    holds: Callable[["Record"], bool]


class Record:
    """One record of a dossier; a subclass declares each of its fields once."""

    table: ClassVar[str]
    singular: ClassVar[str]
    title_of_kind: ClassVar[str]
    """What the screen calls all records of the kind: its table, unless the kind says otherwise."""
    parent: ClassVar[str | None] = None
    """The reference to the record under which this one is written in JSON."""
    order: ClassVar[tuple[str, ...]] = ()
    """The fields that a view is sorted by when nobody asks otherwise; the order of recording decides the rest."""
    indexed_orders: ClassVar[tuple[str, ...]] = ()
    """Columns with an index of their own, so that sorting by them is immediate; ties go by ref."""
    columns_first: ClassVar[tuple[str, ...]] = ()
    """The columns that the screen puts first; the others follow in the order of the record."""
    key: ClassVar[tuple[str, ...]] = ("ref",)
    """The fields that name a record in messages, logs and exports; `@round` is written after an @ where it is set."""
    unique: ClassVar[tuple[tuple[str, ...], ...]] = ()
    fields: ClassVar[dict[str, Field]]
    rules: ClassVar[tuple[Rule, ...]]

    def __init__(self, values: dict[str, Value]) -> None:
        self.__dict__ = values  # what is left out is found in the class, which holds the defaults

    @classmethod
    def columns(cls) -> tuple[str, ...]:
        """All fields in the order in which the screen shows them."""
        return (*cls.columns_first, *(name for name in cls.fields if name not in cls.columns_first))

    @classmethod
    def defaults(cls) -> dict[str, Value]:
        """The value of each field of a new record; required fields are missing."""
        return {field.name: field.default for field in cls.fields.values() if not field.required}

    @classmethod
    def counted(cls, count: int) -> str:
        """`1 position`, `9 positions`."""
        return f"{count:,} {cls.singular if count == 1 else cls.title_of_kind.lower()}"


Kind = type[Record]
"""A kind of record, asked for by its class: `Demand`, `Position`, ..."""

RECORDS: Final[dict[str, Kind]] = {}
"""Every kind of record by its table, in the order of the domain."""

SINGULAR: Final[dict[str, Kind]] = {}
"""Every kind of record by the word for one of it."""

NAMES: Final = ("ref", "name")
"""The fields that name one record; a reference is written as the first of them that the other record has."""

CALLED_BY: Final = (*NAMES, "aliases")
"""The fields by which a record can be meant; an alias may be that of several."""

R = TypeVar("R", bound=Record)


def rule(sentence: str, field: str) -> Callable[[Callable[[R], bool]], Callable[[R], bool]]:
    """Mark a method of a record as a rule: what to say, and which field to blame, when it returns False."""

    def mark(predicate: Callable[[R], bool]) -> Callable[[R], bool]:
        predicate.__dict__["rule"] = (sentence, field)
        return predicate

    return mark


@dataclass_transform(frozen_default=True, kw_only_default=True)
def record(cls: type[R]) -> type[R]:
    """Resolve a record class into Field values and register it under its table.

    No dataclass is made of it: seventeen of them cost as much of the start as reading and showing a dossier.
    """
    cls.fields = {
        name: resolve(name, annotation, cls.__dict__.get(name, NO_DEFAULT))
        for name, annotation in cls.__annotations__.items()
    }
    cls.title_of_kind = getattr(cls, "title_of_kind", cls.table.capitalize())
    marked = ((vars(member)["rule"], member) for member in vars(cls).values() if hasattr(member, "rule"))
    cls.rules = tuple(Rule(sentence, field, member) for (sentence, field), member in marked)
    RECORDS[cls.table] = cls
    SINGULAR[cls.singular] = cls
    return cls


def children(kind: Kind) -> list[Kind]:
    """The kinds written under this one in JSON."""
    return [other for other in RECORDS.values() if other.parent and _parent_table(other) == kind.table]


def references(kind: Kind) -> list[Field]:
    """The fields of the kind that refer to another record by table."""
    return [field for field in kind.fields.values() if field.refers_to]


def referrers(table: str) -> list[tuple[Kind, Field]]:
    """Every kind and field that refers to records of the table."""
    return [(kind, field) for kind in RECORDS.values() for field in references(kind) if field.refers_to == table]


def names_of(kind: Kind) -> list[str]:
    """The fields that name a record of the kind; none for a kind whose records go by a key of references."""
    return [name for name in NAMES if name in kind.fields]


def called_by(kind: Kind) -> list[str]:
    """The fields by which a record of the kind can be meant."""
    return [name for name in CALLED_BY if name in kind.fields]


def counted_records(counts: Mapping[str, int]) -> str:
    """`9 positions, 2 links`, of how many records there are of each table."""
    return ", ".join(RECORDS[table].counted(count) for table, count in counts.items())


def broken_rules(kind: Kind, values: dict[str, Value]) -> list[Rule]:
    """The rules of one record that the values break."""
    candidate = kind(values)
    return [each for each in kind.rules if not each.holds(candidate)]


def _parent_table(kind: Kind) -> str | None:
    return kind.fields[kind.parent].refers_to if kind.parent else None
