"""The computed views there are, each registered by its own file."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from storage.fields import Field
from storage.questions.analysis.rows import Round
from storage.questions.facts import Facts
from storage.questions.table import Rows
from storage.record import Kind


@dataclass(frozen=True, slots=True)
class Moment:
    """As of when a table stands."""

    as_of: Round | None
    """None when there is no round at all."""
    since: Round | None
    """None when there is no earlier round."""
    on: str

    @property
    def seqs(self) -> tuple[int | None, int] | None:
        """The seqs of the since and the as-of round; None without any round."""
        return self.as_of and (self.since and self.since.seq, self.as_of.seq)


Columns = Callable[[Facts], tuple[Field, ...]]
Answer = Callable[[Facts, Moment], Rows]
Heading = Callable[[Facts, Moment], str]


@dataclass(frozen=True, slots=True)
class ComputedView:
    """One computed view: its columns, and who answers it."""

    name: str
    title: str
    columns: Columns
    answer: Answer
    heading: Heading
    parties: Callable[[Facts], Iterable[str]]
    """The columns that are parties, by their refs."""
    takes: frozenset[str]
    """Which of as_of, since and on mean something to it."""
    watches: frozenset[str]
    """The tables whose change can change it."""
    begins_at_once: bool
    """True when its first rows are found without the others."""
    of: Kind | None
    """The kind of record that each row is about, under its id; None where rows are about several, or about none."""


COMPUTED_VIEWS: Final[dict[str, ComputedView]] = {}
"""Every computed view by its name, in the order in which they are offered."""


def computed_view(
    name: str,
    *,
    title: str,
    columns: Columns,
    watches: tuple[str, ...],
    takes: tuple[str, ...] = (),
    heading: Heading = lambda _facts, _moment: "",
    parties: Callable[[Facts], Iterable[str]] = lambda _facts: (),
    begins_at_once: bool = False,
    of: Kind | None = None,
) -> Callable[[Answer], Answer]:
    """Register a function that answers with the rows of a table."""

    def register(answer: Answer) -> Answer:
        COMPUTED_VIEWS[name] = ComputedView(
            name, title, columns, answer, heading, parties, frozenset(takes), frozenset(watches), begins_at_once, of
        )
        return answer

    return register
