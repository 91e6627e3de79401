"""Who has rejected what, in which words, and when?"""

from tests.reference.as_of import default_as_of, latest_row, seq_of
from tests.reference.facts import demands, in_natural_order, party_refs, rounds, statements, text_or_none


def rejections(dossier, as_of=None):
    """Every rejection up to a round, also those taken back since: by round, demand and party."""
    as_of = as_of or default_as_of(dossier)
    if as_of is None:
        return []
    past = [round for round in rounds(dossier) if round["seq"] <= seq_of(dossier, as_of)]
    return [
        rejection(dossier, round, demand, row, as_of)
        for round in past
        for demand in demands(dossier)
        for party in party_refs(dossier)
        for row in demand.get("positions", [])
        if (row["round"], row["party"], row["response"]) == (round["ref"], party, "rejects")
    ]


def rejection(dossier, round, demand, row, as_of):
    """One rejection with its terms as they were written, and the words of the statements behind it."""
    text_of = {statement["ref"]: statement["text"] for _, statement in statements(dossier)}
    supporting = in_natural_order(row.get("from", []))
    return {
        "round": round["ref"],
        "date": round.get("starts_on"),
        "demand": demand["ref"],
        "title": demand["title"],
        "party": row["party"],
        "red_line": row.get("red_line", False),
        "basis": row.get("basis", "stated"),
        "terms": text_or_none(row.get("terms")),
        "words": text_or_none(" | ".join(text_of[ref] for ref in supporting)),
        "statements": supporting,
        "current": latest_row(dossier, demand, row["party"], as_of) is row,
    }
