"""What every screen and pane may ask of the application: the open dossier, an answer, one frame, a word at the foot."""

import asyncio
import gc
from collections.abc import Awaitable, Callable, Coroutine, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Final, TypeVar, cast

from textual.message_pump import MessagePump
from textual.screen import Screen
from textual.signal import Signal

from storage import News, StorageError, Store, plain
from tui import terminal
from tui.configuration import Configuration
from tui.keygate import ESCAPE, PATIENCE_SECONDS, GatedApp
from tui.live_store import LiveStore
from tui.memory import Kept, Memory
from tui.painting import layout_heard_of, let_it_be_written, paint_now
from tui.widgets.status import Said, StatusLine

if TYPE_CHECKING:
    from tui.panes.copied import OnClipboard

Answer = TypeVar("Answer")

EYE_SECONDS: Final = 0.03
"""What comes within it seems to come at once."""

TAKES_LONG: Final = "This takes long; Esc gives it up."

SECONDS_TO_READ: Final = 20
"""How long a message of its own stays, unless it is clicked away."""


class DossierApp(GatedApp[int]):
    """An application over one dossier."""

    def __init__(self, store: Store, demo: bool, memory: Memory, configuration: Configuration) -> None:
        self.memory = memory  # before all else, since the first thing that an app asks for is its theme
        super().__init__()
        self.demo = demo
        self.configuration = configuration
        self.memory.tell_refused = lambda sentence: self.call_later(self.say_not_remembered, sentence)
        self.begun = asyncio.Event()
        """Set when the panes are filled; keys typed before that wait for it."""
        self._framed = asyncio.Event()
        """Set while nothing is put together for one frame."""
        self._framed.set()
        self.news: Signal[News] = Signal(self, "news")
        self.live = LiveStore(store, self.announce)
        self.statement_drafts: dict[tuple[str, int], Mapping[str, str]] = {}
        """What was typed of a new statement and discarded, by the table and the id of the record that it is about."""
        self.copied: OnClipboard | None = None
        """The cell that was copied last; None as long as none was."""
        self.following: Store | None = None
        """The dossier to show next, if the user left for one."""

    @contextmanager
    def one_frame(self) -> Iterator[None]:
        """Let all that is shown inside appear at once; whoever waits for `painted` waits for that."""
        self._framed.clear()
        try:
            with self.batch_update():
                yield
        finally:
            self._framed.set()
            for screen in self.screen_stack[-1:]:
                paint_now(screen)
                screen.check_idle()  # which Textual leaves to whatever comes next

    @contextmanager
    def terminal_lent(self) -> Iterator[None]:
        """Another program has the terminal inside, and nothing is painted; SuspendNotSupported where there is none."""
        with self._gate.away(), self.batch_update(), terminal.interrupted_elsewhere(), self.suspend():
            yield

    @contextmanager
    def reading_long(self, say: Callable[[str], None], give_up: Callable[[], None]) -> Iterator[None]:
        """Say that Esc gives up what is read inside, when that takes long, and take the word back when it is there."""
        said = ""

        def tell(sentence: str) -> None:
            nonlocal said
            said = sentence
            say(sentence)

        def stop() -> None:
            word.cancel()
            tell("Given up.")
            give_up()

        word = asyncio.get_running_loop().call_later(PATIENCE_SECONDS[ESCAPE], tell, TAKES_LONG)
        try:
            with self._gate.given_up_by(stop):
                yield
        finally:
            word.cancel()
            if said == TAKES_LONG:
                say("")

    def at_once(self, work: Coroutine[object, object, object]) -> Coroutine[object, object, None]:
        """The work; what was shown just now and what it shows are one frame, unless it takes longer than an eye."""
        frame = ExitStack()
        frame.enter_context(self.one_frame())
        frame.callback(asyncio.get_running_loop().call_later(EYE_SECONDS, frame.close).cancel)

        async def in_one_frame() -> None:
            with frame:
                await work
                await layout_heard_of(self.screen)

        return in_one_frame()

    def post_display_hook(self) -> None:
        """Called when a frame is handed to the thread that writes it."""
        let_it_be_written()

    async def painted(self) -> None:
        """Return when what was shown so far is on the screen; work that would slow the painting down comes after."""
        await self._framed.wait()
        stands = asyncio.Event()
        self.call_after_refresh(stands.set)
        await stands.wait()

    def first_frame_stands(self) -> None:
        """Do what would have made the first frame wait."""
        gc.freeze()
        gc.enable()
        ready: Callable[[], Awaitable[None]] = self.make_ready  # not begun: the run may end before
        self.run_worker(ready, group="ready")

    async def make_ready(self) -> None:
        """Load the editors, let a fault leave a report, remember the dossier, and check a large file."""
        from tui.faults import report_faults
        from tui.widgets.editors import load_all

        await asyncio.to_thread(load_all)
        if not self.is_headless:
            await asyncio.to_thread(report_faults)
        self.memory.keep(Kept(recent=(str(self.live.path.absolute()),)))
        known = len(self.live.store.notices)
        try:
            await self.live.make_ready_to_edit()
        except StorageError as error:
            self.say_refused(error, at_length=True)
        for notice in self.live.store.notices[known:]:
            self.say_refused(StorageError(notice), at_length=True)

    def announce(self, news: News) -> None:
        """Tell every pane what has changed."""
        self.news.publish(news)

    def say_refused(self, error: BaseException, at_length: bool = False) -> None:
        """Say it in the status line; as a message of its own, too, over a dialog without one or when it needs room."""
        sentence, screens = self.in_short(error), self.screen_stack
        for screen in screens:
            for line in screen.query(StatusLine):
                line.say(Said(sentence, wrong=True, everywhere=True))
        if screens and (at_length or not screens[-1].query(StatusLine)):  # none when the run has just ended
            self.notify(plain(sentence), severity="error", markup=False, timeout=SECONDS_TO_READ)

    def in_short(self, error: BaseException) -> str:
        """What an error says, with the dossier called by the name of its file, since the status line is short."""
        return str(error).replace(str(self.live.path), self.live.path.name)

    def say_not_remembered(self, sentence: str) -> None:
        """Say it in the status line of the main screen, the reason in sight whatever the width."""
        start, colon, reason = sentence.rpartition(": ")
        self.screen_stack[0].query_one(StatusLine).say(Said(start, wrong=True, end=colon + reason))

    async def ask(self, dialog: Screen[Answer]) -> Answer | None:
        """Show a dialog and wait for its answer; None when it was left without one.

        Keys go to the dialog meanwhile; what follows on its answer is held again.
        """
        answer: asyncio.Future[Answer | None] = asyncio.get_running_loop().create_future()
        asking = asyncio.current_task()

        def answered(result: Answer | None) -> None:
            if answer.cancelled():  # with whoever asked
                return
            if asking is not None:
                self._gate.resume(asking)
            answer.set_result(result)

        await self.push_screen(dialog, answered)
        self.release()
        return await answer


class OfParley(MessagePump):
    """A screen, pane or dialog that asks something of the application."""

    @property
    def parley(self) -> DossierApp:
        """The app, by its own type."""
        return cast(DossierApp, self.app)
