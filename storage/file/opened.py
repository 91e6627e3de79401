"""How a dossier is opened or made, wherever it is kept."""

from pathlib import Path

from storage.errors import Damaged
from storage.sqlite import SqliteStore
from storage.store import Store


def open_store(place: str | Path, read_only: bool = False, check_later: bool = False) -> Store:
    """The dossier at a place; CannotOpen says what is wrong with the place. Only files are known so far.

    With `check_later` a large one is not checked for damage before `make_sure` is called or something is changed, nor
    are the values of any. Of one that is found damaged here, whoever only reads gets what can still be read.
    """
    try:
        return SqliteStore(Path(place), read_only, check_later)
    except Damaged:
        if not read_only:
            raise
        from storage.file.salvaging import Salvaged

        return Salvaged(Path(place))


def create_store(path: str | Path, seed: bytes | None = None, name: str = "seed") -> Store:
    """A new dossier at `path` made from JSON, or empty; BadInput or CannotOpen say why there is none."""
    from storage.file.creating import create

    create(Path(path), seed, name)
    return SqliteStore(Path(path))
