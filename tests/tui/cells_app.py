"""A small gated app over real editors: a list of cells, `e` edits one, Enter saves it; the state is told to a file."""

import asyncio
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.events import Key, Paste
from textual.geometry import Region
from textual.widget import Widget

from storage import RECORDS, Field, Refused, Suggestion, Value, fold
from tui.display import safe
from tui.keygate import GatedApp
from tui.widgets.editors import Cell, Editor, editor_for

PARTIES = (
    Suggestion(1, "UKR", "Ukraine"),
    Suggestion(2, "RUS", "Russia"),
    Suggestion(3, "USA", "United States"),
    Suggestion(4, "UAE", "United Arab Emirates"),
)
ALIASES = {"kyiv": 1, "moscow": 2}
WORDS = ("ceasefire", "security", "territory")

CELLS: tuple[tuple[str, str, Value], ...] = (
    ("demands", "title", "Truce"),
    ("demands", "status", "open"),
    ("demands", "by_party", 1),
    ("commitments", "due_on", "2025-06-13"),
    ("demands", "note", "One line.\nAnother."),
    ("parties", "aliases", ("Kyiv", "Kiev")),
    ("demands", "issue", "security"),
    ("commitments", "quantity", 1000.0),
    ("deliveries", "level", 2),
    ("demands", "to_party", None),
    ("delegates", "rank", "head"),
    ("parties", "essential", False),
    ("assessments", "subject_id", 1),
)


class Rows(Widget, can_focus=True):
    """One cell a row; moves are done here and cause nothing else."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j,down", "cursor_down", "Down"),
        Binding("k,up", "cursor_up", "Up"),
        Binding("g", "cursor_top", "Top"),
        Binding("e,enter", "edit", "Edit"),
        Binding("d", "delete", "Delete"),
        Binding("u", "undo", "Undo"),
    ]
    DEFAULT_CSS = "Rows { layers: default editor; width: 1fr; height: 1fr; }"

    def __init__(self) -> None:
        super().__init__()
        self.at = 0
        self.done: list[str] = []
        self.on_delete: Callable[[], object] = lambda: None
        self.has_deleted = asyncio.Event()

    def moves_itself(self, key: str) -> bool:
        """True for the moves of the bindings."""
        bound = self.app.screen.active_bindings.get(key)
        return bound is not None and bound.node is self and bound.binding.action.startswith("cursor_")

    def action_cursor_down(self) -> None:
        self.at = min(self.at + 1, len(CELLS) - 1)
        self.refresh()

    def action_cursor_up(self) -> None:
        self.at = max(self.at - 1, 0)
        self.refresh()

    def action_cursor_top(self) -> None:
        self.at = 0
        self.refresh()

    def action_delete(self) -> None:
        self.done.append(f"delete {CELLS[self.at][1]}")
        self.on_delete()
        self.has_deleted.set()

    def action_undo(self) -> None:
        self.done.append("undo")

    async def action_edit(self) -> None:
        await self.cells_app.open_editor()

    @property
    def cells_app(self) -> "CellsApp":
        assert isinstance(self.app, CellsApp)
        return self.app

    def render(self) -> Content:
        lines = []
        for at, (field, value) in enumerate(self.cells_app.cells()):
            lines.append(safe(f"{'▌' if at == self.at else ' '}{field.label:<14} {value}"))
        return Content("\n").join(lines)


class CellsApp(GatedApp[None]):
    """Edits cells that live in memory; a save waits for `may_save`; F10 appends the state to the file `told`."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f9", "start_over", "Start over"),
        Binding("f10", "tell", "Tell"),
    ]
    CSS = "Screen { layers: default editor; }"

    def __init__(self, told: Path | None = None, width: int = 20) -> None:
        super().__init__()
        self.rows = Rows()
        self.values = [value for _, _, value in CELLS]
        self.drafts: dict[int, str | None] = {}
        self.told = told
        self.cell_width = width
        self.editor: Editor | None = None
        self.said: list[tuple[str, bool]] = []
        self.submitted: list[Editor.Submitted] = []
        self.created: list[str] = []
        self.is_ready = asyncio.Event()
        self.is_saving = asyncio.Event()
        self.may_save = asyncio.Event()
        self.may_save.set()

    def compose(self) -> ComposeResult:
        yield self.rows

    def on_mount(self) -> None:
        self.call_after_refresh(self.is_ready.set)
        if self.told:
            self.call_after_refresh(self.action_tell)

    def cells(self) -> list[tuple[Field, Value]]:
        """Each field with its value."""
        return [(RECORDS[kind].fields[name], value) for (kind, name, _), value in zip(CELLS, self.values, strict=True)]

    async def open_editor(self) -> None:
        """Open the editor of the cell under the cursor."""
        at = self.rows.at
        field, stored = self.cells()[at]
        if field.type == "flag":
            self.values[at] = not stored
            self.rows.refresh()
            return
        self.editor = editor_for(field)(self.cell(field, stored, self.drafts.get(at)))
        self.editor.place(Region(16, at, self.cell_width, 1), self.rows.content_region)
        await self.rows.mount(self.editor)
        self.screen.set_focus(self.editor.entry)

    def cell(self, field: Field, stored: Value, draft: str | None) -> Cell:
        """What the editor of a field is given."""
        name = next((party.name for party in PARTIES if party.id == stored), "")
        if field.type == "subject_id":
            kinds = RECORDS["assessments"].fields["subject"].choices
            return Cell(field, stored, f"party {name}", draft, self.suggest_of, check, self.resolve_of, kinds=kinds)
        suggest = self.suggest_words if field.type == "open" else self.suggest
        return Cell(field, stored, name if field.refers_to else "", draft, suggest, check, self.resolve)

    async def suggest(self, typed: str) -> list[Suggestion]:
        """The parties whose ref or name holds what is typed."""
        return [each for each in PARTIES if fold(typed) in fold(f"{each.name}\n{each.long_name}")]

    async def suggest_words(self, typed: str) -> list[Suggestion]:
        """The words that hold what is typed."""
        return [Suggestion(0, word, "") for word in WORDS if fold(typed) in word]

    async def suggest_of(self, typed: str) -> list[Suggestion]:
        """The parties whose ref or name holds what is typed behind their kind."""
        kind, _, rest = typed.partition(" ")
        return await self.suggest(rest) if kind == "party" else []

    async def resolve_of(self, typed: str) -> Value:
        """The party that is called as it says behind its kind."""
        return await self.resolve(typed.partition(" ")[2])

    async def resolve(self, typed: str) -> Value:
        """The party that is called so."""
        names = {fold(name): each.id for each in PARTIES for name in (each.name, each.long_name)} | ALIASES
        if fold(typed) not in names:
            raise Refused(f"No party is called “{typed}”.")
        return names[fold(typed)]

    def on_editor_submitted(self, event: Editor.Submitted) -> None:
        self.submitted.append(event)
        self.held(self.save(event))

    async def save(self, event: Editor.Submitted) -> None:
        """Save, however long that takes, and close the editor; a value that storage has something against stays."""
        self.is_saving.set()
        await self.may_save.wait()
        if event.value == "refuse me":
            event.editor.refuse("Storage says no.")
            return
        self.values[self.rows.at] = event.value
        self.drafts.pop(self.rows.at, None)
        await self.close_editor()
        step = {"stay": 0, "next": 1, "previous": -1}[event.then]
        if step:
            self.rows.at = min(max(self.rows.at + step, 0), len(CELLS) - 1)
            await self.open_editor()

    async def on_editor_discarded(self, event: Editor.Discarded) -> None:
        self.drafts[self.rows.at] = event.draft
        await self.close_editor()

    def on_editor_says(self, event: Editor.Says) -> None:
        self.said.append((event.text, event.ok))

    def on_editor_create(self, event: Editor.Create) -> None:
        self.created.append(event.text)

    async def close_editor(self) -> None:
        """Take the editor away and give the focus back to the list."""
        assert self.editor is not None
        closing, self.editor = self.editor, None
        self.screen.set_focus(self.rows)
        await closing.remove()
        self.rows.refresh()

    def action_tell(self) -> None:
        """Append the state to the file as one line."""
        assert self.told is not None
        with self.told.open("a") as out:
            out.write(json.dumps(self.state()) + "\n")

    async def action_start_over(self) -> None:
        """Be as at the beginning."""
        if self.editor is not None:
            await self.close_editor()
        self.values = [value for _, _, value in CELLS]
        self.drafts.clear()
        self.said.clear()
        self.rows.at = 0
        self.rows.done.clear()
        self.is_saving.clear()

    def state(self) -> dict[str, object]:
        """What a test looks at."""
        return {"values": self.values, "at": self.rows.at, "done": self.rows.done, "open": self.editor is not None}

    async def burst(self, *keys: str) -> None:
        """Type keys as fast as a terminal can deliver them, then wait until they are done; `text:…` types letters."""
        self.type_ahead(*keys)
        await self.settled()

    def type_ahead(self, *keys: str) -> None:
        """Type keys without waiting for anything."""
        for key in keys:
            if key.startswith("text:"):
                for letter in key.removeprefix("text:"):
                    self.post_message(Key(letter if letter != " " else "space", letter))
            elif key.startswith("paste:"):
                self.post_message(Paste(key.removeprefix("paste:")))
            else:
                self.post_message(Key(key, key if len(key) == 1 else None))


def check(value: Value) -> str | None:
    """What is wrong with a value: these cells take anything but one word."""
    return "Status can't be that." if value == "wrong" else None


if __name__ == "__main__":
    CellsApp(Path(sys.argv[1])).run()
