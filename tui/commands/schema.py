"""`parley schema`: the form of a dossier in JSON."""

import json

import click

from tui.printing import data_out


@click.command("schema")
def command() -> None:
    """Print the JSON Schema of what `parley new --seed` reads."""
    from storage import json_schema

    data_out().write(json.dumps(json_schema(), ensure_ascii=False, indent=2) + "\n")
