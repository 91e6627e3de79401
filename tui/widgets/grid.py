"""A grid of any number of records: a cursor on one cell, marked rows, keys and mouse."""

from collections.abc import Callable, Sequence
from itertools import chain
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region
from textual.message import Message

from storage import SIGNS, Found, Glyphs, StorageError
from tui.columns import Column
from tui.widgets.grid_lines import RowState
from tui.widgets.grid_marks import Marks
from tui.widgets.grid_moves import GRID_KEYS, KEYS_BY_ACTION, MARKING, MOVES, At, GridKey, Move
from tui.widgets.grid_rows import Fetch
from tui.widgets.grid_screenful import HEADER_LINES, Screenful

__all__ = ["Fetch", "Grid"]


class Grid(Screenful, can_focus=True, inherit_bindings=False):
    """Rows under headings, with a cursor on one cell."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(key.keys, key.action, key.word, show=False, tooltip=key.says, id=key.action) for key in GRID_KEYS
    ]

    class Happening(Message):
        """Something that happened in a grid."""

        def __init__(self, grid: "Grid") -> None:
            super().__init__()
            self.grid = grid

        @property
        def control(self) -> "Grid":
            """The grid."""
            return self.grid

    class Moved(Happening):
        """The cursor is on another cell, or on another record; `id` is None without rows, DRAFT_ID on the draft."""

        def __init__(self, grid: "Grid", row: int, id: int | None) -> None:
            super().__init__(grid)
            self.row, self.id = row, id

        def can_replace(self, message: Message) -> bool:
            """True for a later one: of a burst of moves only the last matters."""
            return isinstance(message, Grid.Moved)

    class Opened(Happening):
        """A cell was clicked twice; `id` is DRAFT_ID on the draft."""

        def __init__(self, grid: "Grid", row: int, column: int, id: int) -> None:
            super().__init__(grid)
            self.row, self.column, self.id = row, column, id

    class HeaderClicked(Happening):
        """The heading of a column was clicked."""

        def __init__(self, grid: "Grid", field: str) -> None:
            super().__init__(grid)
            self.field = field

    class Unfinished(Happening):
        """A key needs rows that are not there yet; do it when they are."""

        def __init__(self, grid: "Grid", key: GridKey) -> None:
            super().__init__(grid)
            self.key = key

    class Marked(Happening):
        """Other rows are marked than before."""

    class Unread(Happening):
        """Rows that came into sight can't be read."""

        def __init__(self, grid: "Grid", error: StorageError) -> None:
            super().__init__(grid)
            self.error = error

    def __init__(
        self,
        columns: Sequence[Column],
        fetch: Fetch,
        *,
        fixed: int = 1,
        cell_text: Callable[[Column, Found], str] | None = None,
        glyphs: Glyphs = SIGNS,
        id: str | None = None,
    ) -> None:
        super().__init__(columns, fetch, fixed=fixed, cell_text=cell_text, glyphs=glyphs, id=id)
        self._marks = Marks()
        self._announced: tuple[int, int, int | None] | None = None
        self._keys: dict[str, GridKey] | None = None
        self.marks_rows = True
        """False where the rows are no records that a key could act on together."""
        self.still = False
        """True while a click does nothing, because a cell is being edited."""

    # The cursor

    def move_to(self, row: int, column: int) -> None:
        """Put the cursor on a cell, the nearest there is, and scroll to it."""
        self.cursor_row = row
        self.cursor_column = column

    def return_to(self, column: int) -> None:
        """Put the cursor in a column, with no more columns scrolled away than that takes."""
        self.cursor_column = column
        if self._drawing.pan(-len(self.columns)):
            self._drawing.scroll_to(column)
            self.redraw()

    def goto_id(self, id: int) -> bool:
        """Put the cursor on the row of this record; False if it is not shown."""
        try:
            self.cursor_row = self._ids.index(id)
        except ValueError:
            return False
        return True

    def cell_region(self, row: int, column: int) -> Region:
        """Where the cell is in the content of the grid, after scrolling so that it can be seen."""
        self._keep_row_in_view(row)
        if self._drawing.scroll_to(column):
            self.redraw()
        y = row - self._top + HEADER_LINES
        place = self._drawing.place_of(column)
        return Region(place.x, y, place.width, 1) if place else Region(0, y, 0, 1)

    # Marks

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """As of any widget; None for what would mark where nothing is marked."""
        if not self.marks_rows and action in MARKING:
            return None
        return super().check_action(action, parameters)

    @property
    def marked(self) -> set[int]:
        """The ids of the marked records; set another set to change them."""
        return self._marks.ids

    @marked.setter
    def marked(self, ids: set[int]) -> None:
        self._marks.ids = ids
        self._marks_changed()

    def targets(self) -> list[int]:
        """The ids that a verb acts on: the marked rows in their order, else the row of the cursor."""
        marked = [id for id in self._ids if id in self._marks.ids] if self._marks.ids else []
        return marked or ([self.cursor_id] if self.cursor_id else [])

    def goto_marked(self) -> None:
        """Put the cursor on a marked row, unless it is on one or on the draft: the next one above, else below."""
        marked = self._marks.ids
        if marked and self.cursor_id and self.cursor_id not in marked:
            rows = chain(range(self.cursor_row - 1, -1, -1), range(self.cursor_row + 1, len(self._ids)))
            self.cursor_row = next((row for row in rows if self._ids[row] in marked), self.cursor_row)

    def action_mark(self) -> None:
        """Mark the row, or take its mark away, and go to the next."""
        if self.cursor_id:
            self._marks.toggle(self.cursor_id)
            self._marks_changed()
            self.cursor_row += 1

    def action_mark_range(self) -> None:
        """Begin a range at this row, or mark every row from there to here."""
        self._marks.begin_or_end(self.cursor_row, self._ids)
        self._marks_changed()

    def action_mark_all(self) -> None:
        """Mark all rows; none, if all are marked."""
        self._marks.all_or_none(self._ids)
        self._marks_changed()

    # Keys and mouse

    def moves_itself(self, key: str) -> bool:
        """True for a key that the grid handles in its own turn, so that nobody need wait for it."""
        bound = self._bound().get(key)
        return bound is not None and not self.unfinished  # until then a key may have to wait, and the others behind it

    def lacks_rows_for(self, key: GridKey) -> bool:
        """True when the key leads to a row that is not there yet, or needs all of them."""
        if not self.unfinished or key.needs_every_row:
            return self.unfinished
        row = MOVES[key.move](self._at)[0] if key.move else self.cursor_row + (key.action == "mark")
        return row >= len(self._ids)

    def hears(self, key: str) -> bool:
        """True for a key that means something to the grid itself."""
        return key in self._bound() or (key == "escape" and self._marks.anchor is not None)

    def on_key(self, event: events.Key) -> None:
        """Move and mark at once: a held key never waits in the queue of the app."""
        if not self.hears(event.key):
            return
        event.stop()
        bound = self._bound().get(event.key)
        if bound is None:
            self._marks.anchor = None
            self._marks_changed()
        elif self.lacks_rows_for(bound):
            self.post_message(self.Unfinished(self, bound))
        else:
            self.do(bound)
        event.prevent_default()

    def action_move(self, where: Move) -> None:
        """Move the cursor."""
        self.move_to(*MOVES[where](self._at))
        if where == "first_column":  # which stands still, and so brings back none of those that have scrolled away
            self.return_to(self.cursor_column)

    @property
    def _at(self) -> At:
        return At(self.cursor_row, self.cursor_column, max(self._page, 1), self.row_count)

    def on_click(self, event: events.Click) -> None:
        """Put the cursor on the cell, open it on a double click, tell of a clicked heading."""
        offset = event.get_content_offset(self)
        if offset is None or self.still:
            return
        place = self._drawing.place_at(offset.x)
        if offset.y < HEADER_LINES:
            if place is not None:
                self.post_message(self.HeaderClicked(self, self.columns[place.column].field))
        elif (row := self._top + offset.y - HEADER_LINES) < self.row_count:
            self.move_to(row, place.column if place else self.cursor_column)
            if event.chain == 2 and self.cursor_id is not None:
                self.post_message(self.Opened(self, self.cursor_row, self.cursor_column, self.cursor_id))

    def on_mouse_scroll_right(self) -> None:
        """Scroll by a column; the cursor stays."""
        self._pan(1)

    def on_mouse_scroll_left(self) -> None:
        """Scroll back by a column; the cursor stays."""
        self._pan(-1)

    def watch_has_focus(self, _has_focus: bool) -> None:
        """Other keys work now. No rule asks whether a grid has the focus, so nothing is styled anew."""
        self._keys = None

    def watch_cursor_row(self, before: int, row: int) -> None:
        """Draw what the move changed: two rows, or all those of a range that follows the cursor."""
        super().watch_cursor_row(before, row)
        if self._marks.anchor is not None:
            self.refresh()

    def _cursor_may_differ(self) -> None:
        here = (self.cursor_row, self.cursor_column, self.cursor_id)
        if here != self._announced:
            self._announced = here
            self.post_message(self.Moved(self, self.cursor_row, self.cursor_id))

    def _reading_failed(self, error: StorageError) -> None:
        self.post_message(self.Unread(self, error))

    def _rows_changed(self, row: int, top: int) -> None:
        self._marks.anchor = None  # it is the number of a row, which may be another record now
        super()._rows_changed(row, top)

    def _state(self, row: int, id: int) -> RowState:
        state = super()._state(row, id)
        if id and id in self._marks.ids:
            return state._replace(gutter=self._glyphs.marked, is_marked=True)
        if id and self._marks.is_in_range(row, self.cursor_row):
            return state._replace(gutter=self._glyphs.marking, is_marked=True)
        return state

    def _marks_changed(self) -> None:
        self.refresh()
        self.post_message(self.Marked(self))

    def _bound(self) -> dict[str, GridKey]:
        """What each key does here as the live bindings have it; asked once while the focus stays."""
        if self._keys is None:
            live = self.screen.active_bindings
            ours = {
                key: active.binding.action for key, active in live.items() if active.node is self and active.enabled
            }
            self._keys = {key: KEYS_BY_ACTION[action] for key, action in ours.items() if action in KEYS_BY_ACTION}
        return self._keys

    def do(self, key: GridKey) -> None:
        """Move or mark as a key says."""
        if key.move:
            self.action_move(key.move)
        elif key.action == "mark_all":
            self.action_mark_all()
        elif key.action == "mark_range":
            self.action_mark_range()
        else:
            self.action_mark()

    def _pan(self, step: int) -> None:
        if self._drawing.pan(step):
            self.redraw()
