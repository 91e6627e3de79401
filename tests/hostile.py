"""Text that tries to drive the terminal, the markup, the spreadsheet or the reader, in every field that takes text."""

import json
import sqlite3
import unicodedata
from collections.abc import Iterator, Mapping
from itertools import count
from pathlib import Path
from typing import Any

from storage import RECORDS, Dossier, Field, Kind, Person, create_store
from storage.incoming.authoring import nested

DOSSIER = Path(__file__).parent / "data" / "istanbul-2025.json"
"""A dossier with records of every kind."""

HOSTILE = (
    "[/x]",
    "[red]stop[/red]",
    "[@click=app.quit]leave[/]",
    "[unclosed",
    "\\[bold]",
    "$primary [on $error]",
    "\x1b[31mred\x1b[2J",
    "\x1b]0;title\x07",
    "\x1b]52;c;ZXZpbA==\x1b\\",
    "\x9b2J C1 \x85\x90q\x9c",
    "tab\there",
    "two\nlines",
    "car\rriage",
    "\x01\x08\x0b\x0c\x0e\x0f\x7f",
    "right \u202eto left\u202c \u2066isolated\u2069 \u200f\u061c",
    "\u2028line\u2029paragraph",
    "zero\u200bwidth\u2060 \ufeffmark \u00adsoft",
    "tags \U000e0041\U000e0042 private \ue000 none \ufdd0\U0001ffff",
    "family \U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466 flag \U0001f1fa\U0001f1e6\U0001f1fa",
    "skin \U0001f469\U0001f3fd\u200d\u2696\ufe0f heart \u2764\ufe0f keycap 1\ufe0f\u20e3",
    "e" + "\u0301" * 60 + "\u20dd",
    "\u0301\u200d\u200calone",
    "漢字カナ ｗｉｄｅ \u3000",
    "क्षत्रिय می‌خواهم \u1100\u1161\u11a8",
    "=cmd|' /C calc'!A0",
    "@SUM(1) +1 -1",
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)> &lt; &#x27;",
    "' onmouseover='alert(1)\" x=\"",
    "# heading *bold* _it_ `code` ~~no~~",
    "![i](javascript:alert(1)) [l](http://x) <http://y>",
    "| a | b |\n|---|---|",
    "1. one\n- two\n> three\n```\nfour",
    "[^1]: note [^1]",
    '"quoted", ; and\\n',
    "{braces} {0} %s %(x)s $HOME `id`",
    "../../etc/passwd ~root",
)
"""Pieces of text, each with a trick of its own; none of them is one that storage refuses."""

AT_ONCE = "\x1b[2J\u202e[red][/x]\x9b "
"""Tricks of several kinds in so little room that wherever a text begins to be shown, they are."""

SPACED = {"\u200c", "\u200d"}
"""Joiners, which stay inside of a word."""

DRIVING = ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")
"""The categories of characters of which none may reach a terminal, but for joiners."""


def is_free(field: Field) -> bool:
    """True for a field that takes any text."""
    return field.type in ("text", "long", "open", "list") and field.pattern is None


def hostile_text(number: int, begin: str = "", most: int = 480) -> str:
    """A text of many tricks, another one in front for each number, all after the same beginning."""
    first = number % len(HOSTILE)
    text = f"{begin}{HOSTILE[first]} {number}"
    for piece in (*HOSTILE[first + 1 :], *HOSTILE[:first]):
        if len(text) + len(piece) + 1 > most:
            break
        text += f" {piece}"
    return text


def hostile_seed(begin: str = "") -> bytes:
    """A whole dossier in JSON in which every field that takes any text is hostile, each with the same beginning."""
    document = json.loads(DOSSIER.read_bytes())
    texts = (hostile_text(number, begin) for number in count())
    people = {person["name"]: next(texts) for person in document["people"]}
    _poison(Dossier, document, texts, people)
    return json.dumps(document).encode()


def _poison(kind: Kind, fields: dict[str, Any], texts: Iterator[str], people: Mapping[str, str]) -> None:
    """Give every free field of an object and of what is nested in it a hostile text; people go by their new names."""
    for name, field in kind.fields.items():
        names_a_person = field.refers_to == Person.table or (name == "subject_id" and fields.get("subject") == "person")
        if (kind is Person and name == "name") or (names_a_person and fields.get(name)):
            fields[name] = people[fields[name]]
        elif is_free(field):
            text = next(texts)
            fields[name] = [text.replace(";", ",")] if field.type == "list" else text
    for child in nested(kind):
        for each in fields.get(child.table, ()):
            _poison(child, each, texts, people)


def write_hostile_dossier(path: Path, *, words: bool = False) -> None:
    """A dossier as a stranger may have written it, past Parley: where no seed may, its refs are hostile as well.

    With `words` so are the words of each vocabulary and the days; it is so large that nobody looks at every value.
    """
    create_store(path, hostile_seed(AT_ONCE)).close()
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA ignore_check_constraints = ON")
    for kind in RECORDS.values():
        for field in kind.fields.values():
            if field.type == "ref" or (words and field.type in ("choice", "date") and field.name != "subject"):
                connection.execute(f"UPDATE {kind.table} SET {field.name} = ? || {field.name}", (AT_ONCE,))
    connection.execute("UPDATE sources SET ref = 'S' || ref")  # so that a beginning can be typed, too
    connection.execute("UPDATE parties SET aliases = '[\"alike\"]'")
    if words:
        connection.execute("UPDATE evidence SET subject = ? WHERE id = (SELECT min(id) FROM evidence)", (AT_ONCE,))
        connection.execute("CREATE TABLE padding AS SELECT zeroblob(20500000)")
    connection.commit()
    connection.close()


def driving(shown: str) -> list[str]:
    """The characters of a text that may not be on a screen, line ends apart."""
    return [
        letter
        for letter in shown
        if letter not in ("\n", *SPACED)
        and (unicodedata.category(letter) in DRIVING or 0xFDD0 <= ord(letter) <= 0xFDEF)
    ]
