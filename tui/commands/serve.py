"""`parley serve`: the screen in a browser on this machine."""

import sys
from pathlib import Path

import click

from tui.commands.arguments import is_read_only, read_only, the_file
from tui.dossiers import refuse_missing
from tui.ending import Stop


@click.command("serve")
@the_file
@click.option("--port", type=click.IntRange(1, 65535), metavar="N", help="Where to listen; else 8000, or a free one.")
@read_only
def command(file: Path, port: int | None, read_only: bool) -> int:
    """Show FILE in browsers on this machine, and to no other; each tab is a screen of its own. Ctrl+C ends it."""
    try:
        from tui.serving.server import listen, serve
    except ModuleNotFoundError as error:
        raise Stop(
            "`parley serve` needs a web server, which is not installed: pip install 'parley-tui[serve]'."
        ) from error
    from storage import open_store

    only_read = is_read_only(read_only)
    refuse_missing(file)
    open_store(file, only_read, check_later=True).close()  # what is no dossier is told here, not to each tab
    path = file.absolute()
    screen = [*(["--read-only"] if only_read else []), "--", str(path)]
    return serve([*_this_program(), *screen], path, listen(port))


def _this_program() -> list[str]:
    """The words that this run was started with, before those that it was given."""
    return [sys.executable, *sys.orig_argv[1 : 1 - len(sys.argv)]]
