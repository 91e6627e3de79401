"""Pane 5: who stands where on what; the cell under the cursor is the position, and is edited there."""

from collections.abc import Mapping, Sequence
from typing import ClassVar, Final

from storage import (
    AUTHORS_RESPONSES,
    Cell,
    Change,
    Condition,
    Found,
    Party,
    Position,
    Row,
    StorageError,
    Table,
    Value,
    View,
    companions,
)
from tui.columns import DRAFT_ID
from tui.keys import key_for, with_keys
from tui.panes.computed import ComputedPane
from tui.panes.deleting import delete
from tui.panes.going import WholeRecord
from tui.panes.target import NoTarget, Target
from tui.widgets.editors import Then

RESPONSES: Final = Position.fields["response"]
OTHERS_RESPONSES: Final = tuple(each for each in RESPONSES.choices if each not in AUTHORS_RESPONSES)

NO_POSITION: Final = "A red line goes with a position: choose a response first."

GONE: Final = "The demand or the party is gone: somebody else has deleted it."

CARRIED: Final = ("response", "red_line", "basis", "hinges_on")
"""What a position of a later round takes over from the one before; empty terms repeat those in force by themselves."""


class MatrixPane(ComputedPane):
    """Demands down, parties across; what is written stands as of the round of the view."""

    REFUSED: ClassVar[Mapping[str, str]] = {}
    HIDDEN = frozenset(("issue", "by_party", "to_party"))
    FIXED = 2

    async def first_columns(self, table: Table) -> tuple[str, ...]:
        """The demand, its zone, then the parties, essential and primary ones first."""
        live = self.parley.live
        parties = await live.rows(View(Party), await live.few(Party))
        first = (each.values for each in parties if each.values["essential"] or each.values["standing"] == "primary")
        refs = {str(values["ref"]) for values in first}
        names = list(await super().first_columns(table))
        return tuple(sorted(names, key=lambda name: name in table.parties and name not in refs))

    def record_in(self, condition: Condition) -> tuple[str, Value] | None:
        """As in any view; a filter of the column of a party is about that party."""
        if condition.field in self.table.parties:
            return "parties", condition.field
        return super().record_in(condition)

    async def cell_here(self) -> tuple[Row, str, Cell | None] | None:
        """The row, the party and what it stands on, under the cursor; None in another column."""
        row, party = await self.row_here(), self.grid.cursor_field
        if row is None or party is None or party not in row.cells:
            return None
        return row, party, row.cells[party]

    async def find_target(self) -> Target | None:
        """What the party says in the round of the view, on all marked demands too; in other columns as in any view."""
        here, as_of = await self.cell_here(), self.table.as_of
        if here is None or as_of is None:
            return await super().find_target()
        row, party, _ = here
        marked = self.grid.targets() if row.id in self.grid.marked else [row.id]
        rows = [each for each in await self.fetch(marked) if isinstance(each, Row) and party in each.cells]
        if row.id not in (each.id for each in rows):
            raise NoTarget(GONE)
        if len({each.values["by_party"] == party for each in rows}) > 1:
            raise NoTarget(f"{party} made some of the marked demands and answers others; mark those apart.")
        positions = await self.positions_of(rows, party, as_of.ref)
        choices = AUTHORS_RESPONSES if row.values["by_party"] == party else OTHERS_RESPONSES
        ids = [each.id for each in positions.values() if each.id]
        new = [each for each in positions.values() if not each.id]
        return Target(Position, positions[row.id], RESPONSES._replace(choices=choices), ids, new)

    async def positions_of(self, rows: Sequence[Row], party: str, round: str) -> dict[int, Found]:
        """The position behind the cell of each row, if it is of the round, else the one to be made."""
        live = self.parley.live
        cells = [row.cells[party] for row in rows]
        stored = await live.rows(View(Position), [cell.id for cell in cells if cell is not None])
        by_id = {each.id: each for each in stored}
        places = {"round": await live.resolve("rounds", round), "party": await live.resolve("parties", party)}
        usual = {name: field.empty for name, field in Position.fields.items()} | Position.defaults()
        positions = {}
        for row, cell in zip(rows, cells, strict=True):
            carried = by_id.get(cell.id) if cell is not None else None
            if carried is not None and cell is not None and cell.round == round:
                positions[row.id] = carried
            else:
                carries = {name: carried.values[name] for name in CARRIED} if carried is not None else {}
                positions[row.id] = Found(DRAFT_ID, {**usual, **carries, **places, "demand": row.id})
        return positions

    async def store_value(self, target: Target, value: Value) -> Change | None:
        """Change the positions of this round, and add those that are not there."""
        if not target.new:
            return await super().store_value(target, value)
        changes = {target.field.name: value}
        new = [{**each.values, **companions(Position, each.values, changes), **changes} for each in target.new]
        seen = {target.found.id: {target.field.name: target.stored}}
        return await self.parley.live.edit(Position, target.ids, changes, seen, new)

    async def submitted(self, target: Target, value: Value, then: Then = "stay") -> None:
        """As of any pane; but on the way past a cell in which nothing is chosen no position is made."""
        editor = self.editor
        if then != "stay" and target.new and editor is not None and editor.draft_text == editor.start_text:
            self.close_editor()
            await self.open_next(then)
        else:
            await super().submitted(target, value, then)

    def action_edit_or_open(self) -> None:
        """Enter opens the position with all that hangs off it; where there is none, it is made."""
        self.parley.held(self.edit_or_open_here())

    async def edit_or_open_here(self) -> None:
        """Open the position, or edit the cell."""
        here = await self.cell_here()
        if here is not None and here[2] is not None:
            self.post_message(WholeRecord(Position, here[2].id))
        else:
            await self.edit_here()

    async def clear_here(self) -> None:
        """As of any pane; what a position says can't be empty."""
        if await self.cell_here() is None:
            await super().clear_here()
        else:
            self.say(f"A position needs a response; {key_for('delete')} deletes the position.", wrong=True)

    def action_delete(self) -> None:
        """Delete the positions of the party on the marked demands, or the one under the cursor."""
        self.parley.held(self.delete_targets())

    async def delete_targets(self) -> None:
        """Delete what was said in the round of the view, asking first where more goes than the eye sees."""
        party, as_of = self.grid.cursor_field, self.table.as_of
        if party is None or party not in self.table.parties or as_of is None:
            self.say(
                with_keys("{delete} deletes the position of a party here; a demand is deleted in {view_demands}."),
                wrong=True,
            )
            return
        rows = await self.fetch(self.grid.targets())
        cells = [cell for row in rows if isinstance(row, Row) and (cell := row.cells.get(party)) is not None]
        here = [cell.id for cell in cells if cell.round == as_of.ref]
        if here:
            await delete(self, Position, here)
        elif cells:
            back = with_keys("{earlier_round} goes back to it, and there {delete} deletes it.")
            self.say(f"This position is of {cells[0].round}; {back}", wrong=True)
        else:
            self.say("There is no position to delete.", wrong=True)

    def action_red_line(self) -> None:
        """Draw or lift a red line."""
        self.grid.goto_marked()
        self.parley.held(self.toggle_red_line())

    async def toggle_red_line(self) -> None:
        """Save the red line of the positions of this round, or say why there can be none."""
        if await self.cell_here() is None:
            self.say(NO_POSITION, wrong=True)
            return
        target = await self.target_here()
        if target is None:
            return
        if not all(each.values["response"] for each in (target.found, *target.new)):
            self.say(NO_POSITION, wrong=True)
            return
        field = Position.fields["red_line"]
        try:
            change = await self.store_value(target._replace(field=field), not target.found.values["red_line"])
        except StorageError as error:
            self.refuse(str(error))
            return
        if change is not None:
            self.say_saved(change)
