"""Checks of one record before it is saved: types, lengths and vocabularies, then the record's own rules.

Only this module knows pydantic, which takes longer to load than the first screen may take to appear: others import
it inside the function that checks.
"""

import re
from collections.abc import Mapping
from datetime import date
from functools import cache, partial
from typing import Annotated, Any, Final, Literal, NotRequired

from pydantic import AfterValidator, BeforeValidator, ConfigDict, TypeAdapter, ValidationError, with_config
from pydantic import Field as Limits
from pydantic_core import ErrorDetails, PydanticCustomError
from typing_extensions import TypedDict  # the TypedDict of Python 3.11 tells pydantic too little

from storage.changes import Row
from storage.errors import Refused
from storage.fields import GREATEST_INTEGER, LONGEST_NAME, Field, Value, Within
from storage.record import RECORDS, Kind, broken_rules
from storage.sentences import quoted, unknown_name, with_article

Problem = tuple[str, str]
"""The field to correct, and the sentence that says what is wrong and what would be right."""

DAY: Final = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
WITHOUT_NUL: Final = r"^[^\x00]*$"

OURS: Final = "parley"
"""The type of the errors whose message is our own wording."""


def checked(kind: Kind, values: Mapping[str, Value]) -> Row:
    """The whole row, defaults filled in; Refused with the first problem if there is one."""
    row, found = examined(kind, values)
    for field, sentence in found:
        raise Refused(sentence, field)
    return row


def problems(kind: Kind, values: Mapping[str, Value]) -> list[Problem]:
    """Everything that is wrong with a record, at most one sentence for each field or rule."""
    return examined(kind, values)[1]


def examined(kind: Kind, values: Mapping[str, object]) -> tuple[Row, list[Problem]]:
    """The whole row and no problems, or an empty row and its problems."""
    try:
        row: Row = _checks(kind.table).validator.validate_python(values)
    except ValidationError as error:
        return {}, _told(kind, error)
    broken = broken_rules(kind, row) if kind.rules else ()
    if broken:
        return {}, [(rule.field, rule.sentence) for rule in broken]
    return row, []


@cache
def _checks(table: str) -> TypeAdapter[Any]:  # Any: what comes out is a type put together at run time
    """What makes a row of its values: a dict in the order of the fields, since a model would be taken apart again."""
    kind = RECORDS[table]
    # Any: TypedDict takes a type for each field and has no narrower name for that
    types: dict[str, Any] = {
        field.name: _type(field) if field.required else NotRequired[_with_default(field)]
        for field in kind.fields.values()
    }
    whole = TypedDict(kind.__name__, types)  # type: ignore[misc]  # mypy wants to read the fields here
    return TypeAdapter(with_config(ConfigDict(strict=True, extra="forbid", allow_inf_nan=False))(whole))


# Any: what pydantic makes a check of is a type put together at run time
def _with_default(field: Field) -> Any:
    return Annotated[_type(field), Limits(default=field.default)]


def _type(field: Field) -> Any:  # Any: as above
    made = _type_of_value(field)
    return made | None if field.optional else made


def _type_of_value(field: Field) -> Any:  # Any: as above
    match field.type:
        case "choice":
            return Literal[field.choices]
        case "flag":
            return bool
        case "date":
            return Annotated[str, AfterValidator(_day)]
        case "integer":
            return Annotated[int, BeforeValidator(partial(_exact, field)), _limits(field)]
        case "number":
            return Annotated[float, BeforeValidator(partial(_exact, field)), _limits(field), AfterValidator(_signed)]
        case "list":
            item = Annotated[str, _printable(LONGEST_NAME), AfterValidator(partial(_item, field))]
            return Annotated[tuple[item, ...], AfterValidator(partial(_whole_list, field))]
        case "reference" | "subject_id":
            return int
        case _:
            text = Annotated[str, _printable(field.longest)]
            more = field.required or field.pattern
            return Annotated[text, AfterValidator(partial(_text, field))] if more else text


def _printable(longest: int) -> object:
    """What pydantic itself checks of a text, without calling us; a limit makes it refuse half characters, too."""
    return Limits(max_length=longest, pattern=WITHOUT_NUL)


def _limits(field: Field) -> object:
    within = field.within or Within()
    return Limits(ge=within.low, le=within.high, gt=within.above)


def _text(field: Field, text: str) -> str:
    if field.required and not text.strip():
        raise _error(f"{field.label} must not be empty.")
    if field.pattern and not re.fullmatch(field.pattern.pattern, text):
        raise _error(f"{field.label} must be {field.pattern.means}; {quoted(text)} is not.")
    return text


def _item(field: Field, text: str) -> str:
    if not text.strip():
        raise _error(f"{field.label} must not hold an empty item.")
    if ";" in text:
        raise _error(f'{field.label} must not hold a ";" in an item, since it separates them: {quoted(text)}.')
    return text


def _whole_list(field: Field, items: tuple[str, ...]) -> tuple[str, ...]:
    length = sum(map(len, items))
    if length > field.longest:
        raise _error(f"{field.label} must be at most {field.longest:,} characters long together; this has {length:,}.")
    return items


def _day(text: str) -> str:
    # fromisoformat alone would let 20250516 and 2025-W20-5 pass
    if not DAY.fullmatch(text):
        raise ValueError
    date.fromisoformat(text)
    return text


def _exact(field: Field, value: object) -> object:
    """Refuse a whole number that the file, or a reader of an export, would round."""
    if isinstance(value, int) and abs(value) > GREATEST_INTEGER:
        raise _error(
            f"{field.label} must be {_right(field)}, at most {GREATEST_INTEGER:,}; {quoted(value)} is too large."
        )
    return value


def _signed(number: float) -> float:
    """The number; of the two zeros the one without a minus, which whole numbers can't have."""
    return number or 0.0


def _error(sentence: str) -> PydanticCustomError:
    return PydanticCustomError(OURS, "{sentence}", {"sentence": sentence})


def _told(kind: Kind, error: ValidationError) -> list[Problem]:
    """One sentence for each field: the first of its errors tells enough."""
    told: dict[str, str] = {}
    for each in error.errors(include_url=False):
        name = str(each["loc"][0])
        told.setdefault(name, _sentence(kind, name, each))
    return list(told.items())


def _sentence(kind: Kind, name: str, error: ErrorDetails) -> str:
    if error["type"] == OURS:
        return error["msg"]
    if error["type"] == "extra_forbidden":
        return unknown_name(name, kind.fields)
    field = kind.fields[name]
    if error["type"] == "missing":
        return f"{field.label} is missing; it must be {_right(field)}."
    value = error["input"]
    match error["type"]:
        case "string_unicode":
            return f"{field.label} must be Unicode text; {quoted(value)} holds half of a character."
        case "string_pattern_mismatch":
            return f"{field.label} must not hold a NUL character; {quoted(value)} does."
        case "string_too_long" if field.type == "list":
            return f"{field.label} must hold items of at most {LONGEST_NAME} characters; one has {len(value):,}."
        case "string_too_long":
            return f"{field.label} must be at most {field.longest:,} characters long; this has {len(value):,}."
    if value is None and field.is_text and not field.required:
        return f"{field.label} must be {_right(field)}, not null; where there is none, leave it out."
    if field.is_empty(value):
        return f"{field.label} must be {_right(field)}; it can't be empty."
    if field.type == "choice" and str(value) in field.choices:  # what JSON has as a number
        return f"{field.label} must be text; write {quoted(str(value))}, not {quoted(value)}."
    if field.type == "choice" and (meant := _word(value)) in field.choices:
        return f"{field.label} must be written {quoted(meant)}, not {quoted(value)}."
    if field.type == "number" and isinstance(value, str):  # a comma for decimals, signs between thousands, a unit
        return f"{field.label} must be {_right(field)}, written as 1000 or 2.5; {quoted(value)} is not."
    ending = f"not {quoted(value)}" if field.type in ("choice", "flag") else f"{quoted(value)} is not"
    return f"{field.label} must be {_right(field)}; {ending}{' one' if field.type == 'date' else ''}."


def _word(value: object) -> str:
    """What a person may have written in place of a word of a vocabulary: `Red line` for `red_line`."""
    return re.sub(r"[\s_-]+", "_", str(value).strip().lower())


def _right(field: Field) -> str:
    """What a value of the field must be, as the end of a sentence."""
    if field.pattern:
        return field.pattern.means
    match field.type:
        case "choice":
            return f"one of {', '.join(field.choices)}"
        case "date":
            return "a day such as 2025-05-16"
        case "integer":
            return f"a whole number{_range(field)}"
        case "number":
            return f"a number{_range(field)}"
        case "flag":
            return "true or false"
        case "list":
            return "a list of texts"
        case "reference" | "subject_id":
            return with_article(RECORDS[field.refers_to].singular) if field.refers_to else "a record"
        case _:
            return "text"


def _range(field: Field) -> str:
    if field.within is None:
        return ""
    if field.within.above is not None:
        return f" above {field.within.above}"
    return f" from {field.within.low} to {field.within.high}"
