"""Stored text on the screen: in exactly its cells, without markup, and never torn."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from rich.cells import cell_len
from wcwidth import wcwidth

from storage import plain, starts_cluster
from tui.display import CHARACTERS_PER_CELL, clip, fit, hits, safe, steady

TEXTS = st.text(st.characters(exclude_categories=())) | st.text(
    st.sampled_from("ab漢字👩🏽❤🇺🇦\ufe0f\u200d\u200c\u0301\x1b\n\u202eक्ष")
)


@given(TEXTS, st.integers(0, 30), st.sampled_from(("left", "right", "center")))
def test_text_fills_its_cells_exactly(text, width, align):
    assert cell_len(fit(text, width, align)) == width


@given(TEXTS, st.integers(0, 30))
def test_a_terminal_that_knows_no_clusters_counts_the_same_cells(text, width):
    shown = clip(text, width)

    assert sum(wcwidth(character) for character in shown) == cell_len(shown) <= width


@given(TEXTS, st.integers(1, 30))
def test_no_more_is_cut_than_need_be(text, width):
    whole = plain(text)
    assume(len(whole) <= CHARACTERS_PER_CELL * width)
    beginnings = [steady(whole[:at]) for at in range(len(whole)) if starts_cluster(whole, at)]

    shown = clip(text, width)

    if cell_len(steady(whole)) <= width:
        assert shown == steady(whole)
    else:
        assert shown == [each for each in beginnings if cell_len(each) < width][-1] + "…"


@pytest.mark.parametrize(
    ("text", "width", "clipped"),
    [
        ("International", 6, "Inter…"),
        ("International", 13, "International"),
        ("International", 1, "…"),
        ("International", 0, ""),
        ("漢字漢字", 5, "漢字…"),
        ("漢字漢字", 4, "漢…"),
        ("ab漢", 4, "ab漢"),
        ("ab漢", 3, "ab…"),
        ("ab漢", 2, "a…"),
        ("e\u0301e\u0301e\u0301", 2, "e\u0301…"),
        ("a👩‍👩‍👧z", 8, "a👩👩👧z"),
        ("a👩‍👩‍👧z", 7, "a…"),
        ("🇺🇦🇺🇦", 3, "UA…"),
        ("🇺🇦🇺🇦", 2, "…"),
        ("new: \U00018e00", 20, "new: \ufffd"),
        ("one\ntwo", 20, "one⏎two"),
        ("\x1b[31mred", 20, "␛[31mred"),
    ],
)
def test_text_is_cut_between_characters_as_they_are_seen(text, width, clipped):
    assert clip(text, width) == clipped


def test_numbers_stand_at_the_right():
    assert fit("12", 5, "right") == "   12"
    assert fit("✓", 4, "center") == " ✓  "


def test_stored_text_is_never_markup():
    assert safe("[b]bold[/b] [/x] [").plain == "[b]bold[/b] [/x] ["
    assert safe("[red]").spans == []


def test_stored_text_reaches_a_widget_without_controls():
    assert safe("a\x1b]0;title\x07\u202eb\nc").plain == "a␛]0;title␇\ufffdb⏎c"
    assert safe("a long sentence", limit=6).plain == "a lon…"


def test_safe_text_can_have_a_style_of_ours():
    assert [span.style for span in safe("x", "bold").spans] == ["bold"]


def test_a_flag_is_its_letters_and_a_skin_tone_is_left_out():
    assert steady("🇺🇦 👩🏽‍⚖️ ❤️") == "UA 👩⚖ ❤"


@pytest.mark.parametrize(
    ("text", "needle", "found"),
    [
        ("Security, security", "SEC", ["Sec", "sec"]),
        ("Türkiye", "turk", ["Türk"]),
        ("Tu\u0308rkiye", "turk", ["Tu\u0308rk"]),
        ("Straße", "SS", ["ß"]),
        ("Kyïv", "", []),
        ("Kyïv", "x", []),
        ("ﬁve", "f", ["ﬁ"]),
    ],
)
def test_hits_are_found_without_case_and_accents(text, needle, found):
    assert [text[begin:end] for begin, end in hits(text, needle)] == found
