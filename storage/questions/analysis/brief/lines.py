"""The lines that pages share: an answer, a movement, an agreement and what became of it, a judgement."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Final

from storage.fields import spoken
from storage.questions.analysis.brief.case import Case, answer, is_inferred, round_name
from storage.questions.analysis.brief.page import (
    Line,
    Span,
    day,
    listed,
    number,
    plain_line,
    quoted,
    sentence,
    signed,
    spans,
    strong,
)
from storage.questions.analysis.commitments import progress
from storage.questions.analysis.movement import Change, Stand, course_moves
from storage.questions.analysis.rows import Agreement, Assessment, Commitment, Position, Stance, Statement
from storage.questions.analysis.standing import terms_in_force
from storage.questions.analysis.talks import Course

TIMINGS: Final = {
    "overdue": "overdue",
    "overdue_est": "overdue (est.)",
    "upcoming": "not due yet",
    "undated": "without a date",
}

WAYS: Final = {
    "softer": "comes closer",
    "linked": "says yes only on a condition that is itself rejected, which is no step closer",
    "harder": "hardens",
    "changed": "changes what it says",
    "dropped": "gives it up",
    "new": "asks for it anew",
}

LEVELS: Final = ("Not begun", "Carried out at a minimum", "Carried out in part", "Carried out in full")


def position_line(case: Case, row: Position, about: str = "", *, under: bool = False, as_of: int | None = None) -> Line:
    """`**Russia** rejects it: “no truce on these terms”.`; what nobody said in ( ).

    What it hinges on stands as of the row's own round unless told otherwise.
    """
    course = case.talks.of_demand(row.demand)[row.party]
    said = f" {answer(case, Stand(row, terms_in_force(course, row)), row.seq if as_of is None else as_of)}"
    return case.line("position", row.id, *_taken(case, row, about + said), under=under)


def movement_lines(case: Case, courses: Iterable[Course], *, with_demand: bool = False) -> Iterator[Line]:
    """Every movement of some courses, each in its round against the round before it, under the name of the round."""
    for seq, of_round in groupby(_movements(case, courses), lambda each: each.after.row.seq):
        yield plain_line(f"{round_name(case.talks.rounds_by_seq[seq])}:")
        for change in of_round:
            yield movement_line(case, change, with_demand=with_demand, under=True)


def _movements(case: Case, courses: Iterable[Course]) -> list[Change]:
    """By round, then as the view of changes has them."""
    moves = (each for course in courses for each in course_moves(case.talks, course))
    found = [each for each in moves if each.after.row.seq <= case.seq]
    place, parties = case.talks.place, case.talks.party_places
    return sorted(
        found, key=lambda each: (each.after.row.seq, place(each.demand), each.role != "author", parties[each.party])
    )


def movement_line(case: Case, change: Change, *, with_demand: bool = True, under: bool = False) -> Line:
    """`**Russia** comes closer. Before: rejects it. Now: would accept, on conditions.`"""
    row = change.after.row
    said = answer(case, change.after, row.seq)
    if change.before is not None:
        before = answer(case, change.before, change.before.row.seq)
        said = f"{WAYS[change.movement]}. Before: {before}. Now: {said}"
    elif change.movement == "answered" and row.response not in ("deferred", "silent"):
        said = f"answers for the first time: {said}"
    about = f" on {case.demand(change.demand)}, " if with_demand else " "
    return case.line("position", row.id, *_taken(case, row, about + said), needs_support=False, under=under)


def agreement_lines(case: Case, agreements: Iterable[Agreement]) -> Iterator[Line]:
    """Each agreement, then each of its commitments."""
    for each in agreements:
        yield _agreement_line(case, each)
        for commitment in case.commitments:
            if commitment.agreement == each.id:
                yield _commitment_line(case, commitment)


def judgement_lines(case: Case, assessments: Iterable[Assessment]) -> Iterator[Line]:
    """Each judgement up to the as-of round, marked as one."""
    for each in assessments:
        if each.seq is not None and each.seq > case.seq:
            continue
        rated = f" {signed(each.rating)} of ±2" if each.rating is not None else ""
        label = f" {quoted(each.label)}" if each.label else ""
        text = f" {sentence(each.text)}" if each.text else ""
        condition = f" Condition: {each.condition.rstrip('.')}." if each.condition else ""
        mark = Span(f"Judgement, {each.confidence} confidence", "judgement")
        said = f": {spoken(each.aspect)}{rated}{label}.{text}{condition}"
        yield case.line("assessment", each.id, mark, said, source=each.source)


def stance_line(case: Case, stance: Stance | None, who: str) -> Line:
    """Whether a party or a person wants a settlement: a judgement, too."""
    if stance is None:
        return plain_line(strong(who), ": nothing is recorded.")
    will = {
        "yes": "wants a settlement",
        "conditional": "wants a settlement on conditions",
        "not_yet": "does not want a settlement yet",
        "no": "does not want a settlement",
        "unclear": "gives no clear sign",
    }[stance.will]
    driver = f", out of {stance.driver} interest" if stance.driver else ""
    motive = f": {stance.motive}" if stance.motive else ""
    words = _words(case, case.supports("stance", stance.id), stance.party if stance.person is None else None)
    body = _said(who, f" {will}{driver}{motive}", is_inferred(stance), words)
    return case.line("stance", stance.id, Span("Judgement", "judgement"), ": ", *body, source=stance.source)


def _taken(case: Case, row: Position, said: str) -> tuple[Span, ...]:
    """What the party says that took a position, and in which words."""
    words = _words(case, case.supports("position", row.id), row.party)
    return _said(case.party(row.party), said, is_inferred(row), words)


def _said(who: str, said: str, inferred: bool, words: str) -> tuple[Span, ...]:
    """Who says what, and in which words; in ( ) and called inferred when nobody said it."""
    said = said.rstrip(".")
    if inferred:
        return spans("(", strong(who), f"{said}; inferred, not stated.)")
    return spans(strong(who), f"{said}.{words}")


def _words(case: Case, supports: Iterable[Statement], party: int | None) -> str:
    """What was said word for word, under whose words they are; a party's own only where a statement is the party's."""
    voices: dict[str, list[str]] = {}
    for each in supports:
        if each.verbatim:
            own = party is not None and each.party == party
            voices.setdefault("its words" if own else f"the words of {_voice(case, each)}", []).append(
                quoted(each.text)
            )
    return "".join(f" In {voice}: {' '.join(texts)}" for voice, texts in voices.items())


def _voice(case: Case, statement: Statement) -> str:
    """Who said it, by the closest name that is recorded; nobody's words are those of their source."""
    if statement.speaker is not None:
        return case.people[statement.speaker]
    if statement.party is not None:
        return case.party(statement.party)
    return statement.attribution or case.provenance.sources[statement.source].ref


def _agreement_line(case: Case, each: Agreement) -> Line:
    by = _signed(case, each)
    agreed = f" on {day(each.agreed_on)}" if each.agreed_on else ""
    settles = f" It settles {case.demand(each.settles)}." if each.settles is not None else ""
    said = f": {spoken(each.kind)} agreement{by}, {each.form}{agreed}; {spoken(each.state)}.{settles}"
    return case.line("agreement", each.id, strong(f"{each.ref}, {each.title}"), said)


def _signed(case: Case, each: Agreement) -> str:
    """` between Alta and Bassa, with Land G as guarantor and witness`; of one that only one side signed, ` by Alta`."""
    roles: dict[int, list[str]] = {}
    for signatory in case.signatories:
        if signatory.agreement == each.id:
            roles.setdefault(signatory.party, []).append(signatory.role)
    parties = [party for party, acted in roles.items() if "party" in acted]
    others = [f"{case.party(party)} as {listed(acted)}" for party, acted in roles.items() if party not in parties]
    by = f" {'between' if len(parties) > 1 else 'by'} {case.parties(parties)}" if parties else ""
    return f"{by}, with {listed(others)}" if others else by


def _commitment_line(case: Case, each: Commitment) -> Line:
    deliveries = [delivery for delivery in case.deliveries if delivery.commitment == each.id]
    reached = progress(each, deliveries, case.on)
    to = f" to {case.party(each.to_party)}" if each.to_party is not None else ""
    much = f" ({number(each.quantity)}{f' {each.unit}' if each.unit else ''})" if each.quantity is not None else ""
    said = f"{case.party(each.by_party)}{to}: {each.text or 'a commitment'}{much}. {_due(case, each, reached.timing)}"
    if each.quantity is not None:
        came = number(reached.delivered or 0)
        said += f" Delivered by {day(case.on)}: {came} of {number(each.quantity)} ({reached.percent}%)."
    elif reached.delivered is not None:
        said += f" Delivered by {day(case.on)}: {number(reached.delivered)}{f' {each.unit}' if each.unit else ''}."
    if reached.level is not None:
        said += f" {LEVELS[reached.level]}."
    said += "".join(
        f" {day(one.on_date)}: {quoted(one.note)}." for one in deliveries if one.note and one.on_date <= case.on
    )
    return case.line("commitment", each.id, strong(each.ref), " ", said, under=True)


def _due(case: Case, each: Commitment, timing: str) -> str:
    """When it is due, who watches, and how it stands; an estimated date after ≈."""
    date = f"{'≈' if each.due_basis == 'estimated' else ''}{day(each.due_on)}" if each.due_on else ""
    words = quoted(each.due_text)
    due = " ".join(part for part in ("Due", words, date and f"({date})" if words else date) if part)
    watched = each.supervision or ""
    if each.supervisor is not None:
        watched = f"{watched} by {case.party(each.supervisor)}".strip()
    elif watched:
        watched += " (by whom: unspecified)"
    is_told = timing == "undated" and not words
    state = "" if is_told else spoken(each.state) if timing == "closed" else TIMINGS[timing]
    parts = [due if date or words else "No due date", f"supervision {watched}" if watched else "", state]
    return "; ".join(part for part in parts if part) + "."
