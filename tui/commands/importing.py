"""`parley import`: what others have written down, put into a dossier."""

from collections.abc import Iterable
from pathlib import Path

import click

from tui.commands.arguments import FilePath, among, opened, read_only, the_file
from tui.ending import say


def _kinds() -> Iterable[str]:
    from storage import IMPORTABLE_KINDS

    return IMPORTABLE_KINDS


@click.command("import")
@the_file
@click.argument("data", type=FilePath())
@click.option(
    "--kind",
    default="",
    metavar="KIND",
    shell_complete=among(_kinds),
    help="What the rows are, if the name of DATA does not say it.",
)
@click.option("--dry-run", is_flag=True, help="Say what would come of it, and change nothing.")
@read_only
def command(file: Path, data: Path, kind: str, dry_run: bool, read_only: bool) -> None:
    """Put DATA into FILE, whole or not at all: parties.csv, talks-demands.tsv, ... or a whole dossier in JSON.

    A table (csv, tsv, json, ndjson) has the columns that an export has, under their names or their headings; parties,
    rounds and the like are named by their refs, or by a name or alias where they have one. Csv may have semicolons
    between its cells, as some spreadsheets save it. A whole dossier goes into an empty FILE only.
    `parley undo` takes it back.
    """
    from storage import read_data

    with opened(file, read_only) as store, read_data(data, kind) as arriving:
        change = store.import_data(arriving, dry_run)
    say(f"Nothing is changed; without --dry-run: {change.label}" if dry_run else change.label)
