"""Text that tries to drive the terminal, the markup or the reader shows harmlessly everywhere."""

import csv
import json

import pytest

from storage import AS_IT_IS, FORMATS, Demand, View, open_store, outgoing
from tests.tui.desk import desk

HOSTILE = (
    "[/x]",
    "[red]stop[/red]",
    "\x1b[31mred\x1b]0;title\x07",
    "tab\there",
    "two\nlines",
    "right \u202eto left",
    "family \U0001f468\u200d\U0001f469\u200d\U0001f467 and flag \U0001f1fa\U0001f1e6",
    "\x9b2J C1",
    "=cmd|' /C calc'!A0",
    "e" + "\u0301" * 30,
)


@pytest.fixture
def hostile(istanbul):
    """A dossier whose demands hold hostile text in every field that takes text."""
    store = open_store(istanbul)
    view = View(Demand)
    for id, text in zip(store.find(view), HOSTILE, strict=False):
        store.edit(Demand, [id], {"title": f"x{text}", "text": text, "issue": f"y{text}", "note": text})
    store.close()
    return istanbul


def assert_harmless(shown):
    """Nothing that reaches the terminal as text may be more than text."""
    forbidden = [letter for letter in shown if letter != "\n" and (ord(letter) < 32 or 0x7F <= ord(letter) < 0xA0)]
    forbidden += [letter for letter in shown if letter in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"]
    assert forbidden == []


PLACES = {
    "detail": ("4",),
    "whole": ("o",),
    "line": ("right", "e"),
    "long text": (*["right"] * 6, "e"),
    "filter": (*["right"] * 7, "f"),
    "open list": (*["right"] * 7, "e"),
    "export": ("E",),
    "find": ("slash", "text:[red"),
    "delete": ("d",),
}
"""Where text of a demand comes to the screen, and the keys that lead there."""


async def test_hostile_text_shows_harmlessly_in_a_pane(hostile):
    async with desk(hostile) as at:
        assert_harmless(at.text())
        await at.press("end")
        assert_harmless(at.text())


@pytest.mark.parametrize("place", PLACES)
async def test_hostile_text_shows_harmlessly(hostile, place):
    first = list(PLACES).index(place)
    async with desk(hostile) as at:
        for row in (first, first + 3, first + 6):
            await at.press("g", *["down"] * (row % 9), *PLACES[place])
            assert_harmless(at.text())
            await at.press("escape", "escape", "escape", "3", "home")


async def test_hostile_text_that_is_edited_elsewhere_keeps_what_was_not_touched(hostile):
    async with desk(hostile) as at:
        await at.press("3", "down", "down", "right", "e", "text:!", "enter")

        assert at.value("title", "D3") == f"x{HOSTILE[2]}!"


async def test_the_status_line_says_hostile_text_harmlessly(hostile):
    async with desk(hostile) as at:
        await at.press("3", "down", "down", "right", "e", "text:!", "enter")

        assert "saved" in at.text()
        assert_harmless(at.text())


@pytest.mark.parametrize("name", ["csv", "json", "ndjson"])
def test_hostile_text_is_exported_to_a_file_unchanged(hostile, tmp_path, name):
    target = tmp_path / f"out.{name}"
    store = open_store(hostile)
    with outgoing(store) as leaving:
        leaving.write_view(View(Demand), FORMATS[name], target, switches=AS_IT_IS)
    store.close()

    text = target.read_bytes().decode()
    if name == "csv":
        rows = list(csv.DictReader(text.splitlines(keepends=True)))
    else:
        rows = json.loads(text) if name == "json" else [json.loads(line) for line in text.splitlines()]
    assert [row["text"] for row in rows] == list(HOSTILE[:9])
