"""The panes on one screen: which of them are in sight, which has the keys, how one gets from one to another."""

from collections.abc import Iterator
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.events import DescendantFocus, Resize, ScreenResume
from textual.reactive import Reactive, reactive
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Static

from storage import Demand, Kind, Party, Round, StorageError
from tui.bindings import Footer, bindings
from tui.dossier_app import OfParley
from tui.keys import keys_of
from tui.painting import Painter
from tui.panes.by_name import LEFT, NUMBERED, new_pane, title_of, without_number
from tui.panes.demands import DemandsPane
from tui.panes.detail import DetailPane
from tui.panes.editing_pane import EditingPane
from tui.panes.going import ZoomLeft
from tui.panes.narrowing_pane import NarrowingPane
from tui.panes.records import RecordPane
from tui.panes.scope import Scope
from tui.panes.sight import LEAST_HEIGHT, LEAST_WIDTH, Sight
from tui.widgets.status import Said, StatusLine
from tui.widgets.strip import TitleStrip

WHILE_EDITING = ("help", "palette", "leave")
SCREEN_ACTIONS = {key.action.partition("(")[0] for key in keys_of("screen")}


class Workbench(OfParley, Screen[None]):
    """Every pane, and which of them are in sight."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("screen")]
    AUTO_FOCUS = ""

    focused: Reactive[Widget | None] = Reactive(None, repaint=False)
    """As of any screen; but that another widget has the keys paints those two and not the whole of it."""

    scope: reactive[Scope] = reactive(Scope(), init=False)

    def __init__(self) -> None:
        super().__init__()
        self._compositor = Painter()
        self.main = "demands"
        """The pane at the right: demands, detail, or the table of another kind."""
        self.current = "demands"
        """The pane that has the focus."""
        self.zoomed = False
        self.cursor_at: tuple[Kind, int] | None = None

    def compose(self) -> ComposeResult:
        """The strip, the panes, the status line, the footer."""
        yield TitleStrip("DEMO" if self.parley.demo else self.parley.live.path.name)
        with Horizontal(id="body"):
            with Vertical(id="left") as self.left:
                yield RecordPane(Party, "parties")
                yield RecordPane(Round, "rounds")
            with Vertical(id="main") as self.right:
                yield DemandsPane("demands")
                yield DetailPane("detail")
        yield StatusLine()
        yield Footer()

    async def on_mount(self) -> None:
        """Fill the panes before anything is laid out or painted, so that the first frame shows them filled."""
        try:
            for sentence in self.parley.configuration.in_short:
                self.parley.say_refused(StorageError(sentence), at_length=True)
            self.put_in_sight()
            self.set_focus(self.pane("demands").grid)
            for name in ("demands", "parties", "rounds"):
                await self.pane(name).load(keep=False)
            for notice in self.parley.live.store.notices:
                self.parley.say_refused(StorageError(notice), at_length=True)
        except StorageError as error:
            self.parley.say_refused(error)
        finally:
            self.parley.begun.set()
            self.call_after_refresh(self.first_frame_stands)

    def first_frame_stands(self) -> None:
        """Go on with what would have made the first frame wait; of this, keys wait for the zones alone."""
        self.parley.held(self.query_one(DemandsPane).tell_zones())
        self.parley.first_frame_stands()

    def on_screen_resume(self, event: ScreenResume) -> None:
        """When it first comes up, each widget has just been styled as it was mounted: not once more before a frame."""
        event.refresh_styles = self.stack_updates > 0

    def pane(self, name: str) -> RecordPane:
        """The pane of a kind of record, by its table."""
        return self.query_one(f"#{name}", RecordPane)

    @property
    def detail(self) -> DetailPane:
        """The pane that shows one record whole."""
        return self.query_one(DetailPane)

    @property
    def editing(self) -> bool:
        """True while something is typed in some pane."""
        return any(pane.typing for pane in self.panes)

    @property
    def panes(self) -> Iterator[EditingPane]:
        """Every pane that was made so far; asked for each key of the footer, so no query."""
        return (pane for box in (self.left, self.right) for pane in box.children if isinstance(pane, EditingPane))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While an editor is open, only what does not take it away can be done."""
        if action not in WHILE_EDITING and action in SCREEN_ACTIONS and self.editing:
            return False
        return super().check_action(action, parameters)

    # Which panes are in sight

    def on_resize(self, _event: Resize) -> None:
        """Show what fits."""
        self.change_sight()

    def change_sight(self) -> None:
        """Put in sight what fits now, and the pane with the keys in any case, in which something may be being edited.

        A detail that comes into sight did not follow the cursor before.
        """
        if not self.sight.shows(self.current):
            self._make_main("demands" if self.current in LEFT else self.current)
        was_in_sight = self.detail.display
        self.put_in_sight()
        if self.detail.display and not was_in_sight:
            self.parley.held(self.show_detail())

    @property
    def sight(self) -> Sight:
        """What is in sight now."""
        width, height = self.app.size
        return Sight(width, height, self.main, self.current, self.zoomed)

    def put_in_sight(self) -> None:
        """Put in sight what the size, the zoom and the chosen view allow."""
        self._leave_what_goes()
        sight, left, main = self.sight, self.left, self.right
        for pane in self.panes:
            pane.display = sight.shows(pane.id or "")
            if pane.display and pane.missed and isinstance(pane, NarrowingPane):
                self.parley.held(self._fill(pane))
        left.display, main.display = sight.left, sight.right
        left.set_class(sight.alone, "-alone")
        main.set_class(sight.wide, "-wide")
        self._tell_too_small(sight.too_small)

    def _leave_what_goes(self) -> None:
        """Tell every pane that nobody will look at it."""
        sight = self.sight
        for pane in self.query(NarrowingPane):
            if not sight.shows(pane.id or ""):
                pane.leave()

    def _tell_too_small(self, is_so: bool) -> None:
        """Say how large a screen has to be over all that it shows, as long as it is smaller."""
        if is_so and not self.query("#too-small"):
            self.mount(Static(f"Parley needs {LEAST_WIDTH} columns and {LEAST_HEIGHT} lines.", id="too-small"))
        self.query("#too-small").set(display=is_so)

    def on_descendant_focus(self, event: DescendantFocus) -> None:
        """The pane with the focus is the current one; an open editor keeps it."""
        panes = list(self.panes)
        editor = next((pane.editor for pane in panes if pane.editor is not None), None)
        for each in panes:
            each.grid.still = editor is not None
        if editor is not None and editor not in event.widget.ancestors_with_self:
            self.set_focus(editor.entry)
            self.say(editor.hint(), wrong=True)
            return
        pane = next((node for node in event.widget.ancestors_with_self if isinstance(node, EditingPane)), None)
        if pane is not None and pane.id:
            self.current = pane.id
            for each in panes:
                each.set_class(each is pane, "-current")  # :focus-within would style all in the pane at each new focus
            self.query_one(TitleStrip).current = pane.id

    def action_view(self, name: str) -> None:
        """Go to a pane."""
        self.parley.held(self.go_to_pane(name))

    async def go_to_pane(self, name: str) -> None:
        """Bring a pane in sight, made first if need be, and give it the keys, even if it can't be filled."""
        self.query_one(StatusLine).forget_refusal()
        if name not in LEFT:
            self._make_main(name)
        elif not self.sight.left and not self.sight.alone:
            self._make_main("demands")
        self.current = name
        pane: EditingPane = self.detail if name == "detail" else await self._made(name)
        if name == "detail":
            self.put_in_sight()  # a detail in sight follows the cursor by itself
        self._leave_what_goes()  # now, since what it still reads would be waited for
        try:
            if isinstance(pane, NarrowingPane):
                await self._fill(pane)
                await pane.tell_cursor()  # which has not moved, but is another one than that of the pane before
            else:
                await self.show_detail()
        finally:
            self.put_in_sight()
            self.set_focus(pane.grid)

    def _make_main(self, name: str) -> None:
        """Let a pane be the one at the right, and the strip say so of one without a number."""
        self.main = name
        self.query_one(TitleStrip).more = "" if name in NUMBERED else title_of(name)

    async def _made(self, name: str) -> NarrowingPane:
        """The pane of that name, made first if need be."""
        if not self.query(f"#{name}"):
            pane = new_pane(name)
            pane.set_reactive(NarrowingPane.scope, self.scope)
            pane.display = False
            await self.right.mount(pane, before=self.detail)
        return self.query_one(f"#{name}", NarrowingPane)

    async def _fill(self, pane: NarrowingPane) -> None:
        """Read what the pane shows, unless it has followed everything up to now."""
        if pane.is_outdated or not pane.total:
            pane.missed = False
            await pane.load(keep=bool(pane.total))

    def action_other_records(self) -> None:
        """Offer every other kind of record for the main pane."""
        self.parley.held(self.choose_kind())

    async def choose_kind(self) -> None:
        """Ask which kind of record, and show it."""
        from tui.screens.choose import Choose

        chosen = await self.parley.ask(Choose("Show in the main pane", without_number()))
        if chosen is not None:
            await self.go_to_pane(chosen)

    def action_next_pane(self) -> None:
        """Go to the next pane in sight."""
        self._step_pane(1)

    def action_previous_pane(self) -> None:
        """Go to the pane before."""
        self._step_pane(-1)

    def _step_pane(self, step: int) -> None:
        order = [*LEFT, self.main] + ([] if self.main == "detail" or not self.detail.display else ["detail"])
        at = order.index(self.current) if self.current in order else 0
        following = order[(at + step) % len(order)]
        self.parley.held(self.go_to_pane(following) if following != "detail" else self.focus_detail())

    async def focus_detail(self) -> None:
        """Give the keys to the detail that is in sight beside the main pane."""
        await self.show_detail()
        self.set_focus(self.detail.grid)

    def action_zoom(self) -> None:
        """Give the current pane the whole screen, or the others their places back."""
        self.zoomed = not self.zoomed
        self.change_sight()

    def on_zoom_left(self, _event: ZoomLeft) -> None:
        """Give the other panes their places back."""
        self.zoomed = False
        self.change_sight()

    async def show_detail(self) -> None:
        """Show the record under the cursor whole."""
        if self.cursor_at is None and (first := self.pane("demands").grid.cursor_id):
            self.cursor_at = (Demand, first)
        if self.cursor_at is not None:
            await self.detail.show(*self.cursor_at)

    # What is said

    def say(self, text: str, wrong: bool = False) -> None:
        """Put a sentence into the status line."""
        self.query_one(StatusLine).say(Said(text, wrong))

    def on_said(self, event: Said) -> None:
        """Show what a pane has to say."""
        event.stop()
        self.query_one(StatusLine).say(event)
