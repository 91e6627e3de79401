"""What an edit means: a field of one record, and every record that is to get the same value."""

from collections.abc import Sequence
from typing import NamedTuple

from storage import RECORDS, SINGULAR, Field, Found, Kind, Suggestion, Value, as_text
from tui.live_store import LiveStore
from tui.panes import subjects


class NoTarget(Exception):
    """Nothing here can be edited; `str()` of it says why."""


class Target(NamedTuple):
    """The cell that an edit means: a field of one record, and the other records that are to get the same value."""

    kind: Kind
    found: Found
    field: Field
    ids: Sequence[int]
    new: Sequence[Found] = ()
    """The records that are still to be made, each with what else it is to hold."""

    @property
    def stored(self) -> Value:
        """The value that the user sees."""
        return subjects.stored_pair(self.found) if self.is_subject else self.found.values[self.field.name]

    @property
    def is_subject(self) -> bool:
        """True for the kind and the record that something is about, which are one answer."""
        return self.field.type == "subject_id"

    def refers_to(self) -> tuple[Kind | None, int | None]:
        """The kind and id of the record that the cell names; None for what it does not name."""
        value = self.found.values[self.field.name]
        id = value if isinstance(value, int) else None
        if self.is_subject:
            return SINGULAR.get(str(self.found.values["subject"])), id
        return RECORDS.get(self.field.refers_to or ""), id

    @property
    def name(self) -> str:
        """What a reference shows."""
        return subjects.pair_shown(self.found) if self.is_subject else self.found.names.get(self.field.name, "")

    @property
    def words(self) -> str:
        """The value in the words in which it is typed."""
        if self.field.type == "flag":
            return "yes" if self.stored else "no"
        return self.name if self.field.type in ("reference", "subject_id") else as_text(self.stored)

    async def suggestions(self, live: LiveStore, typed: str) -> list[Suggestion]:
        """What the cell could hold that goes with what is typed: records, or words in use."""
        if self.is_subject:
            return await subjects.suggest(live, typed)
        if self.field.refers_to:
            return await live.suggestions(self.field.refers_to, typed)
        return await live.words_in_use(self.kind, self.field, typed)

    async def resolved(self, live: LiveStore, typed: str) -> Value:
        """The id of the record that was named."""
        if self.is_subject:
            return await subjects.resolve(live, typed)
        return await live.resolve(self.field.refers_to or "", typed)


def place_of(target: Target) -> tuple[str, int, str]:
    """The cell, under which a draft is kept."""
    return target.kind.table, target.found.id, target.field.name


def asked_as(kind: Kind, name: str) -> Field:
    """The field that an edit of this one asks for: kind and record of a subject are asked for together."""
    is_subject = name in ("subject", "subject_id") and "subject_id" in kind.fields
    return kind.fields["subject_id" if is_subject else name]


def headed(sentence: str, target: Target) -> str:
    """What is wrong with a value, the field called as the heading on the screen calls it."""
    recorded = target.kind.fields[target.field.name].label
    begins = sentence.startswith(f"{recorded} ")
    return target.field.label + sentence.removeprefix(recorded) if begins else sentence
