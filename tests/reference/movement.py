"""How has a party moved on a demand between two rounds?"""

from tests.reference.as_of import seq_of, where_it_stands
from tests.reference.zones import is_rejected

SCORES = {"accepts": 2, "conditional": 1, "deferred": 0, "silent": 0, "rejects": -1}


def movement(dossier, demand, party, since, as_of):
    """The word for the difference of the two end states; None if there is none, or if the first is not the earlier."""
    if since is None or seq_of(dossier, since) >= seq_of(dossier, as_of):
        return None
    before = where_it_stands(dossier, demand, party, since)
    after = where_it_stands(dossier, demand, party, as_of)
    if after is None:
        return None
    if party == demand["by_party"]:
        return movement_of_author(before, after)
    hinge = after["hinges_on"]
    return movement_of_responder(before, after, hinge is not None and is_rejected(dossier, hinge, as_of))


def movement_of_author(before, after):
    """An author asks, changes what it asks, or drops it; it is never softer or harder."""
    asked_before = before is not None and before["response"] == "asks"
    dropped_before = before is not None and before["response"] == "drops"
    if after["response"] == "asks" and not asked_before:
        return "new"
    if after["response"] == "drops" and not dropped_before:
        return "dropped"
    if (before["terms"], before["red_line"]) != (after["terms"], after["red_line"]):
        return "changed"
    return None


def movement_of_responder(before, after, hinge_rejected):
    """Up is softer and down is harder, but for silence and for a yes that hangs on what is rejected."""
    if before is None:
        return "answered"
    if after["response"] == "silent" and before["response"] != "silent":
        return "changed"
    if score(after) > score(before):
        return "linked" if hinge_rejected else "softer"
    if score(after) < score(before):
        return "harder"
    said = ("response", "terms", "hinges_on")
    return "changed" if any(before[name] != after[name] for name in said) else None


def score(position):
    """How near a responder is to a yes."""
    if position["response"] == "rejects" and position["red_line"]:
        return -2
    return SCORES[position["response"]]
