"""A new statement for a record: written and linked as one step."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar, Final, cast

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import ModalScreen
from textual.suggester import Suggester
from textual.widgets import Label, Static

from storage import Change, Evidence, Kind, Statement, StorageError, Value, one_to_one, plain, restored
from tui.display import safe
from tui.live_store import LiveStore
from tui.widgets.editors.line import Line
from tui.widgets.option_line import LABEL_WIDTH, OptionLine

if TYPE_CHECKING:
    from tui.app import Parley

REFERENCES: Final = {"source": "sources", "party": "parties", "speaker": "people", "round": "rounds"}
"""The fields that name another record, each with its table, in the order of the lines."""

OPTIONS: Final = {
    "relation": (("supports", "disputes"), "supports"),
    "credibility": (tuple("123456"), "6"),
    "visibility": (("public", "internal"), "public"),
}
"""The fields with few values, each with these and the usual one."""


class NameSuggester(Suggester):
    """Completes what a record is called."""

    def __init__(self, live: LiveStore, table: str) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self.live = live
        self.table = table

    async def get_suggestion(self, value: str) -> str | None:
        """The first name that begins as typed and is fit to be typed."""
        try:
            called = await self.live.suggestions(self.table, value)
        except StorageError:
            return None  # what can't be read completes nothing; saving will say why
        for each in called:
            if each.name.casefold().startswith(value.casefold()) and plain(each.name) == each.name:
                return value + each.name[len(value) :]
        return None


class EntryLine(Horizontal):
    """A label and a line to type in."""

    DEFAULT_CSS = """
    EntryLine { height: 1; }
    EntryLine:focus-within { background: $foreground 12%; }
    """

    def __init__(self, label: str, text: str, draft: str | None, suggester: Suggester | None = None) -> None:
        super().__init__()
        self.label = label
        self.given = text
        self.line = Line(one_to_one(text) if draft is None else draft)
        self.line.suggester = suggester

    @property
    def is_touched(self) -> bool:
        """True when something else stands in the line than was given."""
        return self.line.value != one_to_one(self.given)

    @property
    def text(self) -> str:
        """What is typed, each picture of a character that was given being that character again."""
        return restored(self.given, self.line.value)

    def compose(self) -> ComposeResult:
        """Both."""
        yield Label(f"  {self.label:<{LABEL_WIDTH}} ")
        yield self.line


class WriteStatement(ModalScreen[Change]):
    """What was said, by whom, where it stands; Enter saves it with its link."""

    DEFAULT_CSS = """
    WriteStatement > Vertical { width: 76; max-width: 100%; height: auto; border: round $border;
        background: $surface; border-title-color: $foreground; border-subtitle-color: $foreground; }
    WriteStatement #wrong { height: auto; min-height: 1; padding: 0 2; color: $text-error; text-style: bold; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "save", "Save", priority=True),
        Binding("escape", "dismiss", "Cancel"),
        Binding("down", "app.focus_next", show=False),
        Binding("up", "app.focus_previous", show=False),
    ]

    def __init__(
        self, kind: Kind, id: int, called: str, given: Mapping[str, str], live: LiveStore, draft: Mapping[str, str]
    ) -> None:
        super().__init__()
        self.kind = kind
        self.record_id = id
        self.called = called
        self.live = live
        self.lines = {"text": EntryLine("Statement", "", draft.get("text"))} | {
            name: EntryLine(
                Statement.fields[name].label, given.get(name, ""), draft.get(name), NameSuggester(live, table)
            )
            for name, table in REFERENCES.items()
        }
        self.options = {
            name: OptionLine(name.capitalize(), {each: each for each in offered}, draft.get(name, usual))
            for name, (offered, usual) in OPTIONS.items()
        }

    @property
    def draft(self) -> dict[str, str]:
        """What is typed and chosen, by field, fit to be offered again; empty as long as nothing is."""
        typed = {name: line.line.value for name, line in self.lines.items() if line.is_touched}
        chosen = {name: line.chosen for name, line in self.options.items() if line.chosen != OPTIONS[name][1]}
        return typed | chosen

    @property
    def unsaved(self) -> str:
        """What is typed here and not saved, in words; empty if nothing is."""
        return f"a new statement on {self.called}" if self.draft else ""

    def compose(self) -> ComposeResult:
        """The text first; the rest is mostly right already."""
        with Vertical() as frame:
            frame.border_title = safe(f"New statement on {self.called}")
            frame.border_subtitle = "Enter saves · ↑↓ line · ←→ choice · Esc"
            yield from self.lines.values()
            yield from self.options.values()
            yield Static(id="wrong")

    def on_mount(self) -> None:
        """Typing begins at once."""
        self.lines["text"].line.focus()

    def action_save(self) -> None:
        """Save the statement and its link."""
        cast("Parley", self.app).held(self.save())

    async def save(self) -> None:
        """Add both as one step; what is wrong is said, and the text stays."""
        try:
            values = await self.values()
            change = await self.live.add_all([(Statement, values), (Evidence, self.link())])
        except StorageError as error:
            self.query_one("#wrong", Static).update(safe(f"✖ {error}"))
        else:
            self.dismiss(change)

    def link(self) -> dict[str, Value]:
        """The link of the statement, the first of the step, to the record."""
        return {
            "statement": -1,
            "subject": self.kind.singular,
            "subject_id": self.record_id,
            "relation": self.options["relation"].chosen,
        }

    async def values(self) -> dict[str, Value]:
        """The statement as typed, under a free ref; StorageError when a line names no record."""
        values: dict[str, Value] = {"text": self.lines["text"].text, "visibility": self.options["visibility"].chosen}
        values["credibility"] = int(self.options["credibility"].chosen)
        for name, table in REFERENCES.items():
            typed = self.lines[name].text.strip()
            if typed:
                values[name] = await self.live.resolve(table, typed)
        return values | await self.live.proposals(Statement, values)
