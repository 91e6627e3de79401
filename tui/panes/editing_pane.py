"""A framed grid whose cells are edited where they stand: the editor over the cell, the way to storage, the answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, cast

from textual.binding import BindingType
from textual.containers import Vertical
from textual.events import Resize
from textual.geometry import Region

from storage import (
    RECORDS,
    SINGULAR,
    Change,
    Conflict,
    Field,
    Found,
    Kind,
    News,
    Person,
    StorageError,
    Suggestion,
    Value,
    View,
)
from tui.bindings import bindings
from tui.panes import subjects
from tui.panes.going import GoTo
from tui.widgets.editors import Cell, Editor, editor_for, flipped
from tui.widgets.grid import Grid
from tui.widgets.status import Said

if TYPE_CHECKING:
    from tui.app import Parley


@dataclass(frozen=True, slots=True)
class Target:
    """The cell that an edit means: a field of one record, and the other records that are to get the same value."""

    kind: Kind
    found: Found
    field: Field
    ids: Sequence[int]

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


class EditingPane(Vertical):
    """A pane with one grid and at most one open editor over it."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("pane")]
    DEFAULT_CSS = """
    EditingPane { border: round $foreground 35%; border-title-color: $foreground; border-subtitle-color: $foreground;
        layers: base editor; }
    EditingPane:focus-within { border: round $border; border-title-style: bold; }
    """

    grid: Grid

    def __init__(self, id: str) -> None:
        super().__init__(id=id)
        self.editor: Editor | None = None
        self.target: Target | None = None
        self._drafts: dict[tuple[str, int, str], str] = {}
        """What was typed and discarded, by cell, offered again there."""

    @property
    def parley(self) -> "Parley":
        """The app, by its own type."""
        return cast("Parley", self.app)

    @property
    def typing(self) -> bool:
        """True while keys go to an editor or to another line in the pane."""
        return self.editor is not None

    @property
    def unsaved(self) -> str:
        """What is typed here and not saved, in words; empty if nothing is."""
        return f"{self.target.field.label} being edited" if self.target is not None else ""

    async def target_here(self) -> Target | None:
        """What an edit at the cursor means; None, after a word why, if nothing can be edited there."""
        raise NotImplementedError

    async def move_on(self, step: int) -> bool:
        """Move the cursor to the next (1) or previous (-1) cell that can be edited; False if there is none."""
        raise NotImplementedError

    async def reread(self, news: News) -> None:
        """Read again what a change may have altered."""
        raise NotImplementedError

    def on_mount(self) -> None:
        """Hear of every change, ours and others'."""
        self.parley.news.subscribe(self, self.hear)

    def hear(self, news: News) -> None:
        """Read again at once, and let the next key wait for it."""
        if self.display:
            self.parley.held(self.reread(news))

    def say(self, text: str, wrong: bool = False) -> None:
        """Put a sentence into the status line."""
        self.post_message(Said(text, wrong))

    def say_saved(self, change: Change) -> None:
        """Say what was saved, what went along, and how to take it back."""
        if not change.edits:
            self.say("Nothing changed.")
            return
        self.post_message(Said("; ".join((change.label, *change.also)), end=", saved · u undoes"))

    # One edit

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Nothing of the pane can be done by a key while something in it is typed."""
        return not self.typing and super().check_action(action, parameters)

    def action_edit(self) -> None:
        """Open the editor of the cell under the cursor."""
        self.parley.held(self.edit_here())

    async def edit_here(self) -> None:
        """Open the editor over the cell, or change a yes/no at once."""
        target = await self.target_here()
        if target is None:
            return
        if self.parley.live.read_only:
            self.say("This dossier is open for reading only.", wrong=True)
        elif target.field.type == "flag":
            await self.flip(target)
        else:
            await self.open_editor(target)

    async def open_editor(self, target: Target) -> None:
        """Lay the editor of the field over its cell, filled with the stored value."""
        await self.close_editor()
        self.target = target
        self.editor = editor_for(target.field)(self._cell(target))
        await self.mount(self.editor)
        self.place_editor()
        self.screen.set_focus(self.editor.entry)
        self.say(self.editor.hint())
        self.refresh_bindings()

    async def close_editor(self) -> None:
        """Take the editor away, if one is open, and give the keys back to the grid."""
        editor, self.editor, self.target = self.editor, None, None
        if editor is not None:
            self.screen.set_focus(self.grid)
            await editor.remove()
            self.refresh_bindings()

    def place_editor(self) -> None:
        """Move the open editor to where its cell is now."""
        if self.editor is not None:
            cell = self.grid.cell_region(self.grid.cursor_row, self.grid.cursor_column)
            self.editor.place(cell, Region(0, 0, self.grid.size.width, self.grid.size.height))

    def on_resize(self, _event: Resize) -> None:
        """Keep the editor over its cell."""
        self.call_after_refresh(self.place_editor)

    async def flip(self, target: Target) -> None:
        """Turn a yes into a no, or back."""
        await self.save(target, flipped(target.stored))

    async def save(self, target: Target, value: Value) -> bool:
        """Save one value and say so; False when storage refused, after its sentence was shown."""
        try:
            change = await self.store_value(target, value)
        except Conflict as conflict:
            self.refuse(f"{conflict} Enter keeps yours, Esc keeps theirs.")
            await self.see_theirs(target)
            return False
        except StorageError as error:
            self.refuse(str(error))
            return False
        self._drafts.pop(_place(target), None)
        if change is not None:
            self.say_saved(change)
        return True

    async def store_value(self, target: Target, value: Value) -> Change | None:
        """Put the value into storage, against the one that was seen; None when it is not to be announced."""
        seen = {target.found.id: {name: target.found.values[name] for name in self.values_of(target, value)}}
        return await self.parley.live.edit(target.kind, target.ids, self.values_of(target, value), seen)

    def values_of(self, target: Target, value: Value) -> dict[str, Value]:
        """The fields that one answer of an editor sets: of a subject, its kind and its record."""
        return subjects.values_of_pair(value) if target.is_subject else {target.field.name: value}

    def refuse(self, sentence: str) -> None:
        """Show why nothing was saved, in the open editor if there is one."""
        if self.editor is not None:
            self.editor.refuse(sentence)
        self.say(sentence, wrong=True)

    async def see_theirs(self, target: Target) -> None:
        """Take what is stored now as seen, so that the next Enter knowingly overwrites it."""
        found = await self.read_record(target.kind, target.found.id)
        if found is not None:
            self.target = Target(target.kind, found, target.field, target.ids)

    async def read_record(self, kind: Kind, id: int) -> Found | None:
        """One record as it is stored now; None if it is gone."""
        return next(iter(await self.parley.live.rows(View(kind), [id])), None)

    # What editors say

    def on_editor_submitted(self, event: Editor.Submitted) -> None:
        """Save what was typed; the next key finds it saved, or the editor still open."""
        event.stop()
        if event.editor is self.editor and self.target is not None:
            self.parley.held(self.submitted(self.target, event))

    async def submitted(self, target: Target, event: Editor.Submitted) -> None:
        """Save, close the editor, and go on to the next cell if that was asked."""
        if not await self.save(target, event.value):
            return
        await self.close_editor()
        if event.then != "stay" and await self.move_on(1 if event.then == "next" else -1):
            await self.edit_here()

    def on_editor_discarded(self, event: Editor.Discarded) -> None:
        """Close the editor and keep what was typed for the next time."""
        event.stop()
        if self.target is not None:
            self.parley.held(self.discarded(self.target, event.draft))

    async def discarded(self, target: Target, draft: str | None) -> None:
        """Nothing is saved; a draft worth keeping is offered again in the same cell."""
        if draft is not None:
            self._drafts[_place(target)] = draft
        await self.close_editor()
        self.say("Nothing changed; what you typed is offered again here." if draft is not None else "Nothing changed.")

    def on_editor_create(self, event: Editor.Create) -> None:
        """Add the person that was named, and refer to it."""
        event.stop()
        if event.editor is self.editor and self.target is not None:
            self.parley.held(self.create_and_save(self.target, event))

    async def create_and_save(self, target: Target, event: Editor.Create) -> None:
        """Only a person can be made of nothing but a name; then the cell is saved as if it had been there."""
        try:
            made = await self.parley.live.add(Person, {"name": event.text})
        except StorageError as error:
            self.refuse(str(error))
            return
        await self.submitted(target, Editor.Submitted(event.editor, made.edits[0].id, event.then))

    def on_editor_says(self, event: Editor.Says) -> None:
        """Show what the editor makes of what is typed so far."""
        event.stop()
        self.say(event.text, wrong=not event.ok)

    def _cell(self, target: Target) -> Cell:
        return Cell(
            field=target.field,
            stored=target.stored,
            name=target.name,
            draft=self._drafts.get(_place(target)),
            suggest=lambda typed: self.suggest(target, typed),
            check=lambda value: self.check(target, value),
            resolve=lambda typed: self.resolve(target, typed),
            kinds=target.kind.fields["subject"].choices if target.is_subject else (),
            may_create=target.field.refers_to in (None, Person.table),
        )

    async def suggest(self, target: Target, typed: str) -> list[Suggestion]:
        """What the cell could hold that goes with what is typed: records, or words in use."""
        live = self.parley.live
        if target.is_subject:
            return await subjects.suggest(live, typed)
        if target.field.refers_to:
            return await live.suggestions(target.field.refers_to, typed)
        return await live.words_in_use(target.kind, target.field, typed)

    async def resolve(self, target: Target, typed: str) -> Value:
        """The id of the record that was named."""
        if target.is_subject:
            return await subjects.resolve(self.parley.live, typed)
        return await self.parley.live.resolve(target.field.refers_to or "", typed)

    def action_go_to(self) -> None:
        """Go to the record that the cell names."""
        self.parley.held(self.go_to_named())

    async def go_to_named(self) -> None:
        """Ask the screen for the record in the cell, or say that there is none."""
        target = await self.target_here()
        if target is None:
            return
        kind, id = target.refers_to()
        if kind is None or id is None:
            self.say("This cell names no record to go to.", wrong=True)
        else:
            self.post_message(GoTo(kind, id))

    def check(self, target: Target, value: Value) -> str | None:
        """What is wrong with a value, as far as one record can tell; None if nothing is."""
        from storage import objection

        return objection(target.kind, target.found.values, self.values_of(target, value))


def _place(target: Target) -> tuple[str, int, str]:
    return target.kind.table, target.found.id, target.field.name


def asked_as(kind: Kind, name: str) -> Field:
    """The field that an edit of this one asks for: kind and record of a subject are asked for together."""
    is_subject = name in ("subject", "subject_id") and "subject_id" in kind.fields
    return kind.fields["subject_id" if is_subject else name]
