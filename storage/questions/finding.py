"""Records by what people call them: refs, names, aliases, and the refs that new records get."""

import sqlite3
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Final

from storage.changes import Row
from storage.errors import Ambiguous, Refused
from storage.fields import Value
from storage.folding import fold
from storage.printable import plain
from storage.questions.query import LONG_NAMES, folded, holds
from storage.questions.reading import all_keys, keys
from storage.record import NAMES, Kind, names_of
from storage.records import Agreement, Commitment, Demand, Party, Round, Source, Statement
from storage.store import Suggestion

REF_LETTERS: Final[Mapping[Kind, str]] = {Round: "R", Demand: "D", Agreement: "A", Commitment: "C", Source: "S"}
"""What the refs of a kind start with, before the number."""

OTHER_LETTERS: Final = "P"
"""What the ref of a party starts with if its name is in letters that no ref may hold."""

LISTED: Final = "json_each(iif(json_valid(aliases), aliases, '[]'))"
"""The aliases of a row as rows; none where another program wrote something that is no list."""

QUOTED: Final = 60


def resolve(connection: sqlite3.Connection, kind: Kind, name: str) -> int:
    """The id of the one record that is called so; Refused when none is, Ambiguous when several are."""
    if not names_of(kind):
        return _by_key(connection, kind, name)
    for found in _called(connection, kind, name):
        if len(found) == 1:
            return found[0]
        if found:
            which = ", ".join(keys(connection, kind, found[:5]))
            raise Ambiguous(f"“{plain(name, QUOTED)}” can mean {which}; say which.")
    raise _nothing_called(kind, name)


def suggestions(connection: sqlite3.Connection, kind: Kind, typed: str, limit: int) -> list[Suggestion]:
    """The records whose ref, name, title or alias holds what is typed, those that begin with it first."""
    names = names_of(kind)
    if not names:
        return _keyed_suggestions(connection, kind, typed, limit)
    needle = fold(typed)
    short = names[0]
    long = next((name for name in LONG_NAMES if name in kind.fields), short)
    usual = f"t.{short}_key"
    test, times = holds(kind)
    begins = [f"instr({folded(f't.{name}')}, ?) = 1" for name in (*NAMES, "title") if name in kind.fields]
    if "aliases" in kind.fields:
        begins.append(f"EXISTS (SELECT 1 FROM {LISTED} WHERE instr({folded('value')}, ?) = 1)")
    first = " ".join(f"WHEN {start} THEN {number}" for number, start in enumerate(begins))
    rows = connection.execute(
        f"""SELECT t.id, t.{short}, t.{long} FROM {kind.table} t WHERE {test}
            ORDER BY CASE {first} ELSE {len(begins)} END, {usual}, t.id LIMIT ?""",
        (*[needle] * (times + len(begins)), limit),
    )
    return [Suggestion(id, name, long_name) for id, name, long_name in rows]


def proposals(connection: sqlite3.Connection, kind: Kind, values: Mapping[str, Value]) -> Row:
    """The fields that a new record can be given unasked: a free ref, and a round its place after the others."""
    proposed: Row = {}
    if "ref" in kind.fields and (ref := _free_ref(connection, kind, values)):
        proposed["ref"] = ref
    if kind is Round:
        proposed["seq"] = int(connection.execute("SELECT coalesce(max(seq), 0) FROM rounds").fetchone()[0]) + 1
    return proposed


def _free_ref(connection: sqlite3.Connection, kind: Kind, values: Mapping[str, Value]) -> str:
    """The next number of the kind, a statement's after its source's, a party's from its name."""
    if kind is Party:
        return _party_ref(connection, str(values.get("name") or ""))
    if kind is Statement:
        found = connection.execute("SELECT ref FROM sources WHERE id = ?", (values.get("source"),)).fetchone()
        return _next_number(connection, kind, f"{found[0]}.") if found else ""
    return _next_number(connection, kind, REF_LETTERS[kind]) if kind in REF_LETTERS else ""


def _called(connection: sqlite3.Connection, kind: Kind, name: str) -> Iterator[list[int]]:
    """The ids of the records called so, the strictest way of comparing first."""
    for compared, asked in (("{}", name), (folded("{}"), fold(name))):
        tests = [f"{compared.format(column)} = ?" for column in names_of(kind)]
        if "aliases" in kind.fields:
            tests.append(f"EXISTS (SELECT 1 FROM {LISTED} WHERE {compared.format('value')} = ?)")
        for test in tests:
            rows = connection.execute(f"SELECT id FROM {kind.table} WHERE {test} LIMIT 6", (asked,))
            yield [id for (id,) in rows]


def _by_key(connection: sqlite3.Connection, kind: Kind, name: str) -> int:
    for key, id in all_keys(connection, kind):
        if key == name:
            return id
    raise _nothing_called(kind, name)


def _nothing_called(kind: Kind, name: str) -> Refused:
    return Refused(f"There is no {kind.singular} “{plain(name, QUOTED)}”.")


def _keyed_suggestions(connection: sqlite3.Connection, kind: Kind, typed: str, limit: int) -> list[Suggestion]:
    needle = fold(typed)
    found = (Suggestion(id, key, key) for key, id in all_keys(connection, kind) if needle in fold(key))
    return list(islice(found, limit))


def _next_number(connection: sqlite3.Connection, kind: Kind, start: str) -> str:
    rows = connection.execute(
        f"SELECT ref FROM {kind.table} WHERE substr(ref, 1, ?) = ? ORDER BY ref_key DESC", (len(start), start)
    )
    numbers = (ref[len(start) :] for (ref,) in rows)
    highest = next((int(number) for number in numbers if number.isascii() and number.isdigit()), 0)
    return f"{start}{highest + 1}"


def _party_ref(connection: sqlite3.Connection, name: str) -> str:
    if not name.strip():
        return ""
    letters = "".join(letter for letter in fold(name).upper() if letter.isascii() and letter.isalnum())[:3]
    if not letters:
        return _next_number(connection, Party, OTHER_LETTERS)
    letters = letters.ljust(2, "X")
    candidates = (letters, *(f"{letters}{number}" for number in range(2, 100)))
    taken = {ref for (ref,) in connection.execute("SELECT ref FROM parties")}
    return next((ref for ref in candidates if ref not in taken), "")
