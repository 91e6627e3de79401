"""The export dialog: what, as which format, to where; what the file will hold, and the command that makes it too."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import ClassVar, Final, NamedTuple

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from storage import (
    DOSSIER,
    FORMATS,
    SQLITE,
    Format,
    Question,
    Stopped,
    StorageError,
    Store,
    Switches,
    View,
    proposed_name,
)
from tui.display import safe
from tui.dossier_app import OfParley
from tui.exporting import FORMS, OF_THE_DOSSIER, Order, command_of, first_lines, form_of
from tui.keys import key_name
from tui.memory import ExportChoices
from tui.widgets.option_line import OptionLine
from tui.widgets.path_line import PathLine, is_taken
from tui.widgets.verdict import Verdict

FILE, CLIPBOARD = "file", "clipboard"

COPIES: Final = "ctrl+y"

PREVIEW: Final = "preview"
"""The name under which the first lines are asked for."""

NO_COMMAND: Final = "No command makes this file: no ref names the marked rows."


class Exported(NamedTuple):
    """What has left, by which order and which choices."""

    order: Order
    choices: ExportChoices
    what: str
    """`17 rows`, or `The whole dossier`."""
    text: str
    """What goes to the clipboard; empty if it went to a file."""


class Export(OfParley, ModalScreen[Exported]):
    """Asks for an export of the view on screen; Enter does it as shown, and what fails can be mended here."""

    DEFAULT_CSS = """
    Export > Vertical { width: 76; max-width: 100%; height: auto; max-height: 100%; overflow-y: auto;
        border: round $border; background: $surface; padding: 0 1;
        scrollbar-size-vertical: 1; }
    Export Verdict { color: $text-warning; }
    Export #command { height: auto; color: $text-muted; }
    Export #preview { height: 5; margin-top: 1; color: $text-muted; text-wrap: nowrap; text-overflow: ellipsis; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "export", "Export", priority=True),
        Binding("escape", "dismiss", "Cancel"),
        Binding("down", "app.focus_next", show=False),
        Binding("up", "app.focus_previous", show=False),
        Binding("pagedown", "scroll('down')", show=False),
        Binding("pageup", "scroll('up')", show=False),
        Binding(COPIES, "copy_command", show=False),  # no letter, since the path takes those
    ]

    def __init__(
        self,
        called: str,
        offered: Mapping[str, tuple[str, View | Question]],
        carry_out: Callable[[Order], Awaitable[tuple[str, str]]],
        proposed: ExportChoices,
    ) -> None:
        super().__init__()
        self.called = called
        self.carry_out = carry_out
        """Does what was ordered; what has left, in words, and the text for the clipboard."""
        self.offered: dict[str, View | Question | None] = {name: view for name, (_, view) in offered.items()}
        self.offered[DOSSIER] = None
        self.proposed = proposed
        self.proposed_path = ""
        what = {name: words for name, (words, _) in offered.items()}
        self.what = OptionLine("What", {**what, DOSSIER: "the dossier"}, proposed.what)
        self.format_line = OptionLine("As", {name: name for name in FORMS}, proposed.format)
        self.names = OptionLine("References", {"refs": "refs", "names": "names"}, proposed.names)
        spreadsheet = {"plain": "plain", "guard": "guarded", "bom": "guarded, BOM"}
        self.spreadsheet = OptionLine("Spreadsheet", spreadsheet, proposed.spreadsheet)
        self.headers = OptionLine("Headings", {"yes": "yes", "no": "no"}, proposed.headers)
        self.internal = OptionLine("Internal", {"no": "left out", "yes": "included"}, "no")
        self.to = OptionLine("To", {FILE: "a file", CLIPBOARD: "the clipboard"}, proposed.to)
        self.path = PathLine()
        self.command = ""
        """The command that makes the same file, as shown; empty where none does."""
        self.verdict = Verdict()

    @property
    def store(self) -> Store:
        """The dossier that leaves."""
        return self.parley.live.store

    @property
    def format(self) -> Format:
        """The format chosen."""
        return FORMS[self.format_line.chosen]

    def compose(self) -> ComposeResult:
        """One line a question, then what will be there."""
        with Vertical() as frame:
            frame.border_title = f"Export · {self.called}"
            yield self.what
            yield self.format_line
            yield self.names
            yield self.spreadsheet
            yield self.headers
            yield self.internal
            yield self.to
            yield self.path
            yield self.verdict
            yield Static(id="command")
            yield Static(id="preview")

    def on_mount(self) -> None:
        """Propose a file, and show what it would hold."""
        self.propose_path()
        self.path.display = self.to.chosen == FILE
        self.format_line.focus()
        self.show()

    def propose_path(self) -> None:
        """Name the file after what leaves, unless another name was typed."""
        if self.path.value == self.proposed_path:
            self.proposed_path = proposed_name(self.store, self.asked(), self.format)
            self.path.value = self.proposed_path

    @property
    def choices(self) -> ExportChoices:
        """What is chosen, but for what holds for this once."""
        if self.asked() is None:
            return self.proposed
        lines = (self.what, self.format_line, self.names, self.spreadsheet, self.headers, self.to)
        return ExportChoices(*(line.chosen for line in lines))

    def order(self) -> Order:
        """The export as the lines say."""
        chosen = self.spreadsheet.chosen
        takes = self.format.takes
        switches = Switches(
            names=self.names.chosen == "names",
            headers=self.headers.chosen == "yes" or "headers" not in takes,
            bom=chosen == "bom" and "bom" in takes,
            guard=chosen != "plain" and "guard" in takes,
        )
        target = self.path.path if self.to.chosen == FILE else None
        return Order(self.asked(), self.format, switches, self.internal.chosen == "yes", target)

    def asked(self) -> View | Question | None:
        """The question whose answer leaves; None for the whole dossier."""
        return self.offered[self.what.chosen]

    def on_descendant_focus(self) -> None:
        """Name the keys of the line."""
        self.tell_keys()

    def on_resize(self) -> None:
        """Name the key for what there is no room for."""
        self.call_after_refresh(self.tell_keys)

    def tell_keys(self) -> None:
        """Name the keys that do something here."""
        frame = self.query_one(Vertical)
        keys = ["Enter exports", "↑↓ line", "→ completes" if self.focused is self.path else "←→ choice"]
        frame.border_subtitle = " · ".join([*keys, *(["PgDn"] if frame.max_scroll_y else []), "Esc"])

    def on_option_line_changed(self, event: OptionLine.Changed) -> None:
        """Let what leaves, its format and its path follow each other, and show the file anew."""
        event.stop()
        if event.line is self.what:
            self._fit_format()
        elif event.line is self.format_line:
            self._fit_what()
        self.propose_path()
        path = Path(self.path.value)
        if event.line is self.format_line and form_of(path.name):
            self.path.value = str(path.with_suffix(self.format.suffix))
        self.path.display = self.to.chosen == FILE
        self.show()

    def _fit_format(self) -> None:
        if self.asked() is None and self.format not in OF_THE_DOSSIER:
            self.format_line.chosen = SQLITE.name
        elif self.asked() is not None and self.format is SQLITE:
            self.format_line.chosen = self.proposed.format or next(iter(FORMATS))

    def _fit_what(self) -> None:
        if self.format is SQLITE:
            self.what.chosen = DOSSIER
        elif self.asked() is None and self.format not in OF_THE_DOSSIER:
            self.what.chosen = self.proposed.what

    def on_input_changed(self, event: Input.Changed) -> None:
        """Let the format follow the path, and show what is there already."""
        event.stop()
        named = form_of(event.value)
        if named is not None and named is not self.format:
            self.format_line.chosen = named.name
        self.path.scroll_visible(animate=False)
        self.show()

    def show(self) -> None:
        """Show the first lines of the file, the command, and whether something lies there."""
        self.parley.held(self._show(self.order()))

    async def _show(self, order: Order) -> None:
        live = self.parley.live
        try:
            with self.parley.reading_long(self.say, partial(live.stop, PREVIEW)):
                preview, self.command = await live.asked_by(PREVIEW, _shown_before, self.store, order)
        except Stopped:
            return
        self.query_one("#preview", Static).update(preview)
        wrong = order.target is not None and self.path.wrong
        told = f"$ {self.command} ({key_name(COPIES)} copies it)" if self.command else NO_COMMAND
        self.query_one("#command", Static).update("" if wrong else safe(told))
        taken = order.target is not None and not wrong and is_taken(order.target)
        self.say(f"{order.target} is there already." if taken else "")
        self.call_after_refresh(self.tell_keys)

    def say(self, text: str, wrong: bool = False) -> None:
        """Say something under the lines, which take its room where there is nothing to say."""
        self.verdict.say(text, wrong)
        self.verdict.display = bool(text)

    def action_copy_command(self) -> None:
        """Put the command on the clipboard."""
        if self.command:
            self.app.copy_to_clipboard(self.command)
        self.say("The command is copied." if self.command else NO_COMMAND, wrong=not self.command)

    def action_scroll(self, where: str) -> None:
        """Bring in sight what a low screen has no room for."""
        frame = self.query_one(Vertical)
        frame.scroll_page_down(animate=False) if where == "down" else frame.scroll_page_up(animate=False)

    def action_export(self) -> None:
        """Export as shown; a file that is there is asked about first."""
        order = self.order()
        if order.target is not None and self.path.wrong:
            self.say(self.path.wrong, wrong=True)
        else:
            self.parley.held(self.export(order))

    async def export(self, order: Order) -> None:
        """Do it and close; or say why it can't be done, and leave everything as it was typed."""
        if order.target is not None and is_taken(order.target):
            from tui.screens.taken import ask_about_taken

            target = await ask_about_taken(self.parley, order.target)
            if target is None:
                return
            order = replace(order, target=target)
        try:
            what, text = await self.carry_out(order)
        except StorageError as error:
            self.say(str(error), wrong=True)
        except OSError as error:
            self.say(f"Nothing exported: {error.strerror or error}.", wrong=True)
        else:
            self.dismiss(Exported(order, self.choices, what, text))


def _shown_before(store: Store, order: Order) -> tuple[Content, str]:
    """The first lines of the file, and the command; asked on the thread of the store."""
    lines = Content("\n").join([safe(line) for line in first_lines(store, order)])
    return lines, command_of(store, order)
