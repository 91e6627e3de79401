"""Provenance by hand: what a record rests on, or what rests on a statement; linked, disputed, graded here."""

from collections.abc import Awaitable, Callable
from typing import ClassVar, Final

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from storage import (
    SINGULAR,
    Change,
    Evidence,
    Found,
    Kind,
    News,
    Source,
    Statement,
    StorageError,
    Suggestion,
    Value,
    View,
)
from tui.display import safe
from tui.dossier_app import DossierApp, OfParley
from tui.keys import key_for
from tui.live_store import ONLY_READ, LiveStore
from tui.screens import grounds
from tui.screens.find_record import FindRecord
from tui.screens.grounds import Ground, Offer
from tui.screens.write_statement import WriteStatement
from tui.widgets.paged_list import PagedList
from tui.widgets.status import Said, StatusLine

Goal = tuple[Kind, int]
"""The record that the user wants to go to."""

WATCHED: Final = frozenset(("evidence", "statements", "sources", "parties", "people"))


class Provenance(OfParley, ModalScreen[Goal]):
    """The evidence links of one record or of one statement; Enter closes with the record to go to."""

    DEFAULT_CSS = """
    Provenance > Vertical { width: 76; max-width: 100%; height: auto; max-height: 90%; border: round $border;
        background: $surface; }
    Provenance OptionList, Provenance OptionList:focus { height: auto; max-height: 100%; min-height: 2; border: none;
        padding: 0; background: $surface; }
    Provenance #none { padding: 0 1; }
    Provenance #keys { padding: 0 1; color: $text-muted; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,x,q", "dismiss", "Close"),
        Binding("a", "link", "Link"),
        Binding("n", "write", "New statement"),
        Binding("space", "turn", "Supports or disputes"),
        Binding("d,delete", "unlink", "Unlink"),
        *(Binding(grade, f"credibility({grade})", show=False) for grade in "123456"),
        *(Binding(grade, f"reliability('{grade}')", show=False) for grade in "ABCDEF"),
        Binding("v", "hide", "Public or internal"),
        Binding("u,ctrl+z", "undo", "Undo"),
        *(Binding(key, f"move('{where}')", show=False) for key, where in (("j", "down"), ("k", "up"))),
    ]

    KEYS = (
        "a link a statement · n write one · space supports/disputes · d unlink\n"
        "A-F source · 1-6 credibility · v internal · u undo · Enter go · Esc"
    )
    NONE = "No statement supports or disputes this. a links one, n writes one."

    def __init__(self, kind: Kind, id: int, called: str, live: LiveStore, tell: Callable[[Said], None]) -> None:
        super().__init__()
        self.kind = kind
        self.record_id = id
        self.called = called
        self.live = live
        self.tell = tell
        """Says the same in the status line that stays."""
        self.grounds: list[Ground] = []
        self.list = PagedList()
        self.status = StatusLine()

    @property
    def here(self) -> Ground | None:
        """The link under the cursor."""
        at = self.list.highlighted
        return self.grounds[at] if at is not None and at < len(self.grounds) else None

    def compose(self) -> ComposeResult:
        """The links, what was said last, and the keys."""
        with Vertical():
            yield self.list
            yield Static(self.NONE, id="none")
            yield self.status
            yield Static(self.KEYS, id="keys")

    def on_mount(self) -> None:
        """Read, and read again whenever something changes."""
        self.parley.news.subscribe(self, self.hear)
        self.list.focus()
        self.parley.held(self.load())

    def hear(self, news: News) -> None:
        """The next key finds what has changed."""
        if WATCHED & news.tables():
            self.parley.held(self.load())

    async def load(self) -> None:
        """List the links, the cursor on the same line."""
        at = self.list.highlighted or 0
        self.grounds = await self.read()
        self.list.clear_options()
        self.list.add_options([Option(each.words) for each in self.grounds])
        self.list.highlighted = min(at, len(self.grounds) - 1) if self.grounds else None
        self.list.display = bool(self.grounds)
        self.query_one("#none").display = not self.grounds
        self.query_one(Vertical).border_title = safe(f"{self.heading()} ({len(self.grounds)})")

    async def read(self) -> list[Ground]:
        """The links."""
        return await grounds.grounds_of(self.live, self.kind, self.record_id)

    def heading(self) -> str:
        """What the links are of."""
        return f"Evidence of {self.called}"

    # Saying and saving

    def say(self, said: Said) -> None:
        """Say it here and below."""
        self.status.say(said)
        self.tell(said)

    def change(self, making: Callable[[], Awaitable[Change]]) -> None:
        """Make one step and say so; the next key waits for it."""
        if not self.only_reads():
            self.parley.held(self.saved(making))

    def only_reads(self) -> bool:
        """True, and said so, where the dossier is open for reading only."""
        if self.live.read_only:
            self.say(Said(ONLY_READ, wrong=True))
        return self.live.read_only

    async def saved(self, making: Callable[[], Awaitable[Change]]) -> None:
        """Make a step; say what was saved, or why it was not."""
        try:
            self.say_saved(await making())
        except StorageError as error:
            self.say(Said(str(error), wrong=True))

    def say_saved(self, change: Change) -> None:
        """What was saved, and how to take it back."""
        self.say(Said.of(change))

    def edit(self, kind: Kind, found: Found | None, values: dict[str, Value]) -> None:
        """Change fields of a record against what is shown of them."""
        if found is None:
            self.say(Said("There is no statement here. a links one, n writes one.", wrong=True))
            return
        seen = {found.id: {name: found.values[name] for name in values}}
        self.change(lambda: self.live.edit(kind, [found.id], values, seen))

    # What keys do

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Enter goes to the other end of the link."""
        event.stop()
        if (here := self.here) is not None:
            self.dismiss(here.goes_to)

    def action_move(self, where: str) -> None:
        """The letters move as everywhere."""
        if where == "down":
            self.list.action_cursor_down()
        else:
            self.list.action_cursor_up()

    def action_turn(self) -> None:
        """What supports, disputes from now on, and the other way round."""
        link = self.here.link if self.here else None
        supports = link is not None and link.values["relation"] == "supports"
        self.edit(Evidence, link, {"relation": "disputes" if supports else "supports"})

    def action_unlink(self) -> None:
        """Take the link away; the statement and the record stay."""
        link = self.here.link if self.here else None
        if link is None:
            self.say(Said("There is nothing to unlink.", wrong=True))
        else:
            self.change(lambda: self.live.delete(Evidence, [link.id]))

    def action_credibility(self, grade: int) -> None:
        """How credible what was said is."""
        self.edit(Statement, self.graded()[0], {"credibility": grade})

    def action_reliability(self, grade: str) -> None:
        """How reliable the source of what was said is."""
        self.edit(Source, self.graded()[1], {"reliability": grade})

    def action_hide(self) -> None:
        """Make the statement internal, or public again."""
        said = self.graded()[0]
        internal = said is not None and said.values["visibility"] == "internal"
        self.edit(Statement, said, {"visibility": "public" if internal else "internal"})

    def graded(self) -> tuple[Found | None, Found | None]:
        """The statement and the source that a grade is for."""
        return (self.here.statement, self.here.source) if self.here else (None, None)

    def action_undo(self) -> None:
        """Take back the last step."""
        self.change(self.live.undo)

    def action_link(self) -> None:
        """Find the other end of a new link, and link it."""
        if not self.only_reads():
            self.parley.held(self.link())

    async def link(self) -> None:
        """Ask which statement, and link it as supporting."""
        offer = await self.parley.ask(self.finder())
        if offer is not None:
            await self.saved(lambda: self.live.add(Evidence, self.link_to(offer)))

    def finder(self) -> FindRecord:
        """The dialog that finds the other end."""
        return FindRecord(f"Link to {self.called}", lambda typed: grounds.statements_called(self.live, typed))

    def link_to(self, offer: Offer) -> dict[str, Value]:
        """The link to what was found."""
        return {"statement": offer.id, "subject": self.kind.singular, "subject_id": self.record_id}

    def action_write(self) -> None:
        """Write a new statement, linked at once."""
        if not self.only_reads():
            self.parley.held(self.write())

    async def write(self) -> None:
        """Ask for the statement; its source is the last one used, its party and round those of the record."""
        found = next(iter(await self.live.rows(View(self.kind), [self.record_id])), None)
        if found is None:
            self.say(Said(f"There is no {self.called} any more.", wrong=True))
            return
        given = _given(self.kind, found)
        if (source := await grounds.last_source(self.live)) is not None:
            given["source"] = source
        drafts, about = self.parley.statement_drafts, (self.kind.table, self.record_id)
        form = WriteStatement(self.kind, self.record_id, self.called, given, self.live, drafts.pop(about, {}))
        change = await self.parley.ask(form)
        if change is not None:
            self.say_saved(change)
        elif form.draft:
            drafts[about] = form.draft
            self.say(Said("Nothing saved; n offers again what you typed."))


class RestsOn(Provenance):
    """What one statement supports or disputes."""

    KEYS = (
        "a link a record · space supports/disputes · d unlink · u undo\n"
        "A-F source · 1-6 credibility · v internal · Enter go · Esc"
    )
    NONE = "Nothing rests on this statement. a links a record to it."

    said: Found | None = None
    """The statement; None until it is read, and when it is gone."""
    source: Found | None = None

    async def load(self) -> None:
        """As for a record; a statement has a grade even when nothing rests on it."""
        self.said, self.source = await grounds.statement_with_source(self.live, self.record_id)
        await super().load()

    async def read(self) -> list[Ground]:
        """The links of the statement."""
        return await grounds.resting_on(self.live, self.record_id)

    def heading(self) -> str:
        """The statement, its grade and who may see it."""
        if self.said is None:
            return f"Statement {self.called} is gone"
        internal = ", internal" if self.said.values["visibility"] == "internal" else ""
        return f"What rests on {self.called} · {grounds.grade(self.said, self.source)}{internal}"

    def graded(self) -> tuple[Found | None, Found | None]:
        """The statement itself."""
        return self.said, self.source

    def finder(self) -> FindRecord:
        """Records by their refs and names, or by kind and key."""
        heading = f"Link to {self.called}: a ref or a name, or a kind and a key"
        return FindRecord(heading, lambda typed: grounds.records_called(self.live, typed))

    def link_to(self, offer: Offer) -> dict[str, Value]:
        """The link to the record."""
        return {"statement": self.record_id, "subject": offer.kind.singular, "subject_id": offer.id}

    def action_write(self) -> None:
        """Nothing to write here."""
        self.say(Said("A new statement is written from the record that it is about.", wrong=True))


async def ask_for_evidence(parley: DossierApp, kind: Kind, id: int, tell: Callable[[Said], None]) -> Goal | None:
    """Show what a record rests on, or what rests on a statement; the record to go to, if one was chosen."""
    live = parley.live
    if kind is Evidence:
        for link in await live.rows(View(Evidence), [id]):
            about = str(link.values["subject"])
            if about not in SINGULAR:  # what another program has written
                tell(Said("This link is about no kind of record; `parley check` says more.", wrong=True))
                return None
            kind, id = SINGULAR[about], int(str(link.values["subject_id"]))
    if kind is not Statement and kind.singular not in grounds.SUBJECTS:
        there = f"{key_for('evidence')} on a statement shows what rests on it"
        tell(Said(f"No statement supports a {kind.singular}; {there}.", wrong=True))
        return None
    for called in await live.keys(kind.table, [id]):
        dialog = RestsOn if kind is Statement else Provenance
        name = called if kind is Statement else f"{kind.singular} {called}"
        return await parley.ask(dialog(kind, id, name, live, tell))
    return None


def _given(kind: Kind, found: Found) -> dict[str, Suggestion]:
    """The party, the speaker and the round that a statement on a record most likely has."""
    itself = {"parties": "party", "people": "speaker", "rounds": "round"}.get(kind.table)
    if itself:
        return {itself: Suggestion(found.id, str(found.values["ref" if "ref" in kind.fields else "name"]), "")}
    fields = {"party": ("by_party", "party"), "speaker": ("person",), "round": ("first_round", "round")}
    return {
        name: Suggestion(int(str(found.values[each])), found.names[each], "")
        for name, candidates in fields.items()
        for each in candidates
        if found.names.get(each)
    }
