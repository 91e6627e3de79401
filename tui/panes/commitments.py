"""Pane 7: what was promised, how far it was done, and what is due."""

from storage import Commitment, Delivery, Field, Found, Row
from tui.columns import Column
from tui.keys import first_key
from tui.panes.computed import ComputedPane
from tui.panes.deleting import delete
from tui.panes.drafting import duplicate
from tui.panes.going import AddUnder

BAR_CELLS = 10
PERCENT_A_CELL = 10


class CommitmentsPane(ComputedPane):
    """Commitments with the progress of their deliveries; a delivery is added from here."""

    HIDDEN = frozenset(("agreement", "unit", "due_text", "due_basis", "supervision", "supervisor", "level"))

    def field_named(self, name: str) -> Field:
        """The column's own field; what is a bar here is called otherwise."""
        field = super().field_named(name)
        return field._replace(label="Progress") if name == "percent" else field

    def usual_column(self, name: str) -> Column:
        """The progress is a bar with a number after it."""
        column = super().usual_column(name)
        return column._replace(width=BAR_CELLS + 7, align="left") if name == "percent" else column

    def cell_text(self, column: Column, found: Found) -> str:
        """A bar for the progress, where there is a quantity to measure it by."""
        percent = found.values.get("percent")
        if column.field != "percent" or not isinstance(found, Row) or not isinstance(percent, int | float):
            return super().cell_text(column, found)
        full = int(percent) // PERCENT_A_CELL
        return f"[{'█' * full}{'·' * (BAR_CELLS - full)}] {percent:g}%"

    def as_read(self, name: str, found: Found) -> str:
        """As of any view; the progress without its bar."""
        text = super().as_read(name, found)
        return f"{text}%" if text and name == "percent" else text

    def action_add(self) -> None:
        """Add a delivery of the commitment under the cursor."""
        self.parley.held(self.add_under_here())

    async def add_under_here(self) -> None:
        """Ask the screen for a new delivery, or say where commitments come from."""
        row = await self.row_here()
        if row is None:
            self.say(f"There is no commitment here; add one in {first_key('other_records')} Commitments.", wrong=True)
        else:
            self.post_message(AddUnder(Delivery, {"commitment": row.id}))

    def action_duplicate(self) -> None:
        """Begin a commitment like the one under the cursor, in the pane of commitments."""
        if self.grid.cursor_id:
            self.parley.held(duplicate(self, Commitment, self.grid.cursor_id))
        else:
            self.say("There is no commitment to duplicate.", wrong=True)

    def action_delete(self) -> None:
        """Delete the marked commitments, or this one."""
        self.parley.held(self.delete_targets())

    async def delete_targets(self) -> None:
        """Delete them, asking first where more goes than the eye sees."""
        ids = self.grid.targets()
        if not ids:
            self.say("There is no commitment to delete.", wrong=True)
        elif await delete(self, Commitment, ids):
            self.grid.marked = self.grid.marked - set(ids)
