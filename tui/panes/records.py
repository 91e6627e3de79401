"""The pane of one kind of record: its rows, found, filtered, sorted, marked, changed."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace

from textual.app import ComposeResult
from textual.reactive import reactive

from storage import Field, Found, Kind, News, Sort, View
from tui.columns import Column, column_of
from tui.panes import leaving
from tui.panes.finding_line import FindingLine
from tui.panes.going import CursorAt, Scoped, ScopeLifted, WholeRecord, ZoomLeft
from tui.panes.record_editing import RecordEditing
from tui.panes.scope import Scope
from tui.widgets.grid import Grid
from tui.widgets.grid_moves import GridKey

FIRST_SCREENFUL = 128
LEAST_COLUMN, MOST_COLUMN = 3, 120


class RecordPane(RecordEditing):
    """All records of one kind that scope, search and filters leave, in the order asked for."""

    scope: reactive[Scope] = reactive(Scope(), init=False)

    def __init__(self, kind: Kind, number: str, id: str) -> None:
        super().__init__(kind, id=id)
        self.number = number
        self.chosen = View(kind, columns=kind.columns())
        """The view as the user made it here; the scope of the screen comes on top."""
        self.total = 0
        self.picked: dict[str, str] = {}
        """What the values of filters are called, by `field=value`."""
        self.rest: asyncio.Task[None] | None = None
        """The reading of the ids behind the first screenful."""
        self.widths: dict[str, int] = {}
        """The columns that the user made wider or narrower, with their widths in cells."""
        self.grid = Grid([self._column(name) for name in self.chosen.columns], self.fetch, id=f"{id}-grid")
        self.finding = FindingLine()

    def compose(self) -> ComposeResult:
        """The grid, and the line in which a search is typed."""
        yield self.grid
        yield self.finding

    async def fetch(self, ids: Sequence[int]) -> list[Found]:
        """The rows that the grid is about to draw."""
        return await self.parley.live.rows(self.chosen, ids)

    @property
    def view(self) -> View:
        """What is on screen: exactly this is what an export writes."""
        return self.chosen.having(*self.scope.conditions(self.kind))

    @property
    def typing(self) -> bool:
        """As of any pane; a search is typed as well."""
        return super().typing or bool(self.finding.display)

    # Reading

    async def load(self, keep: bool = True) -> None:
        """Show the view's records, the cursor on the same one; or from the top, the rest behind the first screenful."""
        view = self.view
        if self.rest is not None:
            self.rest.cancel()
        ids = await self.parley.live.find(view, None if keep else FIRST_SCREENFUL)
        self.grid.sort = view.sort
        self.grid.needle = view.search
        await self.grid.show(ids, keep=keep)
        self.grid.unfinished = not keep and len(ids) == FIRST_SCREENFUL
        self.rest = asyncio.create_task(self._load_rest(view)) if self.grid.unfinished else None
        self.total = await self.parley.live.count(View(self.kind))
        await self.fit_refs()
        self.tell_view()

    async def fit_refs(self) -> None:
        """Make the column of the refs as wide as the longest of them, since a ref that is cut names nothing."""
        if "ref" not in self.kind.fields or "ref" not in self.chosen.columns:
            return
        longest = await self.parley.live.asked(self.parley.live.store.longest, self.kind, "ref")
        if longest > self._column("ref").width:
            self.widths["ref"] = longest
            self.choose_columns(self.chosen.columns)

    async def _load_rest(self, view: View) -> None:
        await self.grid.show(await self.parley.live.find(view), keep=True)
        self.grid.unfinished = False
        self.tell_view()

    async def whole(self) -> None:
        """Return when all ids are there, not only the first screenful."""
        while self.rest is not None and not self.rest.done():
            await asyncio.wait({self.rest})

    async def reread(self, news: News) -> None:
        """Read again what the news is about: the rows in sight, or all ids where other rows may match now."""
        view = self.view
        if view.depends_on(news.tables()):
            await (self.load() if view.may_move(news) else self.grid.reread())

    async def watch_scope(self) -> None:
        """Another party or round: read again before the next key."""
        if self.is_mounted:
            self.parley.held(self.load())

    def tell_view(self) -> None:
        """Write into the frame what is shown: the same words that describe an export."""
        from tui.panes.view_words import frame_title, view_line

        self.border_title = frame_title(self.number, self.kind, self.scope)
        self.border_subtitle = view_line(
            self.view, len(self.grid.ids), self.total, len(self.grid.marked), self.value_names()
        )
        narrowed = bool(self.view.where or self.view.search)
        kind = self.kind.title_of_kind.lower()
        self.grid.empty = f"No {kind} match. Esc shows all." if narrowed else f"No {kind} yet. Press a to add one."

    def value_names(self) -> dict[str, str]:
        """What the values of filters and scope are called."""
        scoped = {f"{each.field}={each.value}": self.scope.party_ref for each in self.scope.conditions(self.kind)}
        return self.picked | scoped

    # Narrowing and order

    def action_find(self) -> None:
        """Open the line in which the search is typed."""
        self.finding.open(self.chosen.search)

    def on_finding_line_changed(self, event: FindingLine.Changed) -> None:
        """Search for what is typed so far; the next letter need not wait for it."""
        event.stop()
        self.chosen = replace(self.chosen, search=event.text)
        self.parley.held(self.load(keep=False), superseded_by=FindingLine.keys_that_supersede())

    def on_finding_line_closed(self, event: FindingLine.Closed) -> None:
        """Keep the search, or lift it, and give the keys back to the grid."""
        event.stop()
        self.screen.set_focus(self.grid)
        if not event.keep:
            self.chosen = replace(self.chosen, search="")
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
        counted = await self.parley.live.values(replace(self.view, where=others), field.name)
        answer = await self.parley.ask(Filter(field, counted, now))
        if answer is not None:
            self.picked |= {f"{field.name}={each.value}": each.shown for each in counted}
            self.chosen = replace(self.chosen, where=(*others, *answer))
            await self.load(keep=False)

    def action_clear(self) -> None:
        """Lift search and filters, and the scope of the screen."""
        self.chosen = replace(self.chosen, search="", where=())
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
        self.chosen = replace(self.chosen, sort=(*others, following) if following else others)
        self.parley.held(self.load(keep=False))

    def _field_here(self) -> Field | None:
        name = self.grid.cursor_field
        return self.kind.fields[name] if name else None

    def on_grid_unfinished(self, event: Grid.Unfinished) -> None:
        """Do what needs every row when every row is there; the next key waits for it."""
        event.stop()
        self.parley.held(self.do_when_whole(event.key))

    async def do_when_whole(self, key: GridKey) -> None:
        """Wait for the ids of the rest, then do what the key says."""
        await self.whole()
        self.grid.do(key)

    def on_grid_marked(self, event: Grid.Marked) -> None:
        """Count the marks in the frame."""
        event.stop()
        self.tell_view()

    def on_grid_moved(self, event: Grid.Moved) -> None:
        """Tell the screen where the cursor is."""
        event.stop()
        if event.id is not None:
            self.post_message(CursorAt(self.kind, event.id))

    def on_grid_opened(self, event: Grid.Opened) -> None:
        """A double click edits the cell."""
        event.stop()
        self.action_edit()

    async def show_all(self) -> None:
        """Lift search and filters."""
        self.chosen = replace(self.chosen, search="", where=())
        await self.load()
        await self.whole()

    def action_whole_record(self) -> None:
        """Show the record with everything that hangs off it."""
        if self.grid.cursor_id:
            self.post_message(WholeRecord(self.kind, self.grid.cursor_id))

    # Leaving, and the columns

    def action_copy(self) -> None:
        """Copy the cell or the marked rows."""
        self.parley.held(leaving.copy(self))

    def action_export(self) -> None:
        """Export the rows and columns on screen."""
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

        chosen = await self.parley.ask(Columns(self.kind, self.chosen.columns))
        if chosen:
            self.choose_columns(chosen)

    def choose_columns(self, names: tuple[str, ...]) -> None:
        """Show these columns in this order."""
        self.chosen = replace(self.chosen, columns=names)
        self.grid.set_columns([self._column(name) for name in names])

    def action_narrower(self) -> None:
        """Make the column under the cursor narrower."""
        self._widen(-2)

    def action_wider(self) -> None:
        """Make the column under the cursor wider."""
        self._widen(2)

    def _widen(self, cells: int) -> None:
        name = self.grid.cursor_field
        if name is not None:
            now = self._column(name).width
            self.widths[name] = min(max(now + cells, LEAST_COLUMN), MOST_COLUMN)
            self.choose_columns(self.chosen.columns)

    def _column(self, name: str) -> Column:
        column = column_of(self.kind, self.kind.fields[name])
        return replace(column, width=self.widths.get(name, column.width))

    # Going elsewhere

    def action_edit_or_open(self) -> None:
        """Enter: scope the screen in Parties and Rounds, edit the cell elsewhere."""
        found = self.grid.cursor_found
        if self.kind.table in ("parties", "rounds") and found is not None and found.id:
            self.post_message(Scoped(self.kind, found))
        else:
            self.action_edit()

    def action_escape(self) -> None:
        """Lift what narrows the pane; with nothing to lift, leave the zoom."""
        if self.chosen.search or self.chosen.where:
            self.chosen = replace(self.chosen, search="", where=())
            self.parley.held(self.load())
        else:
            self.post_message(ZoomLeft())
