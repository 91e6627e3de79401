"""Search and order see text without case and accents, letter by letter."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from storage.folding import UNDECOMPOSED, fold, folds_letter_by_letter

TEXTS = st.text(st.sampled_from("aB ßİıŁøé한ﬁⅣςΣЙ\u0301\u0323ͅ") | st.characters())


@given(TEXTS)
def test_a_text_folds_as_the_whole_of_it_taken_apart(text):
    apart = unicodedata.normalize("NFKD", text)
    bare = "".join(letter for letter in apart if not unicodedata.combining(letter))

    assert fold(text) == bare.casefold().translate(UNDECOMPOSED)


@given(TEXTS)
def test_a_text_folds_letter_by_letter_if_each_of_its_letters_folds_to_one(text):
    assert folds_letter_by_letter(text) == all(len(fold(letter)) == 1 for letter in text)
