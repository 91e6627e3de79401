"""A grid's columns at its present width and scroll, and its lines as strips."""

import textwrap
from collections.abc import Callable, Container, Sequence
from typing import Final

from textual.strip import Strip

from storage import Found, Glyphs, Sort
from tui.columns import Column
from tui.display import fit
from tui.widgets.grid_layout import Place, filled_by, first_showing, places, still_fixed
from tui.widgets.grid_lines import Look, RowState, header_pieces, row_pieces, strip, tagged

LINES_KEPT: Final = 512


class Drawing:
    """Draws what it is given; keeps the lines that it has drawn until something changes."""

    def __init__(
        self, columns: Sequence[Column], fixed: int, glyphs: Glyphs, cell_text: Callable[[Column, Found], str]
    ) -> None:
        self.columns = tuple(columns)
        self.glyphs = glyphs
        self._fixed = fixed
        self._first = fixed
        self._width = 0
        self._cell_text = cell_text
        self._places: tuple[Place, ...] | None = None
        self._lines: dict[tuple[int, RowState], Strip] = {}

    @property
    def places(self) -> tuple[Place, ...]:
        """Where each visible column stands."""
        if self._places is None:
            self._places = places(self.columns, self._fixed, self._first, self._width)
        return self._places

    def place_of(self, column: int) -> Place | None:
        """Where a column stands; None if it is scrolled out of sight."""
        return next((place for place in self.places if place.column == column), None)

    def place_at(self, x: int) -> Place | None:
        """The column that stands at a cell of the line; None for the gutter and the gaps."""
        return next((place for place in self.places if place.x <= x < place.x + place.width), None)

    def set_columns(self, columns: Sequence[Column]) -> None:
        """Draw other columns from now on."""
        self.columns = tuple(columns)
        self._places = None
        self.forget()

    def resize(self, width: int, column: int) -> None:
        """Draw at this width from now on, the column in sight."""
        if width != self._width:
            self._width = width
            self._places = None
            self.forget()
            self.scroll_to(column)

    def scroll_to(self, column: int) -> bool:
        """Scroll so that a column can be seen wholly; True if that took scrolling."""
        if not self._width:
            return False
        return self._scroll(first_showing(self.columns, self._fixed, self._first, column, self._width))

    def pan(self, step: int) -> bool:
        """Scroll by columns, wherever the cursor is; True if there was anything to scroll to."""
        fixed = still_fixed(self.columns, self._fixed, self._width)
        last = first_showing(self.columns, self._fixed, fixed, len(self.columns) - 1, self._width)
        return self._scroll(max(min(self._first + step, last), fixed))

    def forget(self, ids: Container[int] | None = None) -> None:
        """Draw the lines of these records anew, or every line."""
        self._lines = {key: line for key, line in self._lines.items() if key[0] not in ids} if ids is not None else {}

    def header(self, sort: Sequence[Sort], here: int | None, look: Look) -> Strip:
        """The line of the headings; `here` is the column of the cursor where that is to be seen."""
        are_cut = self.columns and (
            not self.places
            or self.places[-1].column < len(self.columns) - 1
            or self.places[-1].width < self._last_width
        )
        end, places = self.glyphs.more_right if are_cut else "", self.places
        if end and places:  # the last heading ends before the sign, so that its arrow and number are seen
            *others, last = places
            places = (*others, last._replace(width=min(last.width, self._width - len(end) - last.x)))
        pieces = header_pieces(self.columns, places, sort, here, self.glyphs, look)
        return strip(pieces, filled_by(places), self._width, look.header, end)

    def row(self, id: int, found: Found | None, state: RowState, needle: str, look: Look) -> Strip:
        """The line of a record; blank while the record is not read."""
        if (line := self._lines.get((id, state))) is None:
            if len(self._lines) > LINES_KEPT:
                self.forget()
            line = self._lines[(id, state)] = self._drawn(found, state, needle, look)
        return line

    def blank(self, look: Look) -> Strip:
        """A line with nothing on it."""
        return strip((), 0, self._width, look.row)

    def note(self, text: str, number: int, look: Look) -> Strip:
        """One of the lines that a sentence takes."""
        written = textwrap.wrap(text, max(self._width - 2, 1))
        if number >= len(written):
            return self.blank(look)
        piece = (f" {fit(written[number], self._width - 1)}", look.row + look.quiet)
        return strip([piece], max(self._width, 1), self._width, look.row)

    @property
    def _last_width(self) -> int:
        return self.columns[-1].width

    def _scroll(self, first: int) -> bool:
        moved = first != self._first
        if moved:
            self._first = first
            self._places = None
            self.forget()
        return moved

    def _drawn(self, found: Found | None, state: RowState, needle: str, look: Look) -> Strip:
        base = look.cursor_row if state.is_cursor else look.row
        texts = [self._text(found, place) for place in self.places]
        pieces = row_pieces(texts, self.places, state, needle, look)
        line = strip(pieces, filled_by(self.places), self._width, base)
        if not state.tag:
            return line
        pieces = tagged(((each.text, each.style or base) for each in line), state.tag, base, base + look.quiet)
        return strip(pieces, self._width, self._width, base)

    def _text(self, found: Found | None, place: Place) -> str:
        column = self.columns[place.column]
        text = self._cell_text(column, found) if found is not None else ""
        return fit(text, place.width, column.align)
