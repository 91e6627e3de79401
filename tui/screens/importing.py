"""The import dialog: which file, what it holds; what would come of it, and every mistake that keeps it out."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from itertools import accumulate
from typing import ClassVar, Final

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from storage import IMPORTABLE_KINDS, MOST_PROBLEMS, BadInput, Change, Kind, StorageError, is_whole_dossier, kind_called
from tui.display import safe
from tui.dossier_app import OfParley
from tui.progress import Progress
from tui.screens.working import LOOK_SECONDS, with_progress
from tui.widgets.option_line import OptionLine
from tui.widgets.path_line import PathLine, is_folder, is_taken
from tui.widgets.verdict import Verdict

CHECK: Final = "check"


class Import(OfParley, ModalScreen[Change]):
    """Asks for a file and checks it as it is named; Enter brings it in whole, or what is wrong can be mended."""

    DEFAULT_CSS = """
    Import > Vertical { width: 76; max-width: 100%; height: auto; max-height: 100%; overflow-y: auto;
        border: round $border; background: $surface; padding: 0 1;
        scrollbar-size-vertical: 1; }
    Import Verdict { margin-top: 1; }
    Import #mistakes { height: auto; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "import", "Import", priority=True),
        Binding("escape", "dismiss", "Cancel"),
        Binding("down", "app.focus_next", show=False),
        Binding("up", "app.focus_previous", show=False),
        Binding("pagedown", "scroll(1)", show=False),
        Binding("pageup", "scroll(-1)", show=False),
    ]

    def __init__(self, proposed: Kind) -> None:
        super().__init__()
        kinds = {kind.table: kind.title_of_kind.lower() for kind in IMPORTABLE_KINDS.values()}
        self.proposed = proposed.table if proposed.table in kinds else next(iter(kinds))
        """The kind of records in a file whose name does not say it."""
        self.called = ""
        """The kind that the name of the file says."""
        self.path = PathLine()
        self.path.placeholder = "the path of a csv, tsv, json or ndjson"
        self.kind = OptionLine("Holds", kinds, self.proposed)
        self.frame = Vertical()
        self.verdict = Verdict()
        self.mistakes = Static(id="mistakes")
        self.sentences: Sequence[Content] = ()
        """The mistakes, by their places in the file."""
        self.progress = Progress()
        """That of what was begun last."""

    def compose(self) -> ComposeResult:
        """The two questions, then what would come of it."""
        with self.frame as frame:
            frame.border_title = "Import"
            yield self.path
            yield self.kind
            yield self.verdict
            yield self.mistakes

    def on_mount(self) -> None:
        """A path is typed first."""
        self.path.focus()
        self.watch(self.frame, "scroll_y", self.tell_keys, init=False)
        self.watch(self.frame, "virtual_size", self.on_resize, init=False)
        self.say("")

    def on_unmount(self) -> None:
        """Nothing goes on for a dialog that is gone."""
        self.progress.cancelled = True

    def on_descendant_focus(self) -> None:
        """Name the keys of the line."""
        self.tell_keys()

    def on_resize(self) -> None:
        """Name the key for what there is no room for."""
        self.call_after_refresh(self.tell_keys)

    def tell_keys(self) -> None:
        """Name the keys that do something here, and how many mistakes lie out of sight."""
        further = "→ completes" if self.focused is self.path else "←→ choice"
        if hidden := self.out_of_sight():
            further = f"and {hidden:,} more: PgDn"
        self.frame.border_subtitle = " · ".join(["Enter imports", "↑↓ line", further, "Esc"])

    def out_of_sight(self) -> int:
        """How many mistakes end below what the screen has room for."""
        top = self.mistakes.virtual_region.y - self.frame.scroll_offset.y
        room = self.frame.scrollable_content_region.height - top
        heights = (each.get_height({}, self.mistakes.size.width) for each in self.sentences)
        return sum(bottom > room for bottom in accumulate(heights))

    def action_scroll(self, pages: int) -> None:
        """Bring in sight what the screen has no room for; at once, so that the next page comes after this one."""
        page = self.frame.scrollable_content_region.height
        self.frame.scroll_relative(y=pages * page, animate=False, immediate=True)

    # What is typed is checked

    def on_input_changed(self, event: Input.Changed) -> None:
        """Let the kind follow the name of the file, and check what is there."""
        event.stop()
        kind = kind_called(self.path.path)
        called = kind.table if kind else ""
        if called != self.called:
            self.called = called
            self.kind.chosen = called or self.proposed
        self.frame.scroll_home(animate=False)
        self.check_anew()

    def on_option_line_changed(self, event: OptionLine.Changed) -> None:
        """Check it as what it is now said to be."""
        event.stop()
        self.check_anew()

    def check_anew(self) -> None:
        """Check the file that is named; no key waits for it, and what was begun before ends."""
        self.progress.cancelled = True
        check: Callable[[], Awaitable[None]] = self.check  # not begun: it may be cancelled before
        self.run_worker(check, group=CHECK, exclusive=True)

    async def check(self) -> None:
        """Say what would come of the file; nothing as long as none is named."""
        path = self.path.path
        self.kind.display = not await asyncio.to_thread(is_whole_dossier, path)
        if not is_taken(path) or is_folder(path):
            self.say("")
            return
        if self.path.unreadable:
            self.say(self.path.unreadable, wrong=True)
            return
        self.say("")
        progress = self.progress = Progress()
        telling = self.set_interval(LOOK_SECONDS, lambda: self.say(f"Checking: {progress.rows:,} rows"))
        try:
            change = await self.parley.live.import_data(path, self.kind.chosen, progress, dry_run=True)
        except StorageError as error:
            self.refuse(error)
        else:
            self.say(change.label.replace(" imported from ", " would come in from ", 1))
        finally:
            telling.stop()
            progress.cancelled = True

    # What is said

    def say(self, text: str, wrong: bool = False, sentences: Sequence[str] = ()) -> None:
        """Say something under the lines, and sentences below it; where there is nothing to say, nothing takes room."""
        self.verdict.say(text, wrong)
        self.verdict.display = bool(text)
        self.sentences = [safe(each) for each in sentences]
        self.mistakes.update(Content("\n").join(self.sentences))
        self.call_after_refresh(self.tell_keys)

    def refuse(self, error: StorageError) -> None:
        """Say why nothing would come in, mistake by mistake."""
        if isinstance(error, BadInput):
            start = f"{self.path.path}: "
            mistakes = [each.removeprefix(start) for each in error.problems]
            count = f"{len(mistakes):,} mistakes" if len(mistakes) > 1 else "A mistake"
            more = " or more" if len(mistakes) >= MOST_PROBLEMS else ""
            self.say(f"{count}{more} in {self.path.path.name}; nothing is imported.", True, mistakes)
        else:
            self.say(str(error), wrong=True)

    # What is asked for is brought in

    def action_import(self) -> None:
        """Bring in the file that is named."""
        self.workers.cancel_group(self, CHECK)
        self.progress.cancelled = True
        if self.path.unreadable:
            self.say(self.path.unreadable, wrong=True)
        else:
            self.say("")
            self.parley.held(self.bring_in())

    async def bring_in(self) -> None:
        """Do it and close; or say what is wrong, and leave everything as it was typed."""
        progress = self.progress = Progress()
        work = self.parley.live.import_data(self.path.path, self.kind.chosen, progress)
        try:
            change = await with_progress(self.parley, "Importing", progress, work)
        except StorageError as error:
            self.refuse(error)
        else:
            self.dismiss(change) if change.edits else self.say(change.label)
