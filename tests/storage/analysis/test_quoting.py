"""Words that somebody chose, as a page quotes them."""

import pytest

from storage.questions.analysis.brief.page import quoted


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("as soon as can be", "“as soon as can be”"),
        ("“soon”", "“soon”"),
        ('"soon"', "“soon”"),
        ("„bald“", "“bald”"),
        ("«bientôt»", "“bientôt”"),
        ('an "early" start, “soon”', "“an 'early' start, ‘soon’”"),
        ('"soon" or "early"', "“'soon' or 'early'”"),
        ("nach „bald“", "“nach ‚bald‘”"),
        ('""', "“''”"),
        ("", ""),
    ],
)
def test_words_stand_in_quotation_marks_once(words, told):
    assert quoted(words) == told
