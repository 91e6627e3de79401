"""One page about a demand: who wants it of whom, how the others answered, what moved, where it stands."""

from collections.abc import Iterator
from typing import Final

from storage.fields import spoken
from storage.questions.analysis.brief.case import Case, round_name, standing_line, zone_sentence
from storage.questions.analysis.brief.lines import (
    agreement_lines,
    judgement_lines,
    movement_lines,
    position_line,
)
from storage.questions.analysis.brief.page import Line, Page, Section, plain_line, sentence, strong
from storage.questions.analysis.standing import is_raised

LINKED: Final = {
    "conflicts": ("Conflicts with", "Conflicts with"),
    "counters": ("Counters", "Countered by"),
    "requires": ("Requires", "Required by"),
    "replaces": ("Replaces", "Replaced by"),
    "package": ("In one package with", "In one package with"),
}
"""What a link says at its own demand, and at the other."""

LINK_ORDER: Final = [way for ways in LINKED.values() for way in ways]


def demand_page(case: Case, id: int) -> Page:
    """The page of one demand as of a round. O(rows of the demand + agreements + judgements)."""
    talks = case.talks
    demand, described = talks.demands[id], case.descriptions[id]
    to = case.party(demand.to_party) if demand.to_party is not None else "nobody by name"
    issue = f" Issue: {demand.issue}." if demand.issue else ""
    kind = f"{'An' if described.kind == 'offer' else 'A'} {spoken(described.kind)}"
    lead = [
        plain_line(f"{kind} of {case.party(demand.by_party)}, addressed to {to}.{issue}"),
        plain_line(standing_line(case)),
    ]
    raised = is_raised(talks, id, case.seq)
    lead.append(plain_line(strong("Where it stands. "), zone_sentence(case, id) if raised else "Not raised yet."))
    courses = talks.of_demand(id).values()
    moves = movement_lines(case, courses)
    settling = [each for each in case.agreements if each.settles == id and (each.seq is None or each.seq <= case.seq)]
    judged = [each for each in case.assessments if (each.subject, each.subject_id) == ("demand", id)]
    return Page(
        f"{demand.ref} · {demand.title}",
        lead,
        (
            Section("What is wanted", list(_wanted(case, id))),
            Section("Who said what, round by round", list(_answers(case, id)), "Nobody has said anything yet."),
            Section("What moved", list(moves), "Nothing has moved between rounds."),
            Section("Other demands", list(_others(case, id))),
            Section("Agreements that settle it", list(agreement_lines(case, settling)), "None."),
            Section("Judgements", list(judgement_lines(case, judged))),
        ),
    )


def _wanted(case: Case, id: int) -> Iterator[Line]:
    described = case.descriptions[id]
    yield case.line("demand", id, sentence(described.text or case.talks.demands[id].title))
    if described.interest:
        yield plain_line("Why, in the analyst's reading: ", sentence(described.interest))


def _answers(case: Case, id: int) -> Iterator[Line]:
    """What was said, by round; the author first."""
    author = case.talks.demands[id].by_party
    courses = case.talks.of_demand(id)
    for round in case.rounds():
        rows = [row for course in courses.values() for row in course if row.seq == round.seq]
        if not rows:
            continue
        yield plain_line(f"{round_name(round)}:")
        for row in sorted(rows, key=lambda row: (row.party != author, case.talks.party_places[row.party])):
            yield position_line(case, row, under=True)


def _others(case: Case, id: int) -> Iterator[Line]:
    """The demands that it is linked to, seen from its side; one to which it is linked twice in the same way, once."""
    found = {(LINKED[each.kind][0], each.other) for each in case.links if each.demand == id}
    found |= {(LINKED[each.kind][1], each.demand) for each in case.links if each.other == id}
    for linked, other in sorted(found, key=lambda each: (LINK_ORDER.index(each[0]), case.talks.place(each[1]))):
        if is_raised(case.talks, other, case.seq):
            by = case.party(case.talks.demands[other].by_party)
            yield plain_line(f"{linked} {case.demand(other)}, of {by}. {zone_sentence(case, other)}")
