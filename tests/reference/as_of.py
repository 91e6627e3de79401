"""As of which round does a view stand, and what did a party last say by then?"""

from tests.reference.facts import rounds


def seq_of(dossier, ref):
    """Where a round stands in the order of rounds."""
    return next(round["seq"] for round in dossier["rounds"] if round["ref"] == ref)


def default_as_of(dossier):
    """The last round that was held; if none was, the last round; None without rounds."""
    known = rounds(dossier)
    held = [round for round in known if round.get("status", "held") == "held"]
    return (held or known)[-1]["ref"] if known else None


def round_before(dossier, ref):
    """The round before this one by seq, whatever its status; None before the first."""
    earlier = [round["ref"] for round in rounds(dossier) if round["seq"] < seq_of(dossier, ref)]
    return earlier[-1] if earlier else None


def rows_until(dossier, demand, party, as_of):
    """What a party said on a demand, from its first row to its latest as of a round."""
    last = seq_of(dossier, as_of)
    rows = [row for row in demand.get("positions", []) if row["party"] == party]
    rows = [row for row in rows if seq_of(dossier, row["round"]) <= last]
    return sorted(rows, key=lambda row: seq_of(dossier, row["round"]))


def latest_row(dossier, demand, party, as_of):
    """A position is carried forward until the party says something else; None if it has said nothing."""
    rows = rows_until(dossier, demand, party, as_of)
    return rows[-1] if rows else None


def terms_in_force(rows):
    """Of a party's rows in order: a row without terms repeats those of the row before if the response is the same."""
    terms, response = "", None
    for row in rows:
        repeats = not row.get("terms") and row["response"] == response
        terms = terms if repeats else row.get("terms", "")
        response = row["response"]
    return terms


def where_it_stands(dossier, demand, party, as_of):
    """A party's position on a demand as of a round, with the terms in force; None if it has none."""
    rows = rows_until(dossier, demand, party, as_of)
    if not rows:
        return None
    row = rows[-1]
    return {
        "round": row["round"],
        "response": row["response"],
        "red_line": row.get("red_line", False),
        "terms": terms_in_force(rows),
        "basis": row.get("basis", "stated"),
        "hinges_on": row.get("hinges_on"),
    }


def is_raised(dossier, demand, as_of):
    """A demand is there from its first round or its first position, the earlier one; without either, always."""
    beginnings = [seq_of(dossier, row["round"]) for row in demand.get("positions", [])]
    if demand.get("first_round"):
        beginnings.append(seq_of(dossier, demand["first_round"]))
    return not beginnings or min(beginnings) <= seq_of(dossier, as_of)


def is_closed(dossier, demand, as_of):
    """Its author has dropped it; or its status says that it is over, which tells of today and not of earlier rounds."""
    last_said = latest_row(dossier, demand, demand["by_party"], as_of)
    if last_said and last_said["response"] == "drops":
        return True
    is_over = demand.get("status", "open") in ("withdrawn", "replaced", "lapsed")
    return is_over and seq_of(dossier, as_of) >= seq_of(dossier, default_as_of(dossier))
