"""What an edit of one field takes along in the same record, and what a new record gets where nothing is said."""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Final

from storage.changes import Row
from storage.fields import Value
from storage.record import RECORDS, Kind
from storage.records import WITH_RED_LINE


def companions(kind: Kind, row: Mapping[str, Value], changes: Mapping[str, Value]) -> Row:
    """The further fields of a record, with their new values, that change with `changes`; those named there stay."""
    follow = FOLLOWING.get(kind.table)
    followed = follow(row, changes) if follow else {}
    return {name: value for name, value in followed.items() if name not in changes and row[name] != value}


def completed(kind: Kind, values: Mapping[str, Value]) -> Row:
    """The values of a new record with every default filled in."""
    return {**_defaults(kind.table), **begun(kind, values)}


def begun(kind: Kind, values: Mapping[str, Value]) -> Mapping[str, Value]:
    """The values of a new record with the defaults that depend on them; those that don't come in when it is checked."""
    if kind.table == "commitments" and "due_basis" not in values and values.get("due_on") is not None:
        return {**values, "due_basis": "stated"}
    return values


@cache
def _defaults(table: str) -> Row:
    return RECORDS[table].defaults()


def _due_date_and_basis(row: Mapping[str, Value], changes: Mapping[str, Value]) -> Row:
    if changes.get("due_basis") == "none":
        return {"due_on": None}
    if "due_on" not in changes:
        return {}
    if changes["due_on"] is None:
        return {"due_basis": "none"}
    return {"due_basis": "stated"} if row["due_on"] is None else {}


def _person_and_rank(row: Mapping[str, Value], changes: Mapping[str, Value]) -> Row:
    if "person" not in changes:
        return {}
    if changes["person"] is None:
        return {"rank": None}
    return {"rank": "member"} if row["person"] is None else {}


def _what_a_response_may_carry(_row: Mapping[str, Value], changes: Mapping[str, Value]) -> Row:
    response = changes.get("response")
    cleared: Row = {}
    if response and response not in WITH_RED_LINE:
        cleared["red_line"] = False
    if response and response != "conditional":
        cleared["hinges_on"] = None
    return cleared


def _process_has_no_record(_row: Mapping[str, Value], changes: Mapping[str, Value]) -> Row:
    return {"subject_id": None} if changes.get("subject") == "process" else {}


FOLLOWING: Final[dict[str, Callable[[Mapping[str, Value], Mapping[str, Value]], Row]]] = {
    "commitments": _due_date_and_basis,
    "delegates": _person_and_rank,
    "positions": _what_a_response_may_carry,
    "assessments": _process_has_no_record,
}
