"""What moved since a round?"""

from tests.reference.as_of import default_as_of, is_raised, round_before, where_it_stands
from tests.reference.facts import demands, party_refs, text_or_none
from tests.reference.movement import movement
from tests.reference.zones import is_rejected


def changes(dossier, as_of=None, since=None):
    """One row for each party that moved on a demand: by demand, its author first."""
    as_of = as_of or default_as_of(dossier)
    if as_of is None:
        return []
    since = since or round_before(dossier, as_of)
    return [
        change(dossier, demand, party, since, as_of)
        for demand in demands(dossier)
        if is_raised(dossier, demand, as_of)
        for party in author_first(dossier, demand)
        if movement(dossier, demand, party, since, as_of)
    ]


def author_first(dossier, demand):
    """The author, then the other parties in their order."""
    author = demand["by_party"]
    return [author, *(party for party in party_refs(dossier) if party != author)]


def change(dossier, demand, party, since, as_of):
    """Both end states of one party on one demand."""
    before = where_it_stands(dossier, demand, party, since) or {}
    after = where_it_stands(dossier, demand, party, as_of)
    hinge = after["hinges_on"]
    return {
        "demand": demand["ref"],
        "title": demand["title"],
        "party": party,
        "role": "author" if party == demand["by_party"] else "responder",
        "movement": movement(dossier, demand, party, since, as_of),
        "from_round": before.get("round"),
        "from_response": before.get("response"),
        "from_red_line": before.get("red_line"),
        "from_terms": text_or_none(before.get("terms")),
        "to_round": after["round"],
        "to_response": after["response"],
        "to_red_line": after["red_line"],
        "to_terms": text_or_none(after["terms"]),
        "hinges_on": hinge,
        "hinge_rejected": is_rejected(dossier, hinge, as_of) if hinge else None,
        "basis": after["basis"],
    }
