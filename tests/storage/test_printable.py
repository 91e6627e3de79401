"""Nothing that is printed can drive a terminal, and an editor gives back what it was given."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.printable import MARK, one_to_one, plain, restored, starts_cluster

ANYTHING = st.text(st.characters(exclude_categories=()))
HOSTILE = st.text(
    st.sampled_from(
        "a b\x00\x1b\x7f\x9b\n\t\r\u202e\u2066\u2028\ufeff\u200d\u200c\u0301\u0327\u20dd\ud800\ufe0f👩🏽🇩🇪각\u1161漢"
    )
)
TEXTS = ANYTHING | HOSTILE
BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


@given(TEXTS, st.none() | st.integers(1, 20))
def test_no_printed_text_holds_a_character_that_drives_or_hides(text, limit):
    for character in plain(text, limit):
        assert character not in BIDI
        assert unicodedata.category(character) not in ("Cc", "Cs", "Co", "Zl", "Zp")
        assert unicodedata.category(character) != "Cf" or character in "\u200c\u200d"


@given(TEXTS, st.none() | st.integers(1, 20))
def test_printing_twice_is_printing_once(text, limit):
    once = plain(text, limit)

    assert plain(once, limit) == once


@pytest.mark.parametrize("code", [*range(0x20), *range(0x7F, 0xA0), 0xAD, 0xFDD0, 0x1FFFF, 0xE000, 0xE0041, 0xE01F0])
def test_each_character_that_must_not_be_printed_is_seen_as_one_other(code):
    shown = plain(f"a{chr(code)}b")

    assert len(shown) == 3
    assert shown[1] != chr(code)
    assert shown[1].isprintable()


def test_controls_are_seen_as_their_pictures():
    assert plain("\x1b[31m\x07\x7f\x00") == "␛[31m␇␡␀"
    assert plain("one\ntwo\tthree\r") == "one⏎two⇥three␍"
    assert plain("\u202eevil\u2028\ue000\ufeff") == f"{MARK}evil{MARK * 3}"


@pytest.mark.parametrize("text", ["می‌خواهم", "👩🏽‍⚖️", "र‍्य", "plain", "Türkiye", "日本"])
def test_words_that_need_their_joiners_stay_as_they_are(text):
    assert plain(text) == text


@pytest.mark.parametrize("text", ["\u200dx", "x\u200d", "x \u200cy", "x\u200d\u200dy"])
def test_a_joiner_outside_of_a_word_is_seen(text):
    assert MARK in plain(text)
    assert "\u200c" not in plain(text)
    assert "\u200d" not in plain(text)


def test_a_character_carries_at_most_three_marks():
    assert plain("Z" + "\u0301" * 50 + "a") == "Z" + "\u0301" * 3 + "a"
    assert plain("Z\u0301\u0301\u200d\u0301\u0301\u0301o") == "Z\u0301\u0301\u200d\u0301o"


@given(TEXTS, st.integers(1, 20))
def test_a_limit_is_kept_and_what_is_cut_says_so(text, limit):
    whole = plain(text)
    cut = plain(text, limit)

    assert len(cut) <= limit
    assert cut == whole or cut.endswith("…")


@given(HOSTILE, st.integers(1, 20))
def test_a_cut_never_falls_inside_of_a_cluster(text, limit):
    whole, cut = plain(text), plain(text, limit)

    if cut != whole and len(text) < 60:
        assert whole.startswith(cut[:-1])
        assert starts_cluster(whole, len(cut) - 1)


def test_flags_families_and_syllables_are_cut_before_or_behind():
    assert plain("🇩🇪🇫🇷🇺🇦", 4) == "🇩🇪…"
    assert plain("ab👩‍👩‍👧‍👦cd", 6) == "ab…"
    assert plain("e\u0301e\u0301e\u0301", 4) == "e\u0301…"
    assert plain("\u1100\u1161\u11a8" * 3, 5) == "\u1100\u1161\u11a8…"


class Huge(str):
    """Text that nobody may go through whole."""

    def isascii(self) -> bool:
        raise AssertionError("a huge text was read to its end")


def test_a_huge_text_is_not_read_to_its_end_for_one_cell():
    assert plain(Huge("x\n" * 10_000), 8) == "x⏎x⏎x⏎x…"


@given(TEXTS, st.booleans())
def test_an_editor_shows_one_character_for_each_stored_one(text, multiline):
    assert len(one_to_one(text, multiline)) == len(text)


@given(TEXTS, st.booleans())
def test_an_untouched_editor_gives_back_what_was_stored(text, multiline):
    assert restored(text, one_to_one(text, multiline), multiline) == text


@given(HOSTILE, HOSTILE, st.text(st.sampled_from("xyz")))
def test_what_stands_before_and_behind_the_typed_text_stays_stored(before, behind, typed):
    stored = before + "\n" + behind
    edited = one_to_one(stored)

    saved = restored(stored, edited[: len(before)] + typed + edited[len(before) + 1 :])

    assert saved.startswith(before)
    assert saved.endswith(behind)


def test_text_edited_on_both_sides_of_a_newline_keeps_the_newline():
    assert restored("one\ntwo\tthree\n", "One⏎TWO⇥three!⏎") == "One\nTWO\tthree!\n"
    assert restored("a\nb\tc\x1bd", "A⏎bc␛D") == "A\nbc\x1bD"


def test_pasted_controls_are_dropped():
    assert restored("abc", "ab\x1b[31m\x00\ud800\n\tc") == "ab[31mc"
    assert restored("abc", "ab\x1b\nc", multiline=True) == "ab\nc"
