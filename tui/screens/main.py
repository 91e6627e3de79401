"""The main screen: parties and rounds that scope, and the pane that is worked in."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, ClassVar, NamedTuple, cast

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.events import DescendantFocus, Resize
from textual.reactive import reactive
from textual.screen import Screen
from textual.widgets import Static

from storage import RECORDS, Demand, Kind, Party, Round, StorageError, View
from tui.bindings import Footer, bindings
from tui.keys import keys_of
from tui.panes.demands import DemandsPane
from tui.panes.detail import DetailPane
from tui.panes.editing_pane import EditingPane
from tui.panes.going import (
    AddUnder,
    BriefAsked,
    CursorAt,
    EvidenceAsked,
    GoTo,
    Scoped,
    ScopeLifted,
    WholeRecord,
    ZoomLeft,
)
from tui.panes.narrowing_pane import NarrowingPane
from tui.panes.records import RecordPane
from tui.panes.scope import Scope
from tui.widgets.status import Said, StatusLine
from tui.widgets.strip import VIEWS, TitleStrip

if TYPE_CHECKING:
    from tui.app import Parley

NARROW, ROOMY, WIDE, TALL = 76, 110, 150, 30
LEAST_WIDTH, LEAST_HEIGHT = 60, 15

LEFT = ("parties", "rounds")
STEPPING = frozenset(("left_square_bracket", "right_square_bracket", "left_curly_bracket", "right_curly_bracket"))
"""The keys that make a running step to another round pointless."""
COMPUTED = "view-"
"""What the names of the panes of computed views begin with."""
NUMBERED = {name: number for number, _, name in VIEWS}

WHILE_EDITING = ("help", "palette", "leave")
SCREEN_ACTIONS = {key.action.partition("(")[0] for key in keys_of("screen")}


class Been(NamedTuple):
    """Where the user was: a pane, the line in it, and the record under the cursor."""

    pane: str
    row: int
    kind: Kind
    record_id: int


class MainScreen(Screen[None]):
    """Every pane, and which of them are in sight."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("screen")]
    AUTO_FOCUS = ""

    scope: reactive[Scope] = reactive(Scope(), init=False)

    def __init__(self) -> None:
        super().__init__()
        self.main = "demands"
        """The pane at the right: demands, detail, or the table of another kind."""
        self.current = "demands"
        """The pane that has the focus."""
        self.zoomed = False
        self.been: list[Been] = []
        """Where jumps were made from, for going back."""
        self.cursor_at: tuple[Kind, int] | None = None

    @property
    def parley(self) -> "Parley":
        """The app, by its own type."""
        return cast("Parley", self.app)

    def compose(self) -> ComposeResult:
        """The strip, the panes, the status line, the footer."""
        yield TitleStrip("DEMO" if self.parley.demo else self.parley.live.path.name)
        with Horizontal(id="body"):
            with Vertical(id="left"):
                yield RecordPane(Party, "1", "parties")
                yield RecordPane(Round, "2", "rounds")
            with Vertical(id="main"):
                yield DemandsPane("3", "demands")
                yield DetailPane("detail")
        yield Static(f"Parley needs {LEAST_WIDTH} columns and {LEAST_HEIGHT} lines.", id="too-small")
        yield StatusLine()
        yield Footer()

    def on_mount(self) -> None:
        """Fill the panes before the first key."""
        self.parley.held(self.begin())

    async def begin(self) -> None:
        """Read what the panes show first."""
        self.put_in_sight()
        for name in ("demands", "parties", "rounds"):
            await self.pane(name).load(keep=False)
        self.set_focus(self.pane("demands").grid)
        self.parley.begun.set()

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
        return any(pane.typing for pane in self.query(EditingPane))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While an editor is open, only what does not take it away can be done."""
        if action not in WHILE_EDITING and action in SCREEN_ACTIONS and self.editing:
            return False
        return super().check_action(action, parameters)

    # Which panes are in sight

    def on_resize(self, _event: Resize) -> None:
        """Show what fits."""
        self.put_in_sight()

    def put_in_sight(self) -> None:
        """Put in sight what the size, the zoom and the chosen view allow."""
        width, height = self.app.size
        too_small = width < LEAST_WIDTH or height < LEAST_HEIGHT
        alone = self.zoomed or width < NARROW
        for pane in self.query(EditingPane):
            pane.display = self._in_sight(pane.id or "", alone, roomy=width >= WIDE or height >= TALL)
        self.query_one("#left").display = self._left_in_sight(alone)
        self.query_one("#main").display = not alone or self.current not in LEFT
        self.query_one("#left").styles.width = "1fr" if alone else None
        self.query_one("#main").styles.layout = "horizontal" if width >= WIDE else "vertical"
        self.query_one("#too-small").display = too_small

    def _left_in_sight(self, alone: bool) -> bool:
        """Computed views need the whole width of a narrow screen."""
        if alone:
            return self.current in LEFT
        return not self.main.startswith(COMPUTED) or self.app.size.width >= ROOMY

    def _in_sight(self, name: str, alone: bool, roomy: bool) -> bool:
        if alone:
            return name == self.current
        if name in LEFT and self.main.startswith(COMPUTED) and self.app.size.width < ROOMY:
            return False
        return name in (*LEFT, self.main) or (name == "detail" and roomy)

    def on_descendant_focus(self, event: DescendantFocus) -> None:
        """The pane with the focus is the current one."""
        pane = next((node for node in event.widget.ancestors_with_self if isinstance(node, EditingPane)), None)
        if pane is not None and pane.id:
            self.current = pane.id
            self.query_one(TitleStrip).current = pane.id

    def action_view(self, name: str) -> None:
        """Go to a pane."""
        self.parley.held(self.go_to_pane(name))

    async def go_to_pane(self, name: str) -> None:
        """Bring a pane in sight, made first if it is the first time, and give it the keys."""
        if name not in LEFT:
            self.main = name
        elif self.main.startswith(COMPUTED) and self.app.size.width < ROOMY:
            self.main = "demands"
        self.current = name
        strip = self.query_one(TitleStrip)
        strip.more = "" if self.main in NUMBERED else self.title_of(self.main)
        if name == "detail":
            self.put_in_sight()
            await self.show_detail()
            self.set_focus(self.detail.grid)
            return
        pane = await self._made(name)
        self.put_in_sight()
        self.set_focus(pane.grid)

    async def _made(self, name: str) -> NarrowingPane:
        """The pane of that name, made first and filled if need be."""
        if not self.query(f"#{name}"):
            pane = self.new_pane(name)
            pane.set_reactive(NarrowingPane.scope, self.scope)
            await self.query_one("#main").mount(pane, before=self.detail)
        found = self.query_one(f"#{name}", NarrowingPane)
        if not found.display or not found.total:
            await found.load(keep=bool(found.total))
        return found

    def new_pane(self, name: str) -> NarrowingPane:
        """A pane for a kind of record or for a computed view."""
        from tui.panes.commitments import CommitmentsPane
        from tui.panes.computed import ComputedPane
        from tui.panes.matrix import MatrixPane

        if not name.startswith(COMPUTED):
            return RecordPane(RECORDS[name], "", name)
        view = name.removeprefix(COMPUTED)
        kinds: dict[str, type[ComputedPane]] = {"matrix": MatrixPane, "commitments": CommitmentsPane}
        return kinds.get(view, ComputedPane)(view, NUMBERED.get(name, ""))

    def title_of(self, name: str) -> str:
        """What a pane is called in the strip."""
        if name.startswith(COMPUTED):
            from storage import computed_view_named

            return computed_view_named(name.removeprefix(COMPUTED)).title
        return RECORDS[name].title_of_kind

    def action_other_records(self) -> None:
        """Offer every other kind of record for the main pane."""
        self.parley.held(self.choose_kind())

    async def choose_kind(self) -> None:
        """Ask which kind of record, and show it."""
        from storage import COMPUTED_VIEWS
        from tui.screens.choose import Choose

        offered = {kind.table: kind.title_of_kind for kind in RECORDS.values()}
        offered |= {f"{COMPUTED}{each.name}": each.title for each in COMPUTED_VIEWS.values()}
        chosen = await self.parley.ask(
            Choose("Show in the main pane", {name: title for name, title in offered.items() if name not in NUMBERED})
        )
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
        self.put_in_sight()

    def on_zoom_left(self, _event: ZoomLeft) -> None:
        """Give the other panes their places back."""
        self.zoomed = False
        self.put_in_sight()

    # Scope and rounds

    def on_scoped(self, event: Scoped) -> None:
        """Put everything under the party or round that was chosen, or lift it."""
        values = event.found.values
        if event.kind is Party:
            self.scope = self.scope.of_party(event.found.id, str(values["name"]), str(values["ref"]))
        else:
            self.scope = self.scope.at_round(str(values["ref"]))
        said = [f"of {self.scope.party_name}"] if self.scope.party_name else []
        said += [f"as of {self.scope.as_of}"] if self.scope.as_of else []
        self.say("Scope: " + ", ".join(said) if said else "Scope lifted: every party, as of the usual round.")

    def on_scope_lifted(self, _event: ScopeLifted) -> None:
        """Everything is shown again."""
        self.scope = Scope()

    def watch_scope(self, scope: Scope) -> None:
        """Put every pane under it; data_bind would leave out the panes that are made later."""
        for pane in self.query(NarrowingPane):
            pane.scope = scope

    def action_earlier_round(self) -> None:
        """Stand as of the round before."""
        self.parley.held(self.step_round("as_of", -1), superseded_by=STEPPING)

    def action_later_round(self) -> None:
        """Stand as of the round after."""
        self.parley.held(self.step_round("as_of", 1), superseded_by=STEPPING)

    def action_earlier_since(self) -> None:
        """Show what moved since the round before the one that is compared with."""
        self.parley.held(self.step_round("since", -1), superseded_by=STEPPING)

    def action_later_since(self) -> None:
        """Show what moved since the round after the one that is compared with."""
        self.parley.held(self.step_round("since", 1), superseded_by=STEPPING)

    async def step_round(self, which: str, step: int) -> None:
        """Move the as-of or the since round by one, staying within the rounds there are."""
        live = self.parley.live
        view = View(Round)
        rounds = await live.rows(view, await live.find(view))
        refs = [str(each.values["ref"]) for each in rounds]
        if not refs:
            self.say("There are no rounds yet.", wrong=True)
            return
        held = [str(each.values["ref"]) for each in rounds if each.values["status"] == "held"] or refs
        as_of = refs.index(self.scope.as_of if self.scope.as_of in refs else held[-1])
        usual = as_of if which == "as_of" else max(as_of - 1, 0)
        now = self.scope.as_of if which == "as_of" else self.scope.since
        there = refs[min(max((refs.index(now) if now in refs else usual) + step, 0), len(refs) - 1)]
        self.scope = replace(self.scope, as_of=there) if which == "as_of" else replace(self.scope, since=there)
        self.say(f"As of {there}." if which == "as_of" else f"Movement since {there}.")

    # Records elsewhere

    def on_cursor_at(self, event: CursorAt) -> None:
        """Let the detail follow the cursor."""
        if event.pane == self.current:
            self.cursor_at = (event.kind, event.record_id)
            if self.detail.display:
                follow: Callable[[], Awaitable[None]] = self.show_detail
                self.run_worker(follow, group="detail", exclusive=True)

    async def show_detail(self) -> None:
        """Show the record under the cursor whole."""
        if self.cursor_at is None and (first := self.pane("demands").grid.cursor_id):
            self.cursor_at = (Demand, first)
        if self.cursor_at is not None:
            await self.detail.show(*self.cursor_at)

    def on_whole_record(self, event: WholeRecord) -> None:
        """Show one record whole, on the whole screen."""
        if self.current == "detail":
            self.remember_place()
        self.cursor_at = (event.kind, event.record_id)
        self.zoomed = True
        self.parley.held(self.go_to_pane("detail"))

    def on_go_to(self, event: GoTo) -> None:
        """Show a record in the pane of its kind, and remember where the jump began."""
        self.remember_place()
        self.parley.held(self.show_record(event.kind, event.record_id))

    def remember_place(self) -> None:
        """Take note of where the cursor is, so that T comes back to it."""
        if self.cursor_at is not None and self.query(f"#{self.current}"):
            row = self.query_one(f"#{self.current}", EditingPane).grid.cursor_row
            self.been.append(Been(self.current, row, *self.cursor_at))

    def on_evidence_asked(self, event: EvidenceAsked) -> None:
        """Show what a record rests on, and go where the user wants to from there."""
        self.parley.held(self.show_evidence(event.kind, event.record_id))

    async def show_evidence(self, kind: Kind, record_id: int) -> None:
        """Open the dialog of evidence over the panes."""
        from tui.screens.provenance import ask_for_evidence

        goal = await ask_for_evidence(self.parley, kind, record_id, self.query_one(StatusLine).say)
        if goal is not None:
            self.on_go_to(GoTo(*goal))

    def on_brief_asked(self, event: BriefAsked) -> None:
        """Tell in one page what is known of a record, as of the round of the screen."""
        from tui.screens.brief import show_brief

        tell = self.query_one(StatusLine).say
        self.parley.held(show_brief(self.parley, event.kind, event.record_id, self.scope.as_of, tell))

    def on_add_under(self, event: AddUnder) -> None:
        """Begin a record under another one, in the pane of its kind; T comes back."""
        self.remember_place()
        self.parley.held(self.add_under(event))

    async def add_under(self, event: AddUnder) -> None:
        """Show the pane of the kind with a draft in it."""
        await self.go_to_pane(event.kind.table)
        await self.pane(event.kind.table).begin_draft(event.values)

    def action_go_back(self) -> None:
        """Return to the record where the last jump began."""
        if self.been:
            self.parley.held(self.return_to(self.been.pop()))
        else:
            self.say("There is nowhere to go back to.", wrong=True)

    async def return_to(self, been: Been) -> None:
        """Show the pane in which the jump was made, the cursor where it was."""
        if been.pane == "detail":
            self.cursor_at = (been.kind, been.record_id)
            await self.go_to_pane("detail")
            self.detail.grid.move_to(been.row, 1)
        elif been.pane.startswith(COMPUTED):
            await self.go_to_pane(been.pane)
        else:
            await self.show_record(been.kind, been.record_id)

    async def show_record(self, kind: Kind, record_id: int) -> None:
        """Put the cursor on a record, lifting what hides it."""
        await self.go_to_pane(kind.table)
        pane = self.pane(kind.table)
        await pane.whole()
        if not pane.grid.goto_id(record_id):
            self.scope = Scope()
            await pane.show_all()
            pane.grid.goto_id(record_id)

    # Undo and the rest

    def action_undo(self) -> None:
        """Take back the last step."""
        self.parley.held(self.reverse("undo"))

    def action_redo(self) -> None:
        """Do the last step again that was taken back."""
        self.parley.held(self.reverse("redo"))

    async def reverse(self, which: str) -> None:
        """Undo or redo one step and say which."""
        live = self.parley.live
        try:
            change = await (live.undo() if which == "undo" else live.redo())
        except StorageError as error:
            self.say(str(error), wrong=True)
            return
        end = " · U redoes" if which == "undo" else " · u undoes"
        self.query_one(StatusLine).say(Said(change.label, end=end))

    def say(self, text: str, wrong: bool = False) -> None:
        """Put a sentence into the status line."""
        self.query_one(StatusLine).say(Said(text, wrong))

    def on_said(self, event: Said) -> None:
        """Show what a pane has to say."""
        event.stop()
        self.query_one(StatusLine).say(event)

    def action_help(self) -> None:
        """Show every key that works here."""
        from tui.screens.help import Help

        self.app.push_screen(Help(self.active_bindings))

    def action_palette(self) -> None:
        """Open the list of all actions."""
        self.app.action_command_palette()

    def action_leave(self) -> None:
        """Leave; what is only typed and not saved is named first."""
        self.parley.held(self.leave())

    async def leave(self) -> None:
        """Close the program unless the user wants to keep what is not saved."""
        unsaved = [pane.unsaved for pane in self.query(EditingPane) if pane.unsaved]
        if unsaved:
            from tui.screens.confirm import Confirm

            if not await self.parley.ask(Confirm(f"Not saved: {', '.join(unsaved)}. Leave without it?", "Leave")):
                return
        self.app.call_later(partial(self.app.exit, 0))
