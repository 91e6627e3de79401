"""What happened, was said and fell due, in one order?"""

from tests.reference.facts import agreements, commitments, natural, rounds, statements, text_or_none

KINDS = ("round", "agreement", "delivery", "due", "statement")


def timeline(dossier):
    """Everything that has a day: by day, then kind, then ref."""
    found = [*meetings(dossier), *agreed(dossier), *delivered(dossier), *due(dossier), *said(dossier)]
    dated = [row for row in found if row["date"]]
    return sorted(dated, key=lambda row: (row["date"], KINDS.index(row["kind"]), natural(row["ref"])))


def happening(date, kind, ref, title, party=None, estimated=False):
    """One row."""
    return {
        "date": date,
        "kind": kind,
        "ref": ref,
        "title": text_or_none(title),
        "party": party,
        "estimated": estimated,
    }


def meetings(dossier):
    """Rounds on the day they begin, also those that were never held."""
    return [happening(each.get("starts_on"), "round", each["ref"], each["title"]) for each in rounds(dossier)]


def agreed(dossier):
    """Agreements on the day they were made."""
    return [happening(each.get("agreed_on"), "agreement", each["ref"], each["title"]) for each in agreements(dossier)]


def delivered(dossier):
    """Deliveries under the ref of the commitment that they serve."""
    return [
        happening(each["on_date"], "delivery", commitment["ref"], each.get("note"), commitment["by_party"])
        for _, commitment in commitments(dossier)
        for each in commitment.get("deliveries", [])
    ]


def due(dossier):
    """The days on which commitments fall due, some only estimated."""
    return [
        happening(
            each.get("due_on"),
            "due",
            each["ref"],
            each.get("text"),
            each["by_party"],
            each.get("due_basis") == "estimated",
        )
        for _, each in commitments(dossier)
    ]


def said(dossier):
    """Statements on the day they were made."""
    return [
        happening(each.get("said_on"), "statement", each["ref"], each["text"], each.get("party"))
        for _, each in statements(dossier)
    ]
