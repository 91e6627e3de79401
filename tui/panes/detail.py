"""One record whole: every field, everything that hangs off it, and its history."""

from array import array
from collections.abc import Mapping, Sequence
from textwrap import wrap
from typing import TYPE_CHECKING, ClassVar, Final

from textual.events import Resize

from storage import Evidence, Found, Kind, News, View
from tui.columns import Column
from tui.display import safe
from tui.keys import key_for
from tui.panes.clipboard_pane import ClipboardPane
from tui.panes.copied import Copied, cell_of
from tui.panes.deleting import delete
from tui.panes.going import AddUnder, EvidenceAsked, GoTo, ZoomLeft
from tui.panes.target import NoTarget, Target, asked_as
from tui.widgets.grid import Grid
from tui.widgets.grid_moves import MARKING

if TYPE_CHECKING:
    from tui.panes.record_lines import Line

LABEL, TEXT = "label", "text"
LABEL_WIDTH = 19
USUAL_WIDTH = 60

OF_LISTS: Final[Mapping[str, str]] = {
    "find": "{find} finds",
    "filter": "{filter} filters",
    "clear": "{clear} lifts filters",
    "sort": "{sort} sorts",
    "sort_also": "{sort_also} sorts",
    "hide": "{hide} hides a column",
    "narrower": "{narrower} narrows a column",
    "wider": "{wider} widens a column",
    "columns": "{columns} chooses columns",
    "named_views": "{named_views} names views",
    "export": "{export} exports",
}
"""What keys do where there are many records."""


class DetailPane(ClipboardPane):
    """The record that the cursor of the main pane is on, line by line."""

    REFUSED: ClassVar[Mapping[str, str]] = {
        **ClipboardPane.REFUSED,
        **{
            action: f"Detail shows one record; {does} in lists, such as {{view_demands}}."
            for action, does in OF_LISTS.items()
        },
        **dict.fromkeys(MARKING, "Lines of one record are not marked; a key acts on the line of the cursor."),
    }
    NOTHING_TO_COPY: ClassVar[str] = "This line holds no value; {copy} copies a field, or what hangs off the record."

    def __init__(self, id: str) -> None:
        super().__init__(id=id)
        self.record: tuple[Kind, int] | None = None
        self.lines: list[Line] = []
        self.unwrapped: list[Line] = []
        self.grid = Grid(
            _columns(USUAL_WIDTH), self.fetch, cell_text=lambda column, found: str(found.values[column.field])
        )
        self.grid.marks_rows = False
        self.grid.empty = "No record here. Choose one in another pane."
        self.border_title = safe(key_for("view_detail"))

    async def fetch(self, ids: Sequence[int]) -> list[Found]:
        """The lines as rows of a grid, counted from 1."""
        wanted = ((id, self.lines[id - 1]) for id in ids if id <= len(self.lines))
        return [Found(id, {LABEL: line.label, TEXT: line.text}) for id, line in wanted]

    async def show(self, kind: Kind, id: int) -> None:
        """Show this record, the cursor on its first field if it is another one than before."""
        from tui.panes.record_lines import lines_of  # here, since the first frame shows no record whole

        same = self.record == (kind, id)
        self.record = (kind, id)
        found = await self.read_record(kind, id) if id else None
        self.unwrapped = await lines_of(self.parley.live, kind, found) if found is not None else []
        called = next(iter(await self.parley.live.keys(kind.table, [id])), "")
        self.border_title = safe(f"{key_for('view_detail')}{f' · {kind.singular} {called}' if called else ''}")
        await self.wrap_lines(keep=same)

    async def wrap_lines(self, keep: bool = True) -> None:
        """Break long values into as many lines as the width asks for."""
        room = max(self.size.width - LABEL_WIDTH - 6, 20)
        self.grid.set_columns(_columns(room))
        self.lines = [part for line in self.unwrapped for part in _wrapped(line, room)]
        await self.grid.show(array("q", range(1, len(self.lines) + 1)), keep=keep)
        self.grid.move_to(self.grid.cursor_row, 1)

    def on_resize(self, event: Resize) -> None:
        """Break the lines anew."""
        super().on_resize(event)
        self.parley.held(self.wrap_lines())

    async def reread(self, news: News) -> None:
        """Everything may hang off the record, so every change is read."""
        if self.record is not None and news.tables():
            if not self.has_class("-current"):
                await self.parley.painted()  # first comes what was changed, where it was changed
            await self.show(*self.record)

    def line_here(self) -> "Line | None":
        """The line under the cursor."""
        row = self.grid.cursor_row
        return self.lines[row] if 0 <= row < len(self.lines) else None

    async def find_target(self) -> Target | None:
        """The field that the line shows."""
        line = self.line_here()
        if line is None or line.found is None or line.kind is None:
            raise NoTarget("There is nothing to edit on this line.")
        if line.field is None:
            return None
        return Target(line.kind, line.found, asked_as(line.kind, line.field), [line.found.id])

    async def move_on(self, step: int) -> bool:
        """The next line that shows another field."""
        here = self.line_here()
        row = self.grid.cursor_row + step
        while 0 <= row < len(self.lines) and (self.lines[row].field is None or self.lines[row].is_of(here)):
            row += step
        if not 0 <= row < len(self.lines):
            return False
        self.grid.move_to(row, 1)
        return True

    def action_edit_or_open(self) -> None:
        """Enter: edit the field, or go to the record that the line stands for."""
        line = self.line_here()
        if line is not None and line.hangs:
            self.action_go_to()
        else:
            self.action_edit()

    def action_go_to(self) -> None:
        """Go to the record that the line names."""
        line = self.line_here()
        if line is None or line.kind is None or line.found is None:
            self.say("This line names no record.", wrong=True)
        elif line.hangs:
            self.post_message(GoTo(line.kind, line.found.id))
        else:
            super().action_go_to()

    async def record_here(self) -> tuple[Kind, int] | None:
        """The record that the line stands for; in its own lines, the one that is shown."""
        line = self.line_here()
        if line is not None and line.hangs and line.kind is not None and line.found is not None:
            return line.kind, line.found.id
        return self.record

    async def to_copy(self) -> Copied | None:
        """The value of the field, all lines of it; of a record that hangs off this one, what its line says."""
        line = self.line_here()
        if line is None or line.kind is None or line.found is None or line.field is None:
            return None
        view = View(line.kind, ids=(line.found.id,))
        return Copied(view, line.read) if line.read is not None else cell_of(view, line.field)

    async def rows_to_copy(self) -> View | None:
        """All of the record that the line stands for, or that is shown; lines alone are no rows."""
        here = await self.record_here()
        return View(here[0], ids=(here[1],)) if here is not None else None

    # What hangs off the record

    def action_add(self) -> None:
        """Add another record of the kind under the cursor, with what it hangs off filled in."""
        line = self.line_here()
        if self.only_reads():
            return
        if line is None or line.adds is None or self.record is None:
            self.say(
                f"Go to what hangs off the record, or to its heading below; {key_for('add')} adds another there.",
                wrong=True,
            )
        elif line.adds.kind is Evidence:
            self.post_message(EvidenceAsked(*self.record))
        else:
            self.post_message(AddUnder(line.adds.kind, dict(line.adds.values)))

    def action_duplicate(self) -> None:
        """Begin a record like the one that the line stands for, in its own pane."""
        self.parley.held(self.duplicate_here())

    async def duplicate_here(self) -> None:
        """Duplicate what hangs off the record, or the record itself."""
        from tui.panes.drafting import duplicate

        if (here := await self.record_here()) is None:
            self.say("There is no record here.", wrong=True)
        else:
            await duplicate(self, *here)

    def action_delete(self) -> None:
        """Delete the record that the line stands for."""
        self.parley.held(self.delete_here())

    async def delete_here(self) -> None:
        """Delete what hangs off the record; the record itself is deleted in its own pane."""
        line = self.line_here()
        if line is None or not line.hangs or line.kind is None or line.found is None:
            self.say(
                f"{key_for('delete')} deletes what hangs off the record; the record itself is deleted in its own pane.",
                wrong=True,
            )
        else:
            await delete(self, line.kind, [line.found.id])

    def action_escape(self) -> None:
        """Leave the zoom."""
        self.post_message(ZoomLeft())


def _columns(room: int) -> list[Column]:
    return [Column(LABEL, "Field", LABEL_WIDTH), Column(TEXT, "Value", room)]


def _wrapped(line: "Line", room: int) -> "list[Line]":
    parts = [part for paragraph in line.text.split("\n") for part in (wrap(paragraph, room) or [""])]
    return [line._replace(label="" if number else line.label, text=part) for number, part in enumerate(parts)]
