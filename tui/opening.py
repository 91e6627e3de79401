"""What the screen is to open, as a value: it goes from the command line to where the screen is loaded."""

from typing import NamedTuple


class Opening(NamedTuple):
    """A path, or None for the default dossier, and how to open it."""

    file: str | None
    read_only: bool = False
    demo: bool = False
