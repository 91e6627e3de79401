"""What several commands take, and how they open the dossier that they are given."""

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any, Final

import click

from tui.ending import Stop, say

if TYPE_CHECKING:
    from storage import Outgoing, Store


class FilePath(click.Path):
    """The path of a file; whether it is there and may be read is told by who opens it."""

    def __init__(self) -> None:
        super().__init__(path_type=Path, readable=False)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:  # Any: click's own
        """The path; a usage error when there is no name at all, which would else mean the folder that one is in."""
        return super().convert(value, param, ctx) if value else self.fail("the name of a file is empty.", param, ctx)


STDOUT: Final = Path("-")


def _or_stdout(_context: click.Context, _parameter: click.Parameter, path: Path | None) -> Path | None:
    return None if path == STDOUT else path


the_file = click.argument("file", type=FilePath())
target = click.option(
    "-o", "--output", "target", type=FilePath(), callback=_or_stdout, help="The file to write; else stdout."
)
"""None for stdout, which - names as well."""
read_only = click.option("--read-only", is_flag=True, help="Change nothing in the file.")


def among(names: Callable[[], Iterable[str]]) -> Callable[[click.Context, click.Parameter, str], list[str]]:
    """What a shell may complete a word to: those of some names that begin with it."""
    return lambda _context, _parameter, begun: [name for name in names() if name.startswith(begun)]


Words = str | tuple[str, ...] | None


def text(context: click.Context, parameter: click.Parameter, words: Words) -> Words:
    """The words to look for, as they are; BadParameter for bytes that are no text, which only names of files hold."""
    for word in [words] if isinstance(words, str) else words or ():
        try:
            word.encode()
        except UnicodeEncodeError:
            raise click.BadParameter("it is not UTF-8 text.", context, parameter) from None
    return words


def is_read_only(said_here: bool) -> bool:
    """True when --read-only stands before the command or after it."""
    return said_here or bool(click.get_current_context().obj)


@contextmanager
def opened(file: Path, read_only: bool, check_beside: bool = False) -> Iterator["Store"]:
    """The dossier for the time of the block, open for reading only where that is asked for or all that is allowed.

    When not all of a damaged one could be read, the command does what it can and ends as one that failed.
    Otherwise a command that only reads opens it like any other: SQLite then takes its side files away at the end.
    With `check_beside` a large one is checked for damage while the block goes on; that ends as Damaged if it has any.
    """
    from storage import may_be_written, open_store

    only_read = is_read_only(read_only) or (os.path.exists(file) and not may_be_written(file))
    store = open_store(file, only_read, check_later=check_beside and not only_read)
    try:
        for notice in store.notices:
            say(notice)
        with _checking(store) if check_beside else nullcontext():
            yield store
        if store.lost:
            raise Stop("That was what can still be read.")
    finally:
        store.close()


def say_what_is_withheld(leaving: "Outgoing") -> None:
    """Tell on stderr why what has left may differ from the screen."""
    if leaving.withheld:
        say("Left out: what is internal, and what rests on it alone; --internal includes it.")


@contextmanager
def _checking(store: "Store") -> Iterator[None]:
    """Check a dossier for damage, a large one on a thread of its own meanwhile; what fails in the block stops that."""
    from storage import is_large

    if not is_large(store.path):
        store.make_sure()
        yield
        return
    thread = Thread(target=_make_sure, args=(store,))
    thread.start()
    try:
        yield
        store.make_sure()
    finally:
        store.interrupt(thread.ident or 0)
        thread.join()


def _make_sure(store: "Store") -> None:
    from storage import StorageError

    with suppress(StorageError):  # whoever waits for it is told
        store.make_sure()
