"""The main screen: the workbench with its scope, the ways between records, undo and redo."""

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path
from typing import Final, NamedTuple, Protocol, runtime_checkable

from storage import RECORDS, Change, Demand, Found, Kind, News, Party, Round, StorageError, View, open_store
from tui.keys import BY_SETTING, key_for, live_keys
from tui.live_store import ONLY_READ
from tui.panes.by_name import is_computed
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
)
from tui.panes.narrowing_pane import NarrowingPane
from tui.panes.records import RecordPane
from tui.panes.scope import Scope
from tui.screens.workbench import Workbench
from tui.widgets.status import Said, StatusLine

STEPPING = ("earlier_round", "later_round", "earlier_since", "later_since")
"""The actions that make a running step to another round pointless."""

LOOK_AGAIN_SECONDS: Final = 0.2
"""How often the question whether to leave looks whether all has been saved meanwhile."""


def stepping_keys() -> list[str]:
    """The keys of these actions, as they are in this run."""
    return [key for name in STEPPING for key in live_keys(BY_SETTING[name]).split(",")]


@runtime_checkable
class TypedIn(Protocol):
    """A pane or a dialog in which something may stand that is not saved."""

    @property
    def unsaved(self) -> str:
        """What is not saved, in words; empty if nothing is."""


class Been(NamedTuple):
    """Where the user was: a pane, alone on the screen or not, the line in it, and the record under the cursor."""

    pane: str
    zoomed: bool
    row: int
    kind: Kind
    record_id: int


class MainScreen(Workbench):
    """What a user does to the whole of it."""

    def __init__(self) -> None:
        super().__init__()
        self.been: list[Been] = []
        """Where jumps were made from, for going back."""

    # Scope and rounds

    def on_scoped(self, event: Scoped) -> None:
        """Put everything under the party or round that was chosen, or lift it."""
        values = event.found.values
        if event.kind is Party:
            self.scope = self.scope.of_party(event.found.id, str(values["name"]), str(values["ref"]))
            self.say_scope()
        else:
            self.parley.held(self.stand_at_round(str(values["ref"])))

    async def stand_at_round(self, ref: str) -> None:
        """Stand as of the round that was chosen, or as of the usual one again."""
        rounds = await self.rounds()
        self.scope = self.scope.at_round(ref, rounds)
        self.say_scope()

    def say_scope(self) -> None:
        """Say what everything is put under."""
        said = [f"of {self.scope.party_name}"] if self.scope.party_name else []
        said += [f"as of {self.scope.as_of}"] if self.scope.as_of else []
        self.say("Scope: " + ", ".join(said) if said else "Scope lifted: every party, as of the usual round.")

    def on_scope_lifted(self, _event: ScopeLifted) -> None:
        """Everything is shown again."""
        self.scope = Scope()

    def follow(self, news: News) -> bool:
        """Keep the scope on its party and its rounds when the news says what these are called now.

        False when it does not say: then `look_for_scope` has to ask.
        """
        if isinstance(news, Change):
            self.scope = self.scope.after(news)
        return isinstance(news, Change) or self.scope == Scope()

    async def look_for_scope(self) -> None:
        """Lift the scope as far as nothing is there any more that it could mean."""
        rounds = await self.rounds()
        parties = await self.parley.live.rows(View(Party), [self.scope.party] if self.scope.party else [])
        self.scope = self.scope.within(rounds, next(iter(parties), None))

    async def rounds(self) -> list[Found]:
        """Every round, in their order."""
        return await self.parley.live.rows(View(Round), await self.parley.live.few(Round))

    def watch_scope(self, scope: Scope) -> None:
        """Put every pane under it; data_bind would leave out the panes that are made later."""
        for pane in self.query(NarrowingPane):
            pane.scope = scope

    def action_earlier_round(self) -> None:
        """Stand as of the round before."""
        self.parley.held(self.step_round("as_of", -1), superseded_by=stepping_keys())

    def action_later_round(self) -> None:
        """Stand as of the round after."""
        self.parley.held(self.step_round("as_of", 1), superseded_by=stepping_keys())

    def action_earlier_since(self) -> None:
        """Show what moved since the round before the one that is compared with."""
        self.parley.held(self.step_round("since", -1), superseded_by=stepping_keys())

    def action_later_since(self) -> None:
        """Show what moved since the round after the one that is compared with."""
        self.parley.held(self.step_round("since", 1), superseded_by=stepping_keys())

    async def step_round(self, which: str, step: int) -> None:
        """Move the as-of or the since round by one, staying within the rounds there are."""
        rounds = await self.rounds()
        if not rounds:
            self.say("There are no rounds yet.", wrong=True)
            return
        scope, as_of = self.scope.stepped(rounds, which, step), self.scope.as_of_among(rounds)
        if scope is not None:
            self.scope = scope
            self.say(f"As of {scope.as_of}." if which == "as_of" else f"Movement since {scope.since}.")
        elif which == "as_of":
            self.say(f"There is no round {'before' if step < 0 else 'after'} {as_of}.", wrong=True)
        else:
            further = "no earlier round to compare with" if step < 0 else f"no later round before {as_of}"
            self.say(f"There is {further}.", wrong=True)

    # Records elsewhere

    def on_cursor_at(self, event: CursorAt) -> None:
        """Let the detail follow the cursor."""
        if event.pane == self.current:
            self.cursor_at = (event.kind, event.record_id)
            if self.detail.display:
                follow: Callable[[], Awaitable[None]] = self.follow_cursor  # not begun: it may be cancelled before
                self.run_worker(follow, group="detail", exclusive=True)

    async def follow_cursor(self) -> None:
        """Show the record under the cursor in the detail, or say why it can't be read."""
        try:
            await self.show_detail()
        except StorageError as error:
            self.parley.say_refused(error)

    def on_whole_record(self, event: WholeRecord) -> None:
        """Show one record whole, on the whole screen."""
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
            self.been.append(Been(self.current, self.zoomed, row, *self.cursor_at))

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
        self.zoomed = been.zoomed
        if been.pane == "detail":
            self.cursor_at = (been.kind, been.record_id)
            await self.go_to_pane("detail")
            self.detail.grid.move_to(been.row, 1)
        elif is_computed(been.pane):
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
        self.query_one(StatusLine).say(Said.of(change))

    def action_import_data(self) -> None:
        """Bring in what others have written."""
        if self.parley.live.read_only:
            self.say(ONLY_READ, wrong=True)
        else:
            self.parley.held(self.import_data())

    async def import_data(self) -> None:
        """Ask for a file, bring it in, and show the first of its records; a whole dossier is seen everywhere."""
        from tui.screens.importing import Import

        change = await self.parley.ask(Import(self.kind_here()))
        if change is None:
            self.say("Nothing imported.")
            return
        if len(change.tables()) == 1:
            self.remember_place()
            await self.show_record(RECORDS[change.edits[0].table], change.edits[0].id)
        self.query_one(StatusLine).say(Said(change.label, end=f" · {key_for('undo')} undoes"))

    def kind_here(self) -> Kind:
        """The kind of record that the current pane is about."""
        pane = self.query_one(f"#{self.current}", EditingPane)
        if isinstance(pane, RecordPane):
            return pane.kind
        return self.cursor_at[0] if self.cursor_at is not None else Demand

    def action_help(self) -> None:
        """Show every key that works here, and what the signs mean."""
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
        if await self.may_leave():
            self.app.call_later(partial(self.app.exit, 0))

    async def leave_for(self, path: Path) -> None:
        """Let another dossier take the place of this one; where it can't be opened, say why and stay."""
        if not await self.may_leave():
            return
        try:
            following = await asyncio.to_thread(open_store, path, self.parley.live.read_only, check_later=True)
        except StorageError as error:
            self.parley.say_refused(error)
            return
        self.parley.following = following
        self.app.call_later(partial(self.app.exit, 0))

    async def may_leave(self) -> bool:
        """False when the user wants to keep what is not saved."""
        unsaved = self.all_unsaved()
        if not unsaved:
            return True
        from tui.screens.confirm import Confirm

        question, asked = f"Not saved: {', '.join(unsaved)}. Leave without it?", self.app.screen
        if isinstance(asked, Confirm) and asked.question == question:
            return False  # the same key again is no answer
        asking = Confirm(question, "Leave")

        def leave_when_saved() -> None:
            if asking.is_current and not self.all_unsaved():  # what held a save up is over
                asking.dismiss(True)

        looking = self.set_interval(LOOK_AGAIN_SECONDS, leave_when_saved)
        leaves: bool | None = await self.parley.ask(asking)
        looking.stop()
        return leaves is True

    def all_unsaved(self) -> list[str]:
        """What is typed anywhere and not saved, in words."""
        places = [*self.query(EditingPane), *self.app.screen_stack]
        return [each.unsaved for each in places if isinstance(each, TypedIn) and each.unsaved]
