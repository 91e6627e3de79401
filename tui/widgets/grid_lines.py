"""The lines of a grid as strips: every line whole, exactly as wide as the grid."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip
from textual.widget import Widget

from storage import Glyphs, Sort
from tui.columns import Column
from tui.display import fit, hits
from tui.widgets.grid_layout import GAP, Place

Piece = tuple[str, Style]

BETWEEN: Final = " " * GAP
"""What stands between two cells; after the last one there may be no room for it."""

NOT_SAVED: Final = "not saved"
"""What stands in the row of a draft, and around its pane."""


class Look(NamedTuple):
    """The styles that lines are drawn in."""

    row: Style
    marked: Style
    cursor_row: Style
    cursor: Style
    header: Style
    header_here: Style
    hit: Style
    quiet: Style


def look_of(widget: Widget) -> Look:
    """The styles of a widget's parts that its stylesheet names `grid--...`."""
    part = widget.get_component_rich_style
    header = _tinted(widget, "grid--header")
    return Look(
        row=widget.rich_style,
        marked=Style(bold=True),
        cursor_row=_tinted(widget, "grid--cursor-row"),
        cursor=part("grid--cursor", partial=True),
        header=header,
        header_here=header + Style(underline=True),
        hit=part("grid--hit", partial=True),
        quiet=part("grid--quiet", partial=True),
    )


def _tinted(widget: Widget, name: str) -> Style:
    """The style of a part with a background of its own; the colours of the rows, where the terminal has its own."""
    style = widget.get_component_rich_style(name)
    has_its_own = style.bgcolor is not None and style.bgcolor.is_default
    return widget.rich_style + Style(bold=style.bold) if has_its_own else style


class RowState(NamedTuple):
    """What a row shows besides its text."""

    gutter: str
    is_cursor: bool = False
    is_marked: bool = False
    cursor_column: int | None = None
    """The column of the cursor, where it is to be seen."""
    tag: str = ""
    """Words at the right end, where there is room."""


def row_pieces(texts: Iterable[str], places: Sequence[Place], state: RowState, needle: str, look: Look) -> list[Piece]:
    """The pieces of a row: gutter, cells and the gaps between them."""
    base = _base(state, look)
    gutter = base + look.cursor if state.is_cursor and state.is_marked else base
    if not needle and state.cursor_column is None and gutter is base:
        return [(state.gutter + BETWEEN.join(texts), base)]  # as most rows are, told apart by nothing
    pieces: list[Piece] = [(state.gutter, gutter)]
    for number, (text, place) in enumerate(zip(texts, places, strict=True)):
        if number:
            pieces.append((BETWEEN, base))
        style = base + look.cursor if place.column == state.cursor_column else base
        if needle and (found := hits(text, needle)):
            pieces.extend(_with_hits(text, style, found, look.hit))
        else:
            pieces.append((text, style))
    return pieces


def header_pieces(
    columns: Sequence[Column],
    places: Sequence[Place],
    sort: Sequence[Sort],
    here: int | None,
    glyphs: Glyphs,
    look: Look,
) -> list[Piece]:
    """The pieces of the heading: labels, and arrows where the rows are sorted by a column."""
    pieces: list[Piece] = [(_before(places, glyphs), look.header)]
    for number, place in enumerate(places):
        if number:
            pieces.append((BETWEEN, look.header))
        column = columns[place.column]
        arrow = _arrow(column.field, sort, glyphs)
        label = set_cell_size(column.label, max(place.width - len(arrow), 0)).rstrip() + arrow
        pieces.append(
            (fit(label, place.width, column.align), look.header_here if place.column == here else look.header)
        )
    return pieces


def strip(pieces: Iterable[Piece], filled: int, width: int, rest: Style, end: str = "") -> Strip:
    """The pieces, which take so many cells, as one line of exactly this width, ending in `end`."""
    segments = [Segment(text, style) for text, style in _merged(pieces)]
    line = Strip(segments, filled).adjust_cell_length(width - cell_len(end), rest)
    return Strip([*line, Segment(end, rest)], width) if end else line


def tagged(pieces: Iterable[Piece], tag: str, base: Style, style: Style) -> list[Piece]:
    """The pieces with words in the last stretch of blanks that has room for them, if there is one."""
    merged = list(_merged(pieces))
    stretch = " " * (len(tag) + 2)
    for number, (text, each) in reversed(list(enumerate(merged))):
        at = text.rfind(stretch)
        if at >= 0 and each == base:
            before, after = text[: at + 1], text[at + 1 + len(tag) :]
            return [*merged[:number], (before, base), (tag, style), (after, base), *merged[number + 1 :]]
    return merged


def _base(state: RowState, look: Look) -> Style:
    base = look.cursor_row if state.is_cursor else look.row
    return base + look.marked if state.is_marked else base


def _with_hits(text: str, style: Style, found: Iterable[tuple[int, int]], hit: Style) -> Iterator[Piece]:
    done = 0
    for begin, end in found:
        yield text[done:begin], style
        yield text[begin:end], style + hit
        done = end
    yield text[done:], style


def _before(places: Sequence[Place], glyphs: Glyphs) -> str:
    """The sign in the gutter that columns are left out between the fixed ones and the next."""
    numbers = [place.column for place in places]
    return " " if numbers == list(range(len(numbers))) else glyphs.more_left


def _arrow(field: str, sort: Sequence[Sort], glyphs: Glyphs) -> str:
    for number, key in enumerate(sort, 1):
        if key.field == field:
            arrow = glyphs.descending if key.descending else glyphs.ascending
            return f"{arrow}{number}" if len(sort) > 1 else arrow
    return ""


def _merged(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Neighbours of one style as one piece, so that the terminal gets fewer codes."""
    together, style = "", None
    for text, each in pieces:
        if each is not style and each != style:
            if together and style is not None:
                yield together, style
            together, style = "", each
        together += text
    if together and style is not None:
        yield together, style
