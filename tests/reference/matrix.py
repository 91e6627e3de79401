"""Who wants what, and how did each party answer, as of a round?"""

from tests.reference.as_of import default_as_of, is_raised, round_before, where_it_stands
from tests.reference.facts import demands, party_refs, text_or_none
from tests.reference.movement import movement
from tests.reference.zones import zone_of


def matrix(dossier, as_of=None, since=None):
    """One row for each demand raised by then, one cell for each party that has said something on it."""
    as_of = as_of or default_as_of(dossier)
    if as_of is None:
        return []
    since = since or round_before(dossier, as_of)
    return [
        {
            "demand": demand["ref"],
            "title": demand["title"],
            "issue": text_or_none(demand.get("issue")),
            "by_party": demand["by_party"],
            "to_party": demand.get("to_party"),
            "zone": zone_of(dossier, demand, as_of)[0],
            "cells": cells(dossier, demand, as_of, since),
        }
        for demand in demands(dossier)
        if is_raised(dossier, demand, as_of)
    ]


def cells(dossier, demand, as_of, since):
    """By party; a party that has said nothing has no cell."""
    found = {party: cell(dossier, demand, party, as_of, since) for party in party_refs(dossier)}
    return {party: cell for party, cell in found.items() if cell}


def cell(dossier, demand, party, as_of, since):
    """The position, the round in which it was said, and how it moved; None if there is no position."""
    stands = where_it_stands(dossier, demand, party, as_of)
    if stands is None:
        return None
    return {
        "response": stands["response"],
        "red_line": stands["red_line"],
        "basis": stands["basis"],
        "hinges_on": stands["hinges_on"],
        "terms": text_or_none(stands["terms"]),
        "round": stands["round"],
        "movement": movement(dossier, demand, party, since, as_of),
    }
