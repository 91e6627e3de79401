"""What is said of a damaged dossier: that nothing is written to it, its newest backup, how the rest of it is read."""

import re
from pathlib import Path

from storage.errors import Damaged

KEEP = "`parley backup FILE REST.db --read-only` keeps what can still be read."

MAY_BE_READ = f"--read-only shows and exports what can still be read, if anything can. {KEEP}"


def damaged(path: Path) -> Damaged:
    """The refusal to open a damaged dossier for work."""
    return Damaged(f"{only_read(path)} {MAY_BE_READ}")


def shown_as_it_stands(path: Path) -> str:
    """What is said where a dossier is on the screen already when the damage is found."""
    return f"{only_read(path)} What is shown here may not be all there is. {KEEP}"


def only_read(path: Path) -> str:
    """That a dossier is damaged, and which backup to go back to."""
    return f"{path} is damaged, so nothing is written to it. {_newest_backup(path)}"


def _newest_backup(path: Path) -> str:
    """By its name one of this dossier: as `parley backup` or a person calls it, or kept before a newer format."""
    stem, name = re.escape(path.stem), re.escape(path.name)
    called = re.compile(rf"({stem}(-\d{{8}}T\d{{6}}(-\d+)?)?|{name}(\.v\d+)?)\.bak")
    try:
        beside = [each for each in path.parent.glob("*.bak") if called.fullmatch(each.name)]
        newest = max(beside, key=lambda each: each.stat().st_mtime, default=None)
    except OSError:
        newest = None
    return f"Its newest backup here is {newest.name}." if newest else "No .bak of it lies beside it."
