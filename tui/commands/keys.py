"""`parley keys`: every key of the screen."""

import os
from collections.abc import Callable, Iterable, Iterator
from typing import Final

import click

from tui.configuration import configured
from tui.ending import config_file, say
from tui.keys import HasKeys, key_names, keys_of, live_keys, setting_name, use_keys
from tui.printing import data_out
from tui.signs import use_letters
from tui.widgets.grid_moves import GRID_KEYS

HOW: Final = 'below a line [keys], lines like add = "a, ^n"; above it, glyphs = "letters" for letters in place of signs'


@click.command("keys")
def command() -> None:
    """Print every key of the screen, as it is configured: the name of its action, and what it does."""
    file = config_file()
    configuration = configured(file)
    use_keys(configuration.keys)
    use_letters(configuration.letters)
    told = list(parts(live_keys))
    widths = [max(len(line[column]) for _, listed in told for line in listed) for column in (0, 1)]
    lines = (
        [where, *(f"  {keys:<{widths[0]}}  {name:<{widths[1]}}  {says}" for keys, name, says in listed)]
        for where, listed in told
    )
    say(f"Keys are configured in {file}." if os.path.lexists(file) else f"Keys can be configured in {file}: {HOW}.")
    say(*configuration.wrong)
    data_out().write("\n\n".join(map("\n".join, lines)) + "\n")


def parts(keys: Callable[[HasKeys], str]) -> Iterator[tuple[str, list[tuple[str, str, str]]]]:
    """Where keys work, with those of each action, its name in the configuration, and what it does."""

    def lines(actions: Iterable[HasKeys]) -> list[tuple[str, str, str]]:
        return [(key_names(keys(each)), setting_name(each.action), each.says) for each in actions]

    yield "In a pane", lines(keys_of("pane"))
    yield "Moving and marking", lines(GRID_KEYS)
    yield "Everywhere", lines(keys_of("screen"))
