"""Each editor: keys in, a value out; what storage refuses stays; nothing in it drives the terminal."""

from collections.abc import AsyncIterator
from datetime import date, timedelta

import pytest
import pytest_asyncio
from rich.cells import cell_len
from textual.geometry import Region

from storage import RECORDS, Value
from tests.tui.cells_app import CELLS, CellsApp
from tests.tui.desk import desk
from tui.widgets.editors import Cell, editor_for
from tui.widgets.editors.cleaning import cleaned
from tui.widgets.editors.dates import written_day

PLACES = {name: at for at, (_, name, _) in enumerate(CELLS)}
HOSTILE = "\x1b[31mred\x07 \u202eabc\ttab"


@pytest_asyncio.fixture
async def app() -> AsyncIterator[CellsApp]:
    app = CellsApp()
    async with app.run_test(size=(80, 24)):
        yield app


async def open_cell(app: CellsApp, name: str, *stored: Value) -> None:
    """Open the editor of a field, over another stored value if one is given."""
    at = app.rows.at = PLACES[name]
    app.values[at : at + 1] = stored or [app.values[at]]
    await app.burst("e")


@pytest.mark.parametrize(
    ("name", "stored", "keys", "saved"),
    [
        ("title", "Truce", ["text: now", "enter"], "Truce now"),
        ("title", "Truce", ["home", "text:A ", "enter"], "A Truce"),
        ("title", "Truce", ["enter"], "Truce"),
        ("title", "Truce", ["text:x", "ctrl+z", "enter"], "Truce"),
        ("title", "Truce", ["text:x", "ctrl+z", "ctrl+y", "enter"], "Trucex"),
        ("title", "a\nb\tc", ["text:!", "enter"], "a\nb\tc!"),
        ("quantity", 1000.0, ["enter"], 1000.0),
        ("quantity", 1000.0, ["text:.5", "enter"], 1000.5),
        ("quantity", 2.5, ["ctrl+u", "enter"], None),
        ("level", 2, ["backspace", "text:3", "enter"], 3),
        ("due_on", "2025-06-13", ["enter"], "2025-06-13"),
        ("due_on", "2025-06-13", ["ctrl+u", "enter"], None),
        ("due_on", None, ["text:13 jun 2025", "enter"], "2025-06-13"),
        ("status", "open", ["enter"], "open"),
        ("status", "open", ["text:rep", "enter"], "replaced"),
        ("status", "open", ["down", "down", "enter"], "withdrawn"),
        ("status", "open", ["up", "up", "enter"], "open"),
        ("status", "open", ["text:L", "enter"], "lapsed"),
        ("status", "open", ["text:x", "backspace", "enter"], "open"),
        ("rank", "head", ["up", "enter"], None),
        ("rank", "head", ["text:de", "enter"], "deputy"),
        ("rank", None, ["enter"], None),
        ("by_party", 1, ["enter"], 1),
        ("by_party", 1, ["ctrl+u", "text:RUSSIA", "enter"], 2),
        ("by_party", 1, ["ctrl+u", "text:Kyiv", "enter"], 1),
        ("by_party", 1, ["ctrl+u", "text:emir", "enter"], 4),
        ("by_party", 1, ["down", "down", "enter"], 2),
        ("to_party", 2, ["ctrl+u", "enter"], None),
        ("issue", "security", ["ctrl+u", "text:terr", "down", "enter"], "territory"),
        ("issue", "security", ["ctrl+u", "text:water", "enter"], "water"),
        ("issue", "security", ["ctrl+u", "text:water", "down", "enter"], "water"),
        ("issue", "security", ["ctrl+u", "enter"], ""),
        ("aliases", ("Kyiv", "Kiev"), ["text:; Kiew;", "enter"], ("Kyiv", "Kiev", "Kiew")),
        ("aliases", ("a;b", "c\\"), ["text:; d", "enter"], ("a;b", "c\\", "d")),
        ("aliases", ("a; b",), ["enter"], ("a; b",)),
        ("aliases", ("Kyiv",), ["ctrl+u", "enter"], ()),
        ("subject_id", 1, ["enter"], 1),
        ("subject_id", 1, ["ctrl+u", "text:party moscow", "enter"], ("party", "2")),
        ("subject_id", 1, ["down", "down", "enter"], ("party", "2")),
        (
            "subject_id",
            1,
            ["ctrl+u", "text:pa", "down", "enter", "text:united", "down", "down", "enter"],
            ("party", "4"),
        ),
        ("subject_id", 1, ["ctrl+u", "text:process", "enter"], ("process", "")),
        ("subject_id", 1, ["ctrl+u", "down", "enter"], ("process", "")),
        ("note", "One", ["enter", "text:two", "ctrl+s"], "One\ntwo"),
        ("note", "One", ["enter", "text:two", "ctrl+z", "f2"], "One"),
        ("note", "a\x1b\nb\tc", ["text:!", "f2"], "a\x1b\nb\tc!"),
    ],
)
async def test_what_is_typed_is_what_is_submitted(
    app: CellsApp, name: str, stored: Value, keys: list[str], saved: Value
) -> None:
    await open_cell(app, name, stored)
    await app.burst(*keys)

    assert [event.value for event in app.submitted] == [saved]
    assert [event.then for event in app.submitted] == ["stay"]
    assert app.editor is None


@pytest.mark.parametrize(
    ("name", "typed", "why"),
    [
        ("quantity", "x", "Quantity takes a number such as 1000 or 2.5, more than 0, or nothing."),
        ("quantity", "-5", "Quantity takes a number such as 1000 or 2.5, more than 0, or nothing; -5 is not."),
        ("quantity", "nan", "Quantity takes a number such as 1000 or 2.5, more than 0, or nothing."),
        ("level", "4", "Level takes a whole number from 0 to 3, or nothing; 4 is not."),
        ("level", "1.5", "Level takes a whole number from 0 to 3, or nothing."),
        ("due_on", "31 feb 2025", "Due: 31 Feb is not in the calendar: February 2025 has 28 days."),
        ("status", "x", "No Status begins with “x”; backspace takes a letter back."),
        ("by_party", "", "By can't be empty; type a ref or a name, or choose with ↓."),
        ("by_party", "Mars", "No party is called “Mars”; ↓ makes it."),
        ("by_party", "united", "No party is called “united”."),
        ("subject_id", "UKR", "Of: begin with process, party, round, demand, agreement."),
        ("subject_id", "party Mars", "No party is called “Mars”."),
    ],
)
async def test_what_the_field_does_not_take_is_refused_with_a_sentence_and_stays(
    app: CellsApp, name: str, typed: str, why: str
) -> None:
    await open_cell(app, name)
    await app.burst("ctrl+u", f"text:{typed}", "enter")

    assert app.submitted == []
    assert app.said[-1] == (why, False)
    assert app.editor is not None
    assert app.editor.draft_text == typed
    assert app.focused is app.editor.entry


async def test_what_a_field_takes_can_be_read_whole_on_80_columns(istanbul) -> None:
    async with desk(istanbul) as at:
        await at.press("3", "e")
        assert f" {at.says} " in at.text()
        assert at.says.startswith("Ref: 1 to 16 letters ")
        room = at.app.size.width - 2

    fields = [field for kind in RECORDS.values() for field in kind.fields.values() if field.type != "flag"]
    hints = [editor_for(field)(Cell(field, None)).takes() for field in fields]
    assert [hint for hint in hints if cell_len(hint) > room] == []


async def test_what_storage_refuses_stays_and_can_be_mended(app: CellsApp) -> None:
    await open_cell(app, "title", "")
    await app.burst("text:refuse me", "enter")

    assert app.said[-1] == ("Storage says no.", False)
    assert app.editor is not None
    assert app.editor.draft_text == "refuse me"

    await app.burst("text: not", "enter")

    assert app.values[PLACES["title"]] == "refuse me not"


async def test_what_one_record_can_tell_is_said_while_typing(app: CellsApp) -> None:
    await open_cell(app, "title", "")
    await app.burst("text:wrong")

    assert app.said[-1] == ("Status can't be that.", False)

    await app.burst("text:!")

    assert app.said[-1][1]


@pytest.mark.parametrize(("key", "at"), [("tab", 1), ("shift+tab", 0)])
async def test_tab_saves_and_opens_the_next_cell(app: CellsApp, key: str, at: int) -> None:
    await open_cell(app, "title")
    await app.burst("text:!", key)

    assert app.values[0] == "Truce!"
    assert app.rows.at == at
    assert app.editor is not None


@pytest.mark.parametrize("name", ["title", "status", "due_on", "note", "by_party", "issue", "aliases"])
async def test_a_discarded_text_is_offered_again_and_the_stored_one_comes_back(app: CellsApp, name: str) -> None:
    await open_cell(app, name)
    await app.burst("text:a", "escape")
    draft = app.drafts[PLACES[name]]
    await app.burst("e")

    assert app.submitted == []
    assert app.editor is not None
    assert app.editor.draft_text == draft
    assert "typed before, not saved" in app.editor.hint()

    await app.burst("ctrl+z", "ctrl+s" if name == "note" else "enter")

    assert [event.value for event in app.submitted] == [CELLS[PLACES[name]][2]]


async def test_letters_that_begin_no_word_are_not_offered_again(app: CellsApp) -> None:
    await open_cell(app, "status")
    await app.burst("text:norway", "escape", "e")

    assert app.editor is not None
    assert app.editor.draft_text == ""
    await app.burst("text:a", "enter")
    assert [event.value for event in app.submitted] == ["agreed"]


async def test_nothing_typed_leaves_no_draft(app: CellsApp) -> None:
    await open_cell(app, "title")
    await app.burst("escape")

    assert app.drafts == {0: None}


@pytest.mark.parametrize("name", ["title", "note", "aliases", "issue"])
async def test_hostile_text_is_shown_as_pictures_and_saved_unchanged(app: CellsApp, name: str) -> None:
    stored: Value = (HOSTILE,) if name == "aliases" else HOSTILE
    await open_cell(app, name, stored)

    assert app.editor is not None
    assert app.editor.draft_text.isprintable()
    assert "␛[31mred␇" in app.editor.draft_text

    await app.burst("f2" if name == "note" else "enter")

    assert app.submitted[0].value == stored


@pytest.mark.parametrize(
    ("pasted", "multiline", "typed", "word"),
    [
        ("a b", False, "a b", ""),
        ("a\r\nb\n", False, "a b", "Line breaks and tabs became blanks."),
        ("a\r\nb\n", True, "a\nb\n", ""),
        ("a\tb", True, "a b", "Tabs became blanks."),
        ("\x1b[31mred\u202e", False, "[31mred", "Control characters were left out."),
        (
            "a\t\x00b\ud800",
            False,
            "a b",
            "Line breaks and tabs became blanks. Control characters were left out.",
        ),
        ("می\u200cخواهم", False, "می\u200cخواهم", ""),
    ],
)
def test_of_a_paste_what_can_be_typed_goes_in(pasted: str, multiline: bool, typed: str, word: str) -> None:
    assert cleaned(pasted, multiline) == (typed, word)


@pytest.mark.parametrize(("name", "save"), [("title", "enter"), ("note", "f2")])
async def test_a_paste_says_what_it_lost(app: CellsApp, name: str, save: str) -> None:
    await open_cell(app, name, "a")
    await app.burst("paste:\x1bb\tc")

    assert "became blanks. Control characters were left out." in app.said[-1][0]

    await app.burst(save)

    assert app.submitted[0].value == "ab c"


async def test_the_day_that_is_understood_is_said_while_typing(app: CellsApp) -> None:
    await open_cell(app, "due_on", None)
    await app.burst("text:+7d")
    in_a_week = (date.today() + timedelta(days=7)).isoformat()

    assert app.said[-1] == (f"→ {written_day(in_a_week)}", True)


async def test_a_reference_says_which_record_it_has_understood(app: CellsApp) -> None:
    await open_cell(app, "by_party")
    await app.burst("ctrl+u", "text:un")

    assert app.said[-1] == ("By: 2 fit “un”, ↓ chooses.", True)

    await app.burst("text:ited a")

    assert app.said[-1] == ("→ UAE United Arab Emirates", True)


async def test_a_reference_to_what_is_not_there_can_be_made_there(app: CellsApp) -> None:
    await open_cell(app, "by_party")
    await app.burst("ctrl+u", "text:Mars", "down", "enter")

    assert app.created == ["Mars"]
    assert app.submitted == []
    assert app.editor is not None


async def test_a_yes_or_no_flips_without_an_editor(app: CellsApp) -> None:
    await open_cell(app, "essential")

    assert app.values[PLACES["essential"]] is True
    assert app.editor is None


async def test_a_letter_that_begins_no_word_lists_nothing(app: CellsApp) -> None:
    await open_cell(app, "status")
    await app.burst("text:wx")

    assert app.editor is not None
    assert app.editor.rows_wanted == 0


@pytest.mark.parametrize(
    ("cell", "within", "over"),
    [
        (Region(10, 2, 30, 1), Region(0, 0, 60, 20), Region(10, 2, 30, 6)),
        (Region(55, 2, 5, 1), Region(0, 0, 60, 20), Region(49, 2, 11, 6)),
        (Region(10, 18, 30, 1), Region(0, 0, 60, 20), Region(10, 13, 30, 6)),
        (Region(2, 1, 5, 1), Region(0, 0, 10, 4), Region(0, 1, 10, 3)),
    ],
)
async def test_the_list_opens_where_there_is_room(app: CellsApp, cell: Region, within: Region, over: Region) -> None:
    await open_cell(app, "status")
    assert app.editor is not None
    app.editor.place(cell, within)

    assert _region(app) == over


async def test_a_line_longer_than_its_cell_opens_with_its_end_in_sight() -> None:
    app = CellsApp()
    async with app.run_test() as pilot:
        await pilot.pause()
        await open_cell(app, "title", "The beginning of a text that is too long, and its end")
        assert app.editor is not None
        line = app.editor.entry
        for _ in range(20):  # the line scrolls once it knows its size, a frame or two behind its opening
            await pilot.pause()
            if line.scroll_offset.x:
                break

        assert line.render_lines(Region(0, 0, line.size.width, 1))[0].text.endswith("its end ")


async def test_a_long_text_fills_the_pane(app: CellsApp) -> None:
    await open_cell(app, "note")
    assert app.editor is not None
    app.editor.place(Region(10, 2, 5, 1), Region(1, 1, 60, 20))

    assert _region(app) == Region(1, 1, 60, 20)


async def test_a_text_area_that_is_gone_can_still_be_painted(app: CellsApp) -> None:
    await open_cell(app, "note")
    await app.burst("f2")
    area = app.submitted[0].editor.entry
    area.notify_style_update()  # as when it has just lost the focus

    assert len(area.render_lines(Region(0, 0, 10, 2))) == 2


def _region(app: CellsApp) -> Region:
    assert app.editor is not None
    styles = app.editor.styles
    assert styles.width is not None
    assert styles.height is not None
    return Region(
        int(styles.offset.x.value), int(styles.offset.y.value), int(styles.width.value), int(styles.height.value)
    )
