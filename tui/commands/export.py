"""`parley export`: a view of a dossier as a file, or as text for the next program."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tui.commands.arguments import among, opened, read_only, say_what_is_withheld, target, text, the_file
from tui.ending import USAGE, Stop, say
from tui.printing import data_out

if TYPE_CHECKING:
    from storage import Format, Switches, Words


def _views() -> Iterable[str]:
    from storage import view_names

    return view_names()


def _formats() -> Iterable[str]:
    from storage import FORMATS, SQLITE

    return (*FORMATS, SQLITE.name)


@click.command("export")
@the_file
@click.argument("view", shell_complete=among(_views))
@click.option(
    "-f",
    "--format",
    "format_name",
    metavar="FORMAT",
    shell_complete=among(_formats),
    help="csv, tsv, json, ndjson, md, html, xlsx; dossier: sqlite.",
)
@target
@click.option(
    "--where", callback=text, multiple=True, metavar="FIELD=VALUE", help="Only these rows; also != >= <=. Repeatable."
)
@click.option(
    "--search",
    callback=text,
    default="",
    metavar="TEXT",
    help="Only rows that hold the text, whatever case and accents.",
)
@click.option("--sort", default="", metavar="FIELD,-FIELD", help="The order; - turns a field round.")
@click.option("--columns", default="", metavar="A,B", help="Only these columns, in this order.")
@click.option("--as-of", callback=text, default="", metavar="REF", help="As of this round.")
@click.option(
    "--since", callback=text, default="", metavar="REF", help="What moved since this round (matrix, changes)."
)
@click.option("--on", default="", metavar="DATE", help="What is overdue on this day (commitments); else today.")
@click.option("--party", callback=text, default="", metavar="REF", help="Only what names this party.")
@click.option("--internal", is_flag=True, help="With internal statements and what rests on them alone.")
@click.option("--names", is_flag=True, help="Names and titles in place of refs.")
@click.option("--no-headers", is_flag=True, help="Without the first line (csv, tsv).")
@click.option("--bom", is_flag=True, help="With a byte order mark (csv, tsv).")
@click.option("--guard", is_flag=True, help="Nothing is a formula to a spreadsheet (csv, tsv).")
@read_only
def command(
    file: Path,
    view: str,
    format_name: str | None,
    target: Path | None,
    where: tuple[str, ...],
    search: str,
    sort: str,
    columns: str,
    as_of: str,
    since: str,
    on: str,
    party: str,
    internal: bool,
    names: bool,
    no_headers: bool,
    bom: bool,
    guard: bool,
    read_only: bool,
) -> None:
    """Write the VIEW of FILE: parties, rounds, demands, ..., matrix, changes, zones, ..., or the whole dossier."""
    from storage import DOSSIER, Switches, Words

    words = Words(view, where, search, sort, columns, as_of, since, on, party)
    switches = Switches(names=names, headers=not no_headers, bom=bom, guard=guard)
    format = _format(format_name, target, view)
    if view == DOSSIER:
        refuse_parts_of_a_dossier(words, switches)
        _write_dossier(file, format, target, internal, read_only)
    else:
        _write_view(file, words, format, target, switches, internal, read_only)


def _format(name: str | None, target: Path | None, view: str) -> "Format":
    """The format asked for; else that of the file's name; else csv, or json for what no table holds."""
    from storage import DOSSIER, FORMATS, SQLITE, format_named, format_of

    if name == SQLITE.name:
        return SQLITE
    if name:
        return format_named(name)
    if target and target.suffix:
        found = format_of(target.name)
        if not found:
            raise Stop(f"{target} does not end like any format; add -f with one of {', '.join(FORMATS)}.", USAGE)
        return found
    return format_named("json" if view == DOSSIER else "csv")


def _write_dossier(file: Path, format: "Format", target: Path | None, internal: bool, read_only: bool) -> None:
    """Write all of it; as a dossier that others may open: rewritten, without its log and what is internal."""
    from storage import SQLITE, outgoing

    if format is SQLITE and target is None:
        raise Stop("A copy in sqlite needs a file to be written to: add -o OUT.", USAGE)
    with opened(file, read_only, check_beside=True) as store, outgoing(store, internal=internal) as leaving:
        leaving.write_dossier(format, target or data_out())
        if target:
            say(f"The whole dossier{', without its log' if format is SQLITE else ''} -> {target}")
        say_what_is_withheld(leaving)


def _write_view(
    file: Path,
    words: "Words",
    format: "Format",
    target: Path | None,
    switches: "Switches",
    internal: bool,
    read_only: bool,
) -> None:
    from storage import SQLITE, ask, counted_rows, outgoing

    if format is SQLITE:
        raise Stop(f"{words.view} can't leave as sqlite; only the whole dossier can: `export FILE dossier`.", USAGE)
    with opened(file, read_only, check_beside=True) as store, outgoing(store, internal=internal) as leaving:
        rows = leaving.write_view(ask(leaving.store, words), format, target or data_out(), switches=switches)
        if target:
            say(f"{counted_rows(rows)} -> {target}")
        say_what_is_withheld(leaving)


def refuse_parts_of_a_dossier(words: "Words", switches: "Switches") -> None:
    """Stop when only a part of the dossier, or another form of it, is asked for."""
    from storage import AS_IT_IS, DOSSIER, Words

    if words != Words(DOSSIER) or switches != AS_IT_IS:
        raise Stop("The dossier leaves whole: it takes only -f json or sqlite, -o and --internal.", USAGE)
