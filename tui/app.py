"""The application: its main screen, its palette, and what reaches it from the terminal and from other programs."""

import asyncio
import signal
import threading
from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import ClassVar

from textual.app import SystemCommand
from textual.binding import Binding, BindingType
from textual.command import Provider
from textual.constants import DEFAULT_THEME
from textual.driver import Driver
from textual.events import Event, Paste
from textual.filter import LineFilter
from textual.reactive import Initialize, Reactive
from textual.screen import Screen
from textual.worker import Worker

from storage import News, StorageError, Store, plain
from tui import terminal, terminal_driver
from tui.configuration import Configuration, configured
from tui.dossier_app import Answer, DossierApp
from tui.ending import config_file, state_folder
from tui.keys import BY_SETTING, NO_KEY, WAY_OUT, live_keys, setting_name, use_keys
from tui.lettering import PAINTED_IN_LETTERS
from tui.memory import FILE, Kept, Memory
from tui.screens.main import MainScreen
from tui.signs import in_letters, use_letters
from tui.widgets.status import Said, StatusLine

LOOK_FOR_NEWS_SECONDS = 0.2
"""How often the file is asked whether another program changed it; asking takes some microseconds."""


def _actions() -> type[Provider]:
    """Loaded with the palette, which most people never open."""
    from tui.palette import Actions

    return Actions


def _dossiers() -> type[Provider]:
    """Loaded with the palette, too."""
    from tui.palette import Dossiers

    return Dossiers


def _first_theme(app: "Parley") -> str:
    remembered = app.memory.kept.theme
    return remembered if remembered in app.available_themes else DEFAULT_THEME


class Parley(DossierApp):
    """The workbench over one dossier."""

    CSS_PATH = Path(__file__).with_name("app.tcss")
    TITLE = "Parley"
    COMMANDS: ClassVar = DossierApp.COMMANDS | {_actions, _dossiers}
    BINDINGS: ClassVar[list[BindingType]] = [Binding(WAY_OUT, "quit_parley", "Quit", show=False, priority=True)]

    theme: Reactive[str] = Reactive(Initialize(_first_theme))
    """As of any app; but from the start it is the one that was chosen last, and nothing is styled twice."""

    def __init__(
        self,
        store: Store,
        demo: bool = False,
        memory: Memory | None = None,
        configuration: Configuration = Configuration(),  # noqa: B008  # a value that nothing changes
    ) -> None:
        super().__init__(store, demo, memory or Memory(), configuration)
        use_keys(configuration.keys)
        use_letters(configuration.letters)
        self.set_keymap({act: keys or NO_KEY + setting_name(act) for act, keys in configuration.keys.items()})
        self.ended = threading.Event()
        """Set when the file is closed and nothing is left to do."""
        self.hearing: Worker[None] | None = None
        """The asking for news that was begun last."""
        self.unheard = ""
        """Why news could not be asked for when they were last; empty when they could."""

    def get_system_commands(self, screen: Screen[Answer]) -> Iterable[SystemCommand]:  # noqa: ARG002  # Textual's
        """What the palette offers besides our actions: of Textual's own, what no key of ours does already."""
        yield SystemCommand("Theme", "Choose the colours", self.action_change_theme)
        take = partial(self.call_after_refresh, self.take_picture)  # when the palette is gone from the screen
        yield SystemCommand("Screenshot", "Save a picture of the screen (SVG) in the current folder", take)

    def take_picture(self) -> None:
        """Save the screen as a picture, and say where."""
        from datetime import datetime

        from storage import replacing_by_path

        path = Path(f"parley-{datetime.now():%Y%m%dT%H%M%S}.svg")
        try:
            with replacing_by_path(path) as place:
                place.write_text(self.export_screenshot(), encoding="utf-8")
            said = Said(f"Picture of the screen -> {path.absolute()}")
        except StorageError as error:  # also where the current folder is gone
            said = Said(str(error), wrong=True)
        for line in self.screen.query(StatusLine):
            line.say(said)

    def get_driver_class(self) -> type[Driver]:
        """As for any app; but it paints on stdout, and reads on whatever comes from the terminal."""
        return terminal_driver.patient(super().get_driver_class())

    async def on_event(self, event: Event) -> None:
        """Let nothing be pasted that drives the terminal, not even into lines of Textual's own."""
        if isinstance(event, Paste):
            event.text = self._fit_to_paste(event.text)
        await super().on_event(event)

    @property
    def clipboard(self) -> str:
        """What was copied here, as it may be put where the focus is."""
        return self._fit_to_paste(super().clipboard)

    def _fit_to_paste(self, text: str) -> str:
        """The text; without what can't be typed, if it goes into a line of Textual's own, which takes out nothing."""
        from textual.widgets import Input

        from tui.widgets.clean_input import CleanInput
        from tui.widgets.editors.cleaning import cleaned

        focused = self.focused
        return cleaned(text)[0] if isinstance(focused, Input) and not isinstance(focused, CleanInput) else text

    def get_default_screen(self) -> Screen[None]:
        """The three panes."""
        return MainScreen()

    def get_line_filters(self) -> Sequence[LineFilter]:
        """As of any app; and in letters where no signs are wanted."""
        filters = super().get_line_filters()
        return [*filters, PAINTED_IN_LETTERS] if in_letters() else filters

    def watch_theme(self, name: str) -> None:
        """Remember the theme that was chosen."""
        if self.is_running:
            self.memory.keep(Kept(name))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """As of any app; but Textual's own key of the palette does not open it where it is given to something else."""
        own = BY_SETTING["palette"]
        taken = action == "command_palette" and self.COMMAND_PALETTE_BINDING not in live_keys(own).split(",")
        return False if taken else super().check_action(action, parameters)

    def action_command_palette(self) -> None:
        """Open the palette, once."""
        from tui.palette import Palette

        if not isinstance(self.screen, Palette):
            self.push_screen(Palette(id="--command-palette"))

    def search_themes(self) -> None:
        """List the themes, as the palette lists actions."""
        from textual.theme import ThemeProvider

        from tui.palette import Palette

        self.push_screen(Palette(providers=[ThemeProvider], placeholder="Search for themes…"))

    def on_mount(self) -> None:
        """Let keys wait for the panes, and listen for other programs and for signals."""
        self.held(self.begun.wait())
        self.set_interval(LOOK_FOR_NEWS_SECONDS, self.listen)
        loop = asyncio.get_running_loop()
        if not self.is_headless:
            terminal.leave_on_signals(lambda number: loop.call_soon_threadsafe(self.leave_by, number), self.ended)
            terminal.watch(lambda: loop.call_soon_threadsafe(self.leave_by, signal.SIGHUP), self.ended)

    def announce(self, news: News) -> None:
        """Tell every pane what has changed, after the scope that they stand under has followed it."""
        screen = next(iter(self.screen_stack), None)  # none when the run has just ended
        if isinstance(screen, MainScreen) and not screen.follow(news):
            self.held(self.announce_later(screen, news))
        else:
            super().announce(news)

    async def announce_later(self, screen: MainScreen, news: News) -> None:
        """Tell the panes when it is known what of the scope is still there."""
        try:
            await screen.look_for_scope()
        finally:
            super().announce(news)

    def listen(self) -> None:
        """Ask for news unless that is still going on: no key waits for it, nor for the check of a large file."""
        if self.hearing is None or self.hearing.is_finished:
            self.hearing = self.run_worker(self.hear_news, group="news")

    async def hear_news(self) -> None:
        """Announce what others have changed; why it can't be known is said once, not five times a second."""
        try:
            await self.live.hear_news()
            self.unheard = ""
        except StorageError as error:
            if str(error) != self.unheard:
                self.unheard = str(error)
                self.say_refused(error)

    def held_failed(self, error: BaseException) -> None:
        """Say what storage has refused where nobody else did; any other error ends the app."""
        if not isinstance(error, StorageError):
            super().held_failed(error)
        self.say_refused(error)

    def leave_by(self, number: int) -> None:
        """Leave as a signal asks; everything is saved already."""
        self.exit(return_code=128 + number)

    def _print_error_renderables(self) -> None:
        """Keep a traceback, which may hold data, off the terminal: the caller of run() reports the crash."""

    def action_quit_parley(self) -> None:
        """Leave, after a question if something is not saved."""
        screen = self.screen_stack[0]
        if isinstance(screen, MainScreen):
            screen.action_leave()
        else:
            self.exit(0)


def show(store: Store, demo: bool = False) -> tuple[int, Store | None]:
    """Show a dossier until the user leaves, and close it; the exit code, and the dossier that is to be shown next."""
    app = Parley(store, demo, Memory(state_folder() / FILE), configured(config_file()))
    terminal.tell(f"\x1b[22;2t\x1b]2;{plain(str(store.path.absolute()))}\x07")
    terminal_driver.take_any_bytes()
    try:
        app.run()
    finally:
        app.live.close()
        app.memory.close()
        app.ended.set()
        terminal.tell("\x1b[23;2t")
    if app._exception is not None:  # Textual keeps it without a public name
        raise app._exception
    if app._exit_renderables:  # how Textual tells that the thread which reads keys has failed, without a public name
        raise RuntimeError("the terminal can't be read any more")
    if app.return_code and app.following is not None:  # a signal has come first
        app.following.close()
    return app.return_code or 0, None if app.return_code else app.following
