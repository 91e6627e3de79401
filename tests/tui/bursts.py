"""Keys as somebody types them who knows the program, and what must have happened when all of them are done."""

from dataclasses import dataclass, field

from storage import Value
from tests.tui.cells_app import CELLS

TITLE, STATUS, BY_PARTY, DUE_ON, NOTE, ALIASES, ISSUE = range(7)


@dataclass(frozen=True)
class Burst:
    """What is typed, in the notation of `CellsApp.type_ahead`, and what it makes of the cells."""

    name: str
    keys: tuple[str, ...]
    changes: dict[int, Value]
    at: int = 0
    done: tuple[str, ...] = ()
    is_open: bool = False
    saves: bool = True
    drafts: dict[int, str] = field(default_factory=dict)

    def state(self) -> dict[str, object]:
        """The state of the app when it is done."""
        values = [self.changes.get(at, value) for at, (_, _, value) in enumerate(CELLS)]
        return {"values": values, "at": self.at, "done": list(self.done), "open": self.is_open}


BURSTS = (
    Burst("moves behind a saved text", ("e", "text: now", "enter", "j", "j", "j"), {TITLE: "Truce now"}, at=3),
    Burst(
        "letters that are commands of the list",
        ("e", "text:ddude", "enter", "d", "u"),
        {TITLE: "Truceddude"},
        done=("delete title", "undo"),
    ),
    Burst(
        "backspaces, a new word, another cell",
        ("e", *["backspace"] * 5, "text:Peace", "enter", "j", "d"),
        {TITLE: "Peace"},
        at=STATUS,
        done=("delete status",),
    ),
    Burst("a choice by its first letters", ("j", "e", "text:agr", "enter", "j", "j"), {STATUS: "agreed"}, at=DUE_ON),
    Burst(
        "a letter of a choice taken back",
        ("j", "e", "text:lx", "backspace", "enter", "k", "d"),
        {STATUS: "lapsed"},
        done=("delete title",),
    ),
    Burst(
        "a discarded text",
        ("e", "text:x", "escape", "d"),
        {},
        done=("delete title",),
        saves=False,
        drafts={0: "Trucex"},
    ),
    Burst(
        "through three cells by tab",
        ("e", "text: a", "tab", "text:wi", "tab", "ctrl+u", "text:moscow", "enter", "k"),
        {TITLE: "Truce a", STATUS: "withdrawn", BY_PARTY: 2},
        at=STATUS,
    ),
    Burst(
        "a completion chosen by arrows",
        ("j", "j", "e", "ctrl+u", "text:un", "down", "down", "enter", "g", "d"),
        {BY_PARTY: 4},
        done=("delete title",),
    ),
    Burst(
        "a day out of the calendar, then another",
        ("j", "j", "j", "e", "ctrl+u", "text:31 feb", "enter", "ctrl+u", "text:13 jun 2026", "enter", "u"),
        {DUE_ON: "2026-06-13"},
        at=DUE_ON,
        done=("undo",),
    ),
    Burst(
        "a text of several lines",
        ("j", "j", "j", "j", "e", "enter", "text:dj", "enter", "text:u", "f2", "d"),
        {NOTE: "One line.\nAnother.\ndj\nu"},
        at=NOTE,
        done=("delete note",),
    ),
    Burst(
        "a paste between keys",
        ("e", "text:,", "paste: and\tpeace\n", "text:!", "enter", "d"),
        {TITLE: "Truce, and peace!"},
        done=("delete title",),
    ),
    Burst(
        "a value that storage refuses, mended",
        ("e", "ctrl+u", "text:refuse me", "enter", "text: not", "enter", "j"),
        {TITLE: "refuse me not"},
        at=STATUS,
    ),
)
