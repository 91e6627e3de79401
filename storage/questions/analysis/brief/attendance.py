"""Who was there: the delegations of a round, and the rounds at which a party sat, or from which it stayed away."""

from collections.abc import Iterable, Iterator

from storage.questions.analysis.brief.case import Case, round_name
from storage.questions.analysis.brief.page import Line, listed, spans, strong
from storage.questions.analysis.rows import Delegate, Round


def delegations(case: Case, round: Round) -> Iterator[Line]:
    """`**Alta**, host: Ana Ruiz (head of delegation).`, a line for each party and role."""
    there = (each for each in case.delegates if each.seq == round.seq)
    return _lines(case, ((case.party(each.party), each) for each in there))


def attendance(case: Case, party: int) -> Iterator[Line]:
    """`**R1, First meeting (9 February 2024)**, absent.`, a line for each round and role."""
    rounds = {round.seq: round_name(round) for round in case.rounds()}
    its = sorted(
        (each for each in case.delegates if each.party == party and each.seq in rounds), key=lambda each: each.seq
    )
    return _lines(case, ((rounds[each.seq], each) for each in its))


def _lines(case: Case, named: Iterable[tuple[str, Delegate]]) -> Iterator[Line]:
    there: dict[tuple[str, str], list[Delegate]] = {}
    for name, each in named:
        there.setdefault((name, each.role), []).append(each)
    for (name, role), delegates in there.items():
        people = [_person(case, each) for each in delegates if each.person is not None]
        acted = "" if role == "party" else f", {role}"
        supports = dict.fromkeys(statement for each in delegates for statement in case.supports("delegate", each.id))
        told = f": {listed(people)}" if people else ""
        yield Line(spans(strong(name), f"{acted}{told}."), list(supports))


def _person(case: Case, each: Delegate) -> str:
    name = case.people[each.person or 0]
    details = [
        part for part in ("head of delegation" if each.rank == "head" else each.rank or "", each.capacity) if part
    ]
    return f"{name} ({', '.join(details)})" if details else name
