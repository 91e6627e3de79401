"""The application: one dossier, its main screen, and what every screen may ask of it."""

import asyncio
import gc
import signal
import threading
from pathlib import Path
from typing import ClassVar, TypeVar

from textual.binding import Binding, BindingType
from textual.command import Provider
from textual.screen import Screen
from textual.signal import Signal

from storage import News, Store, open_store, plain
from tui import terminal
from tui.keygate import GatedApp
from tui.live_store import LiveStore
from tui.screens.main import MainScreen

Answer = TypeVar("Answer")

LOOK_FOR_NEWS_SECONDS = 0.2
"""How often the file is asked whether another program changed it; asking takes some microseconds."""


def _actions() -> type[Provider]:
    """Loaded with the palette, which most people never open."""
    from tui.palette import Actions

    return Actions


class Parley(GatedApp[int]):
    """The workbench over one dossier."""

    CSS_PATH = Path(__file__).with_name("app.tcss")
    TITLE = "Parley"
    COMMANDS: ClassVar = GatedApp.COMMANDS | {_actions}
    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+q", "quit_parley", "Quit", show=False, priority=True)]

    def __init__(self, store: Store, demo: bool = False) -> None:
        super().__init__()
        self.demo = demo
        self.ended = threading.Event()
        """Set when the file is closed and nothing is left to do."""
        self.begun = asyncio.Event()
        """Set when the panes are filled; keys typed before that wait for it."""
        self.news: Signal[News] = Signal(self, "news")
        self.live = LiveStore(store, self.news.publish)

    def get_default_screen(self) -> Screen[None]:
        """The three panes."""
        return MainScreen()

    def on_mount(self) -> None:
        """Make edits ready once the first frame stands, and listen for other programs from then on."""
        self.held(self.begun.wait())
        self.call_after_refresh(self._first_frame_stands)
        self.set_interval(LOOK_FOR_NEWS_SECONDS, self.live.hear_news)
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGHUP):
            loop.add_signal_handler(number, self.leave_by, number)
        if not self.is_headless:
            terminal.watch(lambda: loop.call_soon_threadsafe(self.leave_by, signal.SIGHUP), self.ended)

    async def _first_frame_stands(self) -> None:
        gc.freeze()
        gc.enable()
        await self.begun.wait()
        from tui.widgets.editors import load_all

        screen = self.screen_stack[0]
        if isinstance(screen, MainScreen):
            self.held(screen.pane("demands").grid.reread())  # the zones come behind the first frame
        await asyncio.to_thread(load_all)
        await self.live.make_ready_to_edit()

    def leave_by(self, number: int) -> None:
        """Leave as a signal asks; everything is saved already."""
        self.exit(return_code=128 + number)

    def _print_error_renderables(self) -> None:
        """Keep a traceback, which may hold data, off the terminal: the caller of run() reports the crash."""

    async def ask(self, dialog: Screen[Answer]) -> Answer | None:
        """Show a dialog and wait for its answer; None when it was left without one.

        Keys go to the dialog meanwhile; what follows on its answer is held again.
        """
        answer: asyncio.Future[Answer | None] = asyncio.get_running_loop().create_future()
        asking = asyncio.current_task()

        def answered(result: Answer | None) -> None:
            if asking is not None:
                self._gate.resume(asking)
            answer.set_result(result)

        await self.push_screen(dialog, answered)
        self.release()
        return await answer

    def action_quit_parley(self) -> None:
        """Leave, after a question if something is not saved."""
        screen = self.screen_stack[0]
        if isinstance(screen, MainScreen):
            screen.action_leave()
        else:
            self.exit(0)


def run(path: Path, *, demo: bool = False, read_only: bool = False) -> int:
    """Show the dossier at `path` until the user leaves; the exit code. StorageError when it can't be opened."""
    store = open_store(path, read_only)
    app = Parley(store, demo)
    terminal.tell(f"\x1b[22;2t\x1b]2;{plain(str(path.absolute()))}\x07")
    try:
        app.run()
    finally:
        app.live.close()
        app.ended.set()
        terminal.tell("\x1b[23;2t")
    if app._exception is not None:  # Textual keeps it without a public name
        raise app._exception
    return app.return_code or 0
