"""`parley brief`: one page of Markdown about a demand, a round or a party."""

from pathlib import Path

import click

from tui.commands.arguments import opened, read_only, say_what_is_withheld, target, text, the_file
from tui.ending import say
from tui.printing import data_out


@click.command("brief")
@the_file
@click.argument("ref", callback=text)
@click.option("--as-of", callback=text, default="", metavar="REF", help="As of this round.")
@click.option("--internal", is_flag=True, help="With internal statements and what rests on them alone.")
@target
@read_only
def command(file: Path, ref: str, as_of: str, internal: bool, target: Path | None, read_only: bool) -> None:
    """Tell in one page what is known of REF: a demand, a round or a party (`party:D1` where two are called so)."""
    from storage import outgoing

    with opened(file, read_only) as store, outgoing(store, internal=internal) as leaving:
        leaving.write_brief(ref, target or data_out(), as_of=as_of)
        if target:
            say(f"The brief of {ref} -> {target}")
        say_what_is_withheld(leaving)
