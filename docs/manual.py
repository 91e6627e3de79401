"""Writes the manual page from the command line itself: `python docs/manual.py`."""

from collections.abc import Iterator
from pathlib import Path

import click

from tui.commands import COMMANDS
from tui.commands.group import parley
from tui.commands.keys import parts

TARGET = Path(__file__).with_name("parley.1")

CONFIGURED = """\
Actions get other keys in config.toml in the folder of the user's configuration; `parley keys` says where that is, and
tells the keys as they are configured. A line glyphs = "letters" above all others shows letters in place of signs. Below
a line [keys], each line names an action as above, and its keys in place of the usual ones, as one text or as a list:
"""
EXAMPLE = ("[keys]", 'view_matrix = "m"', 'add = "a, ^n, F6"', 'move_down = ["down", ","]')
LIMITS = """\
Keys are written as above, or as ctrl+n, alt+x, shift+up, space, enter. ^i, ^m, ^h, ^j and ^[ are never the keys of an
action, since terminals can't tell them from others; ^s is never the only one, and ^q always leaves. An action with an
empty text has no key, and is found in the palette. The keys of dialogs, of an open editor and of the line in which a
search is typed stay as they are.

What is wrong in the file is said when the screen comes up, and by `parley keys`; it never stops the start. Of two
actions with the same key, the one that is named first in the file has it, and any that is named before the others.
"""

EXITS = {
    "0": "All is well.",
    "1": "It was refused, or something wrong was found.",
    "2": "The command line is wrong.",
    "70": "Parley has crashed; a report without data was written, and the message says where.",
    "128+n": "Signal n has ended it.",
}


def manual() -> str:
    """The page as roff."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield '.TH PARLEY 1 "" "Parley" "User commands"'
    yield from (".SH NAME", r"parley \- follow a negotiation: who wants what of whom, and how the others answered")
    yield from (".SH SYNOPSIS", ".B parley", r"[\-\-read\-only] [FILE | COMMAND ...]")
    yield from (".SH DESCRIPTION", *_paragraphs(parley.help or ""), *_paragraphs(parley.epilog or ""))
    yield ".SH COMMANDS"
    for name in COMMANDS:
        yield from _command(name)
    yield ".SH KEYS"
    for _, listed in parts(lambda key: key.keys):
        for keys, name, says in listed:
            yield from (".TP", f".B {_roff(keys)}", _roff(f"{name}: {says}"))
    yield from (".SH CONFIGURATION", *_paragraphs(CONFIGURED))
    yield from (".PP", ".nf", *map(_roff, EXAMPLE), ".fi", *_paragraphs(LIMITS))
    yield ".SH EXIT STATUS"
    for code, meaning in EXITS.items():
        yield from (".TP", f".B {code}", _roff(meaning))


def _command(name: str) -> Iterator[str]:
    context = click.Context(parley, info_name="parley", **parley.context_settings)
    command = parley.get_command(context, name)
    assert command is not None
    own = click.Context(command, info_name=name, parent=context)
    yield from (f".SS {_roff(' '.join((f'parley {name}', *command.collect_usage_pieces(own))))}",)
    yield from _paragraphs(command.help or "")
    for each in command.get_params(own):
        if (record := each.get_help_record(own)) and record[1]:
            yield from (".TP", f".B {_roff(record[0])}", _roff(record[1]))


def _paragraphs(text: str) -> Iterator[str]:
    for paragraph in text.split("\n\n"):
        yield from (".PP", _roff(" ".join(paragraph.replace("\b", "").split())))


def _roff(text: str) -> str:
    r"""The text with nothing in it that roff takes for its own; a line that begins with a dot would be a request."""
    text = text.replace("\\", r"\e").replace("-", r"\-")
    return rf"\&{text}" if text[:1] in (".", "'") else text


if __name__ == "__main__":
    TARGET.write_text(manual(), encoding="utf-8")
