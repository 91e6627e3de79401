"""What several commands take, and how they open the dossier that they are given."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tui.ending import Stop, say

if TYPE_CHECKING:
    from storage import Store

the_file = click.argument("file", type=click.Path(path_type=Path))
read_only = click.option("--read-only", is_flag=True, help="Change nothing in the file.")

Words = str | tuple[str, ...] | None


def text(context: click.Context, parameter: click.Parameter, words: Words) -> Words:
    """The same words to look for; a command line may hold bytes that are none, which only names of files may be."""
    for word in [words] if isinstance(words, str) else words or ():
        try:
            word.encode()
        except UnicodeEncodeError:
            raise click.BadParameter("it is not UTF-8 text.", context, parameter) from None
    return words


def is_read_only(said_here: bool) -> bool:
    """True when --read-only stands behind the command or before it."""
    return said_here or bool(click.get_current_context().obj)


@contextmanager
def opened(file: Path, read_only: bool) -> Iterator["Store"]:
    """The dossier for the time of the block, open for reading only where that is asked for or all that is allowed.

    When not all of a damaged one could be read, the command does what it can and ends as one that failed.
    Otherwise a command that only reads opens it like any other: SQLite then takes its side files away at the end.
    """
    from storage import open_store

    may_write = os.access(file, os.W_OK) and os.access(file.parent, os.W_OK)
    store = open_store(file, read_only=is_read_only(read_only) or (file.exists() and not may_write))
    try:
        for notice in store.notices:
            say(notice)
        yield store
        if store.lost:
            raise Stop("That was what can still be read.")
    finally:
        store.close()
