"""What is shown while long work runs: how far it is, and that it can be stopped."""

import asyncio
from collections.abc import Coroutine
from typing import ClassVar, Final, TypeVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from tui.dossier_app import DossierApp
from tui.progress import Progress

T = TypeVar("T")

LOOK_SECONDS: Final = 0.1

QUIET_SECONDS: Final = 0.3
"""Work that is done within this shows no progress."""


class Working(ModalScreen[None]):
    """Rows done so far, until the work ends; Esc stops it, and then nothing of it is done."""

    DEFAULT_CSS = """
    Working > Vertical { width: 44; height: auto; border: round $border; background: $surface; padding: 0 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "stop", "Stop")]

    def __init__(self, verb: str, progress: Progress, work: "asyncio.Task[T]") -> None:
        super().__init__()
        self.verb = verb
        self.progress = progress
        self.work = work

    def compose(self) -> ComposeResult:
        """One line, and how to stop."""
        with Vertical():
            yield Static(id="so-far")
            yield Static("Esc stops")

    def on_mount(self) -> None:
        """Look again and again how far it is."""
        self.tell()
        self.set_interval(LOOK_SECONDS, self.look)

    def on_unmount(self) -> None:
        """Nothing goes on for a screen that is gone: who leaves does not wait for it."""
        self.progress.cancelled = True

    def look(self) -> None:
        """Close when the work is done and nothing lies over this screen, which could not close then."""
        self.tell()
        if self.work.done() and self.is_active:
            self.dismiss()

    def tell(self) -> None:
        """Show the rows done so far."""
        self.query_one("#so-far", Static).update(f"{self.verb}: {self.progress.rows:,} rows")

    def action_stop(self) -> None:
        """Ask the work to stop; it ends by itself, soon."""
        self.progress.cancelled = True


async def with_progress(app: DossierApp, verb: str, progress: Progress, work: Coroutine[object, object, T]) -> T:
    """What the work gives; after a moment a screen shows how far it is and lets it be stopped."""
    working = asyncio.create_task(work)
    try:
        done, _ = await asyncio.wait({working}, timeout=QUIET_SECONDS)
        if not done:
            await app.ask(Working(verb, progress, working))
        return await working
    finally:  # who leaves meanwhile does not wait for it, and is not told how it ended
        progress.cancelled |= not working.done()
        working.cancel()
