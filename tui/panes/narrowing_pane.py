"""A pane whose rows are found, filtered, sorted, marked, copied and exported, whatever they are rows of."""

import string
from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING

from textual.reactive import reactive

from storage import Condition, Counted, Field, Question, Sort, Stopped, Value, View
from tui.columns import Column
from tui.memory import Kept, ViewLook
from tui.panes.going import CursorAt, ScopeLifted, ZoomLeft
from tui.panes.reading_pane import COUNTS, ReadingPane
from tui.panes.scope import Scope
from tui.widgets.grid import Grid

if TYPE_CHECKING:
    from tui.panes.finding_line import FindingLine

LEAST_COLUMN, MOST_COLUMN = 3, 120

SHOWN, MARKED, ALL = "view", "marked", "everything"
"""What can be exported: the rows on screen, the marked ones of them, all there are."""

TYPED_ON = frozenset(string.ascii_letters + string.digits) | {"backspace", "space", "delete"}
"""The keys that make a running search pointless."""


class NarrowingPane(ReadingPane):
    """Everything that a user does to what a pane shows, and nothing that changes a record."""

    scope: reactive[Scope] = reactive(Scope(), init=False)

    called: str
    """What the rows are called together: Demands, Matrix."""

    def __init__(self, id: str) -> None:
        super().__init__(id=id)
        self.total = 0
        """How many rows there are without search and filters."""
        self.picked: dict[str, str] = {}
        """What the values of filters are called, by `field=value`."""
        self.remembered = ViewLook()
        """How the user left the pane of this name when something of it was last changed."""
        self.widths: dict[str, int] = {}
        """The columns that the user made wider or narrower, with their widths in cells."""
        self.fitted: dict[str, int] = {}
        """The columns that need more room than usual, with their widths in cells."""
        self.finding: FindingLine | None = None
        """The line in which a search is typed; made for the first one, since every widget costs a part of the start."""

    def on_mount(self) -> None:
        """Look as the user left the pane of this name."""
        remembered = self.parley.memory.kept.views.get(self.id or "")
        if remembered is not None:
            self.recall(remembered)

    def recall(self, remembered: ViewLook) -> None:
        """Take over how the user left it; what is no longer there is passed over."""
        self.remembered = remembered
        self.widths = {name: _bounded(width) for name, width in remembered.widths}

    @property
    def look(self) -> ViewLook:
        """How the pane looks now."""
        shown = self.chosen.columns
        hidden = tuple(name for name in self.labels() if name not in shown)
        return ViewLook(shown, hidden, tuple(self.widths.items()), self.chosen.sort)

    def remember(self) -> None:
        """Let panes of this name look so from now on, in this dossier and others, which may hold other columns."""
        known, look, before = self.labels(), self.look, self.remembered
        self.remembered = look._replace(
            shown=(*look.shown, *(name for name in before.shown if name not in known)),
            hidden=(*look.hidden, *(name for name in before.hidden if name not in known)),
        )
        self.parley.memory.keep(Kept(views={self.id or "": self.remembered}))

    @property
    def typing(self) -> bool:
        """As of any pane; a search is typed as well."""
        return super().typing or (self.finding is not None and bool(self.finding.display))

    @property
    def view(self) -> View | Question:
        """What is on screen: exactly this is what an export writes."""
        raise NotImplementedError

    @property
    def exports(self) -> Mapping[str, tuple[str, View | Question]]:
        """What can be exported from here, by name: how a dialog calls it, and the question."""
        raise NotImplementedError

    def field_named(self, name: str) -> Field:
        """The field behind a column."""
        raise NotImplementedError

    def usual_column(self, name: str) -> Column:
        """The column of a field, as wide as it is at first."""
        raise NotImplementedError

    def labels(self) -> Mapping[str, str]:
        """The heading of every column that there could be, in their usual order."""
        raise NotImplementedError

    async def counted(self, field: Field, others: tuple[Condition, ...]) -> list[Counted]:
        """What the column holds where only the other filters apply."""
        raise NotImplementedError

    async def watch_scope(self, before: Scope, scope: Scope) -> None:
        """Another party or round: read again before the next key; out of sight, when it comes back."""
        if not self.is_mounted:
            return
        if self.display:
            self.parley.held(self.follow_scope(before, scope))
        else:
            self.missed = True

    async def follow_scope(self, _before: Scope, _scope: Scope) -> None:
        """Show what the scope asks for now."""
        await self.load()

    # Narrowing and order

    def action_find(self) -> None:
        """Open the line in which the search is typed."""
        self.say("")
        self.parley.held(self.open_finding())

    async def open_finding(self) -> None:
        """Show the line with the search so far, made first if need be."""
        if self.finding is None:
            from tui.panes.finding_line import FindingLine

            self.finding = FindingLine(self.look_for)
            await self.mount(self.finding)
        self.finding.open(self.chosen.search)

    def look_for(self, text: str) -> None:
        """Search for what is typed so far; the next letter need not wait for it."""
        self.chosen = self.chosen._replace(search=text)
        found = self.parley.at_once(self.load(keep=False))
        self.parley.held(found, superseded_by=TYPED_ON)

    def on_finding_line_closed(self, event: "FindingLine.Closed") -> None:
        """Keep the search, or lift it, and give the keys back to the grid."""
        event.stop()
        self.screen.set_focus(self.grid)
        if not event.keep:
            self.chosen = self.chosen._replace(search="")
            self.parley.held(self.load())

    def action_filter(self) -> None:
        """Choose among the values that the column holds."""
        if (field := self._field_here()) is not None:
            self.parley.held(self.filter_by(field))

    async def filter_by(self, field: Field) -> None:
        """Ask which values of the column to show, and show those."""
        from tui.screens.filter import Filter

        others = tuple(each for each in self.chosen.where if each.field != field.name)
        now = tuple(each for each in self.chosen.where if each.field == field.name)
        try:
            with self.parley.reading_long(self.say, partial(self.parley.live.stop, COUNTS)):
                counted = await self.counted(field, others)
        except Stopped:
            return
        answer = await self.parley.ask(Filter(field, counted, now))
        if answer is not None:
            self.picked |= {f"{field.name}={each.value}": each.shown for each in counted}
            self.chosen = self.chosen._replace(where=(*others, *answer))
            self.say("")
            await self.load(keep=False)

    def action_clear(self) -> None:
        """Lift search and filters, and the scope of the screen."""
        self.chosen = self.chosen._replace(search="", where=())
        self.post_message(ScopeLifted())
        self.parley.held(self.load())
        self.say("Everything is shown.")

    def action_sort(self) -> None:
        """Sort by this column: up, down, not at all."""
        self._sort_by_cursor(others=())

    def action_sort_also(self) -> None:
        """Sort by this column within the order that there is."""
        name = self.grid.cursor_field
        self._sort_by_cursor(others=tuple(each for each in self.chosen.sort if each.field != name))

    def on_grid_header_clicked(self, event: Grid.HeaderClicked) -> None:
        """A click on a heading sorts by it."""
        event.stop()
        self._sort(event.field, ())

    def _sort_by_cursor(self, others: tuple[Sort, ...]) -> None:
        if self.grid.cursor_field is not None:
            self._sort(self.grid.cursor_field, others)

    def _sort(self, name: str, others: tuple[Sort, ...]) -> None:
        now = next((each for each in self.chosen.sort if each.field == name), None)
        following = Sort(name) if now is None else None if now.descending else Sort(name, descending=True)
        self.chosen = self.chosen._replace(sort=(*others, following) if following else others)
        self.remember()
        self.parley.held(self.load(keep=False))

    def _field_here(self) -> Field | None:
        name = self.grid.cursor_field
        return self.field_named(name) if name else None

    async def show_all(self) -> None:
        """Lift search and filters."""
        self.chosen = self.chosen._replace(search="", where=())
        await self.load()
        await self.whole()

    def on_grid_marked(self, event: Grid.Marked) -> None:
        """Count the marks in the frame."""
        event.stop()
        self.tell_view()

    def on_grid_opened(self, event: Grid.Opened) -> None:
        """A double click edits the cell that it meets."""
        event.stop()
        self.parley.held(self.edit_here())

    # Leaving, and the columns

    def action_export(self) -> None:
        """Export the rows and columns on screen."""
        from tui.panes import leaving  # formats are loaded when something first leaves

        self.parley.held(leaving.export(self))

    def action_hide(self) -> None:
        """Hide the column under the cursor; it does not leave in an export either."""
        name = self.grid.cursor_field
        if name == self.chosen.columns[0] or len(self.chosen.columns) == 1:
            self.say("The first column stays, so that every row can be told.", wrong=True)
        else:
            self.choose_columns(tuple(each for each in self.chosen.columns if each != name))

    def action_columns(self) -> None:
        """Choose which columns to show."""
        self.parley.held(self.ask_for_columns())

    async def ask_for_columns(self) -> None:
        """Ask which columns to show, and show those."""
        from tui.screens.columns import Columns

        chosen = await self.parley.ask(Columns(self.called, self.labels(), self.chosen.columns))
        if chosen:
            self.choose_columns(chosen)

    def action_named_views(self) -> None:
        """Give what is on screen a name, or bring back what has one."""
        from tui.panes import named_views  # most people name few

        self.parley.held(named_views.choose(self))

    def record_in(self, condition: Condition) -> tuple[str, Value] | None:
        """The table of the record that a filter names, and its id or ref; None where it names none."""
        field = self.field_named(condition.field)
        return (field.refers_to, condition.value) if field.refers_to and condition.value is not None else None

    async def bring_back(self, look: ViewLook, where: tuple[Condition, ...], search: str) -> None:
        """Show the pane as it looked and was narrowed once, from now on."""
        self.recall(look)
        self.chosen = self.chosen._replace(where=where, search=search, sort=look.sort)
        await self.load(keep=False)
        self.remember()

    def choose_columns(self, names: tuple[str, ...]) -> None:
        """Show these columns in this order, the next time as well."""
        self.show_columns(names)
        self.remember()

    def show_columns(self, names: tuple[str, ...]) -> None:
        """Show these columns in this order, as wide as they are to be now."""
        self.chosen = self.chosen._replace(columns=names)
        self.grid.set_columns([self.column(name) for name in names])

    def action_narrower(self) -> None:
        """Make the column under the cursor narrower."""
        self._widen(-2)

    def action_wider(self) -> None:
        """Make the column under the cursor wider."""
        self._widen(2)

    def _widen(self, cells: int) -> None:
        name = self.grid.cursor_field
        if name is not None:
            now = self.column(name).width
            self.widths[name] = _bounded(now + cells)
            self.choose_columns(self.chosen.columns)

    def column(self, name: str) -> Column:
        """The column of a field, as wide as the user made it, or as it needs to be."""
        column = self.usual_column(name)
        return column._replace(width=self.widths.get(name) or self.fitted.get(name) or column.width)

    async def on_grid_moved(self, event: Grid.Moved) -> None:
        """Let the screen know."""
        event.stop()
        await self.tell_cursor()

    async def tell_cursor(self) -> None:
        """Tell the screen where the cursor is."""
        if (here := await self.record_here()) is not None:
            self.post_message(CursorAt(self.id or "", *here))

    # Back

    def action_escape(self) -> None:
        """Lift what narrows the pane; with nothing to lift, leave the zoom."""
        if self.chosen.search or self.chosen.where:
            self.chosen = self.chosen._replace(search="", where=())
            self.parley.held(self.load())
        else:
            self.post_message(ZoomLeft())


def _bounded(width: int) -> int:
    return min(max(width, LEAST_COLUMN), MOST_COLUMN)
