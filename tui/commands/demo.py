"""`parley demo`: a fresh dossier to try things on."""

import click

from tui.commands.arguments import is_read_only, read_only
from tui.dossiers import new_demo, refuse_without_terminal
from tui.opening import Opening


@click.command("demo")
@read_only
def command(read_only: bool) -> Opening:
    """Open a fresh copy of the dossier that ships with Parley; it is kept, and its path is told at the end."""
    refuse_without_terminal()
    return Opening(str(new_demo()), read_only=is_read_only(read_only), demo=True)
