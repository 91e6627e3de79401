"""Who gave way, and who hardened, from round to round?"""

from tests.reference.as_of import default_as_of, round_before, seq_of
from tests.reference.facts import demands, party_refs, rounds
from tests.reference.movement import movement

MOVEMENTS = ("softer", "linked", "harder", "changed", "dropped", "new", "answered")


def ledger(dossier, as_of=None):
    """For each round up to the one asked about and each party, its movements since the round before, counted."""
    as_of = as_of or default_as_of(dossier)
    if as_of is None:
        return []
    past = [round["ref"] for round in rounds(dossier) if round["seq"] <= seq_of(dossier, as_of)]
    entries = [entry(dossier, round, party) for round in past for party in party_refs(dossier)]
    return [entry for entry in entries if any(entry[name] for name in MOVEMENTS)]


def entry(dossier, round, party):
    """How often a party moved in each way in one round."""
    before = round_before(dossier, round)
    moved = [movement(dossier, demand, party, before, round) for demand in demands(dossier)]
    return {"round": round, "party": party} | {name: moved.count(name) for name in MOVEMENTS}
