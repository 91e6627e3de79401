"""What the user has configured, as a value; what reads the file is loaded only where there is one."""

import os
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final, NamedTuple

MOST_ON_SCREEN: Final = 2
"""So many sentences about the configuration leave room for what the screen is there for."""


class Configuration(NamedTuple):
    """What the user has chosen, and what of it can't be followed, in sentences."""

    keys: Mapping[str, str] = MappingProxyType({})
    """The keys that actions have in place of their own, empty for none."""
    wrong: tuple[str, ...] = ()
    letters: bool = False
    """True where letters are to stand in place of signs."""

    @property
    def in_short(self) -> tuple[str, ...]:
        """The first of what is wrong, and how much more there is: as much as a screen has room for."""
        if len(self.wrong) <= MOST_ON_SCREEN:
            return self.wrong
        rest = len(self.wrong) - MOST_ON_SCREEN + 1
        more = f"{rest} more sentences tell what is wrong in the configuration: `parley keys` says them all."
        return (*self.wrong[: MOST_ON_SCREEN - 1], more)


def configured(file: Path) -> Configuration:
    """What the user has configured in a file, which need not be there."""
    try:
        os.lstat(file)
    except (FileNotFoundError, NotADirectoryError):
        return Configuration()
    except OSError:
        pass  # reading it says why
    from tui.written_configuration import read

    return read(file)
