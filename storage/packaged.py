"""What ships with the program: the dossier that a newcomer finds."""

from pathlib import Path
from typing import Final

from storage.errors import CannotOpen

SEED: Final = "seed.json"


def packaged_seed() -> bytes:
    """The JSON of the dossier that ships with Parley."""
    here = Path(__file__).parent
    for folder in (here, here.parent):  # an installed wheel holds it beside this file, a checkout one folder up
        if (folder / SEED).is_file():
            return (folder / SEED).read_bytes()
    raise CannotOpen(f"{SEED}, which ships with Parley, is missing. Install Parley again.")
