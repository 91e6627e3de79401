"""The export dialog: what, as which format, to where; what the file will hold, and the command that makes it too."""

import asyncio
import io
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Final, cast

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from storage import (
    FORMATS,
    Format,
    Question,
    StorageError,
    Store,
    Switches,
    View,
    command_line,
    format_of,
    outgoing,
    proposed_name,
)
from tui.display import safe
from tui.widgets.option_line import OptionLine
from tui.widgets.path_line import PathLine, is_taken

if TYPE_CHECKING:
    from tui.app import Parley

PREVIEW_LINES: Final = 5

FILE, CLIPBOARD = "file", "clipboard"


@dataclass(frozen=True, slots=True)
class Order:
    """What leaves and how: everything that one export needs to know."""

    view: View | Question
    format: Format
    switches: Switches
    internal: bool
    target: Path | None
    """None is the clipboard."""


class Export(ModalScreen[Order]):
    """Asks for an export of the view on screen; Enter does it as shown."""

    DEFAULT_CSS = """
    Export > Vertical { width: 76; max-width: 100%; height: auto; max-height: 100%; border: round $border;
        background: $surface; border-title-color: $foreground; padding: 0 1; }
    Export #preview { height: 5; margin-top: 1; color: $text-muted; text-wrap: nowrap; text-overflow: ellipsis; }
    Export #command { height: auto; max-height: 4; color: $text-muted; }
    Export #there { height: 1; color: $text-warning; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "export", "Export", priority=True),
        Binding("escape", "dismiss", "Cancel"),
        Binding("down", "app.focus_next", show=False),
        Binding("up", "app.focus_previous", show=False),
    ]

    def __init__(self, called: str, offered: Mapping[str, tuple[str, View | Question]]) -> None:
        super().__init__()
        self.called = called
        self.offered = offered
        first = next((name for name in ("marked", *offered) if name in offered), "")
        self.what = OptionLine("What", {name: words for name, (words, _) in offered.items()}, first)
        self.format_line = OptionLine("As", {name: name for name in FORMATS}, "csv")
        self.names = OptionLine("References", {"refs": "refs", "names": "names"}, "refs")
        self.options = OptionLine("Spreadsheet", {"plain": "plain", "guard": "guarded", "bom": "guarded, BOM"}, "plain")
        self.headers = OptionLine("Headings", {"yes": "yes", "no": "no"}, "yes")
        self.internal = OptionLine("Internal", {"no": "left out", "yes": "included"}, "no")
        self.to = OptionLine("To", {FILE: "a file", CLIPBOARD: "the clipboard"}, FILE)
        self.path = PathLine()

    @property
    def store(self) -> Store:
        """The dossier that leaves."""
        return cast("Parley", self.app).live.store

    @property
    def format(self) -> Format:
        """The format chosen."""
        return FORMATS[self.format_line.chosen]

    def compose(self) -> ComposeResult:
        """One line a question, then what will be there."""
        with Vertical() as frame:
            frame.border_title = f"Export · {self.called}"
            frame.border_subtitle = "Enter exports · ↑↓ line · ←→ choice · Esc"
            yield self.what
            yield self.format_line
            yield self.names
            yield self.options
            yield self.headers
            yield self.internal
            yield self.to
            yield self.path
            yield Static(id="there")
            yield Static(id="preview")
            yield Static(id="command")

    def on_mount(self) -> None:
        """Propose a file, and show what it would hold."""
        self.path.value = proposed_name(self.store, self.asked(), self.format)
        self.format_line.focus()
        self.show()

    def order(self) -> Order:
        """The export as the lines say."""
        chosen = self.options.chosen
        takes = self.format.takes
        switches = Switches(
            names=self.names.chosen == "names",
            headers=self.headers.chosen == "yes" or "headers" not in takes,
            bom=chosen == "bom" and "bom" in takes,
            guard=chosen != "plain" and "guard" in takes,
        )
        target = self.path.path if self.to.chosen == FILE else None
        return Order(self.asked(), self.format, switches, self.internal.chosen == "yes", target)

    def asked(self) -> View | Question:
        """The question that leaves."""
        return self.offered[self.what.chosen][1]

    def on_option_line_changed(self, event: OptionLine.Changed) -> None:
        """Let the path follow the format, and show the file anew."""
        event.stop()
        if event.line is self.format_line:
            path = Path(self.path.value)
            if format_of(path.name):
                self.path.value = str(path.with_suffix(self.format.suffix))
        self.path.display = self.to.chosen == FILE
        self.show()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Let the format follow the path, and show what is there already."""
        event.stop()
        named = format_of(event.value)
        if named is not None and named is not self.format:
            self.format_line.chosen = named.name
        self.show()

    def show(self) -> None:
        """Show the first lines of the file, the command, and whether something lies there."""
        cast("Parley", self.app).held(self._show(self.order()))

    async def _show(self, order: Order) -> None:
        live = cast("Parley", self.app).live
        preview, command = await live.asked(_shown_before, self.store, order)
        taken = order.target is not None and is_taken(order.target)
        self.query_one("#there", Static).update(safe(f"{order.target} is there already.") if taken else "")
        self.query_one("#preview", Static).update(preview)
        self.query_one("#command", Static).update(command)

    async def action_export(self) -> None:
        """Close with the export as shown; a file that is there is asked about first."""
        order = self.order()
        if order.target is not None and is_taken(order.target):
            parley = cast("Parley", self.app)
            parley.held(self._ask_about(order))
        else:
            self.dismiss(order)

    async def _ask_about(self, order: Order) -> None:
        from tui.screens.taken import KEEP_BOTH, REPLACE, Taken

        assert order.target is not None
        answer = await cast("Parley", self.app).ask(Taken(order.target))
        if answer == REPLACE:
            self.dismiss(order)
        elif answer == KEEP_BOTH:
            self.path.value = str(beside(order.target))
            self.dismiss(self.order())


def beside(path: Path) -> Path:
    """The path with the first number behind its name that no file has yet."""
    candidates = (path.with_stem(f"{path.stem}-{number}") for number in range(2, 10_000))
    return next(candidate for candidate in candidates if not os.path.exists(candidate))


def _shown_before(store: Store, order: Order) -> tuple[Content, Content]:
    """The first lines of the file, and the command; asked on the thread of the store."""
    lines = ["A workbook has no lines to show here."] if order.format.write_file else _first_lines(store, order)
    command = command_line(store, order.view, order.format, order.target, order.switches, order.internal)
    text = f"$ {command}" if command else "No command makes this file: the marked records have no ref."
    return Content("\n").join([safe(line) for line in lines]), safe(text)


def _first_lines(store: Store, order: Order) -> list[str]:
    out = _FirstLines()
    try:
        with outgoing(store, internal=order.internal) as leaving:
            leaving.write_view(order.view, order.format, out, switches=order.switches, cancelled=out.is_full)
    except StorageError:
        pass  # the lines that were wanted are there, or none could be read: the export itself will say why
    return out.getvalue().splitlines()[:PREVIEW_LINES]


class _FirstLines(io.StringIO):
    def is_full(self) -> bool:
        return self.getvalue().count("\n") > PREVIEW_LINES


async def carried_out(store: Store, order: Order, progress: "Progress") -> tuple[int, str]:
    """Write the file, or the text for the clipboard (else empty); the number of rows as well."""
    out = io.StringIO()

    def write() -> int:
        with outgoing(store, internal=order.internal) as leaving:
            return leaving.write_view(
                order.view,
                order.format,
                order.target or out,
                switches=order.switches,
                progress=progress.report,
                cancelled=progress.is_cancelled,
            )

    rows = await asyncio.to_thread(write)
    return rows, out.getvalue()


class Progress:
    """How far a long export is, and whether it is to stop; written on one thread, read on another."""

    def __init__(self) -> None:
        self.rows = 0
        self.cancelled = False

    def report(self, rows: int) -> None:
        """Take note of the rows written so far."""
        self.rows = rows

    def is_cancelled(self) -> bool:
        """True once it is to stop."""
        return self.cancelled
