"""`parley keys`: every key of the screen."""

from collections.abc import Iterator
from typing import Final

import click

from tui.keys import key_names, keys_of
from tui.printing import data_out
from tui.widgets.grid_moves import GRID_KEYS

ROOM: Final = 16
"""As many cells as the keys of one action take at most, and a gap."""


@click.command("keys")
def command() -> None:
    """Print every key of the screen, with what it does."""
    told = ("\n".join([where, *(f"  {keys:<{ROOM}}{says}" for keys, says in listed)]) for where, listed in parts())
    data_out().write("\n\n".join(told) + "\n")


def parts() -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Where keys work, with those of each action and what it does."""
    yield "In a pane", [(key_names(each.keys), each.says) for each in keys_of("pane")]
    yield "Moving and marking", [(key_names(each.keys), each.says) for each in GRID_KEYS]
    yield "Everywhere", [(key_names(each.keys), each.says) for each in keys_of("screen")]
