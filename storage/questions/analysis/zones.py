"""Where is agreement possible, and what is blocked?"""

from collections.abc import Callable, Mapping, Sequence
from typing import Final, NamedTuple

from storage.questions.analysis.rows import Position
from storage.questions.analysis.standing import asked_of, is_closed, is_raised, is_rejected, standings
from storage.questions.analysis.talks import Talks

POSITIVE: Final = ("accepts", "conditional")


class Zone(NamedTuple):
    """The zone of a demand, and the ids of the parties or demands that put it there."""

    name: str
    because: Sequence[int]
    of_demands: bool = False
    """True when `because` names demands, not parties."""


class Answers:
    """What those asked of a demand have answered as of a round."""

    def __init__(self, talks: Talks, demand: int, seq: int) -> None:
        self.talks = talks
        self.demand = demand
        self.seq = seq
        self.asked = list(asked_of(talks, demand, seq))
        self.rows: Mapping[int, Position] = standings(talks, demand, seq)

    def responding(self, *responses: str) -> list[int]:
        """Those asked who stand on one of the responses."""
        return [party for party in self.asked if party in self.rows and self.rows[party].response in responses]

    @property
    def red_lines(self) -> list[int]:
        """Those asked who reject with a red line."""
        return [party for party in self.responding("rejects") if self.rows[party].red_line]

    @property
    def clashes(self) -> list[int]:
        """The open demands of other authors that this one conflicts with."""
        demands, here = self.talks.demands, self.talks.demands[self.demand]
        return [
            other
            for other in _in_order(self.talks, self.talks.conflicts.get(self.demand, frozenset()))
            if demands[other].by_party != here.by_party
            and is_raised(self.talks, other, self.seq)
            and not is_closed(self.talks, other, self.seq)
        ]

    @property
    def rejected_hinges(self) -> list[int]:
        """The rejected demands that a conditional yes of someone asked hinges on."""
        hinges = frozenset(self.rows[party].hinges_on for party in self.responding("conditional"))
        found = frozenset(hinge for hinge in hinges if hinge is not None and is_rejected(self.talks, hinge, self.seq))
        return _in_order(self.talks, found)


def all_accept(answers: Answers) -> bool:
    """All asked accept."""
    return len(answers.responding("accepts")) == len(answers.asked)


def rejected_with_red_line(answers: Answers) -> bool:
    """One asked rejects with a red line."""
    return bool(answers.red_lines)


def rejected(answers: Answers) -> bool:
    """One asked rejects."""
    return bool(answers.responding("rejects"))


def conflicts_with_open_demand(answers: Answers) -> bool:
    """A conflicts link, in either direction, with a demand of another author that is raised and not closed."""
    return bool(answers.clashes)


def nobody_says_yes(answers: Answers) -> bool:
    """Nobody asked accepts or is conditional; deferred is no answer."""
    return not answers.responding(*POSITIVE)


def hinges_on_rejected(answers: Answers) -> bool:
    """A conditional yes of someone asked hinges on a rejected demand."""
    return bool(answers.rejected_hinges)


def always(_answers: Answers) -> bool:
    """The rest."""
    return True


RULES: Final[tuple[tuple[str, Callable[[Answers], bool], Callable[[Answers], Sequence[int]]], ...]] = (
    ("agreed", all_accept, lambda answers: answers.responding(*POSITIVE)),
    ("blocked", rejected_with_red_line, lambda answers: answers.red_lines),
    ("contested", rejected, lambda answers: answers.responding("rejects")),
    ("clashing", conflicts_with_open_demand, lambda answers: answers.clashes),
    ("unanswered", nobody_says_yes, lambda answers: answers.asked),
    ("linked", hinges_on_rejected, lambda answers: answers.rejected_hinges),
    ("near", always, lambda answers: answers.responding(*POSITIVE)),
)
"""Each zone, when it fits, and who or what makes it so; the first that fits is the demand's."""

ZONES: Final = tuple(name for name, _, _ in RULES)

OF_DEMANDS: Final = ("clashing", "linked")


def zone(talks: Talks, demand: int, seq: int) -> Zone | None:
    """The zone of one demand as of a round: the first rule that fits; None when it is closed. O(parties).

    A demand with nobody to ask is unanswered, whatever it conflicts with.
    """
    if is_closed(talks, demand, seq):
        return None
    answers = Answers(talks, demand, seq)
    if not answers.asked:
        return Zone("unanswered", ())
    name, because = next((name, because(answers)) for name, fits, because in RULES if fits(answers))
    return Zone(name, because, name in OF_DEMANDS)


def _in_order(talks: Talks, demands: frozenset[int]) -> list[int]:
    """Demands as views list them."""
    return sorted(demands, key=talks.place)
