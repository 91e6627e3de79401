"""One page about a party: what it wants, what it was asked and answered, what moved, where it sat, what it agreed."""

from collections.abc import Iterator

from storage.questions.analysis.brief.attendance import attendance
from storage.questions.analysis.brief.case import Case, standing_line, zone_sentence
from storage.questions.analysis.brief.lines import (
    agreement_lines,
    judgement_lines,
    movement_lines,
    position_line,
    stance_line,
)
from storage.questions.analysis.brief.page import Line, Page, Section, plain_line, quoted, strong
from storage.questions.analysis.movement import stand
from storage.questions.analysis.rows import Agreement
from storage.questions.analysis.standing import asked_of, is_closed, latest, raised_demands
from storage.questions.analysis.will import wills


def party_page(case: Case, id: int) -> Page:
    """The page of one party as of a round. O(demands + rows of the party)."""
    party = case.talks.parties[id]
    essential = " Without its will no settlement is real." if party.essential else ""
    coalition = f" A member of {case.party(party.member_of)}." if party.member_of is not None else ""
    members = [each.id for each in case.talks.parties.values() if each.member_of == id]
    speaks_for = f" Its members: {case.parties(members)}." if members else ""
    lead = [
        plain_line(f"{party.name} ({party.ref}), a {party.standing} party.{coalition}{speaks_for}{essential}"),
        plain_line(standing_line(case)),
    ]
    courses = [said.courses[id] for said in case.talks.said.values() if id in said.courses]
    moves = list(movement_lines(case, courses, with_demand=True))
    judged = [each for each in case.assessments if (each.subject, each.subject_id) == ("party", id)]
    return Page(
        party.name,
        lead,
        (
            Section("What it wants", list(_wants(case, id)), "It has asked for nothing."),
            Section("What it was asked, and answered", list(_answers(case, id)), "It was asked nothing."),
            Section("What moved", moves, "It has not moved between rounds."),
            Section("At the table", list(attendance(case, id)), "It is not recorded at any round."),
            Section("Agreements, and what became of them", list(agreement_lines(case, _agreements(case, id))), "None."),
            Section("Judgements", [*_will(case, id), *judgement_lines(case, judged)]),
        ),
    )


def _wants(case: Case, id: int) -> Iterator[Line]:
    for demand in raised_demands(case.talks, case.seq):
        asked = case.talks.demands[demand]
        if asked.by_party != id:
            continue
        now = stand(case.talks.of_demand(demand).get(id, ()), case.seq)
        terms = f": {quoted(now.terms)}" if now and now.terms else ""
        red_line = " (a red line)" if now and now.row.red_line else ""
        to = f", of {case.party(asked.to_party)}" if asked.to_party is not None else ""
        said = f"{to}{red_line}{terms}. {zone_sentence(case, demand)}"
        yield case.line("demand", demand, strong(f"{asked.ref}, {asked.title}"), said)


def _answers(case: Case, id: int) -> Iterator[Line]:
    """Its latest answer to every demand of others that it was asked or answered."""
    for demand in raised_demands(case.talks, case.seq):
        asked = case.talks.demands[demand]
        row = latest(case.talks.of_demand(demand).get(id, ()), case.seq)
        if asked.by_party == id:
            continue
        about = f"{case.demand(demand)}, of {case.party(asked.by_party)}"
        if row is not None:
            round = next(each for each in case.talks.rounds if each.seq == row.seq)
            yield position_line(case, row, f" on {about} ({round.ref}):", as_of=case.seq)
        elif id in asked_of(case.talks, demand, case.seq) and not is_closed(case.talks, demand, case.seq):
            yield plain_line(f"Nothing is recorded on {about}.")


def _agreements(case: Case, id: int) -> list[Agreement]:
    """Those that it signed, or in which it promises or is promised something."""
    named = {each.agreement for each in case.signatories if each.party == id}
    named |= {each.agreement for each in case.commitments if id in (each.by_party, each.to_party)}
    return [each for each in case.agreements if each.id in named and (each.seq is None or each.seq <= case.seq)]


def _will(case: Case, id: int) -> Iterator[Line]:
    """Its own stance, then that of each person of it, which does not count for it."""
    party = case.talks.parties[id]
    for each in wills([party], case.stances, case.seq):
        if each.stance is not None:
            who = party.name if each.person is None else f"{case.people[each.person]}, in person,"
            yield stance_line(case, each.stance, who)
