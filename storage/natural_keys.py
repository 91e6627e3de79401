"""What a record is called in messages, logs and exports: its ref, its name, or a key made of its references."""

from collections.abc import Mapping

from storage.fields import Value
from storage.record import Kind


def key(kind: Kind, values: Mapping[str, Value], names: Mapping[str, str]) -> str:
    """The ref or natural key of one record; `names` holds the key of each record that it refers to."""
    if not kind.key:
        return kind.singular
    parts = [_part(kind, name, values, names) for name in kind.key if not name.startswith("@")]
    marked = [names.get(name[1:], "?") for name in kind.key if name.startswith("@") and values[name[1:]] is not None]
    return "/".join(filter(None, parts)) + "".join(f"@{name}" for name in marked)


def fields_of(kind: Kind) -> list[str]:
    """The fields that make the key of a kind without a ref."""
    named = [name.lstrip("@") for name in kind.key]
    return ["subject", *named] if "subject_id" in named else named


def _part(kind: Kind, name: str, values: Mapping[str, Value], names: Mapping[str, str]) -> str:
    if name == "subject_id":
        subject = str(values["subject"])
        return f"{subject}:{names.get(name, '')}" if values[name] is not None else subject
    if kind.fields[name].refers_to:
        return names.get(name, "") if values[name] is not None else ""
    return str(values[name])
