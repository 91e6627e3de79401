"""Dossiers of any size, the same whenever they are asked for with the same numbers; rows are made one by one.

Texts are of many languages and scripts, with accents and numbers. Chance comes as integers of a Random alone, which
are the same on every machine.
"""

import csv
import hashlib
import json
import os
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from math import gcd
from pathlib import Path
from random import Random
from typing import Final, TextIO

from bench import words
from bench.words import ENDS, FIRST, LAST, MIDDLE, OBJECTS, OPENINGS, REASONS
from storage import folding
from storage.changes import Row
from storage.editing import writing
from storage.editing.writing import insert
from storage.exports.formats.cells import as_json, as_text
from storage.file.connection import connect
from storage.file.creating import create
from storage.file.schema import statements
from storage.questions import searching
from storage.record import Kind
from storage.records import ISSUES, Demand, Party, Position, Round

FIRST_ID: Final = 169_000_000_000 << 22
"""An id as a record of May 2025 has it, since small ones would make a smaller file."""

CACHE_KIB: Final = 500_000
"""While a dossier is made; keeps the indexes in memory, into which rows go in no order."""

REF_LETTERS: Final = {"parties": "P", "rounds": "R", "demands": "D"}
RARE: Final = "þjóð"
"""A word of about twenty demands, the first among the first two thirds of them gone; nothing else has its þ."""

MAKERS: Final = [Path(module.__file__ or "") for module in (sys.modules[__name__], words, folding, searching, writing)]
"""What decides, besides the schema, which bytes a dossier holds."""

DEMAND_KINDS: Final = ("demand", "demand", "demand", "proposal", "offer", "precondition", "goal", "red_line")
STATUSES: Final = ("open",) * 4 + ("agreed", "withdrawn", "replaced", "lapsed")
ANSWERS: Final = ("accepts", "conditional", "deferred", "silent", "rejects", "rejects", "conditional", "silent")


@dataclass(frozen=True, slots=True)
class Size:
    """How many records there are of the kinds that grow."""

    demands: int
    positions: int = 0
    parties: int = 200
    rounds: int = 40
    seed: int = 1

    def __str__(self) -> str:
        return f"{self.demands}x{self.positions}x{self.parties}x{self.rounds}x{self.seed}"


def parties(size: Size) -> Iterator[tuple[int, Row]]:
    """Every party under its id."""
    chance = Random(size.seed)
    for number in range(1, size.parties + 1):
        name = f"{_place(chance.getrandbits(24))} {number}"
        standing = ("primary", "secondary", "third")[min(number // 3, 2)]
        row: Row = {"ref": f"P{number}", "name": name, "aliases": (f"{name} Republic",), "kind": "state"}
        row |= {"standing": standing, "essential": number < 3, "member_of": None, "note": ""}
        yield FIRST_ID + number, row


def rounds(size: Size) -> Iterator[tuple[int, Row]]:
    """Every round under its id, in their order."""
    for number in range(1, size.rounds + 1):
        row: Row = {"ref": f"R{number}", "seq": number, "title": f"Round {number}"}
        row |= {"starts_on": f"2025-{1 + number % 12:02d}-{1 + number % 28:02d}", "ends_on": None, "city": "İstanbul"}
        row |= {"country": "Türkiye", "format": "direct", "track": "1", "status": "held", "outcome": "pending"}
        yield FIRST_ID + number, row | {"note": ""}


def demands(size: Size) -> Iterator[tuple[int, Row]]:
    """Every demand under its id."""
    chance = Random(size.seed + 1)
    rare = max(size.demands // 60, 1)
    for number in range(1, size.demands + 1):
        bits = chance.getrandbits(96)
        place = _place(bits)
        title = f"{OPENINGS[bits >> 24 & 31]} {OBJECTS[bits >> 29 & 31]} {place} {ENDS[bits >> 34 & 15]}"
        note = f"{RARE} {number}" if number % rare == 0 and number * 3 > size.demands * 2 else ""
        author = author_of(size, number)
        row: Row = {
            "ref": f"D{number}",
            "title": title.strip(),
            "text": f"{REASONS[bits >> 38 & 15]} {_place(bits >> 40)}, {2 + (bits >> 64 & 1023)} km; {title}.",
            "issue": ISSUES[(bits >> 74) % len(ISSUES)],
            "interest": REASONS[bits >> 78 & 15] if bits >> 82 & 1 else "",
            "kind": DEMAND_KINDS[bits >> 83 & 7],
            "by_party": FIRST_ID + author,
            "to_party": FIRST_ID + author % size.parties + 1 if size.parties > 1 else None,
            "first_round": FIRST_ID + first_round(size, number),
            "status": STATUSES[bits >> 86 & 7],
            "note": note,
        }
        yield FIRST_ID + number, row


def positions(size: Size) -> Iterator[tuple[int, Row]]:
    """Every position under its id, demand by demand."""
    id = FIRST_ID
    for demand in range(1, size.demands + 1):
        for row in positions_on(size, demand):
            id += 1
            yield id, row


def positions_on(size: Size, demand: int) -> Iterator[Row]:
    """What was said to one demand: first its author in the first round, then anybody, never twice in one round."""
    places = size.rounds * size.parties
    count = size.positions // size.demands + (demand <= size.positions % size.demands)
    author, chance = author_of(size, demand), Random(size.seed + demand)
    at, step = (first_round(size, demand) - 1) * size.parties + author - 1, _coprime(places)
    for _ in range(min(count, places)):
        round, party = divmod(at, size.parties)
        bits = chance.getrandbits(24)
        asks = party + 1 == author
        response = ("drops" if bits & 15 == 0 else "asks") if asks else ANSWERS[bits & 7]
        other = 1 + (bits >> 8) % min(size.demands, 50)
        hinges = response == "conditional" and bits & 16 and other != demand
        row: Row = {"round": FIRST_ID + round + 1, "demand": FIRST_ID + demand, "party": FIRST_ID + party + 1}
        row |= {"response": response, "red_line": response in ("asks", "rejects") and bool(bits & 32)}
        row |= {
            "terms": ENDS[bits >> 14 & 15] if bits & 64 else "",
            "basis": "stated",
            "hinges_on": FIRST_ID + other if hinges else None,
        }
        yield row | {"note": ""}
        at = (at + step) % places


def author_of(size: Size, demand: int) -> int:
    """The number of the party that makes a demand."""
    return 1 + demand * 7919 % size.parties


def first_round(size: Size, demand: int) -> int:
    """The number of the round in which a demand is made."""
    return 1 + demand * 31 % size.rounds


ROWS: Final[dict[Kind, Callable[[Size], Iterator[tuple[int, Row]]]]] = {
    Party: parties,
    Round: rounds,
    Demand: demands,
    Position: positions,
}
"""How the rows of a kind are made, in an order in which they can be inserted."""


class Kept:
    """A folder of generated files, each made once; their names tell what is in them, and which program made it."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        made_by = (*statements(), *(path.read_text(encoding="utf-8") for path in MAKERS))
        self._stem = f"parley-{hashlib.sha256(chr(10).join(made_by).encode()).hexdigest()[:8]}"

    def dossier(self, size: Size) -> Path:
        """A dossier of that size, as Parley itself would have written it."""
        return self.made(f"{size}.db", lambda path: write_dossier(size, path))

    def lines(self, size: Size, suffix: str) -> Path:
        """The demands of that size as `ndjson` or `csv`."""
        writer = {"ndjson": write_ndjson, "csv": write_csv}[suffix]
        return self.made(f"{size}-demands.{suffix}", lambda path: writer(size, path))

    def whole(self, size: Size) -> Path:
        """A whole dossier of that size in the form that `parley new --seed` reads."""
        return self.made(f"{size}-whole.json", lambda path: write_whole(size, path))

    def made(self, name: str, make: Callable[[Path], None]) -> Path:
        """The file of that name, made if it is not there; half a file is never left under it."""
        path = self.folder / f"{self._stem}-{name}"
        if not path.exists():
            unfinished = path.with_name(f"unfinished-{path.name}")
            unfinished.unlink(missing_ok=True)
            make(unfinished)
            os.rename(unfinished, path)
        return path


def write_dossier(size: Size, path: Path) -> None:
    """Make a dossier of that size."""
    create(path, None)
    with closing(connect(path)) as connection:
        connection.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
        connection.execute("BEGIN IMMEDIATE")
        for kind, rows in ROWS.items():
            insert(connection, kind, rows(size))
        searching.catch_up(connection)
        connection.execute("COMMIT")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def write_ndjson(size: Size, path: Path) -> None:
    """Write the demands as one JSON object a line."""
    with path.open("w", encoding="utf-8") as out:
        for _, row in demands(size):
            out.write(_json({name: as_json(cell) for name, cell in _named(Demand, row).items()}) + "\n")


def write_csv(size: Size, path: Path) -> None:
    """Write the demands as CSV."""
    with path.open("w", encoding="utf-8", newline="") as out:
        lines = csv.writer(out)
        lines.writerow(Demand.fields)
        lines.writerows([as_text(cell) for cell in _named(Demand, row).values()] for _, row in demands(size))


def write_whole(size: Size, path: Path) -> None:
    """Write a whole dossier with its positions, each under its demand."""
    with path.open("w", encoding="utf-8") as out:
        out.write('{"parley": 1, "title": "Talks",\n"parties": ')
        _write_list(out, (_authored(Party, row) for _, row in parties(size)))
        out.write(',\n"rounds": ')
        _write_list(out, (_authored(Round, row) for _, row in rounds(size)))
        out.write(',\n"demands": ')
        _write_list(out, (_with_positions(size, id - FIRST_ID, row) for id, row in demands(size)))
        out.write("}\n")


def copied(dossier: Path, target: Path) -> Path:
    """A copy of a dossier that may be changed."""
    target.unlink(missing_ok=True)
    with closing(sqlite3.connect(dossier)) as source, closing(sqlite3.connect(target)) as copy:
        source.backup(copy)
    return target


def _with_positions(size: Size, demand: int, row: Row) -> dict[str, object]:
    under = [_authored(Position, each) for each in positions_on(size, demand)]
    for each in under:
        del each["demand"]
    return _authored(Demand, row) | ({"positions": under} if under else {})


def _authored(kind: Kind, row: Row) -> dict[str, object]:
    """The fields that hold something; the form leaves out the others."""
    named = _named(kind, row).items()
    return {
        name: list(cell) if isinstance(cell, tuple) else cell for name, cell in named if cell not in (None, "", False)
    }


def _named(kind: Kind, row: Row) -> Row:
    """The row with refs in place of ids."""
    made = dict(row)
    for name, field in kind.fields.items():
        if field.refers_to and isinstance(id := row[name], int):
            made[name] = f"{REF_LETTERS[field.refers_to]}{id - FIRST_ID}"
    return made


def _write_list(out: TextIO, items: Iterator[dict[str, object]]) -> None:
    for number, item in enumerate(items):
        out.write(("," if number else "[") + "\n" + _json(item))
    out.write("]")


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _place(bits: int) -> str:
    """One of some thirty thousand names of places."""
    return FIRST[bits & 31] + MIDDLE[bits >> 5 & 31] + LAST[bits >> 10 & 31]


def _coprime(places: int) -> int:
    """A step with which every place comes once before any comes again."""
    step = int(places * 0.618) | 1
    while gcd(step, places) > 1:
        step += 2
    return step
