"""Search and order see text without case and accents, letter by letter."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from storage.folding import UNDECOMPOSED, fold, folded_with_places

TEXTS = st.text(st.sampled_from("aB ßİıŁøé한ﬁⅣςΣЙ\u0301\u0323ͅ") | st.characters())


@given(TEXTS)
def test_a_text_folds_as_the_whole_of_it_taken_apart(text):
    apart = unicodedata.normalize("NFKD", text)
    bare = "".join(letter for letter in apart if not unicodedata.combining(letter))

    assert fold(text) == bare.casefold().translate(UNDECOMPOSED)


@given(TEXTS)
def test_each_letter_of_a_folded_text_is_known_by_where_it_comes_from(text):
    folded, places = folded_with_places(text)

    assert folded == fold(text)
    assert [(at, fold(text)[i]) for i, at in enumerate(places)] == [
        (at, bare) for at, letter in enumerate(text) for bare in fold(letter)
    ]
