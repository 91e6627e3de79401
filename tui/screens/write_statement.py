"""A new statement for a record: written and linked as one step."""

from collections.abc import Mapping
from typing import ClassVar, Final

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.events import DescendantFocus
from textual.screen import ModalScreen

from storage import RECORDS, Change, Evidence, Kind, Statement, StorageError, Suggestion, Value, objection
from tui.creating import can_be_made, made
from tui.display import safe
from tui.dossier_app import OfParley
from tui.live_store import LiveStore
from tui.widgets.editors import Cell, Editor, Then
from tui.widgets.editors.line import LineEditor
from tui.widgets.entry_line import EntryLine, ReferenceEntry
from tui.widgets.option_line import OptionLine
from tui.widgets.verdict import Verdict

REFERENCES: Final = ("source", "party", "speaker", "round")
"""The fields that name another record, in the order of the lines."""

OPTIONS: Final = {
    "relation": (("supports", "disputes"), "supports"),
    "credibility": (tuple("123456"), "6"),
    "visibility": (("public", "internal"), "public"),
}
"""The fields with few values, each with these and the usual one."""


class WriteStatement(OfParley, ModalScreen[Change]):
    """What was said, by whom, where it stands; Enter saves it with its link."""

    DEFAULT_CSS = """
    WriteStatement > Vertical { width: 76; max-width: 100%; height: auto; border: round $border;
        background: $surface; }
    WriteStatement Verdict { min-height: 1; padding: 0 2; color: $text-muted; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "save", "Save"),
        Binding("escape", "dismiss", "Cancel"),
        Binding("down", "app.focus_next", show=False),
        Binding("up", "app.focus_previous", show=False),
    ]

    def __init__(
        self,
        kind: Kind,
        id: int,
        called: str,
        given: Mapping[str, Suggestion],
        live: LiveStore,
        draft: Mapping[str, str],
    ) -> None:
        super().__init__()
        self.kind = kind
        self.record_id = id
        self.called = called
        self.live = live
        self.given = given
        self.verdict = Verdict()
        text = LineEditor(self._cell("text", draft))
        references = {name: ReferenceEntry(self._cell(name, draft)) for name in REFERENCES}
        self.lines = {name: EntryLine(editor) for name, editor in {"text": text, **references}.items()}
        self.options = {
            name: OptionLine(name.capitalize(), {each: each for each in offered}, draft.get(name, usual))
            for name, (offered, usual) in OPTIONS.items()
        }

    def _cell(self, name: str, draft: Mapping[str, str]) -> Cell:
        """What the editor of a field of the statement is given."""
        field = Statement.fields[name]
        table = field.refers_to or ""
        given = self.given.get(name)
        return Cell(
            field,
            stored=given.id if given else None,
            name=given.name if given else "",
            draft=draft.get(name),
            suggest=lambda typed: self.live.suggestions(table, typed),
            check=lambda value: objection(Statement, {}, {name: value}),
            resolve=lambda typed: self.live.resolve(table, typed),
            may_create=can_be_made(field),
        )

    @property
    def draft(self) -> dict[str, str]:
        """What is typed and chosen, by field, fit to be offered again; empty as long as nothing is."""
        typed = {name: line.draft for name, line in self.lines.items() if line.draft is not None}
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
            frame.border_subtitle = "Enter saves · Tab ↑↓ line · ←→ choice · Esc"
            yield from self.lines.values()
            yield from self.options.values()
            yield self.verdict

    def on_mount(self) -> None:
        """Typing begins at once."""
        self.lines["text"].editor.entry.focus()

    def action_save(self) -> None:
        """Save the statement and its link."""
        self.parley.held(self.save())

    async def save(self) -> None:
        """Add both as one step; what is wrong is said, and the text stays."""
        values: dict[str, Value] = {"visibility": self.options["visibility"].chosen}
        values["credibility"] = int(self.options["credibility"].chosen)
        for name, line in self.lines.items():
            try:
                values[name] = await line.editor.checked()
            except (ValueError, StorageError) as problem:
                line.editor.call_later(line.editor.refuse, str(problem))  # as if the editor said it
                line.editor.entry.focus()
                return
        try:
            values |= await self.live.proposals(Statement, values)
            change = await self.live.add_all([(Statement, values), (Evidence, self.link())])
        except StorageError as error:
            self.verdict.say(str(error), wrong=True)
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

    # What the lines say

    def on_editor_says(self, event: Editor.Says) -> None:
        """Show what an editor makes of what is typed so far."""
        event.stop()
        self.verdict.say(event.text, wrong=not event.ok)

    def on_editor_submitted(self, event: Editor.Submitted) -> None:
        """Enter saves all, Tab goes on."""
        event.stop()
        self.go_on(event.then)

    def on_editor_discarded(self, event: Editor.Discarded) -> None:
        """Close; whoever asked finds what was typed."""
        event.stop()
        self.dismiss()

    def on_editor_create(self, event: Editor.Create) -> None:
        """Add the record that was named, and refer to it."""
        event.stop()
        self.parley.held(self.create(event))

    async def create(self, event: Editor.Create) -> None:
        """Add the record, then go on as for one that was there."""
        kind = RECORDS[event.editor.cell.field.refers_to or ""]
        try:
            id = await made(self.parley, kind, event.text)
            if id is None:
                return
            [key] = await self.live.keys(kind.table, [id])
        except StorageError as error:
            event.editor.call_later(event.editor.refuse, str(error))
            return
        if isinstance(event.editor, ReferenceEntry):
            event.editor.take(Suggestion(id, key, event.text))
        self.go_on(event.then)

    def go_on(self, then: Then) -> None:
        """Save, or go to the line below or above."""
        if then == "stay":
            self.action_save()
        elif then == "next":
            self.focus_next()
        else:
            self.focus_previous()

    def on_descendant_focus(self, event: DescendantFocus) -> None:
        """Nothing need be said of a line of choices."""
        if isinstance(event.widget, OptionLine):
            self.verdict.say("")

    def on_option_line_changed(self, event: OptionLine.Changed) -> None:
        """What was wrong may be right with another choice."""
        event.stop()
        self.verdict.say("")
