"""Pane 3: who wants what of whom, and whether agreement is possible on it."""

from array import array
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import TypeVar

from textual.events import Resize

from storage import Condition, Counted, Demand, Everything, Field, Found, News, Stopped, StorageError, View
from tui.columns import Column
from tui.keys import key_for
from tui.memory import ViewLook
from tui.panes.reading_pane import COUNTS
from tui.panes.records import RecordPane
from tui.panes.target import NoTarget, Target

T = TypeVar("T")

ZONE, ZONE_LABEL, ZONE_WIDTH = "zone", "Zone", 10
"""The column of the zone, told here too, since the analysis is loaded only after the first frame."""
BEFORE_ZONE = "status"

ROOMY = 70
"""From this width of the pane on zones are written out."""
ZONE_LETTERS = 4
"""How many letters of a zone are left in a narrow pane."""
SHORT_ZONE = 5


class DemandsPane(RecordPane):
    """The demands, with the zone of each as of the round of the screen."""

    def __init__(self, id: str) -> None:
        super().__init__(Demand, id)
        names = list(Demand.columns())
        names.insert(names.index(BEFORE_ZONE) + 1, ZONE)
        self.show_columns(tuple(names))
        self.zones_can_be_told = True
        """False once they could not be, until the pane is loaded anew: finding out why may take long each time."""

    def recall(self, remembered: ViewLook) -> None:
        """As of any kind; but in a large dossier the first key would wait long for an order by zones."""
        super().recall(remembered)
        if self.is_decided_by_round and self.parley.live.is_large:
            self.chosen = self.chosen._replace(sort=())

    async def read(self, keep: bool) -> None:
        """As of any kind."""
        self.zones_can_be_told = True
        await super().read(keep)

    @property
    def view(self) -> View:
        """As of any kind; the round decides the zones."""
        return super().view._replace(as_of=self.scope.as_of or None)

    def field_named(self, name: str) -> Field:
        """The field of the demand, or the zone."""
        if name != ZONE:
            return super().field_named(name)
        import storage  # only here: the name stands for the column in this file

        return storage.ZONE

    def labels(self) -> dict[str, str]:
        """Every field by its heading, the zone after the status."""
        known = super().labels() | {ZONE: ZONE_LABEL}
        return {name: known[name] for name in (*self.chosen.columns, *known)}

    def usual_column(self, name: str) -> Column:
        """The column of the field; the zone has no editor."""
        if name == ZONE:
            width = ZONE_WIDTH if self.size.width >= ROOMY else SHORT_ZONE
            return Column(ZONE, ZONE_LABEL, width, "left")
        return super().usual_column(name)

    def on_resize(self, event: Resize) -> None:
        """As of any pane; where there is room zones are written out."""
        super().on_resize(event)
        self.show_columns(self.chosen.columns)

    def cell_text(self, column: Column, found: Found) -> str:
        """The text of the cell; a zone in a narrow column by its first letters."""
        text = super().cell_text(column, found)
        return text[:ZONE_LETTERS] if column.field == ZONE and column.width < ZONE_WIDTH else text

    async def fetch(self, ids: Sequence[int]) -> list[Found]:
        """The rows about to be drawn, each with its zone if that is shown."""
        return await self._with_zones(partial(self.parley.live.rows, self.view, ids))

    async def _with_zones(self, ask: Callable[[bool], Awaitable[T]]) -> T:
        """What is answered when it is asked with zones; without, where none are shown or they can't be told."""
        if ZONE not in self.chosen.columns or not self.parley.begun.is_set() or not self.zones_can_be_told:
            return await ask(False)
        try:
            return await ask(True)
        except Stopped:
            raise
        except StorageError as error:
            answer = await ask(False)  # which fails as well if it is not the zones that can't be read
            self.zones_can_be_told = False
            self.say(self.parley.in_short(error), wrong=True)
            return answer

    async def tell_zones(self) -> None:
        """Show what the first frame could not wait for: the zones, and an order by them."""
        await (self.load(keep=False) if self.is_decided_by_round else self.grid.reread())

    async def find(self, view: View, most: int | None = None) -> "array[int]":
        """Asked of the zones as well where the view is filtered or sorted by them."""
        if ZONE not in view.decided_by():
            return await super().find(view, most)
        table = await self.parley.live.demands(view, self.id or "")
        return table.rows.ids

    async def begin(self, view: View, most: int, rows: int) -> "tuple[array[int], list[Found]]":
        """As of any kind, each with its zone; in an order by these, but not before the first frame."""
        if not self.parley.begun.is_set():
            view = view._replace(sort=tuple(each for each in view.sort if each.field != ZONE))
        if ZONE in view.decided_by():
            return await self.find(view), []
        asker = self.id or ""
        return await self._with_zones(partial(self.parley.live.beginning, view, most, rows, asker))

    async def counted(self, field: Field, others: tuple[Condition, ...]) -> list[Counted]:
        """As of any kind; zones are counted among the demands that the other filters leave."""
        view = self.view._replace(where=(*self.scope.conditions(self.kind), *others))
        if field.name != ZONE and not any(each.field == ZONE for each in others):
            return await super().counted(field, others)
        return await self.parley.live.counted(view, field.name, COUNTS)

    async def find_target(self) -> Target | None:
        """As of any kind; the zone says why it can't be edited."""
        if self.grid.cursor_field == ZONE:
            raise NoTarget(f"The zone is computed from the positions; edit those in {key_for('view_matrix')}.")
        return await super().find_target()

    @property
    def is_decided_by_round(self) -> bool:
        """True when the demands are filtered or sorted by their zones."""
        return ZONE in self.view.decided_by()

    async def reread(self, news: News) -> None:
        """As of any kind; a position can change a zone."""
        from storage import computed_view_named  # with the analysis, which is loaded only after the first frame

        if isinstance(news, Everything) or self.view.may_move(news):
            await self.load()
        elif news.tables() & computed_view_named("zones").watches:
            await (self.load() if self.is_decided_by_round else self.grid.reread())
