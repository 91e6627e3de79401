"""What one record can tell of a value while it is typed, before storage is asked."""

from collections.abc import Mapping

from storage.editing.following import companions
from storage.editing.validation import problems
from storage.fields import Value
from storage.record import Kind


def objection(kind: Kind, row: Mapping[str, Value], changes: Mapping[str, Value]) -> str | None:
    """The sentence against these changes of a record; None if there is none, or if the record is still incomplete."""
    own = {name: value for name, value in row.items() if name in kind.fields}  # a row on screen may show more
    wanted = {**own, **changes, **companions(kind, own, changes)}
    found = problems(kind, wanted)
    return next((sentence for field, sentence in found if field in changes or _is_whole(kind, row)), None)


def _is_whole(kind: Kind, row: Mapping[str, Value]) -> bool:
    return not any(field.required and row.get(field.name) in (None, "") for field in kind.fields.values())
