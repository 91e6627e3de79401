"""A record that is not saved yet: what it holds so far, what it still needs, and the moment when it is whole."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from storage import SINGULAR, Change, Found, Kind, Refused, Value, companions, completed
from tui.columns import DRAFT_ID
from tui.live_store import LiveStore
from tui.panes.going import AddUnder
from tui.panes.target import asked_as

if TYPE_CHECKING:
    from tui.panes.editing_pane import EditingPane


class Draft:
    """The values of a new record, saved as one step as soon as nothing required is missing."""

    def __init__(self, kind: Kind, values: Mapping[str, Value], live: LiveStore) -> None:
        self.kind = kind
        self.values = dict(values)
        self.live = live
        self.names: dict[str, str] = {}
        self.touched = False
        self.saved_as: int | None = None
        self.problem = ""
        """Why storage did not take the record although nothing required is missing."""
        self._wanted: str | None = None
        self._proposed: dict[str, Value] = {}

    @classmethod
    async def begun(cls, kind: Kind, values: Mapping[str, Value], live: LiveStore) -> "Draft":
        """A draft with the ref proposed and the scope filled in."""
        draft = cls(kind, values, live)
        await draft._propose()
        await draft._name_references()
        return draft

    @staticmethod
    def copied(kind: Kind, found: Found) -> dict[str, Value]:
        """The values of a record without those that may stand only once."""
        once = {name for names in kind.unique for name in names}
        return {name: value for name, value in found.values.items() if name in kind.fields and name not in once}

    @property
    def found(self) -> Found:
        """The draft as a grid shows it; what is missing is empty."""
        empty = {field.name: field.empty for field in self.kind.fields.values()}
        return Found(DRAFT_ID, {**empty, **completed(self.kind, self.values)}, self.names, self.names)

    def required(self) -> list[str]:
        """The fields that have to be answered, in the order of the columns; the ref last, since others propose it."""
        names = [name for name in self.kind.columns() if self.kind.fields[name].required]
        return sorted(names, key=lambda name: name == "ref")

    def missing(self) -> list[str]:
        """The required fields without a value."""
        return [asked_as(self.kind, name).name for name in self.required() if self.values.get(name) in (None, "")]

    def next_field(self) -> str:
        """The field to ask for next: the one that storage objected to, a missing one, the first required one."""
        return self._wanted or next(iter(self.missing()), asked_as(self.kind, self.required()[0]).name)

    async def take(self, values: Mapping[str, Value]) -> Change | None:
        """Put values into the draft; the change that added the record, if it is whole now."""
        self.touched = True
        self._wanted, self.problem = None, ""
        self.values |= {**companions(self.kind, self.found.values, values), **values}
        await self._propose()
        await self._name_references()
        return None if self.missing() else await self._add(set(values))

    async def _add(self, answered: set[str]) -> Change | None:
        """Save the record; an objection to another field than the one just answered is asked for next."""
        try:
            change = await self.live.add(self.kind, self.values)
        except Refused as refused:
            if refused.field is None or refused.field in answered or refused.field not in self.kind.fields:
                raise
            self._wanted, self.problem = refused.field, str(refused)
            return None
        self.saved_as = change.edits[0].id
        return change

    async def _propose(self) -> None:
        """Fill in what can be proposed, and renew it as long as the user left it as it was proposed."""
        proposed = await self.live.proposals(self.kind, self.values)
        for name, value in proposed.items():
            if name not in self.values or self.values[name] in ("", self._proposed.get(name)):
                self.values[name] = self._proposed[name] = value

    async def _name_references(self) -> None:
        for name, field in self.kind.fields.items():
            table = field.refers_to
            if field.type == "subject_id" and self.values.get("subject") in SINGULAR:
                table = SINGULAR[str(self.values["subject"])].table
            value = self.values.get(name)
            self.names.pop(name, None)
            if table and isinstance(value, int):
                self.names[name] = next(iter(await self.live.keys(table, [value])), "")


async def duplicate(pane: "EditingPane", kind: Kind, id: int) -> None:
    """Begin a record like this one in the pane of its kind."""
    if not pane.only_reads() and (found := await pane.read_record(kind, id)) is not None:
        pane.post_message(AddUnder(kind, Draft.copied(kind, found)))
