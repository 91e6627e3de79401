"""A view that is computed from the whole dossier, as a pane: matrix, changes, commitments, timeline, evidence ..."""

from collections.abc import Sequence
from typing import Final

from storage import (
    NO_ROWS,
    RECORDS,
    Condition,
    Counted,
    Everything,
    Field,
    Found,
    Kind,
    News,
    Origin,
    Question,
    Row,
    Stopped,
    Table,
    Unknown,
    View,
    begins_at_once,
    computed_view_named,
    text_of,
)
from tui.columns import Column, in_usual_order, with_column
from tui.keys import key_for, view_key, with_keys
from tui.memory import ViewLook
from tui.panes.computed_words import EDITING, NOTHING_STORED, REFUSED, what_would_fill
from tui.panes.copied import Copied, cell_of
from tui.panes.going import GoTo
from tui.panes.narrowing_pane import ALL, MARKED, SHOWN, NarrowingPane
from tui.panes.reading_pane import COUNTS, FIRST_ROWS
from tui.panes.target import NoTarget, Target, asked_as
from tui.panes.view_words import computed_title, shown_of, view_line, which_key_shows_more
from tui.signs import glyphs
from tui.widgets.grid import Grid

RIGHT = frozenset(("integer", "number"))

FIRST: Final = {
    "changes": ("demand", "party", "movement", "from_response", "to_response", "hinges_on", "from_terms", "to_terms"),
    "commitments": ("ref", "by_party", "to_party", "text", "percent", "due_on", "timing", "state"),
}
"""The columns that stand in front on the screen, where the exported order would put what matters out of sight."""


class ComputedPane(NarrowingPane):
    """The rows of one computed view; a cell that comes from a record is edited there."""

    HIDDEN: frozenset[str] = frozenset()
    """The columns that are there but not shown at first."""
    FIXED = 1

    def __init__(self, view: str, id: str) -> None:
        super().__init__(id=id)
        self.asks = computed_view_named(view)
        self.called = self.asks.title
        self.chosen: Question = Question(view)
        self.table = Table(view, (), NO_ROWS)
        self._usual: tuple[str, ...] = ()
        """The columns that are shown before anybody chooses, as of the last answer."""
        self._loads = 0
        """How often the view was asked for; only the last answer is shown."""
        self._counted: tuple[Question | None, int] = (None, 0)
        """The question that was counted last, without what narrows it, and how many rows it has."""
        self._filled_by = ""
        """What would give the view rows, where it has none."""
        self.grid = Grid([], self.fetch, fixed=self.FIXED, cell_text=self.cell_text, glyphs=glyphs(), id=f"{id}-grid")

    def recall(self, remembered: ViewLook) -> None:
        """As of any pane; an order by a column that is gone is lifted by the first answer, as any such order is."""
        super().recall(remembered)
        self.chosen = self.chosen._replace(columns=())  # those remembered are arranged with the next answer
        if not (self.asks.begins_at_once and self.parley.live.is_large):  # in order, its first rows would wait for all
            self.chosen = self.chosen._replace(sort=remembered.sort)

    async def fetch(self, ids: Sequence[int]) -> list[Found]:
        """The rows that the grid is about to draw."""
        rows = self.table.rows
        return [*(rows.of(ids) if rows.at_hand else await self.parley.live.rows_of(self.question, ids))]

    def cell_text(self, column: Column, found: Found) -> str:
        """A cell as people read it."""
        return text_of(self.table.fields[column.field], found, glyphs()) if isinstance(found, Row) else ""

    @property
    def view(self) -> Question:
        """What is on screen, the scope of the screen included."""
        takes = self.asks.takes
        return self.chosen._replace(
            as_of=(self.scope.as_of or None) if "as_of" in takes else None,
            since=(self.scope.since or None) if "since" in takes else None,
            party=self.scope.party_ref or None,
        )

    @property
    def question(self) -> Question:
        """The same with every column, since columns come and go on the screen without asking anew."""
        return self.view._replace(columns=())

    @property
    def _everything(self) -> Question:
        """The same with nothing that narrows it."""
        return self.question._replace(where=(), search="", sort=(), party=None)

    @property
    def exports(self) -> dict[str, tuple[str, View | Question]]:
        """The rows on screen, the marked ones of them, or all there are with every column."""
        everything = self._everything
        marked = self.grid.targets() if self.grid.marked else ()
        offered: dict[str, tuple[str, View | Question]] = {SHOWN: (f"view ({len(self.grid.ids):,})", self.view)}
        offered |= {MARKED: (f"marked ({len(marked):,})", self._only(marked))} if marked else {}
        return offered | {ALL: ("everything", everything)}

    def _only(self, rows: Sequence[int]) -> Question:
        """What asks for these rows alone, in the columns on screen."""
        return self.view._replace(where=(), search="", sort=(), party=None, ids=tuple(rows))

    async def to_copy(self) -> Copied | None:
        """The marked rows; else the field of the record behind the cell, or what people read there."""
        name, targets = self.grid.cursor_field, self.grid.targets()
        if name is None or not targets:
            return None
        if self.grid.marked:
            return Copied(self._only(targets))
        origin = self._origin(await self.row_here())
        if origin is None or not origin.field:
            return Copied(self._only(targets), lambda row: self.as_read(name, row))
        if origin.id is None:
            return None
        kind = RECORDS[origin.table]
        found = await self.read_record(kind, origin.id)
        if found is not None and kind.fields[origin.field].is_empty(found.values[origin.field]):
            # the terms in force may be those of an earlier row
            return Copied(self._only(targets), lambda row: self.as_read(name, row))
        return cell_of(View(kind, ids=(origin.id,)), origin.field)

    async def rows_to_copy(self) -> Question | None:
        """The marked rows, or the one, in the columns and the order on screen."""
        ids = self.grid.targets()
        return self._only(ids) if ids else None

    def as_read(self, name: str, found: Found) -> str:
        """A computed cell as people read it; without a word where it is empty."""
        field = self.table.fields[name]
        is_empty = field.is_empty(found.values[name])
        return "" if is_empty or not isinstance(found, Row) else text_of(field, found, glyphs())

    def field_named(self, name: str) -> Field:
        """The column's own field."""
        return self.table.fields[name]

    def usual_column(self, name: str) -> Column:
        """The column, without an editor of its own."""
        field = self.field_named(name)
        return Column(name, field.label, field.width, "right" if field.type in RIGHT else "left", field)

    def labels(self) -> dict[str, str]:
        """Every column by its heading."""
        return {name: self.field_named(name).label for name in self.table.fields}

    async def counted(self, field: Field, others: tuple[Condition, ...]) -> list[Counted]:
        """Counted among the rows that the other filters leave."""
        return await self.parley.live.counted(self.view._replace(where=others, sort=()), field.name, COUNTS)

    # Reading

    async def read(self, keep: bool) -> None:
        """Ask again, and show the answer; at first the beginning alone, where that is found sooner."""
        whole_before = self.grid.ids and not self.grid.unfinished
        few = FIRST_ROWS if begins_at_once(self.view) and not whole_before else None
        self._loads += 1
        load, table = self._loads, await self.answer(few)
        usual = await self.first_columns(table)
        if load != self._loads:
            raise Stopped("Another question was asked meanwhile, which has been answered sooner.")
        columns = self.columns_of(table, usual)
        self._usual, self.table = usual, table
        self.chosen = self.chosen._replace(columns=columns)
        self.grid.set_columns([self.column(name) for name in self.chosen.columns])
        await self.grid.show(self.table.rows.ids, keep=keep, unfinished=len(self.table.rows) == few)
        self.grid.sort, self.grid.needle = self.chosen.sort, self.chosen.search
        if self.grid.unfinished:
            self.load_rest(self._show_rest)
        self.total = 0 if self.grid.unfinished else await self._count()
        self._filled_by = (
            "" if self.total or self.grid.unfinished else await what_would_fill(self.table, self.parley.live)
        )
        self.tell_view()

    async def answer(self, most: int | None = None) -> Table:
        """The answer to what is asked here; order and filters are lifted when their column is gone with its party."""
        try:
            return await self.parley.live.table(self.question, most, self.id or "")
        except Unknown:
            self.chosen = self.chosen._replace(where=(), sort=())
            return await self.parley.live.table(self.question, most, self.id or "")

    async def _show_rest(self) -> None:
        self.table = await self.answer()
        await self.grid.show_rest(self.table.rows.ids)
        self.total = await self._count()

    async def _count(self) -> int:
        """How many rows there are with nothing that narrows them.

        In a large dossier that takes seconds: there it is told only where they were all found before.
        """
        asked, found = self.question._replace(sort=()), len(self.table.rows)
        everything = self._everything
        if asked == everything:
            self._counted = everything, found
        elif self._counted[0] != everything and not self.parley.live.is_large:
            self._counted = everything, len((await self.parley.live.table(everything)).rows)
        return self._counted[1] if self._counted[0] == everything else found

    def columns_of(self, table: Table, usual: tuple[str, ...]) -> tuple[str, ...]:
        """The columns chosen, without those that are gone with their party, all others in their place."""
        if not self.chosen.columns:
            return self.remembered.arranged(usual, table.fields)
        there = tuple(name for name in self.chosen.columns if name in table.fields)
        columns = in_usual_order(there, self._usual, usual)
        for name in usual:
            if name not in self.table.fields and name not in columns:
                columns = with_column(columns, name, usual)
        return columns

    async def first_columns(self, table: Table) -> tuple[str, ...]:
        """The columns of a table that are shown before anybody chooses."""
        names = [each.name for each in table.columns if each.name not in self.HIDDEN]
        first = FIRST.get(self.asks.name, ())
        return tuple(sorted(names, key=lambda name: first.index(name) if name in first else len(first)))

    def hear(self, news: News) -> None:
        """As of any pane; what was counted may be so no more, whether the pane is in sight or not."""
        self._counted = None, 0
        super().hear(news)

    async def reread(self, news: News) -> None:
        """Ask again when the news may have changed the answer."""
        if isinstance(news, Everything) or self.asks.watches & news.tables():
            await self.load()

    def tell_view(self) -> None:
        """Write into the frame what is shown, and as of when."""
        shown = shown_of(len(self.grid.ids), self.total, self.grid.unfinished)
        line = view_line(self.view, shown, len(self.grid.marked), self.labels(), self.picked)
        self.tell_frame(computed_title(view_key(self.id or ""), self.called, self.table, self.scope), line)
        narrowed = bool(self.chosen.where or self.chosen.search)
        may_have_rows = self._counted != (self._everything, 0)
        more = which_key_shows_more("rows", narrowed, self.scope.party_ref) if may_have_rows else ""
        self.grid.empty = more or self._filled_by

    # The records behind the cells

    async def row_here(self) -> Row | None:
        """The row under the cursor; None without rows or if it is gone."""
        found = await self.grid.read_cursor()
        return found if isinstance(found, Row) else None

    def _origin(self, row: Row | None) -> Origin | None:
        """The field of a record that the cell of this row under the cursor shows."""
        name = self.grid.cursor_field
        return row.sources.get(name) if row is not None and name is not None else None

    async def record_here(self) -> tuple[Kind, int] | None:
        """The record behind the cell, else the one that the row is about, else the first that it shows."""
        row = await self.row_here()
        if row is None:
            return None
        origin = self._origin(row)
        if self.asks.of is not None and (origin is None or origin.id is None):
            return self.asks.of, row.id
        behind = (row.sources.get(name) for name in self.labels())
        found = next((each for each in (origin, *behind) if each is not None and each.id is not None), None)
        return (RECORDS[found.table], found.id) if found is not None and found.id is not None else None

    def why_not(self, action: str) -> str:
        """As of any pane; besides, why rows that are computed can't be added or deleted."""
        if action in EDITING and self.asks.name in NOTHING_STORED:
            return self.why_computed()
        return super().why_not(action) or with_keys(REFUSED.get(self.asks.name, {}).get(action, ""))

    def why_computed(self) -> str:
        """Why the cell under the cursor can't be edited."""
        label = self.labels().get(self.grid.cursor_field or "", "This")
        behind = f"{key_for('whole_record')} shows the record behind the row."
        return f"{label} is computed from the records; edit those. {behind}"

    async def find_target(self) -> Target | None:
        """The field of the record behind the cell, and behind the marked ones."""
        name, row = self.grid.cursor_field, await self.row_here()
        if row is None:
            raise NoTarget(self.grid.empty)
        origin = self._origin(row)
        if origin is None or origin.id is None or not origin.field:
            unrecorded = origin is not None and origin.id is None
            raise NoTarget(self.why_not("add") if unrecorded else self.why_computed())
        kind = RECORDS[origin.table]
        found = await self.read_record(kind, origin.id)
        if found is None:
            return None
        marked = self.grid.targets() if self.grid.cursor_id in self.grid.marked else ()
        origins = [row.sources.get(name or "") for row in await self.fetch(marked) if isinstance(row, Row)] or [origin]
        ids = [
            each.id for each in origins if each and (each.table, each.field) == (origin.table, origin.field) and each.id
        ]
        if len(ids) < len(origins):
            raise NoTarget("The marked rows hold no such field in this column; edit them one by one.")
        field = asked_as(kind, origin.field)._replace(label=self.labels()[name or ""])
        return Target(kind, found, field, list(dict.fromkeys(ids)))

    def action_edit_or_open(self) -> None:
        """Enter edits the cell where it stands."""
        self.action_edit()

    async def go_to_named(self) -> None:
        """Ask the screen for the record that the cell names, else for the one behind it, or say that there is none."""
        goal = await self.named_here() or await self.record_here()
        if goal is None:
            self.say("This cell names no record to go to.", wrong=True)
        else:
            self.post_message(GoTo(*goal))

    async def named_here(self) -> tuple[Kind, int] | None:
        """The record that a reference names, or the first of a list of them."""
        row, name = await self.row_here(), self.grid.cursor_field
        if row is None or name is None:
            return None
        field, value = self.table.fields.get(name), row.values.get(name)
        if field is None:  # its party has just gone
            return None
        kind = RECORDS.get(field.refers_to or (name if field.type == "list" else ""))
        called = next(iter(value), None) if isinstance(value, tuple) else value
        return (kind, await self.parley.live.resolve(kind.table, str(called))) if kind and called else None
