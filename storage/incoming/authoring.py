"""The form in which a whole dossier is written as JSON: which list stands where, and what an object may hold."""

from functools import cache
from typing import Final

from storage.fields import Field
from storage.record import RECORDS, Kind, children
from storage.records import (
    Agreement,
    Assessment,
    Demand,
    Dossier,
    Evidence,
    Party,
    Person,
    Round,
    Source,
    Stance,
)

FORMAT_KEY: Final = "parley"
FORMAT: Final = 1
"""What stands under FORMAT_KEY at the top: the version of the form."""

TOP_LEVEL: Final[tuple[Kind, ...]] = (Source, Party, Person, Round, Demand, Agreement, Stance, Assessment)
"""The kinds with a list of their own at the top, in its order; all others hang off one of them."""

RELATIONS: Final = {"from": "supports", "disputed_by": "disputes"}
"""The lists of statements that a record may have, and the relation that each means."""


# What follows is asked for every object of a document, so it is kept; by table, since mypy takes the class of a
# record for unhashable.


def own_fields(kind: Kind) -> tuple[Field, ...]:
    """The fields that an object of the kind may name: all but the reference to the record it stands under."""
    return _own_fields(kind.table)


def nested(kind: Kind) -> tuple[Kind, ...]:
    """The kinds whose lists stand in an object of this kind; at the top, those with a list of their own."""
    return TOP_LEVEL if kind is Dossier else _nested(kind.table)


def keys(kind: Kind) -> tuple[str, ...]:
    """Every key that an object of the kind may have, in order."""
    return _keys(kind.table)


def has_evidence(kind: Kind) -> bool:
    """True when statements can support or dispute a record of the kind."""
    return kind.singular in Evidence.fields["subject"].choices


@cache
def _own_fields(table: str) -> tuple[Field, ...]:
    kind = RECORDS[table]
    return tuple(field for field in kind.fields.values() if field.name != kind.parent)


@cache
def _nested(table: str) -> tuple[Kind, ...]:
    return tuple(children(RECORDS[table]))


@cache
def _keys(table: str) -> tuple[str, ...]:
    kind = RECORDS[table]
    fields = [field.name for field in own_fields(kind)]
    lists = [each.table for each in nested(kind)]
    evidence = list(RELATIONS) if has_evidence(kind) else []
    if kind is Dossier:
        return (FORMAT_KEY, *fields, *evidence, *lists)
    return (*fields, *lists, *evidence)
