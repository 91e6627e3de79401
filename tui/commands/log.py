"""`parley log`: what was changed, when, by whom."""

from pathlib import Path

import click

from tui.commands.arguments import opened, read_only, text, the_file
from tui.printing import print_line


@click.command("log")
@the_file
@click.argument("ref", callback=text, required=False)
@read_only
def command(file: Path, ref: str | None, read_only: bool) -> None:
    """List the steps of FILE, newest last, or only those that changed the record REF."""
    from storage import record_named

    with opened(file, read_only) as store:
        if ref:
            kind, id = record_named(store, ref)
            steps = store.history_of(kind.table, id)
        else:
            steps = store.log()
        for step in steps:
            print_line(f"{step.step}  {step.at}  {step.author}  {step.label}")
