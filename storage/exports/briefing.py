"""A brief: the rows that one page draws on, and the page about a demand, a round or a party."""

from datetime import date

from storage import records
from storage.exports.brief_markdown import markdown
from storage.exports.wording import BRIEFED
from storage.questions.analysis import rows
from storage.questions.analysis.brief.case import NO_ROUND, Case
from storage.questions.analysis.brief.demand import demand_page
from storage.questions.analysis.brief.page import Page
from storage.questions.analysis.brief.party import party_page
from storage.questions.analysis.brief.round import round_page
from storage.questions.facts import Facts
from storage.questions.naming import meant, one_named, referred
from storage.questions.tables.commitments import commitment_of
from storage.record import Kind
from storage.store import Store


def brief_of(store: Store, ref: str, as_of: str) -> str:
    """The brief of a demand, round or party as Markdown; `party:D1` where several are called so.

    A round stands as of itself unless a later one is named, everything else as of the usual round. Unknown when
    nothing is called so, or several are.
    """
    kind, id = subject_named(store, ref)
    with store.one_moment():
        facts = Facts(store)
        standing = _standing(store, facts, as_of, id if kind is records.Round else None)
        case = _case(store, facts, standing, date.today().isoformat())
        return markdown(_page(case, kind, id), case.provenance)


def subject_named(store: Store, text: str) -> tuple[Kind, int]:
    """The demand, round or party that is called so; `party:D1` says which kind where several have one."""
    kinds, name = meant(text, BRIEFED)
    return one_named(store, kinds, name, f'There is no demand, round or party "{text}" in this dossier.')


def _standing(store: Store, facts: Facts, as_of: str, own: int | None) -> rows.Round:
    """The round that the page stands as of; never one before the round that it is about."""
    rounds = facts.talks.rounds
    named = referred(store, "rounds", as_of) if as_of else own
    found = next((each for each in rounds if each.id == named), facts.talks.usual) or NO_ROUND
    itself = next((each for each in rounds if each.id == own), found)
    return max(found, itself, key=lambda each: each.seq)


def _page(case: Case, kind: Kind, id: int) -> Page:
    if kind is records.Demand:
        return demand_page(case, id)
    if kind is records.Party:
        return party_page(case, id)
    return round_page(case, next(each for each in case.talks.rounds if each.id == id))


def _case(store: Store, facts: Facts, as_of: rows.Round, on: str) -> Case:
    described = store.columns(records.Demand, rows.Description._fields)
    signatories = store.columns(records.Signatory, rows.Signatory._fields)
    return Case(
        title=store.title(),
        talks=facts.talks,
        as_of=as_of,
        on=on,
        provenance=facts.provenance,
        descriptions={int(str(id)): rows.Description._make(cells) for id, *cells in described},
        links=[rows.Link._make(cells) for _, *cells in store.columns(records.Link, rows.Link._fields)],
        people=facts.people,
        stances=facts.stances,
        assessments=_assessments(store, facts),
        delegates=_delegates(store, facts),
        agreements=sorted(facts.agreements, key=lambda each: each.id),
        signatories=[rows.Signatory._make(cells) for _, *cells in signatories],
        commitments=[commitment_of(each) for each in facts.commitments],
        deliveries=facts.deliveries,
    )


def _assessments(store: Store, facts: Facts) -> list[rows.Assessment]:
    said = ["aspect", "rating", "label", "text", "condition", "confidence", "source"]
    fields = ["subject", "subject_id", "round", *said]
    found = store.columns(records.Assessment, fields)
    return [
        rows.Assessment._make((id, subject, about, facts.seq(round), *said))
        for id, subject, about, round, *said in found
    ]


def _delegates(store: Store, facts: Facts) -> list[rows.Delegate]:
    found = store.columns(records.Delegate, ["round", "party", "role", "person", "rank", "capacity"])
    return [rows.Delegate._make((id, facts.seq(round), *cells)) for id, round, *cells in found]
