"""The pane of one kind of record: its rows, found, filtered, sorted, marked, changed."""

from array import array
from collections.abc import Sequence
from functools import partial

from storage import Change, Condition, Counted, Field, Found, Kind, News, Question, View
from tui.columns import Column, cell_text, column_of
from tui.keys import key_for, view_key
from tui.memory import ViewLook
from tui.panes.copied import Copied, cell_of
from tui.panes.going import Scoped
from tui.panes.narrowing_pane import ALL, MARKED, SHOWN
from tui.panes.reading_pane import COUNTS, FIRST_ROWS
from tui.panes.record_editing import RecordEditing
from tui.panes.scope import Scope
from tui.panes.view_words import frame_title, shown_of, view_line, which_key_shows_more
from tui.signs import glyphs
from tui.widgets.grid import Grid
from tui.widgets.grid_lines import NOT_SAVED


class RecordPane(RecordEditing):
    """All records of one kind that scope, search and filters leave, in the order asked for."""

    chosen: View

    def __init__(self, kind: Kind, id: str) -> None:
        super().__init__(kind, id=id)
        self.chosen = View(kind, columns=kind.columns())
        """The view as the user made it here; the scope of the screen comes on top."""
        columns = [self.column(name) for name in self.chosen.columns]
        self.grid = Grid(columns, self.fetch, cell_text=self.cell_text, glyphs=glyphs(), id=f"{id}-grid")

    def recall(self, remembered: ViewLook) -> None:
        """As of any pane; the columns of a kind are known before its records."""
        super().recall(remembered)
        known = self.labels()
        self.chosen = self.chosen._replace(sort=tuple(each for each in remembered.sort if each.field in known))
        self.show_columns(remembered.arranged(self.chosen.columns, known))

    async def fetch(self, ids: Sequence[int]) -> list[Found]:
        """The rows that the grid is about to draw."""
        return await self.parley.live.rows(self.chosen, ids)

    def cell_text(self, column: Column, found: Found) -> str:
        """A cell as people read it."""
        return cell_text(column, found, glyphs())

    @property
    def view(self) -> View:
        """What is on screen: exactly this is what an export writes."""
        return self.chosen.having(*self.scope.conditions(self.kind))

    @property
    def exports(self) -> dict[str, tuple[str, View | Question]]:
        """The rows on screen, the marked ones of them, or all there are with every field."""
        marked = tuple(self.grid.targets()) if self.grid.marked else ()
        of_marked = self.view._replace(where=(), search="", ids=marked)
        offered: dict[str, tuple[str, View | Question]] = {SHOWN: (f"view ({len(self.grid.ids):,})", self.view)}
        offered |= {MARKED: (f"marked ({len(marked):,})", of_marked)} if marked else {}
        return offered | {ALL: ("everything", View(self.kind))}

    async def to_copy(self) -> Copied | None:
        """The marked rows in the columns on screen, else the one cell."""
        asked, name = await self.rows_to_copy(), self.grid.cursor_field
        if asked is None or name is None:
            return None
        return Copied(asked) if self.grid.marked else cell_of(asked, name)

    async def rows_to_copy(self) -> View | None:
        """The marked rows, or the one, in the columns and the order on screen."""
        ids = tuple(self.grid.targets())
        return self.view._replace(where=(), search="", ids=ids) if ids else None

    def field_named(self, name: str) -> Field:
        """The field of the records."""
        return self.kind.fields[name]

    def usual_column(self, name: str) -> Column:
        """The column of the field."""
        return column_of(self.kind.fields[name])

    def labels(self) -> dict[str, str]:
        """Every field by its heading."""
        return {name: self.field_named(name).label for name in self.kind.columns()}

    async def counted(self, field: Field, others: tuple[Condition, ...]) -> list[Counted]:
        """Asked of storage, which counts without reading the rows."""
        return await self.parley.live.values(self.view._replace(where=others), field.name, COUNTS)

    # Reading

    async def read(self, keep: bool) -> None:
        """Show the view's records, the cursor on the same one; or from the top, the rest after the first screenful."""
        view, is_large = self.view, self.parley.live.is_large
        if keep:
            await self.grid.show(await self.find(view))
        else:
            # of a large dossier no more than is seen, since a search that finds many may have to look far for them
            await self.grid.begin(partial(self.begin, view), 0 if is_large else FIRST_ROWS)
        self.grid.sort = view.sort
        self.grid.needle = view.search
        if self.grid.unfinished:
            steps = (FIRST_ROWS, None) if is_large else (None,)
            self.load_rest(*(partial(self._show_more, view, most) for most in steps))
        else:
            await self._count(anew=keep)
        self.tell_view()

    async def find(self, view: View, most: int | None = None) -> "array[int]":
        """The ids of the view in its order, all or so many of the first."""
        return await self.parley.live.find(view, most, self.id or "")

    async def begin(self, view: View, most: int, rows: int) -> "tuple[array[int], list[Found]]":
        """So many ids of the view from its beginning, all of a short one, and so many of the records."""
        return await self.parley.live.beginning(view, most, rows, self.id or "")

    async def _count(self, anew: bool) -> None:
        """Find out what is told of all the records of the kind, whatever is shown of them; once, unless asked anew."""
        if anew or not self.total:
            self.total, longest = await self.parley.live.extent(self.kind)
            self.fit_refs(longest)

    def fit_refs(self, longest: int) -> None:
        """Make the column of the refs as wide as the longest of them, since a ref that is cut names nothing."""
        if "ref" in self.chosen.columns and longest > self.column("ref").width:
            self.fitted["ref"] = longest
            self.widths.pop("ref", None)
            self.show_columns(self.chosen.columns)

    async def _show_more(self, view: View, most: int | None) -> None:
        ids = await self.find(view, most)
        await self.grid.show_rest(ids, unfinished=len(ids) == most)
        if not self.grid.unfinished:
            await self._count(anew=False)

    async def reread(self, news: News) -> None:
        """Read again what the news is about: the rows in sight, or all where others may match, or a ref be longer."""
        view = self.view
        if view.depends_on(news.tables()):
            refs_changed = isinstance(news, Change) and (self.kind.table, "ref") in news.touched()
            await (self.load() if refs_changed or view.may_move(news) else self.grid.reread())

    async def follow_scope(self, before: Scope, scope: Scope) -> None:
        """As of any pane; another round leaves the same records, unless what is computed as of it decides on them."""
        if before.conditions(self.kind) == scope.conditions(self.kind) and not self.is_decided_by_round:
            await self.grid.reread()
            self.tell_view()
        else:
            await self.load()

    @property
    def is_decided_by_round(self) -> bool:
        """True when which records are shown, or their order, depends on the round of the screen."""
        return False

    def tell_view(self) -> None:
        """Write into the frame what is shown: the same words that describe an export."""
        shown = shown_of(len(self.grid.ids), self.total, self.grid.unfinished)
        if self.grid.draft is not None:
            shown += f" · {glyphs().unsaved} {NOT_SAVED}"
        line = view_line(self.view, shown, len(self.grid.marked), self.labels(), self.value_names())
        self.tell_frame(frame_title(view_key(self.id or ""), self.kind, self.scope), line)
        narrowed = bool(self.chosen.where or self.chosen.search)
        party = self.scope.party_ref if self.scope.conditions(self.kind) else ""
        kind = self.kind.title_of_kind.lower()
        more = which_key_shows_more(kind, narrowed, party) if self.total else ""
        self.grid.empty = more or f"No {kind} yet. Press {key_for('add')} to add one."

    def value_names(self) -> dict[str, str]:
        """What the values of filters and scope are called."""
        scoped = {f"{each.field}={each.value}": self.scope.party_ref for each in self.scope.conditions(self.kind)}
        return self.picked | scoped

    async def record_here(self) -> tuple[Kind, int] | None:
        """The record under the cursor."""
        return (self.kind, self.grid.cursor_id) if self.grid.cursor_id else None

    # Going elsewhere

    def action_edit_or_open(self) -> None:
        """Enter: scope the screen in Parties and Rounds, edit the cell elsewhere."""
        found = self.grid.cursor_found
        if self.kind.table in ("parties", "rounds") and found is not None and found.id:
            self.post_message(Scoped(self.kind, found))
        else:
            self.action_edit()
