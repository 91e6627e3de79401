"""Talks of a few rows, written as short as a test can be read: everything by its ref."""

from storage.questions.analysis.rows import Demand, Link, Party, Position, Round
from storage.questions.analysis.talks import arranged

PARTIES = {"UKR": "primary", "RUS": "primary", "USA": "secondary", "EU": "secondary", "TUR": "third"}
IDS = {ref: id for id, ref in enumerate(PARTIES, 1)}
REFS = {id: ref for ref, id in IDS.items()}


def number(ref):
    """The id of a demand: D6 is 6."""
    return None if ref is None else int(ref[1:])


def demand(ref, by="UKR", to=None, first=None, status="open"):
    return Demand(number(ref), ref, f"Demand {ref}", "", IDS[by], IDS.get(to), first, status)


def said(seq, ref, party, response, terms="", red_line=False, on=None, basis="stated"):
    """A position: party by ref, round by seq, demand and hinge by ref."""
    id = seq * 10_000 + number(ref) * 100 + IDS[party]
    return Position(id, seq, number(ref), IDS[party], response, red_line, terms, basis, number(on))


def conflict(one, other):
    return Link(number(one), number(other), "conflicts")


def talks(*rows, demands=(), links=(), statuses=("held", "held", "held"), parties=PARTIES):
    """Rounds 1, 2, 3 ... with these statuses; a demand that is only spoken of is Ukraine's, addressed to Russia."""
    rounds = [Round(seq, seq, f"R{seq}", "", None, status) for seq, status in enumerate(statuses, 1)]
    named = {each.id: each for each in demands}
    spoken_of = {id for row in rows for id in (row.demand, row.hinges_on) if id is not None}
    everyone = [Party(IDS[ref], ref, ref, standing) for ref, standing in parties.items()]
    others = [demand(f"D{id}", to="RUS") for id in sorted(spoken_of - named.keys())]
    return arranged(rounds, everyone, [*named.values(), *others], rows, links)


def refs(ids):
    """The refs of parties."""
    return [REFS[id] for id in ids]
