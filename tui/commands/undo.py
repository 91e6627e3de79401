"""`parley undo`: take back the last step, or do it again."""

from pathlib import Path

import click

from tui.commands.arguments import opened, read_only, the_file
from tui.ending import say


@click.command("undo")
@the_file
@click.option("--redo", is_flag=True, help="Do again what was undone last.")
@read_only
def command(file: Path, redo: bool, read_only: bool) -> None:
    """Take back the last step that is not undone; `parley log` names the steps."""
    with opened(file, read_only) as store:
        change = store.redo() if redo else store.undo()
    say(change.label)
