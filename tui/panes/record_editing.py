"""Records changed in their own pane: cell by cell, as new rows, and by deletion."""

from typing import TYPE_CHECKING

from storage import Change, Dossier, Kind, Value
from tui.columns import DRAFT_ID, with_column
from tui.keys import key_for
from tui.panes.deleting import delete
from tui.panes.narrowing_pane import NarrowingPane
from tui.panes.target import NoTarget, Target, asked_as
from tui.widgets.editors import Then

if TYPE_CHECKING:
    from tui.panes.drafting import Draft


class RecordEditing(NarrowingPane):
    """What every pane of one kind of record does to its records."""

    def __init__(self, kind: Kind, id: str) -> None:
        super().__init__(id=id)
        self.kind = kind
        self.called = kind.title_of_kind
        self.draft: Draft | None = None
        self._came_from = 0
        """The column in which the cursor was when the draft began."""

    @property
    def unsaved(self) -> str:
        """A draft row, or as of any pane."""
        return f"a new {self.kind.singular}" if self.draft is not None else super().unsaved

    async def find_target(self) -> Target | None:
        """The field of the record under the cursor, and of the marked ones too."""
        name, found = self.grid.cursor_field, await self.grid.read_cursor()
        if name is None:
            return None
        if found is None:
            raise NoTarget(f"There is no {self.kind.singular} here. Press {key_for('add')} to add one.")
        ids = [found.id] if found.id == DRAFT_ID or found.id not in self.grid.marked else self.grid.targets()
        return Target(self.kind, found, asked_as(self.kind, name), ids)

    async def store_value(self, target: Target, value: Value) -> Change | None:
        """As for any cell; a value of the draft goes into the draft, which is saved when nothing is missing."""
        if target.found.id == DRAFT_ID and self.draft is not None:
            return await self.draft.take(self.values_of(target, value))
        return await super().store_value(target, value)

    async def submitted(self, target: Target, value: Value, then: Then = "stay") -> None:
        """As for any cell; in a draft every key that saves goes on to the next cell that is still required."""
        if self.draft is None or target.found.id != DRAFT_ID:
            await super().submitted(target, value, then)
            return
        if await self.save(target, value):
            self.close_editor()
            await self.draft_goes_on()

    async def discarded(self, target: Target, draft: str | None) -> None:
        """As for any cell; a draft row in which nothing was typed goes with its editor."""
        await super().discarded(target, draft)
        if self.draft is not None and not self.draft.touched and draft is None:
            await self.drop_draft()

    # A new record

    def action_add(self) -> None:
        """Begin a new record as a draft row."""
        self.parley.held(self.begin_draft({}))

    def action_duplicate(self) -> None:
        """Begin a new record with the values of this one."""
        from tui.panes.drafting import Draft

        found = self.grid.cursor_found
        if found is not None and found.id:
            self.parley.held(self.begin_draft(Draft.copied(self.kind, found)))
        else:
            self.say(f"There is no {self.kind.singular} to duplicate.", wrong=True)

    async def begin_draft(self, values: dict[str, Value]) -> None:
        """Show a draft row, filled as far as scope and defaults tell, and open its first required cell."""
        from tui.panes.drafting import Draft

        if self.only_reads():
            return
        if self.kind is Dossier:
            from storage import ONE_DOSSIER  # with all that makes a change, which no start needs

            self.say(ONE_DOSSIER, wrong=True)
            return
        scoped = {each.field: each.value for each in self.scope.conditions(self.kind)}
        self.draft = await Draft.begun(self.kind, {**scoped, **values}, self.parley.live)
        self._came_from = self.grid.cursor_column
        await self.whole()
        self.grid.draft = self.draft.found
        self.tell_view()
        await self.draft_goes_on()

    async def draft_goes_on(self) -> None:
        """Open the next required cell of the draft, or show the record that it has become."""
        draft = self.draft
        if draft is None:
            return
        if draft.saved_as is not None:
            self.draft = self.grid.draft = None
            await self.whole()  # to read it here as well would stop what the change has made this pane read
            self.grid.goto_id(draft.saved_as)
            self.grid.return_to(self._came_from)
            return
        self.grid.draft = draft.found
        name = draft.next_field()
        self.show_hidden(name)
        columns = [column.field for column in self.grid.columns]
        self.grid.move_to(self.grid.row_count - 1, columns.index(name))
        await self.edit_here()
        if draft.problem:
            self.refuse(draft.problem)

    def show_hidden(self, name: str) -> None:
        """Show the column of a field to fill in, where the user has hidden it."""
        if name not in self.chosen.columns:
            self.show_columns(with_column(self.chosen.columns, name, tuple(self.kind.fields)))

    async def drop_draft(self) -> None:
        """Take the draft row away."""
        self.draft = self.grid.draft = None
        self.tell_view()
        await self.grid.reread()
        self.grid.return_to(self._came_from)
        self.say("Nothing added.")

    # Deleting

    def action_delete(self) -> None:
        """Delete the marked records or this one, asking first where more goes than the eye sees."""
        self.parley.held(self.delete_targets())

    async def delete_targets(self) -> None:
        """Delete at once what stands alone; ask before a cascade or several rows."""
        if self.draft is not None and self.grid.cursor_id == DRAFT_ID:
            await self.drop_draft()
            return
        ids = self.grid.targets()
        if not ids:
            self.say(f"There is no {self.kind.singular} to delete.", wrong=True)
            return
        if await delete(self, self.kind, ids):
            self.grid.marked = self.grid.marked - set(ids)
            await self.load()
