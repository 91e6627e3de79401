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
    data_out().write("\n\n".join("\n".join(part) for part in _parts()) + "\n")


def _parts() -> Iterator[list[str]]:
    yield ["In a pane", *(_line(each.keys, each.says) for each in keys_of("pane"))]
    yield ["Moving and marking", *(_line(each.keys, each.says) for each in GRID_KEYS)]
    yield ["Everywhere", *(_line(each.keys, each.says) for each in keys_of("screen"))]


def _line(keys: str, says: str) -> str:
    return f"  {key_names(keys):<{ROOM}}{says}"
