"""Text that tries to drive the terminal, the markup or the reader shows harmlessly everywhere."""

import asyncio

import pytest
from rich.cells import cell_len
from textual.events import Paste

from storage import RECORDS, StorageError, View
from tests.hostile import AT_ONCE, driving, write_hostile_dossier
from tests.tui.desk import desk
from tui.panes.by_name import without_number
from tui.panes.going import WholeRecord
from tui.widgets.editors import editor_for

BIG = (112, 32)
"""A screen with room for the detail under the main pane."""


@pytest.fixture
def hostile(tmp_path):
    """A dossier in which every field that can hold any text holds hostile text."""
    path = tmp_path / f"{AT_ONCE.replace('/', '')}.db"
    write_hostile_dossier(path)
    return path


async def shown(at, *keys):
    """Press keys: nothing on the screen is more than text then, and every line is as wide as the screen."""
    await at.press(*keys)
    for line in at.lines():
        assert driving(line) == [], (keys, line)
        assert cell_len(line) == at.app.size.width, (keys, line)


async def walk(at):
    """Look at every pane, and at a record of every kind."""
    for number in "123456789":
        await shown(at, number)
        await shown(at, "end", "space")
    for name in without_number():
        at.app.held(at.main.go_to_pane(name))
        await shown(at, "end")
    for kind in RECORDS.values():
        for id in at.app.live.store.find(View(kind), 1):
            at.main.post_message(WholeRecord(kind, id))
            await shown(at)
            await shown(at, "G")


async def test_hostile_text_shows_harmlessly_in_every_pane_and_record(hostile):
    async with desk(hostile, BIG) as at:
        await walk(at)


async def test_hostile_words_and_days_show_harmlessly_in_every_pane_and_record(tmp_path):
    write_hostile_dossier(tmp_path / "words.db", words=True)
    async with desk(tmp_path / "words.db", BIG) as at:
        await walk(at)
        for name in ("evidence", "demands"):
            await at.main.go_to_pane(name)
            for key in "xtfebdEyu":
                await shown(at, key)
                await at.press("escape", "escape")


@pytest.mark.parametrize("width", [80, 60])
async def test_hostile_text_shows_harmlessly_where_there_is_little_room(hostile, width):
    async with desk(hostile, (width, 20)) as at:
        for keys in (("1", "enter"), ("3", "right", "e"), ("escape", "5"), ("right", "f"), ("escape", "8", "E")):
            await shown(at, *keys)


DIALOGS = {
    "find": (("slash", "text:[red", "enter"),),
    "filter": (("right", "f"), ("space", "space", "enter")),
    "columns": (("5", "c"),),
    "scope": (("1", "enter", "5"),),
    "other records": (("0", "text:[/x"),),
    "export": (("E", "right", "down", "right"),),
    "export as a page": (("E", "left"),),
    "export to a file with a name": (("E", *["tab"] * 6, "ctrl+u", "text:x"),),
    "over a file that is there": (("E", *["tab"] * 6, "ctrl+u", "text:[/x].csv"), ("enter",)),
    "filter by a party": (("5", *["right"] * 4, "f"),),
    "a saved step": (("0", "text:peo", "enter", *["right"] * 3, "e", "ctrl+u", "text:x", "enter"), ("3", "u")),
    "copy": (("y",), ("p",)),
    "copy as": (("Y", "enter"),),
    "delete": (("d",),),
    "evidence": (("x",), ("a", "text:[", "down")),
    "a statement that a sentence refuses": (("x", "n", "down", "down", "ctrl+u", "text:alike", "enter"),),
    "a statement that is completed": (("x", "n", "down", "ctrl+u", "text:S"),),
    "a statement": (("x", "n", "down", "down", "home", "tab", "home"),),
    "what rests on it": (("t",),),
    "brief": (("b", "pagedown"), ("E",)),
    "import": (("I", "text:hostile-demands.csv"), ("ctrl+u", "text:[/x].csv", "enter")),
    "help": (("question_mark", "text:["),),
    "palette": (("ctrl+p", "text:[red"),),
    "history": (("o", "G"),),
    "refused": (("e", "ctrl+u", "text:[/x] ", "enter"),),
}
"""Where text comes to the screen besides panes, and the keys that lead there and on from there."""


async def test_hostile_text_shows_harmlessly_in_every_dialog(hostile, monkeypatch):
    monkeypatch.chdir(hostile.parent)
    (hostile.parent / "x\x1b[31mred\u202e.csv").touch()
    (hostile.parent / "hostile-demands.csv").write_text(f'ref,title,kind,by_party,"{AT_ONCE}"\n', "utf-8")
    (hostile.parent / "[").mkdir()
    (hostile.parent / "[" / "x].csv").touch()
    async with desk(hostile, BIG) as at:
        for name, keys in DIALOGS.items():
            for each in keys:
                await shown(at, *each)
            await at.press("escape", "escape", "3", "home", *(["F"] if name == "filter" else []))
        for name in ("people", "statements", "evidence"):
            await at.main.go_to_pane(name)
            await shown(at, "d")
            await shown(at, "escape", "x")
            await shown(at, "n", "down", "down", "down", "home")
            await at.press("escape", "escape")


EVERY_FIELD = [(kind, field) for kind in RECORDS.values() for field in kind.fields.values()]
EDITED = {editor_for(field): (kind, field) for kind, field in EVERY_FIELD if field.type != "flag"}
"""A field for each editor."""


async def test_hostile_text_shows_harmlessly_in_every_editor_and_stays_as_it_is(hostile):
    async with desk(hostile, BIG) as at:
        before = {table: at.ask(f"SELECT * FROM {table}") for table in RECORDS}
        for kind, field in EDITED.values():
            await at.main.go_to_pane(kind.table)
            pane = at.pane(kind.table)
            pane.choose_columns(tuple(kind.fields))
            pane.grid.move_to(1, list(kind.fields).index(field.name))
            await shown(at, "e")
            assert pane.editor is not None, field
            await shown(at, "home")
            await at.press("f2" if field.type == "long" else "enter", "e", "down")
            await shown(at, "escape")

        assert {table: at.ask(f"SELECT * FROM {table}") for table in RECORDS} == before


HOSTILE_PASTE = "\x1b]52;c;ZXZpbA==\x07[red]\u202eevil\u2066\x9b2J\ufeff"


LINES = {
    "find": ("slash",),
    "filter": ("f",),
    "other records": ("0",),
    "help": ("question_mark",),
    "palette": ("ctrl+p",),
    "path": ("E", *["tab"] * 6),
    "path of data": ("I",),
    "statement": ("x", "n"),
    "link": ("x", "a"),
    "cell": ("e",),
    "choice": (*["right"] * 3, "e"),
    "long text": ("o", *["down"] * 2, "e"),
}
"""Lines in which something is typed, and the keys that open them."""


async def test_what_is_pasted_into_a_line_shows_harmlessly(istanbul):
    async with desk(istanbul) as at:
        at.app.copy_to_clipboard(HOSTILE_PASTE)
        for name, keys in LINES.items():
            await at.press("3")
            at.pane().grid.move_to(0, 1)
            await at.press(*keys)
            at.app.post_message(Paste(HOSTILE_PASTE))
            await shown(at)
            assert "evil" in at.text(), name
            await shown(at, "ctrl+v")
            await at.press("escape", "escape", "escape")


async def test_what_is_refused_over_a_dialog_shows_harmlessly(hostile):
    async with desk(hostile, BIG) as at:
        await at.press("question_mark")
        at.app.say_refused(StorageError(f"No record is called {AT_ONCE}"))
        async with asyncio.timeout(15):  # what lies behind a dialog is painted when Textual comes to it
            while at.text().count("No record is called ␛[2J") < 2:  # in the line below, and over the dialog
                await at.pilot.pause()

        await shown(at)


async def test_markup_in_stored_text_is_shown_as_it_is(istanbul):
    async with desk(istanbul, BIG) as at:
        await at.press("1", "Z", "right", "e", "ctrl+u", "text:[red]stop[/red] [/x]", "enter")

        assert "[red]stop[/red]" in at.rows("parties")[0]
        assert "[red]stop[/red] [/x]" in at.says
