"""V: a view gets a name, and comes back exactly as it was, in this dossier and without what another has not."""

import json

import pytest
from rich.cells import cell_len

from storage import Party, create_store, open_store
from tests.dossiers import generated
from tests.hostile import driving
from tests.tui.desk import desk, until
from tui.memory import MOST_BYTES, MOST_BYTES_OF_NAMED

NARROWED = ("right", "minus", "right", "f", "space", "down", "enter", "slash", "text:a", "enter", "s", "less_than_sign")
"""Hides a column, filters by a party, searches, sorts, makes a column narrower."""
CHANGED = ("F", "s", "greater_than_sign", "c", "down", "space", "enter")


@pytest.fixture
def memory(tmp_path):
    """A file in a folder that is not there yet."""
    return tmp_path / "state" / "memory.json"


@pytest.fixture
def talks(tmp_path):
    """Another dossier, in which RUS is nobody that the Istanbul talks know."""
    path = tmp_path / "talks.db"
    create_store(path, json.dumps(generated(3, parties=6, rounds=3, demands=12, positions=60)).encode()).close()
    store = open_store(path)
    store.edit(Party, [store.resolve("parties", "P1")], {"ref": "RUS"})
    store.close()
    return path


def pane(at, name="demands"):
    """What a pane shows: every line of it, frame and all, and how wide its columns are."""
    region = at.main.query_one(f"#{name}").region
    shown = [line[region.x : region.right] for line in at.lines()[region.y : region.bottom]]
    return shown, at.main.query_one(f"#{name}").grid.columns


async def test_a_view_comes_back_exactly_as_it_was_also_in_the_next_run(istanbul, memory):
    async with desk(istanbul, memory=memory) as at:
        await at.press("3", *NARROWED)
        named = pane(at)
        assert "2 of 9 · /a ✕ · to=RUS ✕ · to↑" in at.text()
        await at.press("V", "text:To Russia", "enter")
        assert at.says == "The view “To Russia” is kept; V brings it back."
        await at.press(*CHANGED, "V", "enter")
        assert pane(at) == named
        await at.press(*CHANGED)

    async with desk(istanbul, read_only=True, memory=memory) as at:
        await at.press("3", "f", "escape", "V", "text:russ", "down", "enter")
        assert at.says == "The view “To Russia” is back."
        assert pane(at) == named


async def test_a_computed_view_comes_back_and_its_name_is_replaced_only_when_that_is_asked_for(istanbul, memory):
    async with desk(istanbul, memory=memory) as at:
        await at.press("5", "right", "right", "f", "text:blocked", "enter", "minus")
        named = pane(at, "view-matrix")
        await at.press("V", "text:Blocked", "enter", "F", "s", "minus")
        await at.press("V", "text:Blocked", "enter")
        assert "A view is called “Blocked” already." in at.text()
        await at.press("enter", "down", "enter")
        assert pane(at, "view-matrix") == named

        await at.press("F", "V", "text:Blocked", "enter", "y", "slash", "text:talks", "enter", "V", "enter")
        assert pane(at, "view-matrix") != named
        assert "9 of 9 ─" in at.text()
        await at.press("3", "V")
        assert "No view of Demands has a name yet" in at.text()


async def test_delete_takes_the_name_of_a_view_away_and_in_the_line_a_letter(istanbul, memory):
    async with desk(istanbul, memory=memory) as at:
        await at.press("1", "V", "text:one", "enter", "V", "text:two", "enter")
        await at.press("V", "text:x", "left", "delete", "down", "delete")
        assert at.says == "The view “one” is deleted."
        assert "two" in at.text()
        await at.press("escape")

    async with desk(istanbul, memory=memory) as at:
        await at.press("1", "V", "delete", "enter", "escape")
        assert at.says == "The view “two” is deleted."


async def test_in_another_dossier_no_view_shows_a_wrong_party(istanbul, talks, memory):
    async with desk(istanbul, memory=memory) as at:
        await at.press("3", *NARROWED, "V", "text:To Russia", "enter", "5", "right", "right", "right", "right", "f")
        await at.press("enter", "s", "V", "text:By cells", "enter")

    async with desk(talks, memory=memory) as at:
        await at.press("3", "V", "enter")
        assert at.says == (
            "The view “To Russia” is back, but for what is not in this dossier: the filter to_party=RUS (Russia)."
        )
        assert "of 12 · /a ✕ · to↑ ─" in at.text()
        await at.press("5", "V", "enter")
        assert "“By cells” is back, but for what is not in this dossier: the column UKR and 5 others." in at.says
        assert "rus↑ ─" in at.text()
        assert "rus=" not in at.text()


async def test_what_is_ticked_in_a_filter_is_ticked_when_its_view_is_back(istanbul, memory):
    async with desk(istanbul, memory=memory) as at:
        await at.press("3", *["right"] * 6, "f", "text:∅", "enter", "V", "text:without a text", "enter")
        await at.press("F", "V", "enter", "f")
        assert "● ∅" in at.text()


async def test_a_filter_that_no_words_tell_is_not_kept_and_that_is_said(istanbul, memory):
    async with desk(istanbul, memory=memory) as at:
        await at.press("0", "text:evidence l", "enter", "right", "right", "f", "enter", "V", "text:of one", "enter")
        assert at.says == "The view “of one” is kept, but for the filter of Record, which no words tell."


async def test_two_runs_know_the_names_that_the_other_gave_and_took_away(istanbul, memory):
    async with desk(istanbul, memory=memory) as ours, desk(istanbul, memory=memory) as theirs:
        await ours.press("3", "V", "text:ours", "enter", "V", "text:gone", "enter")
        await until(lambda: memory.exists() and '"gone"' in memory.read_text(), ours)
        await theirs.press("3", "V", "delete", "text:theirs", "enter")
        await until(lambda: '"theirs"' in memory.read_text(), theirs)
        await ours.press("minus", "V")
        assert "theirs" in ours.text()
        assert "ours" in ours.text()
        assert "gone" not in ours.text().replace("is gone", "")


async def test_views_with_a_name_are_never_forgotten_for_others_without_and_no_more_than_fit_are_kept(istanbul, memory):
    memory.parent.mkdir(parents=True)
    named = [{"pane": "demands", "name": "mine", "search": "x" * (MOST_BYTES_OF_NAMED // 2)}]
    full = MOST_BYTES - MOST_BYTES_OF_NAMED // 2 - 200
    memory.write_text(json.dumps({"named": named, "views": {"gone": {"shown": ["x" * full]}}}))

    async with desk(istanbul, memory=memory) as at:
        await at.press("3", "right", "minus", "V", "enter")
        assert at.says == "The view “mine” is back."
        await at.press("V", "text:another", "enter")
        assert at.says.startswith("There is no room for another view with a name")
        await at.press("escape", "V", "text:small", "enter")
        assert at.says.startswith("The view “small” is kept")

    assert memory.stat().st_size <= MOST_BYTES
    kept = json.loads(memory.read_text())
    assert [each["name"] for each in kept["named"]] == ["mine", "small"]
    assert list(kept["views"]) == ["demands"]


HOSTILE = [
    {"pane": "demands", "name": "[red]\x1b]0;owned\x07\u202e" + "x" * 10_000, "search": "\x1b[2J" + "y" * 5_000},
    {"pane": "demands", "name": "\ud800", "where": [["status=\ud800", "", ""]], "search": "\ud800"},
    {"pane": "demands", "name": "wrong", "where": [["status", "", ""], ["[b]=\x1b[2J", "", "\x1b"], [1], 7], "look": 3},
    {"pane": "demands", "name": "sql", "where": [["title=' OR 1", "", "\x1b[2J"], ["by_party=\0", "", ""]]},
    {"pane": "demands", "name": "order", "look": {"sort": [["\x1b[2J", True], ["id", False]], "shown": ["\x1b", "id"]}},
    {"pane": "demands", "name": ["a list"], "where": {}, "search": {}},
    "no view",
]


async def test_whatever_the_file_holds_as_named_views_is_only_text_and_can_be_deleted(istanbul, memory):
    memory.parent.mkdir(parents=True)
    memory.write_text(json.dumps({"named": HOSTILE}))

    async with desk(istanbul, (60, 15), memory=memory) as at:
        for down in range(len(HOSTILE)):
            for keys in (("3", "V", *["down"] * down), ("enter",), ("F",)):
                await at.press(*keys)
                assert [driving(line) for line in at.lines() if driving(line)] == []
                assert {cell_len(line) for line in at.lines()} == {60}
        await at.press("V", *["delete"] * len(HOSTILE))
        assert "No view of Demands has a name yet" in at.text()
        await at.press("escape", "V", "text:mine", "enter", "V", "enter")
        assert at.says == "The view “mine” is back."
