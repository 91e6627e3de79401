"""What storage refuses, each with a sentence fit to show as it is."""

from collections.abc import Iterable


class StorageError(Exception):
    """Anything that storage refuses; `str()` of it is the sentence to show."""

    exit_code = 1

    @property
    def lines(self) -> list[str]:
        """What to show line by line; a sentence is one, whatever stands in a name that it repeats."""
        return [str(self)]


class CannotOpen(StorageError):
    """The file is missing, is not a dossier, is damaged, or may not be read."""


class Damaged(CannotOpen):
    """The file is damaged; what can still be read of it is there for whoever only reads."""


class Refused(StorageError):
    """A value or a combination of values breaks a rule; `field` names the one to correct, if one can be named."""

    def __init__(self, sentence: str, field: str | None = None) -> None:
        super().__init__(sentence)
        self.field = field


class Ambiguous(Refused):
    """Several records are called so."""


class Unknown(StorageError):
    """A name that the caller gave (view, field, format, round, party ...) is not there."""

    exit_code = 2

    @classmethod
    def named(cls, noun: str, name: str, known: Iterable[str], view: str = "") -> "Unknown":
        """The error for a name that is none of those known, of anything or in a view; it tells them all."""
        where = f" in {view}" if view else ""
        return cls(f'There is no {noun} "{name}"{where}; there are {", ".join(known) or "none"}.')


class Conflict(StorageError):
    """Somebody else has changed the value meanwhile; both values are kept for the choice between them."""

    def __init__(self, sentence: str, theirs: object = None, ours: object = None) -> None:
        super().__init__(sentence)
        self.theirs = theirs
        self.ours = ours


class Gone(Conflict):
    """Somebody else has deleted the record meanwhile."""


class NothingToUndo(StorageError):
    """There is no step left to undo or to redo."""


class Stopped(StorageError):
    """The question was stopped before it was answered, because a newer one takes its place."""


class NotSaved(StorageError):
    """The file could not be written now (in use, disk full, read-only); nothing of the step is in it."""


class Cancelled(StorageError):
    """The caller asked to stop; nothing of it was done."""


class BadInput(StorageError):
    """A document is refused whole; `problems` holds one line for each mistake, the place first."""

    SHOWN = 10

    def __init__(self, problems: list[str]) -> None:
        shown = problems[: self.SHOWN]
        if len(problems) > self.SHOWN:
            shown.append(f"and {len(problems) - self.SHOWN} more")
        super().__init__("\n".join(shown))
        self.problems = problems
        self._shown = shown

    @property
    def lines(self) -> list[str]:
        """One for each mistake."""
        return self._shown
