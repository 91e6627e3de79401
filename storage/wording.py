"""A view back in the words of the command line, so that what is on screen can be exported without it."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

from storage.fields import Value
from storage.formats.registry import Format
from storage.formats.sheet import Switches
from storage.record import SINGULAR, Kind
from storage.showing import as_text
from storage.store import Store
from storage.view import Condition, View

LONGEST_NAME = 80


def command_line(
    store: Store, view: View, format: Format, target: Path | None, switches: Switches, internal: bool
) -> str | None:
    """The command that writes the same file; None for marked records that have no ref to name them by."""
    words = ["parley", "export", str(store.path), view_name(view.kind), "-f", format.name]
    words += ["-o", str(target)] if target else []
    if view.ids is not None:
        if "ref" not in view.kind.fields:
            return None
        words += [f"--where=ref={ref}" for ref in store.keys(view.kind.table, view.ids)]
    else:
        words += [f"--where={where(store, view.kind, each)}" for each in view.where]
        words += [f"--search={view.search}"] if view.search else []
    words += [f"--sort={','.join(str(each) for each in view.sort)}"] if view.sort else []
    words += [f"--columns={','.join(view.columns)}"] if view.columns else []
    words += [f"--as-of={view.as_of}"] if view.as_of else []
    flags = {"--internal": internal, "--names": switches.names, "--no-headers": not switches.headers}
    flags |= {"--bom": switches.bom, "--guard": switches.guard}
    return shlex.join([*words, *(flag for flag, is_set in flags.items() if is_set)])


def view_name(kind: Kind) -> str:
    """What the command line calls the view of all records of a kind."""
    return "evidence_links" if kind.table == "evidence" else kind.table


def where(store: Store, kind: Kind, condition: Condition) -> str:
    """`by_party=UKR`: a condition with the machine value of its stored one."""
    return f"{condition.field}{condition.operator}{_machine(store, kind, condition)}"


def proposed_name(store: Store, view: View, format: Format) -> str:
    """`istanbul-demands.csv`: the dossier, the view, the round if one was chosen, the format."""
    parts = [store.path.stem, view_name(view.kind), *([view.as_of] if view.as_of else [])]
    return f"{file_name('-'.join(parts))}{format.suffix}"


def file_name(text: str) -> str:
    """Letters, digits, - and _ of a text, at most 80 of them: safe as a name in any folder."""
    return re.sub(r"[^\w-]+", "-", text).strip("-")[:LONGEST_NAME] or "parley"


def _machine(store: Store, kind: Kind, condition: Condition) -> str:
    field, value = kind.fields[condition.field], condition.value
    if field.is_empty(value):
        return ""
    table = field.refers_to
    if field.type == "subject_id":
        return next((name for other in SINGULAR.values() for name in _called(store, other.table, value)), "")
    if table:
        return next(_called(store, table, value), "")
    if isinstance(value, bool):
        return "true" if value else "false"
    return as_text(value)


def _called(store: Store, table: str, value: Value) -> Iterator[str]:
    if isinstance(value, int):
        yield from store.keys(table, [value])
