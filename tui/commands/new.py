"""`parley new`: a dossier where there is no file yet."""

from pathlib import Path

import click

from tui.commands.arguments import FilePath, is_read_only, read_only, the_file
from tui.dossiers import new_from_seed
from tui.ending import USAGE, Stop, say


@click.command("new")
@the_file
@click.option("--seed", type=FilePath(), help="Fill it from this dossier in JSON.")
@click.option("--empty", is_flag=True, help="Leave it without any record.")
@read_only
def command(file: Path, seed: Path | None, empty: bool, read_only: bool) -> None:
    """Make a dossier FILE, by default from the seed that ships with Parley; never over an existing file."""
    from storage import create_store, shell_word

    if is_read_only(read_only):
        raise Stop("`parley new` makes a file, so it can't go with --read-only.", USAGE)
    if seed and empty:
        raise Stop("Use either --seed or --empty.", USAGE)
    if seed:
        create_store(file, _content(seed), str(seed)).close()
    elif empty:
        create_store(file, None).close()
    else:
        new_from_seed(file)
    say(f"{file} is made; `parley {shell_word(file)}` opens it.")


def _content(seed: Path) -> bytes:
    from storage import document_bytes

    try:
        with seed.open("rb") as file:
            return document_bytes(file, str(seed))
    except OSError as error:
        raise Stop(f"{seed} can't be read: {error.strerror}.") from error
