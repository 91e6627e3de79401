"""What several commands take, and how they open the dossier that they are given."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from storage import Store

the_file = click.argument("file", type=click.Path(path_type=Path))
read_only = click.option("--read-only", is_flag=True, help="Change nothing in the file.")


def is_read_only(said_here: bool) -> bool:
    """True when --read-only stands behind the command or before it."""
    return said_here or bool(click.get_current_context().obj)


@contextmanager
def opened(file: Path, *, to_write: bool = False) -> Iterator["Store"]:
    """The dossier for the time of the block; a command that only reads opens it for reading only."""
    from storage import open_store

    store = open_store(file, read_only=not to_write)
    try:
        yield store
    finally:
        store.close()
