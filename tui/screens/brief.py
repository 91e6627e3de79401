"""The brief on screen: one page on a demand, a round or a party, as it may leave."""

import io
import re
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import ClassVar, Final

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Markdown

from storage import BRIEFED, SINGULAR, Kind, Stopped, StorageError, Store, Unknown, View, outgoing, proposed_brief_name
from tui.display import safe, steady
from tui.dossier_app import DossierApp, OfParley
from tui.screens.write_file import WriteFile
from tui.widgets.status import Said, StatusLine

ASKER: Final = "brief"
"""The name under which the page is asked for."""

TOLD_OF: Final = tuple(kind.singular for kind in BRIEFED)
"""The kinds that a brief is about; another record's brief is that of the first of these that it names."""

NAMED_BY: Final = {
    "demand": ("demand", "settles"),
    "round": ("round",),
    "party": ("party", "by_party"),
}
"""The references of other kinds that lead to one of these."""

NOTE: Final = re.compile(r"\[\^(\d+)\]:?")
"""A footnote, which the widget knows nothing of; in stored text both brackets are escaped."""

LINE_END: Final = "<br>"
"""The end of a line in a stored text, as Markdown has it; the widget leaves HTML out."""


class Brief(OfParley, ModalScreen[None]):
    """A page to read, copy or write; what is on screen is what leaves."""

    DEFAULT_CSS = """
    Brief > Vertical { width: 100%; max-width: 104; height: 100%; border: round $border; background: $surface; }
    Brief VerticalScroll { height: 1fr; }
    Brief Markdown { background: $surface; padding: 0 1; }
    Brief MarkdownH1 { content-align: left middle; margin: 0 0 1 0; }
    Brief MarkdownH2 { margin: 1 0 0 0; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,b,q", "dismiss", "Close"),
        Binding("y", "copy", "Copy"),
        Binding("E,ctrl+e", "write", "Write to a file"),
        Binding("i", "internal", "With what is internal, or without"),
        Binding("j,down", "scroll(1)", show=False, priority=True),
        Binding("k,up", "scroll(-1)", show=False, priority=True),
    ]

    def __init__(self, kind: Kind, key: str, as_of: str, tell: Callable[[Said], None]) -> None:
        super().__init__()
        self.ref = f"{kind.singular}:{key}"
        self.called = f"{kind.singular} {key}"
        self.as_of = as_of
        self.tell = tell
        self.internal = False
        self.text = ""
        self.page = Markdown(open_links=False, parser_factory=_with_line_ends)
        self.scroller = VerticalScroll(self.page)
        self.status = StatusLine()

    def compose(self) -> ComposeResult:
        """The page and what was said last."""
        with Vertical() as frame:
            frame.border_title = safe(f"Brief · {self.called}{f' · as of {self.as_of}' if self.as_of else ''}")
            yield self.scroller
            yield self.status

    def on_mount(self) -> None:
        """Read the page before the next key."""
        self.scroller.focus()
        self.parley.held(self.load())

    async def load(self) -> None:
        """Make the page and show it."""
        live = self.parley.live
        try:
            with self.parley.reading_long(lambda text: self.say(Said(text)), partial(live.stop, ASKER)):
                self.text = await live.asked_by(ASKER, _page, live.store, self.ref, self.as_of, self.internal)
        except Stopped:
            self.dismiss()
            return
        except StorageError as error:
            self.text = ""
            may_be_internal = isinstance(error, Unknown) and not self.internal
            hint = " It may rest on internal statements alone; i includes those." if may_be_internal else ""
            self.say(Said(f"{error}{hint}", wrong=True))
        await self.page.update(NOTE.sub(r"\\[\1\\]", steady(self.text)))
        internal = "i leaves internal out" if self.internal else "i includes internal"
        self.query_one(Vertical).border_subtitle = f"y copy · E write · {internal} · ↑↓ scroll · Esc"
        await self.parley.painted()  # before that no key could scroll it

    def say(self, said: Said) -> None:
        """Say it here and in the line that stays."""
        self.status.say(said)
        self.tell(said)

    def action_scroll(self, lines: int) -> None:
        """Scroll by every key of a burst; the scroller's own keys forget those that come before the next frame."""
        self.scroller.scroll_relative(y=lines, animate=False, immediate=True)

    def action_internal(self) -> None:
        """Include what is internal, or leave it out again."""
        self.internal = not self.internal
        self.parley.held(self.load())

    def action_copy(self) -> None:
        """Put the Markdown on the clipboard."""
        if self.text:
            self.app.copy_to_clipboard(self.text)
            self.say(Said(f"The brief of {self.called} is copied as Markdown."))

    def action_write(self) -> None:
        """Write the Markdown to a file."""
        self.parley.held(self.write())

    async def write(self) -> None:
        """Ask where to, and write it."""
        live = self.parley.live
        name = proposed_brief_name(live.store, self.ref, self.as_of)
        target = await self.parley.ask(WriteFile(f"Write the brief of {self.called}", name))
        if target is None:
            return
        try:
            await live.asked(_write, live.store, self.ref, self.as_of, self.internal, target)
        except StorageError as error:
            self.say(Said(str(error), wrong=True))
        except OSError as error:
            self.say(Said(f"Nothing written: {error.strerror or error}.", wrong=True))
        else:
            self.say(Said(f"The brief of {self.called} -> {target}"))


def _with_line_ends() -> MarkdownIt:
    """What the widget reads Markdown with, but that the end of a line in a stored text is one on screen."""
    reader = MarkdownIt("gfm-like")
    reader.core.ruler.push("line_ends", _break_lines)
    return reader


def _break_lines(state: StateCore) -> None:
    for block in state.tokens:
        for token in block.children or ():
            if token.type == "html_inline" and token.content == LINE_END:
                token.type = "hardbreak"


def _page(store: Store, ref: str, as_of: str, internal: bool) -> str:
    out = io.StringIO()
    _write(store, ref, as_of, internal, out)
    return out.getvalue()


def _write(store: Store, ref: str, as_of: str, internal: bool, target: Path | io.StringIO) -> None:
    with outgoing(store, internal=internal) as leaving:
        leaving.write_brief(ref, target, as_of=as_of)


async def show_brief(parley: DossierApp, kind: Kind, id: int, as_of: str, tell: Callable[[Said], None]) -> None:
    """Show the brief of a record, or of the demand, round or party that it belongs to."""
    about = await _about(parley, kind, id)
    if about is None:
        tell(Said(f"A brief is about a demand, a round or a party; this {kind.singular} names none.", wrong=True))
        return
    for key in await parley.live.keys(about[0].table, [about[1]]):
        await parley.ask(Brief(about[0], key, as_of, tell))


async def _about(parley: DossierApp, kind: Kind, id: int) -> tuple[Kind, int] | None:
    if kind.singular in TOLD_OF:
        return kind, id
    for found in await parley.live.rows(View(kind), [id]):
        if str(found.values.get("subject")) in TOLD_OF:
            return SINGULAR[str(found.values["subject"])], int(str(found.values["subject_id"]))
        for word in TOLD_OF:
            for name in NAMED_BY[word]:
                if isinstance(named := found.values.get(name), int):
                    return SINGULAR[word], named
    return None
