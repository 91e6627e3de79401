"""Who must want a settlement, and does it yet?"""

from tests.reference.as_of import default_as_of, seq_of
from tests.reference.facts import parties, text_or_none


def will(dossier, as_of=None):
    """The essential parties, wanting or not, then the others of whom something is known; persons beneath."""
    as_of = as_of or default_as_of(dossier)
    if as_of is None:
        return []
    known = stances_until(dossier, as_of)
    essential = [party for party in parties(dossier) if party.get("essential")]
    others = [party for party in parties(dossier) if not party.get("essential")]
    heard_of = [party for party in others if any(stance["party"] == party["ref"] for stance in known)]
    return [row for party in [*essential, *heard_of] for row in rows_of(dossier, party, known)]


def stances_until(dossier, as_of):
    """The stances as recorded, without those of later rounds."""
    return [
        stance
        for stance in dossier.get("stances", [])
        if not stance.get("round") or seq_of(dossier, stance["round"]) <= seq_of(dossier, as_of)
    ]


def rows_of(dossier, party, known):
    """The party's own row, empty if only persons have spoken, then one for each person."""
    own = [stance for stance in known if stance["party"] == party["ref"] and not stance.get("person")]
    personal = [stance for stance in known if stance["party"] == party["ref"] and stance.get("person")]
    persons = list(dict.fromkeys(stance["person"] for stance in personal))
    return [
        stance_row(party, None, latest(dossier, own)),
        *(
            stance_row(party, person, latest(dossier, [each for each in personal if each["person"] == person]))
            for person in persons
        ),
    ]


def latest(dossier, stances):
    """By round, those without one before the first; of two in a round, the one recorded later."""

    def when(stance):
        return (1, seq_of(dossier, stance["round"])) if stance.get("round") else (0, 0)

    return sorted(stances, key=when)[-1] if stances else None


def stance_row(party, person, stance):
    """One row; without a stance its right half is empty."""
    stance = stance or {}
    return {
        "party": party["ref"],
        "name": party["name"],
        "essential": party.get("essential", False),
        "person": person,
        "will": stance.get("will"),
        "driver": stance.get("driver"),
        "motive": text_or_none(stance.get("motive")),
        "basis": stance.get("basis", "stated") if stance else None,
        "round": stance.get("round"),
    }
