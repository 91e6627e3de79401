"""What rests on nothing, on one source, on inference, on weak sources, or is disputed?"""

from tests.reference.facts import agreements, commitments, in_natural_order, natural, statements
from tests.reference.keys import assessment_key, position_key, stance_key, told_apart

FINDINGS = ("unused_statement", "no_evidence", "single_source", "inferred", "disputed", "weak")
KINDS = ("statement", "demand", "position", "agreement", "commitment", "stance", "assessment")
WORDS = ("title", "terms", "text", "motive", "label")


def evidence(dossier):
    """Every finding: by finding, then kind, then key."""
    found = unused_statements(dossier)
    for kind, key, record in records_that_need_evidence(dossier):
        found += findings_on(dossier, kind, key, record)
    return sorted(
        found, key=lambda row: (FINDINGS.index(row["finding"]), KINDS.index(row["kind"]), natural(row["key"]))
    )


def records_that_need_evidence(dossier):
    """Each demand, position, agreement, commitment, stance and assessment, with its kind and key."""
    demands = dossier.get("demands", [])
    yield from (("demand", each["ref"], each) for each in demands)
    yield from (
        ("position", position_key(demand, each), each) for demand in demands for each in demand.get("positions", [])
    )
    yield from (("agreement", each["ref"], each) for each in agreements(dossier))
    yield from (("commitment", each["ref"], each) for _, each in commitments(dossier))
    for kind, list, key_of in (("stance", "stances", stance_key), ("assessment", "assessments", assessment_key)):
        records = dossier.get(list, [])
        keys = told_apart(map(key_of, records))
        yield from ((kind, key, each) for key, each in zip(keys, records, strict=True))


def findings_on(dossier, kind, key, record):
    """What is to be said of one record."""
    supporting, disputing = record.get("from", []), record.get("disputed_by", [])
    said = {
        "no_evidence": not supporting,
        "single_source": len({source_of(dossier, ref)["ref"] for ref in supporting}) == 1,
        "inferred": record.get("basis") == "inferred",
        "disputed": bool(disputing),
        "weak": bool(supporting) and all(is_weak(dossier, ref) for ref in supporting),
    }
    return [
        finding(dossier, name, kind, key, record, disputing if name == "disputed" else supporting)
        for name, fits in said.items()
        if fits
    ]


def unused_statements(dossier):
    """Statements that neither support nor dispute any record."""
    used = set(named_in(dossier))
    return [
        finding(dossier, "unused_statement", "statement", each["ref"], each, [each["ref"]])
        for _, each in statements(dossier)
        if each["ref"] not in used
    ]


def named_in(part):
    """Every statement that a part of the dossier names as evidence."""
    if isinstance(part, list):
        for each in part:
            yield from named_in(each)
    if isinstance(part, dict):
        yield from part.get("from", [])
        yield from part.get("disputed_by", [])
        for each in part.values():
            yield from named_in(each)


def finding(dossier, name, kind, key, record, refs):
    """One row."""
    return {
        "finding": name,
        "kind": kind,
        "key": key,
        "text": next((record[word] for word in WORDS if record.get(word)), None),
        "statements": in_natural_order(refs),
        "sources": in_natural_order(source_of(dossier, ref)["ref"] for ref in refs),
    }


def source_of(dossier, ref):
    """The source of a statement."""
    return next(source for source, each in statements(dossier) if each["ref"] == ref)


def is_weak(dossier, ref):
    """A source of reliability D, E or F, or a statement of credibility 4, 5 or 6; ungraded ones count as F and 6."""
    statement = next(each for _, each in statements(dossier) if each["ref"] == ref)
    reliability = source_of(dossier, ref).get("reliability", "F")
    return reliability in ("D", "E", "F") or statement.get("credibility", 6) >= 4
