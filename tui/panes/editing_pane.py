"""A framed grid whose cells are edited where they stand: the editor over the cell, the way to storage, the answer."""

import asyncio
from contextlib import suppress

from textual.events import Resize
from textual.geometry import Region

from storage import (
    RECORDS,
    Change,
    Conflict,
    Found,
    Gone,
    Kind,
    News,
    StorageError,
    Value,
    View,
)
from tui.keys import key_for
from tui.panes import subjects
from tui.panes.acting_pane import ActingPane
from tui.panes.going import AboutRecord, BriefAsked, EvidenceAsked, GoTo, WholeRecord
from tui.panes.target import NoTarget, Target, headed, place_of
from tui.widgets.editors import Cell, Editor, Then, editor_for
from tui.widgets.grid import Grid
from tui.widgets.status import Said


class EditingPane(ActingPane):
    """A pane with one grid and at most one open editor over it."""

    def __init__(self, id: str) -> None:
        super().__init__(id=id)
        self.editor: Editor | None = None
        self.target: Target | None = None
        self.missed = False
        """True when something has changed while the pane was out of sight."""
        self._rereading: asyncio.Task[None] | None = None
        """What the latest change has made this pane read again."""
        self._drafts: dict[tuple[str, int, str], str] = {}
        """What was typed and discarded, by cell, offered again there."""

    @property
    def typing(self) -> bool:
        """True while keys go to an editor or to another line in the pane."""
        return self.editor is not None

    @property
    def unsaved(self) -> str:
        """What is typed here and not saved, in words; empty if nothing is."""
        if self.target is None:
            return ""
        ref = self.target.found.values.get("ref")
        return f"{self.target.field.label}{f' of {ref}' if ref else ''} being edited"

    async def find_target(self) -> Target | None:
        """What an edit at the cursor means; NoTarget says why nothing can be edited there, None need not be said."""
        raise NotImplementedError

    async def target_here(self) -> Target | None:
        """What an edit at the cursor means; None, after a word why, if nothing can be edited there."""
        try:
            return await self.find_target()
        except NoTarget as why:
            self.say(str(why), wrong=True)
            return None

    async def record_here(self) -> tuple[Kind, int] | None:
        """The record that the cell under the cursor belongs to; None if to none."""
        raise NotImplementedError

    async def move_on(self, step: int) -> bool:
        """Go to the next (1) or previous (-1) cell, after a row the first of the next one; False at the end."""
        last = len(self.grid.columns) - 1
        row, column = self.grid.cursor_row, self.grid.cursor_column + step
        if not 0 <= column <= last:
            row, column = row + step, 0 if step > 0 else last
        if not 0 <= row < self.grid.row_count:
            return False
        self.grid.move_to(row, column)
        return True

    async def reread(self, news: News) -> None:
        """Read again what a change may have altered."""
        raise NotImplementedError

    def on_mount(self) -> None:
        """Hear of every change, ours and others'."""
        self.parley.news.subscribe(self, self.hear, immediate=True)

    def hear(self, news: News) -> None:
        """Read again at once, and let the next key wait for it; out of sight, when it comes back."""
        if self.display:
            self._rereading = self.parley.held(self.reread(news))
        else:
            self.missed = True

    def on_grid_unread(self, event: Grid.Unread) -> None:
        """Say why rows stay blank."""
        event.stop()
        self.say(self.parley.in_short(event.error), wrong=True)

    def say_saved(self, change: Change) -> None:
        """Say what was saved, what went along, and how to take it back."""
        self.post_message(Said.of(change))

    # One edit

    def action_edit(self) -> None:
        """Open the editor of the cell under the cursor; of a marked row, where there are any."""
        self.grid.goto_marked()
        self.parley.held(self.edit_here())

    async def edit_here(self) -> None:
        """Open the editor over the cell, or change a yes/no at once."""
        target = await self.target_here()
        if target is None or self.only_reads():
            return
        if target.field.type == "flag":
            await self.flip(target)
        else:
            await self.open_editor(target)

    async def open_editor(self, target: Target) -> None:
        """Lay the editor of the field over its cell, filled with the stored value."""
        self.close_editor()
        self.target = target
        self.editor = editor_for(target.field)(self.cell_of(target))
        self.say(self.editor.hint())
        with self.parley.one_frame():
            self.query_children(Editor).remove()
            await self.mount(self.editor)
            self.place_editor()
            self.screen.set_focus(self.editor.entry)
            self.refresh_bindings()

    def close_editor(self) -> None:
        """Take the editor out of sight, if one is open, and give the keys back to the grid.

        It is removed when the next one opens, since that takes as long as all else that a save shows.
        """
        editor, self.editor, self.target = self.editor, None, None
        if editor is not None:
            self.screen.set_focus(self.grid)
            editor.display = False
            self.refresh_bindings()

    def place_editor(self) -> None:
        """Move the open editor to where its cell is now."""
        if self.editor is not None:
            cell = self.grid.cell_region(self.grid.cursor_row, self.grid.cursor_column)
            self.editor.place(cell, Region(0, 0, self.grid.shown_width, self.grid.size.height))

    def on_resize(self, _event: Resize) -> None:
        """Keep the editor over its cell."""
        self.call_after_refresh(self.place_editor)

    def action_clear_cell(self) -> None:
        """Set the cell empty, and that of the marked rows."""
        self.grid.goto_marked()
        self.parley.held(self.clear_here())

    async def clear_here(self) -> None:
        """Save the empty value of the field, or say that the field needs one."""
        if (target := await self.target_here()) is not None:
            await self.save(target, target.field.empty)

    async def flip(self, target: Target) -> None:
        """Turn a yes into a no, or back."""
        await self.save(target, not target.stored)

    async def save(self, target: Target, value: Value) -> bool:
        """Save one value and say so; False when storage refused, after its sentence was shown."""
        try:
            change = await self.store_value(target, value)
        except Conflict as conflict:
            ways = "Esc closes the editor." if isinstance(conflict, Gone) else "Enter keeps yours, Esc keeps theirs."
            choice = f" {ways}" if self.typing else self.offer(target)
            self.refuse(f"{conflict}{choice}")
            await self.see_theirs(target)
            return False
        except StorageError as error:
            self.refuse(f"{headed(str(error), target)}{self.offer(target)}")
            return False
        self._drafts.pop(place_of(target), None)
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
        """Take what is stored now as seen, so that the next Enter in the editor knowingly overwrites it."""
        found = await self.read_record(target.kind, target.found.id)
        if found is not None and self.editor is not None:
            self.target = target._replace(found=found)

    async def read_record(self, kind: Kind, id: int) -> Found | None:
        """One record as it is stored now; None if it is gone."""
        return next(iter(await self.parley.live.rows(View(kind), [id])), None)

    # What editors say

    def on_editor_submitted(self, event: Editor.Submitted) -> None:
        """Save what was typed; the next key finds it saved, or the editor still open."""
        event.stop()
        if event.editor is self.editor and self.target is not None:
            self.parley.held(self.submitted(self.target, event.value, event.then))

    async def submitted(self, target: Target, value: Value, then: Then = "stay") -> None:
        """Save, close the editor if one is open, and go on to the next cell if that was asked."""
        if not await self.save(target, value):
            return
        with self.parley.one_frame():  # the editor is gone, and what was saved stands in its place
            self.close_editor()
            if self._rereading is not None:
                await asyncio.wait({self._rereading})
        if then != "stay":
            await self.open_next(then)

    async def open_next(self, then: Then) -> None:
        """Open the next cell in which something is typed or chosen; to open a yes/no would turn it."""
        row, column = self.grid.cursor_row, self.grid.cursor_column
        while await self.move_on(1 if then == "next" else -1):
            with suppress(NoTarget):  # nobody asked to edit what lies on the way
                target = await self.find_target()
                if target is not None and target.field.type != "flag":
                    await self.open_editor(target)
                    return
        self.grid.move_to(row, column)

    def on_editor_discarded(self, event: Editor.Discarded) -> None:
        """Close the editor and keep what was typed for the next time."""
        event.stop()
        if self.target is not None:
            self.parley.held(self.discarded(self.target, event.draft))

    async def discarded(self, target: Target, draft: str | None) -> None:
        """Nothing is saved; a draft worth keeping is offered again in the same cell."""
        if draft is not None:
            self.keep_draft(target, draft)
        self.close_editor()
        self.say("Nothing changed; what you typed is offered again here." if draft is not None else "Nothing changed.")

    def keep_draft(self, target: Target, draft: str) -> None:
        """Offer this text when the cell is opened again."""
        self._drafts[place_of(target)] = draft

    def offer(self, target: Target) -> str:
        """A word on where the text is that was not saved; empty while its editor stands open."""
        offered = place_of(target) in self._drafts and not self.typing
        return f" What you wrote is not lost: {key_for('edit')} offers it." if offered else ""

    def on_editor_create(self, event: Editor.Create) -> None:
        """Add the record that was named, and refer to it."""
        event.stop()
        if event.editor is self.editor and self.target is not None:
            self.parley.held(self.create_and_save(self.target, event))

    async def create_and_save(self, target: Target, event: Editor.Create) -> None:
        """Make the record, and save the cell as if it had been there."""
        from tui.creating import made

        try:
            id = await made(self.parley, RECORDS[target.field.refers_to or ""], event.text)
        except StorageError as error:
            self.refuse(str(error))
            return
        if id is not None:
            await self.submitted(target, id, event.then)

    def on_editor_says(self, event: Editor.Says) -> None:
        """Show what the editor makes of what is typed so far, while it is open."""
        event.stop()
        if self.editor is not None:
            self.say(event.text, wrong=not event.ok)

    def cell_of(self, target: Target) -> Cell:
        """What an editor of the cell is opened over."""
        from tui.creating import can_be_made

        return Cell(
            field=target.field,
            stored=target.stored,
            name=target.name,
            draft=self._drafts.get(place_of(target)),
            suggest=lambda typed: target.suggestions(self.parley.live, typed),
            check=lambda value: self.check(target, value),
            resolve=lambda typed: target.resolved(self.parley.live, typed),
            kinds=target.kind.fields["subject"].choices if target.is_subject else (),
            may_create=can_be_made(target.field),
        )

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

    def action_whole_record(self) -> None:
        """Show the record with everything that hangs off it."""
        self.ask_about_record(WholeRecord)

    def action_evidence(self) -> None:
        """Show what the record rests on."""
        self.ask_about_record(EvidenceAsked)

    def action_brief(self) -> None:
        """Tell in one page what is known of the record."""
        self.ask_about_record(BriefAsked)

    def ask_about_record(self, message: type[AboutRecord]) -> None:
        """Ask the screen for something about the record under the cursor."""
        self.parley.held(self.asked_about_record(message))

    async def asked_about_record(self, message: type[AboutRecord]) -> None:
        """Ask for it when the record is known, or say that there is none."""
        if (here := await self.record_here()) is not None:
            self.post_message(message(*here))
        else:
            self.say("There is no record here.", wrong=True)

    def check(self, target: Target, value: Value) -> str | None:
        """What is wrong with a value, as far as one record can tell; None if nothing is."""
        from storage import objection

        wrong = objection(target.kind, target.found.values, self.values_of(target, value))
        return headed(wrong, target) if wrong else None
