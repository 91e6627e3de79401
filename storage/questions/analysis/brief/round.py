"""One page about a round: who met, what was said, what moved since the one before, what was agreed."""

from collections.abc import Iterator

from storage.fields import spoken
from storage.questions.analysis.brief.attendance import delegations
from storage.questions.analysis.brief.case import Case, round_name, standing_line, zone_sentence
from storage.questions.analysis.brief.lines import agreement_lines, judgement_lines, movement_line, position_line
from storage.questions.analysis.brief.page import Line, Page, Section, day, plain_line, strong
from storage.questions.analysis.movement import changes
from storage.questions.analysis.rows import Assessment, Round
from storage.questions.analysis.standing import raised_demands, round_before


def round_page(case: Case, round: Round) -> Page:
    """The page of one round. O(demands + rows of the round)."""
    before = round_before(case.talks.rounds, round.seq)
    moved = changes(case.talks, case.talks.demands, before.seq if before else None, round.seq)
    moves = [movement_line(case, each) for each in moved]
    agreed = [each for each in case.agreements if each.seq == round.seq]
    judged = [each for each in case.assessments if _is_about(each, round)]
    since = f"What moved since {round_name(before)}" if before else "What moved"
    return Page(
        f"{round.ref} · {round.title}",
        list(_lead(case, round)),
        (
            Section("Who was there", list(delegations(case, round)), "Nobody is recorded."),
            Section("What was said", list(_said(case, round)), "Nothing is recorded."),
            Section(since, moves, "Nothing." if before else "It is the first round, so nothing can have moved."),
            Section("What was agreed, and what became of it", list(agreement_lines(case, agreed)), "Nothing."),
            Section("Where it leaves the demands", list(_zones(case))),
            Section("Judgements", list(judgement_lines(case, judged))),
        ),
    )


def _lead(case: Case, round: Round) -> Iterator[Line]:
    place = ", ".join(part for part in (round.city, round.country) if part)
    until = f"to {day(round.ends_on)}" if round.ends_on not in (None, round.starts_on) else ""
    held = " ".join(part for part in (day(round.starts_on), until, f"in {place}" if place else "") if part)
    outcome = "" if round.outcome == "pending" else f" Outcome: {spoken(round.outcome)}."
    said = f"A round of talks ({spoken(round.format)}), {spoken(round.status)}{f', {held}' if held else ''}.{outcome}"
    yield case.line("round", round.id, said, needs_support=False)
    yield plain_line(standing_line(case))


def _said(case: Case, round: Round) -> Iterator[Line]:
    """Every position of the round: by demand, its author first."""
    talks = case.talks
    for demand in talks.demands:
        author = talks.demands[demand].by_party
        rows = [row for course in talks.of_demand(demand).values() for row in course if row.seq == round.seq]
        for row in sorted(rows, key=lambda row: (row.party != author, talks.party_places[row.party])):
            yield position_line(case, row, f" on {case.demand(demand)}:")


def _zones(case: Case) -> Iterator[Line]:
    for demand in raised_demands(case.talks, case.seq):
        yield plain_line(strong(case.demand(demand)), f": {zone_sentence(case, demand)}")


def _is_about(each: Assessment, round: Round) -> bool:
    """Judgements on the round, and on the whole process as it was then."""
    if each.subject == "round":
        return each.subject_id == round.id
    return each.subject == "process" and each.seq in (None, round.seq)
