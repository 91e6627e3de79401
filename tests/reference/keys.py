"""What records without a ref are called."""

from collections import Counter


def position_key(demand, position):
    """Round, demand and party."""
    return f"{position['round']}/{demand['ref']}/{position['party']}"


def stance_key(stance):
    """The party, the person if it is one's, and the round if it has one."""
    person = f"/{stance['person']}" if stance.get("person") else ""
    return f"{stance['party']}{person}{behind(stance)}"


def assessment_key(assessment):
    """The subject, which one of them, the aspect, and the round if it has one."""
    of = f":{assessment['subject_id']}" if assessment.get("subject_id") else ""
    return f"{assessment['subject']}{of}/{assessment['aspect']}{behind(assessment)}"


def behind(record):
    """The round at the end of a key."""
    return f"@{record['round']}" if record.get("round") else ""


def told_apart(keys):
    """The keys of records in the order they were recorded: the second that is called the same gets #2."""
    seen: Counter[str] = Counter()
    apart = []
    for key in keys:
        seen[key] += 1
        apart.append(f"{key}#{seen[key]}" if seen[key] > 1 else key)
    return apart
