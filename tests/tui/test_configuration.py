"""Keys are those of the file of the configuration, everywhere; what is wrong there is told, and stops nothing."""

import os
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.tui.desk import OPENED, desk
from tests.tui.keyboard import settled, typed
from tui.configuration import Configuration, configured
from tui.written_configuration import MOST_BYTES, read

KEYS = """
[keys]
add = "+"
edit = "i"
view_matrix = "M"
escape = "F9"
palette = "F3, Ctrl+K"
undo = []
"""


@pytest.fixture
def configure():
    """Write the file of the configuration; its path, which is as short as that of a user's."""
    with TemporaryDirectory() as folder:

        def configure(text):
            file = Path(folder, "config.toml")
            file.write_bytes(text if isinstance(text, bytes) else text.encode())
            return file

        yield configure


async def test_configured_keys_act_in_place_of_the_usual_ones_and_are_told_wherever_a_key_is_told(istanbul, configure):
    async with desk(istanbul, configuration=configure(KEYS)) as at:
        assert at.says == ""
        assert "M Matr" in at.lines()[0]
        assert at.lines()[-1].strip() == "⏎ Edit + Add d Delete / Find f Filter s Sort y Copy E Export ? Help"

        await at.press("a", "5", "e", "f2", "ctrl+p", "u")
        assert (at.main.current, at.main.editing, at.app.screen_stack) == ("demands", False, [at.main])
        await at.press("M")
        assert "─ M Matrix · as of R1 ─" in at.text()

        await at.press("3", "slash", "text:zzz", "enter", "escape")
        assert "No demands match. F9 shows all." in at.text()
        await at.press("f9", "right", "i", "text:+iM", "enter")
        assert at.value("title", "D1") == "30-day unconditional ceasefire+iM"
        assert at.says.endswith(", saved · Undo in the palette undoes")

        await at.press("question_mark", "text:step")
        assert "–                    Take back the last step" in at.text()
        await at.press("escape", "ctrl+k", "text:take back", "enter")
        assert at.value("title", "D1") == "30-day unconditional ceasefire"


async def test_a_sentence_that_names_a_key_names_the_configured_one(istanbul, configure):
    chosen = configure('[keys]\nevidence = "X"\nnamed_views = "W"\nwhole_record = "O"\n')
    async with desk(istanbul, (160, 60), configuration=chosen) as at:
        await at.press("3", "W", "text:mine", "enter")
        assert at.says == "The view “mine” is kept; W brings it back."

        await at.press("0", "text:sources", "enter", "X")
        assert at.says == "No statement supports a source; X on a statement shows what rests on it."

        await at.press("0", "text:dossier", "enter", "O")
        assert "none: no statement supports this; X links or writes one" in at.text()


async def test_letters_stand_in_place_of_signs_where_the_user_wants_them(istanbul, configure):
    async with desk(istanbul, (120, 40), configuration=configure('glyphs = "letters"\n[keys]\nadd = "+"\n')) as at:
        await at.press("3", "down")
        assert "Text                -" in at.text()
        assert " | -" not in at.text()
        await at.press("x")
        assert "Y supports" in at.text()
        await at.press("escape", "5")
        assert "clashing   A!     -" in at.text()
        assert set("◆✔✖∅▲▼") & set(at.text()) == set()
        await at.press("3", *["right"] * 3, "s", "f", "space")
        assert "* RUS  2" in at.text()
        await at.press("enter")
        assert "to=RUS x | to^" in at.text()
        assert set("↑●✕") & set(at.text()) == set()
    assert read(configure('glyphs = "signs"')) == Configuration()

    async with desk(istanbul) as at:
        await at.press("5")
        assert "◆" in at.text()


def signs(text):
    """What stands in it that is no letter and on no keyboard."""
    return {each for each in text if not each.isascii() and not each.isalnum()}


async def test_letters_are_all_there_is_on_the_screen_where_the_user_wants_them(istanbul, configure):
    letters = configure('glyphs = "letters"\n')
    async with desk(istanbul, (120, 40), configuration=letters) as at:
        for keys in (
            *OPENED.values(),
            ("4",),
            ("3", "end", "minus"),
            ("home", "right", "e"),
            ("escape", *["right"] * 4, "e", "text:q", "escape", "escape"),
            ("f",),
            ("escape", "c"),
            ("escape", "E"),
            ("escape", "x"),
            ("escape", "b"),
            ("escape", "question_mark"),
            ("escape", "ctrl+p"),
            ("escape", "1", "d"),
        ):
            await at.press(*keys)
            assert signs(at.text()) == set(), keys
            if keys == ("home", "right", "e"):
                assert "Demand: one line. Enter saves." in at.text()

    async with desk(istanbul) as at:
        await at.press("3", "right", "e")
        assert "Demand: one line. ⏎ saves." in at.text()
        assert "│" in at.text()


async def test_a_burst_of_configured_moves_is_done_in_the_order_typed(istanbul, configure):
    async with desk(istanbul, configuration=configure('[keys]\nmove_down = "n"\nmove_up = "^p"\n')) as at:
        for key in ("n", "n", "n", "ctrl+p", "j", "down"):
            at.app.post_message(typed(key))
        await settled(at.pilot)

        assert at.pane().grid.cursor_row == 2
        assert at.app.screen_stack == [at.main]  # ^p opens no palette any more


async def test_what_is_wrong_is_said_when_the_screen_comes_up_however_much_and_whatever_it_is(istanbul, configure):
    file = configure('"[red]\\u001b[2J" = 1\n[keys]\nadd = "+"\n' + "".join(f"k{at} = 1\n" for at in range(30)))
    async with desk(istanbul, configuration=file) as at:
        assert at.says == "20 more sentences tell what is wrong in the configuration: `parley keys` says them all."
        assert "[red]␛[2J is no setting" in " ".join(at.text().split())
        assert at.lines()[-1].startswith(" ⏎ Edit + Add")

    assert len(read(file).wrong) == 21
    assert read(file).wrong[-1] == f"{file}: 11 more lines are wrong; mend those first."


@pytest.mark.parametrize(
    ("line", "told", "keys"),
    [
        ('fnid = "x"', ["fnid is no action; is find meant? `parley keys` lists them all."], {}),
        ("add = 3", ['add is to be keys like "a, ^n", or a list of them.'], {}),
        (
            'add = "foo, shift+1, §, ^n"',
            [
                f'add can\'t have "{each}", which is no key; keys are written like a, ^n, F2, down or !.'
                for each in ("foo", "shift+1", "§")
            ],
            {"add": "ctrl+n"},
        ),
        (
            'add = ["^i", "Ctrl+M", "^h", "^j", "^["]',
            [
                f"add can't have {key}, which terminals can't tell from {other}; give it another key."
                for key, other in zip(
                    ("^i", "^m", "^h", "^j", "^["), ("Tab", "Enter", "Backspace", "Enter", "Esc"), strict=True
                )
            ],
            {},
        ),
        (
            'add = "^s"',
            ["add can't have ^s alone, which many terminals keep to themselves; give it one more key."],
            {},
        ),
        ('add = "^s, a"', [], {"add": "ctrl+s,a"}),
        ('add = "^q"', ["add can't have ^q, which always leaves Parley; give it another key."], {}),
        ('leave = "f10"', [], {"leave": "f10,ctrl+q"}),
        (
            'add = "d"',
            ["add takes d from delete, which keeps del; name keys for delete too."],
            {"add": "d", "delete": "delete"},
        ),
        (
            'move_down = "f"',
            ["move_down takes f from filter, which has no key left; name keys for filter too."],
            {"move('down')": "f", "filter": ""},
        ),
        ('sort = "f"\nfilter = "s"', [], {"sort": "f", "filter": "s"}),
        (
            'sort = "F5"\nfilter = "f5"',
            ["filter can't have F5, which is given to sort above; give it another key."],
            {"sort": "f5"},
        ),
        (
            'add = [",", "^+"]\nsort = ","',
            ["sort can't have ,, which is given to add above; give it another key."],
            {"add": "comma,ctrl+plus"},
        ),
        (
            'add = "~, Ctrl+Alt+X, Shift+Up, shift+w, alt++, é, ⇤"',
            ["add takes ⇤ from previous_pane, which has no key left; name keys for previous_pane too."],
            {"add": "tilde,alt+ctrl+x,shift+up,W,alt+plus,é,shift+tab", "previous_pane": ""},
        ),
    ],
)
def test_a_line_that_can_not_be_followed_is_told_and_its_action_keeps_its_keys(configure, line, told, keys):
    file = configure(f"[keys]\n{line}\n")
    found = read(file)

    assert list(found.wrong) == [f"{file}: [keys] {each}" for each in told]
    assert dict(found.keys) == keys


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("keys = 3", ': keys is to be a table: a line [keys], and below it lines like add = "a, ^n".'),
        ("[key]\na = 1", ": key is no setting; there is glyphs, and what stands below a line [keys]."),
        ('glyphs = "runes"', ': glyphs is to be "letters" or "signs".'),
        ("[keys]\nadd = \n", " is no TOML that Parley can read: Invalid value (at line 2, column 7)."),
        (b"\xff", " is no TOML that Parley can read: 'utf-8' codec can't decode byte 0xff in position 0:"),
        (b"#" * (MOST_BYTES + 1), " is no TOML that Parley can read: it has more than 64 KB."),
        ("a" + ".a" * 9_000, " is no TOML that Parley can read: a line has more than 1,000 characters."),
        ("a = " + "[\n" * 9_000, " is no TOML that Parley can read: maximum recursion depth exceeded"),
    ],
)
def test_a_file_that_is_no_configuration_is_told_and_the_usual_keys_are_in_use(configure, text, told):
    file = configure(text)

    assert dict(read(file).keys) == {}
    assert [each[: len(str(file) + told)] for each in read(file).wrong] == [f"{file}{told}"]


def test_a_file_that_can_not_be_read_is_told_and_a_pipe_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "link").symlink_to(tmp_path / "gone")

    assert read(tmp_path / "pipe").wrong == ()
    assert "can't be read: Is a directory" in read(tmp_path).wrong[0]
    assert "can't be read: No such file or directory" in configured(tmp_path / "link").wrong[0]
    assert configured(tmp_path / "gone") == configured(tmp_path / "pipe" / "under") == Configuration()
