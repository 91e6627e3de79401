"""A view in the words of the command line: names and machine values in, a View out."""

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, cast

from storage import records  # noqa: F401  # every kind is registered by it
from storage.errors import Unknown
from storage.fields import Field, Value
from storage.questions.answers import Answers, fields_asked
from storage.questions.naming import id_named, referred
from storage.questions.question import Question
from storage.questions.tables import COMPUTED_VIEWS
from storage.record import RECORDS, SINGULAR, Kind
from storage.store import Store
from storage.view import DOSSIER, Condition, Operator, Sort, View, name_of_records

RECORD_VIEWS: Final[dict[str, Kind]] = {
    name_of_records(kind): kind for kind in RECORDS.values() if name_of_records(kind) != DOSSIER
}
"""The views that show every record of a kind, by their names."""

COMPARISON: Final = re.compile(r"\s*([^=<>!]*?)\s*(!=|>=|<=|=)(.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Words:
    """What is asked for, as it was typed."""

    view: str
    where: tuple[str, ...] = ()
    search: str = ""
    sort: str = ""
    columns: str = ""
    as_of: str = ""
    since: str = ""
    on: str = ""
    party: str = ""


@dataclass(frozen=True, slots=True)
class Askable:
    """What may be asked of a view: the fields that words can name, and whether references go by id or by ref."""

    view: str
    fields: Mapping[str, Field]
    by_id: bool


def ask(store: Store, words: Words) -> View | Question:
    """The view that the words describe; Unknown, naming what there is, where they name what is not there."""
    if words.as_of:
        referred(store, "rounds", words.as_of)
    return _question(store, words) if words.view in COMPUTED_VIEWS else _view(store, words)


def conditions_of(store: Store, asked: View | Question, words: str) -> tuple[Condition, ...]:
    """What "FIELD>=VALUE" means in a view, as `conditions_in_words` tells it; Unknown where it means nothing."""
    return parse_where(store, _askable(store, asked), words)


def _askable(store: Store, asked: View | Question) -> Askable:
    if isinstance(asked, View):
        return Askable(asked.kind.table, fields_asked(asked.kind), by_id=True)
    return Askable(asked.view, {field.name: field for field in Answers(store).columns(asked.view)}, by_id=False)


def _view(store: Store, words: Words) -> View:
    kind = kind_of_view(words.view)
    _refuse_meaningless(words, frozenset({"party"} if _own_party(kind) else ()))
    asked = replace(_askable(store, View(kind)), view=words.view)
    where = tuple(each for text in words.where for each in parse_where(store, asked, text, words.where))
    if words.party:
        where += (Condition(_own_party(kind), "=", referred(store, "parties", words.party)),)
    return View(
        kind,
        columns=parse_columns(asked, words.columns),
        where=where,
        search=words.search,
        sort=parse_sort(asked, words.sort),
        as_of=words.as_of or None,
    )


def _question(store: Store, words: Words) -> Question:
    _refuse_meaningless(words, COMPUTED_VIEWS[words.view].takes | {"party"})
    asked = _askable(store, Question(words.view))
    if words.since:
        referred(store, "rounds", words.since)
    party = words.party and store.keys("parties", [referred(store, "parties", words.party)])[0]
    return Question(
        words.view,
        columns=parse_columns(asked, words.columns),
        where=tuple(each for text in words.where for each in parse_where(store, asked, text)),
        search=words.search,
        sort=parse_sort(asked, words.sort),
        as_of=words.as_of or None,
        since=words.since or None,
        on=_read_day(words.on) if words.on else None,
        party=party or None,
    )


def _own_party(kind: Kind) -> str:
    """The field that says whose a record is; empty for a kind that is nobody's."""
    return next((name for name in ("by_party", "party") if name in kind.fields), "")


def _refuse_meaningless(words: Words, takes: frozenset[str]) -> None:
    """Unknown when a moment or a party is named that the view does not look at; as of when, any view may be told."""
    for name in ("since", "on", "party"):
        if getattr(words, name) and name not in takes:
            views = (
                ", ".join(view.name for view in COMPUTED_VIEWS.values() if name in view.takes)
                or "views of what a party has"
            )
            raise Unknown(f"--{name} means nothing to {words.view}; it goes with {views}.")


def kind_of_view(name: str) -> Kind:
    """The kind of record that a record view shows; Unknown with the views there are."""
    if name not in RECORD_VIEWS:
        raise Unknown.named("view", name, view_names())
    return RECORD_VIEWS[name]


def view_names() -> list[str]:
    """Every view that can be exported."""
    return [*dict.fromkeys((*RECORD_VIEWS, *COMPUTED_VIEWS, DOSSIER))]


def parse_columns(asked: Askable, text: str) -> tuple[str, ...]:
    """The columns of "ref,title"; none named means all."""
    names = tuple(_listed(text))
    for number, name in enumerate(names):
        field_named(asked, name)
        if name in names[:number]:
            raise Unknown(f'The column "{name}" is named twice.')
    return names


def parse_sort(asked: Askable, text: str) -> tuple[Sort, ...]:
    """The order of "issue,-ref": by issue, then by ref downwards."""
    sorts = (Sort(name.removeprefix("-"), descending=name.startswith("-")) for name in _listed(text))
    return tuple(sort for sort in sorts if field_named(asked, sort.field))


def parse_where(store: Store, asked: Askable, text: str, beside: tuple[str, ...] = ()) -> tuple[Condition, ...]:
    """The conditions of "FIELD>=VALUE"; those `beside` it may say which kind of record a subject is."""
    parts = COMPARISON.fullmatch(text)
    if not parts:
        raise Unknown(f'"{text}" compares nothing; write FIELD=VALUE, FIELD!=VALUE, FIELD>=VALUE or FIELD<=VALUE.')
    field = field_named(asked, parts[1])
    operator = cast(Operator, parts[2])
    if not parts[3]:
        if operator in (">=", "<="):
            raise Unknown(f'"{text}" names no value to compare with.')
        return (Condition(field.name, operator, None),)
    if field.type == "subject_id":
        return _about(store, field, operator, parts[3], asked.fields["subject"].choices, beside)
    value = machine_value(store, field, parts[3])
    if field.refers_to and not asked.by_id and isinstance(value, int):
        [value] = store.keys(field.refers_to, [value])
    return (Condition(field.name, operator, value),)


def machine_value(store: Store, field: Field, text: str) -> Value:
    """The stored value that the text of an export stands for; Unknown, with what would be right, if it is none."""
    if field.refers_to:
        return referred(store, field.refers_to, text)
    if field.type == "choice" and text not in field.choices:
        raise Unknown(f'{field.name} is never "{text}"; it is {", ".join(field.choices)}.')
    read = READERS.get(field.type)
    if not read:
        return text
    of_type, means = read
    try:
        return of_type(text)
    except (ValueError, KeyError) as error:
        raise Unknown(f'{field.name} is {means}, not "{text}".') from error


def field_named(asked: Askable, name: str) -> Field:
    """The field of that name; Unknown with the names there are."""
    if name not in asked.fields:
        raise Unknown.named("field", name, asked.fields, asked.view)
    return asked.fields[name]


def _read_day(text: str) -> str:
    try:
        return _day(text)
    except ValueError as error:
        raise Unknown(f'--on is a day such as 2025-06-13, not "{text}".') from error


def _about(
    store: Store, field: Field, operator: Operator, text: str, subjects: tuple[str, ...], beside: tuple[str, ...]
) -> tuple[Condition, ...]:
    """A record of any kind; ids tell records apart only together with their kind."""
    said = [each.removeprefix("subject=") for each in beside if each.startswith("subject=")]
    kinds = [SINGULAR[name] for name in said or subjects if name in SINGULAR]
    found = [(kind, id) for kind in kinds if (id := id_named(store, kind, text)) is not None]
    if not found:
        raise Unknown(f'There is no record "{text}" that {field.name} could name.')
    if len(found) > 1:
        choices = " or ".join(f"subject={kind.singular}" for kind, _ in found)
        raise Unknown(f'"{text}" names several records; ask for {choices} as well.')
    kind, id = found[0]
    comparison = Condition(field.name, operator, id)
    return (comparison,) if said or operator != "=" else (Condition("subject", "=", kind.singular), comparison)


def _listed(text: str) -> list[str]:
    return [name.strip() for name in text.split(",") if name.strip()]


def _day(text: str) -> str:
    if date.fromisoformat(text).isoformat() != text:
        raise ValueError(text)
    return text


def _number(text: str) -> float:
    if not math.isfinite(number := float(text)):
        raise ValueError(text)
    return number


def _list(text: str) -> tuple[str, ...]:
    return tuple(item.strip() for item in text.split(";"))


READERS: Final[dict[str, tuple[Callable[[str], Value], str]]] = {
    "flag": ({"true": True, "false": False}.__getitem__, "true or false"),
    "integer": (int, "a whole number"),
    "number": (_number, "a number"),
    "date": (_day, "a day such as 2025-06-13"),
    "list": (_list, "a list"),
}
"""For each type of field whose value is not just its text: what reads it, and how to say what it takes."""
