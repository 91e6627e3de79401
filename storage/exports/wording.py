"""A view back in the words of the command line, so that what is on screen can be exported without it."""

import re
import shlex
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from storage.exports.formats.registry import Format
from storage.exports.formats.sheet import Switches
from storage.fields import Value
from storage.questions.question import Question
from storage.record import SINGULAR, Kind
from storage.records import Commitment, Demand, Party, Round
from storage.showing import as_text
from storage.store import Store
from storage.view import DOSSIER, Condition, View, name_of_records

BRIEFED: Final[tuple[Kind, ...]] = (Demand, Round, Party)
"""The kinds that a brief can be about."""

Asked = View | Question | None
"""What is to leave; None is the whole dossier."""

LONGEST_NAME = 80
MOST_BYTES = 240
"""Of the 255 that a folder gives to a name, some for its suffix."""


def command_line(
    store: Store, asked: Asked, format: Format, target: Path | None, switches: Switches, internal: bool
) -> str | None:
    """The command that writes the same file; None for marked rows that no ref names."""
    flags = {"--internal": internal}
    words: list[str] | None = []
    if asked is not None:
        words = _words(store, asked)
        flags |= {"--names": switches.names, "--no-headers": not switches.headers}
        flags |= {"--bom": switches.bom, "--guard": switches.guard}
    if words is None:
        return None
    named = ["parley", "export", str(store.path), view_name(asked), "-f", format.name]
    named += ["-o", str(target)] if target else []
    return shlex.join([*named, *words, *(flag for flag, is_set in flags.items() if is_set)])


def _words(store: Store, asked: View | Question) -> list[str] | None:
    """The options that ask for these rows and columns."""
    words = _question_words(store, asked) if isinstance(asked, Question) else _view_words(store, asked)
    if words is None:
        return None
    words += [f"--search={asked.search}"] if asked.search else []
    words += [f"--sort={','.join(str(each) for each in asked.sort)}"] if asked.sort else []
    words += [f"--columns={columns}"] if (columns := _columns(asked)) else []
    words += [f"--as-of={asked.as_of}"] if asked.as_of else []
    return words


def _view_words(store: Store, view: View) -> list[str] | None:
    if view.ids is not None:
        return _marked_words(store, view.kind, "ref", view.ids)
    return [f"--where={each}" for each in conditions_in_words(store, view)]


def _marked_words(store: Store, kind: Kind | None, column: str, ids: Sequence[int]) -> list[str] | None:
    """The rows of these records by the column that holds their refs; None for records that have none."""
    if kind is None or "ref" not in kind.fields:
        return None
    return [f"--where={column}={ref}" for ref in store.keys(kind.table, ids)]


def conditions_in_words(store: Store, asked: View | Question) -> list[str]:
    """`by_party=UKR`: each condition with the machine value of its stored one, as `conditions_of` takes it."""
    if isinstance(asked, View):
        return [where(store, asked.kind, each) for each in asked.where]
    return [f"{each.field}{each.operator}{_plain(each.value)}" for each in asked.where]


def _question_words(store: Store, question: Question) -> list[str] | None:
    from storage.questions.answers import computed_view_named

    words: list[str] | None = [f"--where={each}" for each in conditions_in_words(store, question)]
    if question.ids is not None:
        kind = computed_view_named(question.view).of
        column = "ref" if kind and kind.table == question.view else Demand.singular
        words = _marked_words(store, kind, column, question.ids)
    options = {"--since": question.since, "--on": question.on, "--party": question.party}
    named = [f"{option}={value}" for option, value in options.items() if value]
    return None if words is None else words + named


def view_name(view: Asked) -> str:
    """What the command line calls a view."""
    if view is None:
        return DOSSIER
    if isinstance(view, Question):
        return view.view
    return name_of_records(view.kind)


def _columns(view: View | Question) -> str:
    """The columns to name; a view of commitments has more on the command line than the records hold."""
    if isinstance(view, View) and view.kind is Commitment:
        return ",".join(view.shown())
    return ",".join(view.columns)


def where(store: Store, kind: Kind, condition: Condition) -> str:
    """`by_party=UKR`: a condition with the machine value of its stored one."""
    return f"{condition.field}{condition.operator}{_machine(store, kind, condition)}"


def proposed_name(store: Store, view: Asked, format: Format) -> str:
    """`istanbul-demands.csv`: the dossier, the view, the round if one was chosen, the format."""
    parts = [store.path.stem, view_name(view), *([view.as_of] if view and view.as_of else [])]
    return f"{file_name('-'.join(parts))}{format.suffix}"


def proposed_brief_name(store: Store, ref: str, as_of: str) -> str:
    """`istanbul-brief-demand-D1.md`: the dossier, the record, the round if one was chosen."""
    return f"{file_name('-'.join(filter(None, (store.path.stem, 'brief', ref, as_of))))}.md"


def counted_rows(rows: int) -> str:
    """`17 rows`."""
    return f"{rows:,} {'row' if rows == 1 else 'rows'}"


def file_name(text: str) -> str:
    """Letters, digits, - and _ of a text, at most 80 of them: safe as a name in any folder."""
    kept = re.sub(r"[^\w-]+", "-", text).strip("-")[:LONGEST_NAME]
    return kept.encode()[:MOST_BYTES].decode(errors="ignore") or "parley"


def _machine(store: Store, kind: Kind, condition: Condition) -> str:
    field, value = kind.fields.get(condition.field), condition.value
    if field is None:
        return _plain(value)
    if field.is_empty(value):
        return ""
    table = field.refers_to
    if field.type == "subject_id":
        return next((name for other in SINGULAR.values() for name in _called(store, other.table, value)), "")
    if table:
        return next(_called(store, table, value), "")
    return _plain(value)


def _plain(value: Value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return as_text(value)


def _called(store: Store, table: str, value: Value) -> Iterator[str]:
    if isinstance(value, int):
        yield from store.keys(table, [value])
