"""What an assessment or an evidence link is about, as one answer: the kind, then the record."""

from storage import SINGULAR, Found, Refused, Suggestion, Value, plain
from tui.live_store import LiveStore


def stored_pair(found: Found) -> Value:
    """The kind and the id, as the editor has them; None where nothing is chosen yet."""
    subject, id = found.values["subject"], found.values["subject_id"]
    if not subject:
        return None
    return (str(subject), "" if id is None else str(id))


def pair_shown(found: Found) -> str:
    """`demand D1`, or the kind alone."""
    return " ".join(filter(None, (str(found.values["subject"] or ""), found.names.get("subject_id", ""))))


def values_of_pair(pair: Value) -> dict[str, Value]:
    """The two fields that the editor's answer sets."""
    if not isinstance(pair, tuple) or not pair:
        return {"subject": None, "subject_id": None}
    return {"subject": pair[0], "subject_id": int(pair[1]) if pair[1] else None}


async def suggest(live: LiveStore, typed: str) -> list[Suggestion]:
    """The records of the kind typed first that go with the rest."""
    word, _, rest = typed.partition(" ")
    return await live.suggestions(SINGULAR[word].table, rest.strip()) if word in SINGULAR else []


async def resolve(live: LiveStore, typed: str) -> Value:
    """The id of the record that `demand D1` names; Refused says how to write it."""
    word, _, rest = typed.partition(" ")
    if word not in SINGULAR or not rest.strip():
        raise Refused(f"“{plain(typed, 60)}” names no record: write a kind and a record, such as demand D1.")
    return await live.resolve(SINGULAR[word].table, rest.strip())
