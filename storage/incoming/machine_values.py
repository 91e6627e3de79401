"""The value that the text of a cell stands for; what stands for none is left as it is, for the checks to refuse."""

import re
from typing import Final

from storage.fields import Field

WHOLE: Final = re.compile("[+-]?[0-9]{1,400}")
NUMBER: Final = re.compile(r"[+-]?[0-9]{1,400}(\.[0-9]{1,400})?([eE][+-]?[0-9]{1,3})?")
FLAGS: Final = {"true": True, "false": False}

READ_FROM_TEXT: Final = frozenset({"flag", "integer", "number", "list"})
"""The types of fields whose cells of csv and tsv stand for something other than their text."""

READ_FROM_JSON: Final = frozenset({"number", "list"})
"""The types of fields whose members of a JSON object are not always what the field holds."""


def from_text(field: Field, text: str) -> object:
    """The value that a cell of csv or tsv stands for; a reference stays the name that it is."""
    if field.type == "flag":
        return FLAGS.get(text.lower(), text)  # spreadsheets write TRUE
    if field.type == "integer":
        return int(text) if WHOLE.fullmatch(text) else text
    if field.type == "number":
        return exact(field, _number(text))
    if field.type == "list":
        first, *others = text.split(";")
        return (first, *(item.removeprefix(" ") for item in others))
    return text


def from_json(field: Field, value: object) -> object:
    """The value that a member of a JSON object stands for; a reference stays the name that it is."""
    if field.type == "list" and isinstance(value, list):
        return tuple(value)
    return exact(field, value)


def exact(field: Field, value: object) -> object:
    """A whole number of a field for any number as that field keeps it, unless that would round it."""
    if field.type != "number" or type(value) is not int:
        return value
    try:
        return float(value) if float(value) == value else value
    except OverflowError:
        return value


def _number(text: str) -> object:
    if WHOLE.fullmatch(text):
        return int(text)
    return float(text) if NUMBER.fullmatch(text) else text
