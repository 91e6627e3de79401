"""What of a dossier may leave, when nobody has asked for what is internal?

As if these had been deleted: internal statements; records whose supporting statements are all internal; sources that
had statements and keep none; and with each of them what cannot stand without it.
"""

from copy import deepcopy

LISTS = ("sources", "parties", "people", "rounds", "demands", "agreements", "stances", "assessments")
NESTED = ("statements", "delegates", "positions", "links", "signatories", "commitments", "deliveries")

GOES_WITH = {
    "delegates": {"party": "parties", "person": "people"},
    "demands": {"by_party": "parties", "to_party": "parties"},
    "positions": {"round": "rounds", "party": "parties"},
    "links": {"other": "demands"},
    "signatories": {"party": "parties"},
    "commitments": {"by_party": "parties"},
    "stances": {"party": "parties", "person": "people", "round": "rounds"},
    "assessments": {"round": "rounds"},
}
"""References whose end takes the record along: it needs them, or would mean something else without them."""

EMPTIED = {
    "statements": {"speaker": "people", "party": "parties", "round": "rounds"},
    "parties": {"member_of": "parties"},
    "people": {"party": "parties"},
    "demands": {"first_round": "rounds"},
    "positions": {"hinges_on": "demands"},
    "agreements": {"round": "rounds", "settles": "demands"},
    "commitments": {"to_party": "parties", "supervisor": "parties"},
    "stances": {"source": "sources"},
    "assessments": {"source": "sources"},
}
"""References that become empty when the other record goes."""

SUBJECTS = {"party": "parties", "round": "rounds", "demand": "demands", "agreement": "agreements"}


def redacted(dossier):
    """A copy without what is internal."""
    copy = deepcopy(dossier)
    internal = internal_statements(copy)
    had_statements = {source["ref"] for source in copy.get("sources", []) if source.get("statements")}
    remove(copy, lambda table, record: table != "statements" and rests_on(record, internal))
    remove(copy, lambda table, record: table == "statements" and record["ref"] in internal)
    remove(copy, lambda table, record: table == "sources" and is_emptied(record, had_statements))
    while take_along(copy):
        pass
    forget(copy, internal)
    return copy


def internal_statements(dossier):
    """The refs of the statements that are not to leave."""
    every = [each for source in dossier.get("sources", []) for each in source.get("statements", [])]
    return {each["ref"] for each in every if each.get("visibility") == "internal"}


def rests_on(record, internal):
    """Whether a record has support, and all of it is internal."""
    return bool(record.get("from")) and set(record["from"]) <= internal


def is_emptied(source, had_statements):
    """Whether a source had statements and has none now."""
    return source["ref"] in had_statements and not source.get("statements")


def remove(part, unwanted):
    """Remove every unwanted record with all that is nested in it; whether there was any."""
    found = False
    for table in (*LISTS, *NESTED):
        records = part.get(table, [])
        left = [record for record in records if not unwanted(table, record)]
        found = found or len(left) < len(records)
        records[:] = left
        for record in left:
            found = remove(record, unwanted) or found
    return found


def records_in(part):
    """Every record with the list that it stands in."""
    for table in (*LISTS, *NESTED):
        for record in part.get(table, []):
            yield table, record
            yield from records_in(record)


def names(dossier):
    """What is there, by list: refs, or the names of people."""
    return {table: {each.get("ref", each.get("name")) for each in dossier.get(table, [])} for table in LISTS}


def take_along(dossier):
    """Remove what cannot stand without what is gone; whether there was anything."""
    there = names(dossier)
    return remove(dossier, lambda table, record: not stands(table, record, there))


def stands(table, record, there):
    """Whether everything is there that a record needs."""
    needed = {field: GOES_WITH[table][field] for field in GOES_WITH.get(table, {}) if record.get(field)}
    if table == "assessments" and record.get("subject_id"):
        needed["subject_id"] = SUBJECTS[record["subject"]]
    if any(record[field] not in there[other] for field, other in needed.items()):
        return False
    return table != "demands" or began(record, there)


def began(demand, there):
    """A demand goes with its first round, unless someone took a position on it in another."""
    first = demand.get("first_round")
    return not first or first in there["rounds"] or any(row["round"] != first for row in demand.get("positions", []))


def forget(dossier, internal):
    """Name nowhere what is gone."""
    there = names(dossier)
    for table, record in [("dossier", dossier), *records_in(dossier)]:
        for field, other in EMPTIED.get(table, {}).items():
            if record.get(field) and record[field] not in there[other]:
                del record[field]
        for relation in ("from", "disputed_by"):
            if relation in record:
                record[relation] = [ref for ref in record[relation] if ref not in internal]
