"""The formats there are, each registered by its own file."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TextIO

from storage.errors import Unknown
from storage.exports.formats.in_sql import InSql
from storage.exports.formats.sheet import Sheet, Switches

Writer = Callable[[Sheet, TextIO, Switches], None]
FileWriter = Callable[[Sheet, Path, Switches], None]


@dataclass(frozen=True, slots=True)
class Format:
    """One way in which rows leave."""

    name: str
    suffix: str
    title: str
    write: Writer
    """For a format that is no text, raises Unknown."""
    write_file: FileWriter | None = None
    """Of a format that is no text: what writes it into an empty file."""
    for_people: bool = False
    """True when the format takes headings and cells as on screen, not names and machine values."""
    nests: bool = False
    """True when a cell may be an object."""
    takes: frozenset[str] = frozenset()
    """The switches that mean something to it: headers, bom, guard."""
    in_sql: InSql | None = None
    """A faster way to the same bytes, where there is one."""


FORMATS: Final[dict[str, Format]] = {}
"""Every format by its name, in the order in which they are offered."""


def text_format(
    name: str,
    *,
    suffix: str,
    title: str,
    for_people: bool = False,
    nests: bool = False,
    takes: tuple[str, ...] = (),
    in_sql: InSql | None = None,
) -> Callable[[Writer], Writer]:
    """Register a function that writes a sheet as text."""

    def register(write: Writer) -> Writer:
        FORMATS[name] = Format(
            name, suffix, title, write, for_people=for_people, nests=nests, takes=frozenset(takes), in_sql=in_sql
        )
        return write

    return register


def file_format(name: str, *, suffix: str, title: str) -> Callable[[FileWriter], FileWriter]:
    """Register a function that writes a sheet into a file, since it is no text."""

    def register(write_file: FileWriter) -> FileWriter:
        FORMATS[name] = Format(name, suffix, title, _no_text(name), write_file)
        return write_file

    return register


def _no_text(name: str) -> Writer:
    def refuse(_sheet: Sheet, _out: TextIO, _switches: Switches) -> None:
        raise Unknown(f"{name} is no text; it goes only into a file (-o OUT).")

    return refuse


SQLITE: Final = Format("sqlite", ".db", "Copy of the dossier", _no_text("sqlite"))
"""How only a whole dossier can leave, which no other format but json holds."""


def format_named(name: str) -> Format:
    """The format of that name; Unknown with the names there are."""
    if name not in FORMATS:
        raise Unknown.named("format", name, FORMATS)
    return FORMATS[name]


def format_of(file_name: str) -> Format | None:
    """The format that the end of a file's name stands for, if it stands for one."""
    return next((each for each in FORMATS.values() if file_name.lower().endswith(each.suffix)), None)
