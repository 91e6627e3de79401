"""Everything that a page may draw on, and the words for what it finds there."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from storage.fields import spoken
from storage.questions.analysis.brief.page import Line, Span, day, listed, quoted, spans
from storage.questions.analysis.evidence import Provenance
from storage.questions.analysis.movement import Stand
from storage.questions.analysis.rows import (
    Agreement,
    Assessment,
    Commitment,
    Delegate,
    Delivery,
    Description,
    Link,
    Position,
    Round,
    Signatory,
    Stance,
    Statement,
)
from storage.questions.analysis.standing import asked_of, is_rejected, latest
from storage.questions.analysis.talks import Talks
from storage.questions.analysis.zones import zone


@dataclass(frozen=True)
class Case:
    """The rows of a dossier, as of a round and a day."""

    title: str
    talks: Talks
    as_of: Round
    on: str
    provenance: Provenance
    descriptions: Mapping[int, Description]
    """By demand."""
    links: Sequence[Link]
    people: Mapping[int, str]
    stances: Sequence[Stance]
    assessments: Sequence[Assessment]
    delegates: Sequence[Delegate]
    agreements: Sequence[Agreement]
    signatories: Sequence[Signatory]
    commitments: Sequence[Commitment]
    deliveries: Sequence[Delivery]

    @property
    def seq(self) -> int:
        """The place of the as-of round."""
        return self.as_of.seq

    def rounds(self) -> list[Round]:
        """The rounds up to the one that the page stands as of."""
        return [each for each in self.talks.rounds if each.seq <= self.seq]

    def party(self, id: int) -> str:
        """A party's name."""
        return self.talks.parties[id].name

    def parties(self, ids: Sequence[int]) -> str:
        """Names of parties, as a sentence lists them."""
        return listed(self.party(id) for id in ids)

    def demand(self, id: int) -> str:
        """`D6, “Withdrawal from four regions”`."""
        demand = self.talks.demands[id]
        return f"{demand.ref}, {quoted(demand.title)}"

    def demands(self, ids: Sequence[int]) -> str:
        """Demands by ref and title, as a sentence lists them."""
        return listed(self.demand(id) for id in ids)

    def supports(self, kind: str, id: int) -> Sequence[Statement]:
        """The statements that support a record."""
        return self.provenance.supporting.get((kind, id), ())

    def line(
        self,
        kind: str,
        id: int,
        *said: str | Span,
        needs_support: bool = True,
        source: int | None = None,
        under: bool = False,
    ) -> Line:
        """A line of what a record says, with the statements that support and dispute it, and the source it names."""
        disputes = self.provenance.disputing.get((kind, id), ())
        return Line(spans(*said), self.supports(kind, id), disputes, needs_support, source, under)


NO_ROUND: Final = Round(0, 0, "", "", None, "")
"""What a page stands as of when there is no round yet."""

ANSWERS: Final = {
    "asks": "asks for it",
    "drops": "drops it",
    "accepts": "accepts",
    "conditional": "would accept, on conditions",
    "deferred": "puts off its answer",
    "silent": "was asked and stays silent",
    "rejects": "rejects it",
}


def standing_line(case: Case) -> str:
    """As of when a page stands, and where it comes from."""
    when = f"As of {round_name(case.as_of)}" if case.as_of is not NO_ROUND else "Before any round"
    return f"{when}; from the dossier {quoted(case.title)}."


def round_name(round: Round) -> str:
    """`R1, Istanbul (16 May 2025)`."""
    held = day(round.starts_on)
    return ", ".join(part for part in (round.ref, round.title) if part) + (f" ({held})" if held else "")


def answer(case: Case, stand: Stand, seq: int) -> str:
    """`rejects it, as a red line: “no truce on these terms”`; what it hinges on, and who rejects that by the round."""
    row = stand.row
    said = ANSWERS[row.response]
    if row.hinges_on is not None:
        said = f"would accept, on condition of {hinge(case, row.hinges_on, seq)}"
    if row.red_line:
        said += ", as a red line"
    return f"{said}: {quoted(stand.terms)}" if stand.terms else said


def hinge(case: Case, demand: int, seq: int) -> str:
    """The demand that an answer hinges on, and who rejects it as of a round."""
    if not is_rejected(case.talks, demand, seq):
        return case.demand(demand)
    courses = case.talks.of_demand(demand)
    rows = {party: latest(courses.get(party, ()), seq) for party in asked_of(case.talks, demand, seq)}
    against = [party for party, row in rows.items() if row is not None and row.response == "rejects"]
    return f"{case.demand(demand)} (which {case.parties(against)} {'reject' if len(against) > 1 else 'rejects'})"


def zone_sentence(case: Case, demand: int) -> str:
    """Where a demand stands, and who or what puts it there, as a sentence."""
    found = zone(case.talks, demand, case.seq)
    if found is None:
        status = case.talks.demands[demand].status
        return "Closed: " + ("dropped by the party that made it." if status == "open" else f"{spoken(status)}.")
    who = case.demands(found.because) if found.of_demands else listed(_answering(case, demand, found.because))
    one = len(found.because) == 1
    rejects, are = ("rejects", "which is") if one else ("reject", "all")
    sentences = {
        "agreed": f"Agreed: all who were asked accept: {who}.",
        "blocked": f"Blocked: {who} {rejects} it as a red line.",
        "contested": f"Contested: {who} {rejects} it.",
        "clashing": f"Clashing: it can't stand beside {who}.",
        "unanswered": f"Unanswered: nobody asked has said yes or no{f' ({who})' if who else ''}.",
        "linked": f"Linked: the yes on offer hangs on {who}, {are} rejected.",
        "near": f"Near: nobody asked rejects it; yes, or yes on conditions, from {who}.",
    }
    return sentences[found.name]


def _answering(case: Case, demand: int, parties: Sequence[int]) -> Iterator[str]:
    """The names of those who answer, in ( ) where nobody said what they answer."""
    courses = case.talks.of_demand(demand)
    for party in parties:
        row = latest(courses.get(party, ()), case.seq)
        name = case.party(party)
        yield f"({name})" if row is not None and is_inferred(row) else name


def is_inferred(row: Position | Stance) -> bool:
    """True when nobody said so."""
    return row.basis == "inferred"
