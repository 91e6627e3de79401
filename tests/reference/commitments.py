"""What was agreed, due when, supervised by whom, and was it done by a day?"""

from fractions import Fraction
from math import floor

from tests.reference.facts import commitments as all_commitments
from tests.reference.facts import natural, plain_number, text_or_none


def commitments(dossier, on):
    """Every commitment with what had been delivered by the day, by ref."""
    found = sorted(all_commitments(dossier), key=lambda pair: natural(pair[1]["ref"]))
    return [commitment_row(agreement, each, on) for agreement, each in found]


def commitment_row(agreement, commitment, on):
    """What is recorded of a commitment, then what follows from it."""
    deliveries = [each for each in commitment.get("deliveries", []) if each["on_date"] <= on]
    return {
        "ref": commitment["ref"],
        "agreement": agreement["ref"],
        "by_party": commitment["by_party"],
        "to_party": commitment.get("to_party"),
        "text": text_or_none(commitment.get("text")),
        "quantity": plain_number(commitment.get("quantity")),
        "unit": text_or_none(commitment.get("unit")),
        "due_text": text_or_none(commitment.get("due_text")),
        "due_on": commitment.get("due_on"),
        "due_basis": due_basis(commitment),
        "supervision": text_or_none(commitment.get("supervision")),
        "supervisor": commitment.get("supervisor"),
        "state": commitment.get("state", "open"),
        "delivered": delivered(deliveries),
        "percent": percent(deliveries, commitment.get("quantity")),
        "level": level(deliveries),
        "timing": timing(commitment, on),
    }


def due_basis(commitment):
    """Stated unless it says otherwise; none when there is no day."""
    return commitment.get("due_basis", "stated" if commitment.get("due_on") else "none")


def delivered(deliveries):
    """The sum of the amounts; nothing when no delivery has one."""
    amounts = [Fraction(str(each["amount"])) for each in deliveries if each.get("amount") is not None]
    return plain_number(float(sum(amounts))) if amounts else None


def percent(deliveries, quantity):
    """Of the quantity, rounded down and never above 100; 0 when nothing came."""
    if quantity is None:
        return None
    came = Fraction(str(delivered(deliveries) or 0))
    return min(100, floor(100 * came / Fraction(str(quantity))))


def level(deliveries):
    """Of the latest delivery that has one; of two on a day, the one recorded later."""
    graded = [each for each in deliveries if each.get("level") is not None]
    return sorted(graded, key=lambda each: each["on_date"])[-1]["level"] if graded else None


def timing(commitment, on):
    """Late only after the due day, and surely late only where the day was stated."""
    if commitment.get("state", "open") != "open":
        return "closed"
    if not commitment.get("due_on"):
        return "undated"
    if commitment["due_on"] >= on:
        return "upcoming"
    return "overdue_est" if due_basis(commitment) == "estimated" else "overdue"
