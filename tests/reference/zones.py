"""Where is agreement possible, and what is blocked?"""

from tests.reference.as_of import default_as_of, is_closed, is_raised, latest_row
from tests.reference.facts import (
    demand_called,
    demands,
    in_natural_order,
    parties,
    text_or_none,
)


def zones(dossier, as_of=None):
    """One row for each demand raised by then."""
    as_of = as_of or default_as_of(dossier)
    if as_of is None:
        return []
    return [zone_row(dossier, demand, as_of) for demand in demands(dossier) if is_raised(dossier, demand, as_of)]


def zone_of_demands(dossier, as_of=None):
    """The zone of every demand by ref: none for one that is closed, or that has not been raised by then."""
    standing = {row["demand"]: row["zone"] for row in zones(dossier, as_of)}
    return {demand["ref"]: standing.get(demand["ref"]) for demand in demands(dossier)}


def zone_row(dossier, demand, as_of):
    """The row of one demand."""
    zone, because = zone_of(dossier, demand, as_of)
    return {
        "demand": demand["ref"],
        "title": demand["title"],
        "issue": text_or_none(demand.get("issue")),
        "by_party": demand["by_party"],
        "to_party": demand.get("to_party"),
        "status": demand.get("status", "open"),
        "zone": zone,
        "because": because,
    }


def zone_of(dossier, demand, as_of):
    """The first rule that fits, and the refs that made it fit; a closed demand has no zone."""
    if is_closed(dossier, demand, as_of):
        return None, []
    asked = asked_of(dossier, demand, as_of)
    if not asked:
        return "unanswered", []
    answers = {party: latest_row(dossier, demand, party, as_of) for party in asked}
    accepting = [party for party in asked if response(answers[party]) == "accepts"]
    open_to_it = [party for party in asked if response(answers[party]) in ("accepts", "conditional")]
    rejecting = [party for party in asked if response(answers[party]) == "rejects"]
    at_a_red_line = [party for party in rejecting if answers[party].get("red_line")]
    clashing = conflicting_demands(dossier, demand, as_of)
    hinges = [answers[party].get("hinges_on") for party in open_to_it]
    rejected_hinges = [ref for ref in hinges if ref and is_rejected(dossier, ref, as_of)]
    if accepting == asked:
        return "agreed", accepting
    if at_a_red_line:
        return "blocked", at_a_red_line
    if rejecting:
        return "contested", rejecting
    if clashing:
        return "clashing", clashing
    if not open_to_it:
        return "unanswered", asked
    if rejected_hinges:
        return "linked", in_natural_order(rejected_hinges)
    return "near", open_to_it


def response(row):
    """What a row answers; None if there is no row."""
    return row["response"] if row else None


def asked_of(dossier, demand, as_of):
    """Whose answer counts: the addressee; else the other primary parties and all others that have said something."""
    if demand.get("to_party"):
        return [demand["to_party"]]
    others = [party for party in parties(dossier) if party["ref"] != demand["by_party"]]
    return [
        party["ref"]
        for party in others
        if party.get("standing") == "primary" or latest_row(dossier, demand, party["ref"], as_of)
    ]


def conflicting_demands(dossier, demand, as_of):
    """Demands of other authors that conflict with this one, whichever of the two the link hangs on, and still stand."""
    return [
        other["ref"]
        for other in demands(dossier)
        if (conflicts(demand, other) or conflicts(other, demand))
        and other["by_party"] != demand["by_party"]
        and is_raised(dossier, other, as_of)
        and not is_closed(dossier, other, as_of)
    ]


def conflicts(demand, other):
    """Whether a link of the one names the other as conflicting."""
    return any(link["kind"] == "conflicts" and link["other"] == other["ref"] for link in demand.get("links", []))


def is_rejected(dossier, ref, as_of):
    """Whether a demand that others hinge on stands and has been rejected by someone who was asked."""
    demand = demand_called(dossier, ref)
    if is_closed(dossier, demand, as_of):
        return False
    answers = [latest_row(dossier, demand, party, as_of) for party in asked_of(dossier, demand, as_of)]
    return any(response(answer) == "rejects" for answer in answers)
