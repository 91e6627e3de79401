"""What is said of a damaged dossier: that nothing is written to it, its newest backup, how the rest of it is read."""

from pathlib import Path

from storage.errors import Damaged

MAY_BE_READ = (
    "--read-only shows and exports what can still be read, if anything can; `parley check` tells where the damage is."
)


def damaged(path: Path) -> Damaged:
    """The refusal to open a damaged dossier for work."""
    return Damaged(f"{only_read(path)} {MAY_BE_READ}")


def only_read(path: Path) -> str:
    """That a dossier is damaged, and which backup to go back to."""
    return f"{path} is damaged, so nothing is written to it. {_newest_backup(path)}"


def _newest_backup(path: Path) -> str:
    try:
        beside = [each for each in path.parent.glob("*.bak") if each.name.startswith(path.stem)]
        newest = max(beside, key=lambda each: each.stat().st_mtime, default=None)
    except OSError:
        newest = None
    return f"Its newest backup here is {newest.name}." if newest else "There is no backup of it beside it."
