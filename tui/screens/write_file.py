"""Where a text is to be written: one line with a proposal; a file that is there already is asked about."""

from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input

from tui.display import safe
from tui.dossier_app import OfParley
from tui.screens.taken import ask_about_taken
from tui.widgets.path_line import PathLine, is_taken
from tui.widgets.verdict import Verdict


class WriteFile(OfParley, ModalScreen[Path]):
    """A path to type; Enter closes with one that may be written."""

    DEFAULT_CSS = """
    WriteFile > Vertical { width: 76; max-width: 100%; height: auto; border: round $border; background: $surface; }
    WriteFile Verdict { padding: 0 1; }
    WriteFile PathLine, WriteFile PathLine:focus { padding: 0 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "write", "Write", priority=True),
        Binding("escape", "dismiss", "Cancel"),
    ]

    def __init__(self, heading: str, proposed: str) -> None:
        super().__init__()
        self.heading = heading
        self.path = PathLine()
        self.path.value = proposed
        self.verdict = Verdict()

    def compose(self) -> ComposeResult:
        """The line."""
        with Vertical() as frame:
            frame.border_title = safe(self.heading)
            frame.border_subtitle = "Enter writes · → completes · Esc"
            yield self.path
            yield self.verdict

    def on_mount(self) -> None:
        """The proposal can be changed at once."""
        self.path.focus()

    def action_write(self) -> None:
        """Choose the path, or say what is wrong with it."""
        if not self.path.wrong:
            self.parley.held(self.choose(self.path.path))
        self.say_wrong(self.path.wrong)

    def on_input_changed(self, event: Input.Changed) -> None:
        """What was wrong may be right by now."""
        event.stop()
        self.say_wrong("")

    def say_wrong(self, sentence: str) -> None:
        """Show what is wrong with the path, if something is."""
        self.verdict.say(sentence, wrong=bool(sentence))

    async def choose(self, target: Path) -> None:
        """Close with the path, or with another where a file lies there that is to stay; or go on typing."""
        path = await ask_about_taken(self.parley, target) if is_taken(target) else target
        if path is not None:
            self.dismiss(path)
