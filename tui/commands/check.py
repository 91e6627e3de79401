"""`parley check`: is the dossier sound, and what is worth knowing about it?"""

from pathlib import Path

import click

from tui.commands.arguments import opened, read_only, the_file
from tui.ending import REFUSED, say
from tui.printing import print_line


@click.command("check")
@the_file
@read_only
def command(file: Path, read_only: bool) -> int:  # noqa: ARG001  # it is taken, since every command takes it
    """Look for damage, broken rules and dangling evidence (errors, exit 1), and for gaps (notes)."""
    with opened(file, read_only=True) as store:  # a damaged one is opened in no other way
        findings = store.check()
        for finding in findings:
            word = "error" if finding.error else "note"
            print_line(f"{' '.join(filter(None, (word, finding.kind, finding.key)))}: {finding.sentence}")
        errors = sum(finding.error for finding in findings)
        say(f"{file}: errors: {errors}, notes: {len(findings) - errors}")
    return REFUSED if errors else 0
