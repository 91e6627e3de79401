"""What a dossier in the authoring form holds, as flat lists in the order in which exports print them.

This folder answers every question of the exports a second time, from the JSON alone: slow, literal, and sharing no
code with what it checks.
"""

import re
import unicodedata

STANDINGS = ("primary", "secondary", "third")


def natural(text):
    """Sorts without case and accents, and D2 before D10."""
    apart = unicodedata.normalize("NFKD", text)
    bare = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return re.sub("[0-9]+", lambda digits: digits[0].zfill(20), bare.casefold())


def in_natural_order(names):
    """The names, each once."""
    return sorted(dict.fromkeys(names), key=natural)


def parties(dossier):
    """Primary, secondary, third; then as recorded."""
    return sorted(dossier.get("parties", []), key=lambda party: STANDINGS.index(party.get("standing", "secondary")))


def party_refs(dossier):
    """The refs of the parties in their order."""
    return [party["ref"] for party in parties(dossier)]


def rounds(dossier):
    """By seq."""
    return sorted(dossier.get("rounds", []), key=lambda each: each["seq"])


def demands(dossier):
    """By ref."""
    return sorted(dossier.get("demands", []), key=lambda demand: natural(demand["ref"]))


def demand_called(dossier, ref):
    """The demand of that ref."""
    return next(demand for demand in dossier["demands"] if demand["ref"] == ref)


def agreements(dossier):
    """As recorded."""
    return dossier.get("agreements", [])


def commitments(dossier):
    """Each with the agreement that it is part of, as recorded."""
    return [(agreement, each) for agreement in agreements(dossier) for each in agreement.get("commitments", [])]


def statements(dossier):
    """Each with its source, as recorded."""
    return [(source, each) for source in dossier.get("sources", []) for each in source.get("statements", [])]


def text_or_none(text):
    """Nothing and an empty text are the same in an export."""
    return text or None


def plain_number(number):
    """A whole number without a point."""
    return int(number) if number is not None and number == int(number) else number
