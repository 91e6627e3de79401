"""What every editor over a cell has in common: what it is given, what it tells, where it stands."""

from collections.abc import Awaitable, Callable
from typing import ClassVar, Final, Literal, NamedTuple

from textual.binding import Binding, BindingType
from textual.geometry import Offset, Region
from textual.message import Message
from textual.widget import Widget

from storage import Field, StorageError, Suggestion, Value
from tui.keys import key_name

Then = Literal["stay", "next", "previous"]
"""Which cell the user goes to after saving."""

LINE_HEIGHT: Final = 1


def saves() -> str:
    """`⏎ saves`."""
    return f"{key_name('enter')} saves"


async def suggest_nothing(_typed: str) -> list[Suggestion]:
    """No completions, for a field that has none."""
    return []


async def resolve_nothing(_typed: str) -> Value:
    """None, for a field that refers to nothing."""
    return None


def check_nothing(_value: Value) -> str | None:
    """None: nothing is wrong with any value."""
    return None


class Cell(NamedTuple):
    """What an editor is opened over."""

    field: Field
    stored: Value
    name: str = ""
    """How the record referred to is called on screen."""
    draft: str | None = None
    """What was typed and discarded when this cell was open before."""
    suggest: Callable[[str], Awaitable[list[Suggestion]]] = suggest_nothing
    check: Callable[[Value], str | None] = check_nothing
    """What is wrong with a value, in a sentence; what one record can tell."""
    resolve: Callable[[str], Awaitable[Value]] = resolve_nothing
    """The value that a typed ref, name or alias stands for; raises StorageError."""
    may_create: bool = True
    """Whether a record that is not there can be made from here."""
    kinds: tuple[str, ...] = ()
    """The kinds of record that a subject can be."""


class Editor(Widget):
    """One cell being edited; `entry` is what takes the focus, `place()` puts it over the cell.

    The parent needs a layer named `editor`; regions are in cells of the parent's content.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "save('stay')", "Save"),
        Binding("tab", "save('next')", "Save, next"),
        Binding("shift+tab", "save('previous')", "Save, cell before", show=False),
        Binding("escape", "discard", "Discard"),
        Binding("ctrl+z", "restore", "Starting value"),
        Binding("ctrl+y", "bring_back", "What was typed", show=False),
    ]

    DEFAULT_CSS = """
    Editor { position: absolute; layer: editor; width: 20; height: 1; background: $surface; color: $foreground; }
    """

    LEAST_WIDTH: ClassVar[int] = 12

    class Submitted(Message):
        """Asks to save a value; the editor stays open until it is removed or refused."""

        def __init__(self, editor: "Editor", value: Value, then: Then) -> None:
            super().__init__()
            self.editor, self.value, self.then = editor, value, then

    class Discarded(Message):
        """Asks to close the editor; the draft is None when nothing was typed."""

        def __init__(self, editor: "Editor", draft: str | None) -> None:
            super().__init__()
            self.editor, self.draft = editor, draft

    class Create(Message):
        """Asks for a new record of this name to refer to."""

        def __init__(self, editor: "Editor", text: str, then: Then) -> None:
            super().__init__()
            self.editor, self.text, self.then = editor, text, then

    class Says(Message):
        """A word on what is typed, for the line under the pane: an echo, or what is wrong with it."""

        def __init__(self, text: str, ok: bool) -> None:
            super().__init__()
            self.text, self.ok = text, ok

    def __init__(self, cell: Cell) -> None:
        super().__init__()
        self.cell = cell
        self._brought_back: str | None = None
        self._region, self._within = Region(), Region()

    @property
    def entry(self) -> Widget:
        """The widget that takes the focus."""
        return self

    @property
    def start_text(self) -> str:
        """The text that stands for the stored value."""
        raise NotImplementedError

    @property
    def draft_text(self) -> str:
        """The text as it is now."""
        raise NotImplementedError

    def show_text(self, text: str) -> None:
        """Put this text in place of what is typed."""
        raise NotImplementedError

    def value_of(self, text: str) -> Value:
        """The value that an edited text stands for; a ValueError says in a sentence why it stands for none."""
        raise NotImplementedError

    async def value(self) -> Value:
        """The value to save; ValueError and StorageError say in a sentence why there is none."""
        return self.value_of(self.draft_text)

    def hint(self) -> str:
        """What the field takes, for the status line; first, where the text comes from if it is not the stored one."""
        if self.cell.draft is not None and self.draft_text == self.cell.draft:
            return f"{self.cell.field.label}: typed before, not saved; ^z starts anew."
        return self.takes()

    def takes(self) -> str:
        """What the field takes, and how to save."""
        raise NotImplementedError

    def echo(self, _value: Value) -> str:
        """What to say of a value that is in order."""
        return self.hint()

    @property
    def rows_wanted(self) -> int:
        """How many rows the list would fill that opens with the line."""
        return 0

    @property
    def width_wanted(self) -> int:
        """How many cells the editor would like to have; it never has less than the cell."""
        return self.LEAST_WIDTH

    def place(self, region: Region, within: Region) -> None:
        """Stand over a cell and keep within the pane; a list opens above where there is more room than below."""
        self._region, self._within = region, within
        self.stand()

    def stand(self) -> None:
        """Take the room again, because what is listed has changed."""
        cell, within = self._region, self._within
        if not within:
            return
        width = min(max(cell.width, self.width_wanted), within.width)
        below, above = within.bottom - cell.y - LINE_HEIGHT, cell.y - within.y
        opens_above = below < self.rows_wanted and above > below
        rows = min(self.rows_wanted, max(above if opens_above else below, 0))
        self.styles.width, self.styles.height = width, LINE_HEIGHT + rows
        self.styles.offset = Offset(min(cell.x, within.right - width), cell.y - (rows if opens_above else 0))
        self.list_in(rows, opens_above)

    def list_in(self, rows: int, above: bool) -> None:
        """Take these rows for the list, above or below the line."""

    def refuse(self, sentence: str) -> None:
        """Say what storage has against the value; the text stays and so does the focus."""
        self.add_class("-refused")
        self.say(sentence, ok=False)

    def say(self, text: str, ok: bool = True) -> None:
        """Say something in the line under the pane."""
        self.post_message(self.Says(text, ok))

    def look(self, word: str = "") -> None:
        """Say what the text stands for, or what is wrong with it, after a word on how it came about."""
        self.remove_class("-refused")
        try:
            text, ok = self.verdict()
        except ValueError as problem:
            text, ok = str(problem), False
        self.say(f"{word} {text}".strip(), ok)

    def verdict(self) -> tuple[str, bool]:
        """What to say of the text now, and whether it is in order; may raise ValueError with a sentence."""
        value = self.value_of(self.draft_text)
        wrong = self.cell.check(value)
        return (wrong, False) if wrong else (self.echo(value), True)

    async def checked(self) -> Value:
        """The value, with which nothing is wrong that one record can tell; ValueError and StorageError as above."""
        value = await self.value()
        if wrong := self.cell.check(value):
            raise ValueError(wrong)
        return value

    async def save(self, then: Then) -> None:
        """Send the value off to be saved, or say why there is none."""
        try:
            value = await self.checked()
        except (ValueError, StorageError) as problem:
            self.refuse(str(problem))
        else:
            self.post_message(self.Submitted(self, value, then))

    def action_save(self, then: Then) -> None:
        """Save after all that was typed before has been looked at."""
        self.call_later(self.save, then)

    def action_discard(self) -> None:
        """Close without saving; what was typed is offered again."""
        text = self.draft_text
        self.post_message(self.Discarded(self, None if text == self.start_text else text))

    def action_restore(self) -> None:
        """Put the stored value back."""
        if self.draft_text != self.start_text:
            self._brought_back = self.draft_text
            self.show_text(self.start_text)

    def action_bring_back(self) -> None:
        """Put back what was typed before the stored value was put back."""
        if self._brought_back is not None:
            self.show_text(self._brought_back)
