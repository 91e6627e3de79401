"""`parley backup`: a whole copy of a dossier, also while it is open elsewhere."""

import os
from datetime import datetime
from itertools import count
from pathlib import Path

import click

from tui.commands.arguments import FilePath, opened, read_only, the_file
from tui.ending import say


@click.command("backup")
@the_file
@click.argument("out", type=FilePath(), required=False)
@read_only
def command(file: Path, out: Path | None, read_only: bool) -> None:
    """Copy FILE whole, internal statements included, to OUT or to NAME-YYYYMMDDTHHMMSS.bak beside it."""
    target = out or _free_name(file)
    with opened(file, read_only) as store:
        store.backup(target)
        copied = "What can still be read of" if store.lost else "The whole of"
        say(f"{copied} {file}, internal statements included -> {target}")


def _free_name(file: Path) -> Path:
    """The dossier's name with the time; of several in one second each after the first has a number at its end."""
    start = f"{file.stem}-{datetime.now():%Y%m%dT%H%M%S}"
    names = (file.with_name(f"{start}{'' if again == 1 else f'-{again}'}.bak") for again in count(1))
    return next(name for name in names if not os.path.lexists(name))
