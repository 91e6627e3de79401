"""A question about the whole dossier as a value: which computed view, as of when, narrowed and sorted how."""

from typing import NamedTuple

from storage.view import Condition, Sort


class Question(NamedTuple):
    """What is asked; every change makes another question. Rounds and the party go by their refs."""

    view: str
    columns: tuple[str, ...] = ()
    """The names of the columns wanted; () means all."""
    where: tuple[Condition, ...] = ()
    """Conditions on machine values: a reference is compared by its ref."""
    search: str = ""
    sort: tuple[Sort, ...] = ()
    as_of: str | None = None
    """None means the last round held, else the last."""
    since: str | None = None
    """None means the round before."""
    on: str | None = None
    """None means today."""
    party: str | None = None
    """Only the rows that name the party."""
    ids: tuple[int, ...] | None = None
    """Only these rows, in this order: the marked ones."""

    def having(self, *conditions: Condition) -> "Question":
        """The same question with these conditions besides."""
        return self._replace(where=(*self.where, *conditions))
