"""What a grid shows of its records: their ids are held, only the rows on the screen are read and drawn."""

from array import array
from collections.abc import Awaitable, Callable, Sequence
from typing import ClassVar, Final

from textual.geometry import Region, Size
from textual.reactive import Reactive, reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.timer import Timer

from storage import Found, Glyphs, Sort, StorageError
from tui.columns import DRAFT_ID, Column
from tui.columns import cell_text as text_of
from tui.widgets.grid_drawing import Drawing
from tui.widgets.grid_lines import NOT_SAVED, Look, RowState, look_of
from tui.widgets.grid_rows import MARGIN, Fetch, Find, Rows, row_among, window

HEADER_LINES: Final = 1
READ_AHEAD: Final = 32
"""With fewer rows read than this beyond the screen, more are read."""
AHEAD_SECONDS: Final = 0.05
"""What is not in sight is read so much later, since reading beside it makes the painting slow."""
READING: Final = "rows"
"""The group of the worker that reads ahead."""


class Screenful(ScrollView, inherit_bindings=False):
    """Rows under headings, as many as fit, out of any number; scrolls, and knows nothing of keys."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "grid--cursor",
        "grid--cursor-row",
        "grid--header",
        "grid--hit",
        "grid--quiet",
    }
    DEFAULT_CSS = """
    Screenful { overflow-x: hidden; overflow-y: auto; scrollbar-size-vertical: 1; color: $foreground; }
    Screenful > .grid--cursor { text-style: reverse; }
    Screenful > .grid--cursor-row { background: $foreground 12%; color: auto; }
    Screenful > .grid--header { text-style: bold; background: $foreground 6%; color: auto; }
    Screenful > .grid--hit { text-style: bold underline; }
    Screenful > .grid--quiet { text-style: italic; }
    """

    virtual_size: Reactive[Size] = Reactive(Size(0, 0))
    """As of any ScrollView; but that there are more rows moves nothing on the screen, so nothing is laid out anew."""
    cursor_row: reactive[int] = reactive(0, repaint=False, init=False)
    cursor_column: reactive[int] = reactive(0, repaint=False, init=False)
    needle: reactive[str] = reactive("", repaint=False, init=False)
    """What the search looks for; marked wherever it stands in the rows shown."""
    sort: reactive[tuple[Sort, ...]] = reactive((), init=False)
    draft: reactive[Found | None] = reactive(None, repaint=False, init=False)
    """A record that is not saved yet, shown in a row after the last."""
    empty: reactive[str] = reactive("")
    """What is said in place of rows when there are none."""

    def __init__(
        self,
        columns: Sequence[Column],
        fetch: Fetch,
        *,
        fixed: int,
        cell_text: Callable[[Column, Found], str] | None,
        glyphs: Glyphs,
        id: str | None,
    ) -> None:
        super().__init__(id=id)
        self._fetch = fetch
        self._glyphs = glyphs
        self._drawing = Drawing(
            columns, fixed, glyphs, cell_text or (lambda column, found: text_of(column, found, glyphs))
        )
        self._ids: array[int] = array("q")
        self._rows = Rows()
        self.unfinished = False
        """True while only the first ids are there and the rest is on its way."""
        self._shows = 0
        """How often other rows were to be shown; only those of the last time are."""
        self._questions = 0
        """How often values were asked for anew or came with other rows; an answer to an earlier question is dropped."""
        self._reading_is_due = False
        self._ahead: Timer | None = None
        self._look: Look | None = None

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns in their order."""
        return self._drawing.columns

    @property
    def ids(self) -> "array[int]":
        """The ids of all rows in their order, the draft left out."""
        return self._ids

    @property
    def row_count(self) -> int:
        """How many rows there are, the draft included."""
        return len(self._ids) + (self.draft is not None)

    @property
    def shown_width(self) -> int:
        """How many cells a line has, those of the scrollbar left out."""
        return self.size.width - self.scrollbar_gutter.right

    @property
    def cursor_id(self) -> int | None:
        """The id of the record under the cursor, or of the draft; None without rows."""
        if self.cursor_row < len(self._ids):
            return self._ids[self.cursor_row]
        return None if self.draft is None else DRAFT_ID

    @property
    def cursor_field(self) -> str | None:
        """The field under the cursor; None without columns."""
        return self.columns[self.cursor_column].field if self.columns else None

    @property
    def cursor_found(self) -> Found | None:
        """The record under the cursor; None without rows and while it is not read."""
        return self._found(self.cursor_row)

    async def read_cursor(self) -> Found | None:
        """The record under the cursor, waited for if need be; None without rows or if it is gone."""
        id = self.cursor_id
        if not id or self.cursor_found is not None:
            return self.cursor_found
        return next(iter(await self._fetch([id])), None)

    def set_columns(self, columns: Sequence[Column]) -> None:
        """Show other columns; the cursor stays on its field if that is still among them."""
        field = self.cursor_field
        self._drawing.set_columns(columns)
        names = [column.field for column in columns]
        column = names.index(field) if field in names else self.validate_cursor_column(self.cursor_column)
        self.set_reactive(Screenful.cursor_column, column)
        self._drawing.scroll_to(column)
        self.redraw()
        self._cursor_may_differ()

    async def begin(self, find: Find, most: int = 0) -> None:
        """Show what is found from its beginning; by itself a row more than are seen, for the sake of the scrollbar."""
        question, seen = self._questions, self._page or MARGIN
        ids, found = await find(most or seen + 1, seen)
        read = found if question == self._questions else ()
        await self.show(ids, keep=False, read=read, unfinished=len(ids) == (most or seen + 1))

    async def show(
        self, ids: "array[int]", *, keep: bool = True, read: Sequence[Found] = (), unfinished: bool = False
    ) -> None:
        """Show these records; the cursor stays on its record if that is among them, else on its row.

        After it the rows on the screen are read, if `read` does not hold them, and drawn. A later call wins over one
        that still reads.
        """
        self._shows += 1
        show, question = self._shows, -1
        while question != self._questions:  # at first, and when the values were to be read again meanwhile
            question = self._questions
            in_sight = self._in_sight(ids, self._placed_in(ids, keep)[1])
            found, read = read if [each.id for each in read] == in_sight else await self._fetch(in_sight), ()
            if show != self._shows:
                return
        self._questions += 1
        row, top = self._placed_in(ids, keep)  # asked again: the cursor may have moved meanwhile
        self._ids, self.unfinished = ids, unfinished
        self._rows.replace(in_sight, found)
        self._rows_changed(row, top)

    async def show_rest(self, ids: "array[int]", *, unfinished: bool = False) -> None:
        """Show these records, of which the first are shown already; where they are, nothing is read or drawn again."""
        if self.draft is not None or ids[: len(self._ids)] != self._ids:
            await self.show(ids, unfinished=unfinished)
            return
        self._ids, self.unfinished = ids, unfinished
        self._tell_how_many()
        self._read_when_due()

    async def reread(self) -> None:
        """Read the values of the rows on the screen again, and draw those that differ."""
        self._questions += 1
        question = self._questions
        in_sight = self._in_sight(self._ids, self._top)
        found = await self._fetch(in_sight)
        if question == self._questions:
            differing = self._rows.replace(in_sight, found)
            self._drawing.forget(differing)
            self._refresh_rows(*(row for row in self._rows_in_sight() if self._ids[row] in differing))
            self._read_when_due()

    def redraw(self) -> None:
        """Draw every line anew."""
        self._drawing.forget()
        self.refresh()

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines as they are; a grid has nothing around it, and to see to that takes longer than to draw them."""
        width = self.shown_width
        self._drawing.resize(width, self.cursor_column)
        lines = [self.render_line(y) for y in crop.line_range]
        if filters := self.get_line_filters():
            background = self.background_colors[1]
            for each in filters:
                lines = [line.apply_filter(each, background) for line in lines]
        whole = crop.column_span == (0, width)
        return lines if whole else [line.crop(*crop.column_span) for line in lines]

    def render_line(self, y: int) -> Strip:
        """One line of the screen: the heading, a row, the draft, or what is said when there are none."""
        look = self._look = self._look or look_of(self)
        if y < HEADER_LINES:
            return self._drawing.header(self.sort, self.cursor_column if self.has_focus else None, look)
        row = self._top + y - HEADER_LINES
        if row < self.row_count:
            id = self._ids[row] if row < len(self._ids) else DRAFT_ID
            return self._drawing.row(id, self._found(row), self._state(row, id), self.needle, look)
        if not self.row_count:
            return self._drawing.note(self.empty, y - HEADER_LINES, look)
        return self._drawing.blank(look)

    def notify_style_update(self) -> None:
        """Draw in the colours of another theme."""
        super().notify_style_update()
        self._look = None
        self._drawing.forget()

    def validate_cursor_row(self, row: int) -> int:
        """Keep the cursor on a row."""
        return max(min(row, self.row_count - 1), 0)

    def validate_cursor_column(self, column: int) -> int:
        """Keep the cursor on a column."""
        return max(min(column, len(self.columns) - 1), 0)

    def watch_cursor_row(self, before: int, row: int) -> None:
        """Draw the row that the cursor left and the one that it came to."""
        if not self._keep_row_in_view(row):
            self._refresh_rows(before, row)
        self._cursor_may_differ()

    def watch_cursor_column(self) -> None:
        """Scroll so that the column is wholly visible."""
        if self._drawing.scroll_to(self.cursor_column):
            self.redraw()
        else:
            self._refresh_rows(self.cursor_row)
            self.refresh_line(self._top)  # the heading
        self._cursor_may_differ()

    def watch_draft(self) -> None:
        """Make room for the draft, or close the gap that it leaves."""
        self._drawing.forget()
        self._rows_changed(self.validate_cursor_row(self.cursor_row), self._top)

    def watch_needle(self) -> None:
        """Mark what is looked for now."""
        self.redraw()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Read the rows that come into sight."""
        super().watch_scroll_y(old_value, new_value)
        self._read_when_due()

    def on_resize(self) -> None:
        """Keep the cursor in sight, and read the rows that came into it."""
        self._drawing.resize(self.shown_width, self.cursor_column)
        self._keep_row_in_view(self.cursor_row)
        self._read_when_due()

    def watch_show_vertical_scrollbar(self) -> None:
        """Draw every line as wide as the scrollbar leaves it."""
        self._drawing.resize(self.shown_width, self.cursor_column)
        self.redraw()

    def watch_virtual_size(self, size: Size) -> None:
        """Give the scrollbar its length, which a layout does for other widgets."""
        self._scroll_update(size)

    def _size_updated(self, size: Size, virtual_size: Size, container_size: Size, layout: bool = True) -> bool:
        """Called by each layout; where the grid keeps its size, its scrollbar need not be drawn anew."""
        return size != self._size and super()._size_updated(size, virtual_size, container_size, layout)

    # For the cursor and the marks of a whole grid

    def _cursor_may_differ(self) -> None:
        """Called when the cursor may be on another cell or another record."""

    def _reading_failed(self, error: StorageError) -> None:
        """Called when rows that came into sight can't be read; they stay blank until they are asked for again."""

    def _state(self, row: int, id: int) -> RowState:
        """What a row shows besides its text."""
        is_cursor = row == self.cursor_row
        column = self.cursor_column if is_cursor and self.has_focus else None
        if id == DRAFT_ID:
            return RowState(self._glyphs.unsaved, is_cursor, False, column, f"{self._glyphs.unsaved} {NOT_SAVED}")
        return RowState(self._glyphs.here if is_cursor else " ", is_cursor, False, column)

    def _rows_changed(self, row: int, top: int) -> None:
        """Take the cursor and the scroll to where they belong among other rows than before."""
        self._tell_how_many()
        self.set_reactive(Screenful.cursor_row, self.validate_cursor_row(row))
        self._scroll_to_row(top)
        self._keep_row_in_view(self.cursor_row)
        self.redraw()
        self._cursor_may_differ()
        self._read_when_due()

    def _tell_how_many(self) -> None:
        """Give the scrollbar its length; with the rest on its way no less than it was, since it would jump twice."""
        least = self.virtual_size.height if self.unfinished else 0
        self.virtual_size = Size(0, max(self.row_count + HEADER_LINES, least))

    # Where things are

    @property
    def _top(self) -> int:
        return self.scroll_offset.y

    @property
    def _page(self) -> int:
        """How many rows the screen holds; 0 before it is known."""
        return max(self.size.height - HEADER_LINES, 0)

    def _found(self, row: int) -> Found | None:
        return self._rows.get(self._ids[row]) if row < len(self._ids) else self.draft

    def _placed_in(self, ids: "array[int]", keep: bool) -> tuple[int, int]:
        """The row of the cursor and the first visible row, if these ids were shown."""
        if not keep:
            return 0, 0
        row = row_among(ids, self.cursor_id, self.cursor_row)
        top = self._top + row - self.cursor_row
        highest = max(row - max(self._page, 1) + 1, 0)
        return row, max(min(top, row, len(ids) + (self.draft is not None) - self._page), highest)

    def _keep_row_in_view(self, row: int) -> bool:
        """Scroll no further than needed; True if that changed what is in view."""
        return self._scroll_to_row(min(max(self._top, row - max(self._page, 1) + 1), row))

    def _scroll_to_row(self, top: int) -> bool:
        before = self._top
        if self.scroll_y == self.scroll_target_y:
            self.scroll_target_y = self.scroll_y = top  # what scroll_to() comes to, at half its cost for a held key
        else:
            self.scroll_to(y=top, animate=False, force=True, immediate=True)  # ends the gliding that a mouse began
        return self._top != before

    def _refresh_rows(self, *rows: int) -> None:
        for row in rows:
            self.refresh_line(row + HEADER_LINES)

    # Reading

    def _rows_in_sight(self) -> range:
        return window(self._top, self._page, len(self._ids), 0)

    def _in_sight(self, ids: "array[int]", top: int) -> list[int]:
        """The ids on the screen; as many as any has room for before its size is known."""
        return self._near(ids, top, 0 if self._page else MARGIN)

    def _near(self, ids: "array[int]", top: int, margin: int = MARGIN) -> list[int]:
        return [ids[row] for row in window(top, self._page, len(ids), margin)]

    def _read_when_due(self) -> None:
        """Read rows that came into sight at once, those around them a little later; a burst of moves asks once."""
        if self._rows.unread(self._in_sight(self._ids, self._top)):
            if not self._reading_is_due:
                self._reading_is_due = True
                self.call_later(self._start_reading)
        elif self._ahead is None and self._rows.unread(self._near(self._ids, self._top, READ_AHEAD)):
            self._ahead = self.set_timer(AHEAD_SECONDS, self._start_reading)

    def _start_reading(self) -> None:
        self._reading_is_due = False
        if self._ahead is not None:
            self._ahead.stop()
            self._ahead = None
        reading: Callable[[], Awaitable[None]] = self._read  # not begun here: it may be cancelled before it begins
        self.run_worker(reading, group=READING, exclusive=True)

    async def _read(self) -> None:
        question = self._questions
        near = self._near(self._ids, self._top)
        unread = self._rows.unread(near)
        try:
            found = await self._fetch(unread) if unread else []
        except StorageError as error:
            self._reading_failed(error)
            return
        if question == self._questions:
            self._rows.keep(unread, found, near)
            self._drawing.forget(unread)
            self._refresh_rows(*(row for row in self._rows_in_sight() if self._ids[row] in unread))
