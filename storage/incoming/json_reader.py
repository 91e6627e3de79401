"""JSON from a stranger, read strictly: nothing is dropped, rounded or guessed, and every refusal names the place."""

import json
import os
import re
import sys
from collections.abc import Iterable
from itertools import chain
from typing import BinaryIO, Final, NoReturn

from storage.errors import BadInput
from storage.sentences import quoted

LARGEST_DOCUMENT: Final = 1_000_000_000
"""Bytes."""

DEEPEST: Final = 50

CONSTANTS: Final = ("NaN", "Infinity", "-Infinity")
SURROGATE: Final = re.compile("[\ud800-\udfff]")
HALVES_BEGIN: Final = ("\\ud", "\\uD")
BOM: Final = "\ufeff"
TOKEN: Final = re.compile(r'"(?:[^"\\]++|\\.)*+"|[{}\[\],:]|[^\s"{}\[\],:]+')


class _Faulty(ValueError):
    """The document breaks a rule that JSON itself does not have; the place is found afterwards."""


def document_bytes(file: BinaryIO, name: str) -> bytes:
    """What a file holds; BadInput, before it is read, when that is more than a document may be."""
    if os.fstat(file.fileno()).st_size > LARGEST_DOCUMENT:
        raise BadInput([_too_large(name)])
    return file.read(LARGEST_DOCUMENT + 1)  # a pipe does not tell its size


def read_json(data: bytes, name: str, above: int = 0) -> object:
    """The document in the bytes; BadInput with `NAME: line 3, column 5: sentence` if there is none to be had.

    `above` is how many lines stand before it in the file.
    """
    text = _decoded(data, name, above)
    del data  # the largest part of what is held meanwhile, if the caller no longer holds it
    try:
        document = DECODER.decode(text)
        _refuse_unsound(document, text)
    except json.JSONDecodeError as error:
        if not text.strip():
            raise BadInput([f"{name}: it is empty; a JSON document was expected."]) from None
        raise BadInput([f"{name}: {_place(text, error.pos, above)}: {_syntax(error)}"]) from None
    except (ValueError, RecursionError):
        raise BadInput([f"{name}: {_first_fault(text, above)}"]) from None
    return document


def _decoded(data: bytes, name: str, above: int) -> str:
    if len(data) > LARGEST_DOCUMENT:
        raise BadInput([_too_large(name)])
    try:
        return data.decode().removeprefix(BOM)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1 + above
        raise BadInput([f"{name}: line {line}: it is not UTF-8 text; save it as UTF-8."]) from None


def _too_large(name: str) -> str:
    return f"{name}: it is larger than {LARGEST_DOCUMENT // 10**9} GB; split it."


def _without_duplicates(pairs: list[tuple[str, object]]) -> dict[str, object]:
    made = dict(pairs)
    if len(made) < len(pairs):
        raise _Faulty
    return made


def _refuse_constant(_name: str) -> NoReturn:
    raise _Faulty


DECODER: Final = json.JSONDecoder(object_pairs_hook=_without_duplicates, parse_constant=_refuse_constant)


def _refuse_unsound(document: object, text: str) -> None:
    """Refuse half characters, which JSON can write with escapes, and what is nested too deep.

    A short document without such escapes, as most lines of ndjson are, need not be walked through.
    """
    may_hold_halves = "\\" in text and any(start in text for start in HALVES_BEGIN)
    if not may_hold_halves and text.count("{") + text.count("[") <= DEEPEST:
        return
    looked_at = (dict, list, str) if may_hold_halves else (dict, list)
    level = [document]
    for depth in range(DEEPEST + 1):
        if any(SURROGATE.search(each) for each in level if isinstance(each, str)):
            raise _Faulty
        holders = [each for each in level if isinstance(each, dict | list)]
        if holders and depth == DEEPEST:
            raise _Faulty
        level = [each for holder in holders for each in _held(holder) if isinstance(each, looked_at)]


def _held(holder: dict[str, object] | list[object]) -> Iterable[object]:
    return chain(holder, holder.values()) if isinstance(holder, dict) else holder


def _first_fault(text: str, above: int) -> str:
    """The place and the sentence of the first fault; slow, and so only asked of what was refused."""
    keys: list[set[str] | None] = []  # of each open object; None for an open list
    key_next = False
    for token in TOKEN.finditer(text):
        word = token[0]
        fault = None
        if word in "{[":
            keys.append(set() if word == "{" else None)
            fault = f"it is nested deeper than {DEEPEST} levels." if len(keys) > DEEPEST else None
        elif word in "}]" and keys:
            keys.pop()
        elif word[0] == '"':
            fault = _fault_of_text(word, keys[-1] if keys and key_next else None)
        elif word not in ",:":
            fault = _fault_of_number(word)
        if fault:
            return f"{_place(text, token.start(), above)}: {fault}"
        key_next = word == "{" or (word == "," and bool(keys) and keys[-1] is not None)
    return "it can't be read as JSON."


def _fault_of_text(literal: str, earlier_keys: set[str] | None) -> str | None:
    try:
        word = json.loads(literal)
    except ValueError:
        return None  # not JSON at all: its own message has the place
    if SURROGATE.search(word):
        return "the text holds half of a character (a lone surrogate)."
    if earlier_keys is not None:
        if word in earlier_keys:
            return f"the key {quoted(word)} stands twice in one object; keep one."
        earlier_keys.add(word)
    return None


def _fault_of_number(literal: str) -> str | None:
    if literal in CONSTANTS:
        return f"{literal} is no number in JSON; write null or leave the field out."
    limit = sys.get_int_max_str_digits()
    digits = literal.lstrip("-")
    if digits.isdigit() and len(digits) > limit > 0:
        return f"a number has more than {limit:,} digits."
    return None


def _place(text: str, at: int, above: int) -> str:
    return f"line {text.count(chr(10), 0, at) + 1 + above}, column {at - text.rfind(chr(10), 0, at)}"


def _syntax(error: json.JSONDecodeError) -> str:
    said = error.msg.removesuffix(" starting at").removesuffix(" at")
    return f"it is not JSON: {said[0].lower()}{said[1:]}."
