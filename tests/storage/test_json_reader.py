"""JSON from a stranger is read strictly, and a refusal says where."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storage.errors import BadInput
from storage.incoming.json_reader import DEEPEST, read_json

SOUND_TEXT = st.text(st.characters(exclude_categories=["Cs"]))
SOUND = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | SOUND_TEXT,
    lambda inner: st.lists(inner) | st.dictionaries(SOUND_TEXT, inner),
)


def refusal(data):
    with pytest.raises(BadInput) as refused:
        read_json(data, "case.json")
    [sentence] = refused.value.problems
    return sentence


@settings(deadline=None)
@given(SOUND, st.booleans())
def test_whatever_json_can_say_is_read_as_it_is(value, ascii_only):
    data = json.dumps(value, ensure_ascii=ascii_only).encode()

    assert read_json(data, "case.json") == value


def test_a_byte_order_mark_is_no_part_of_the_document():
    assert read_json(b"\xef\xbb\xbf[1]", "case.json") == [1]


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "case.json: it is empty; a JSON document was expected."),
        (b" \n", "case.json: it is empty; a JSON document was expected."),
        (b'{"a": 1,\n "b" 2}', "case.json: line 2, column 6: it is not JSON: expecting ':' delimiter."),
        (b'["abc', "case.json: line 1, column 2: it is not JSON: unterminated string."),
        (b"[1] 2", "case.json: line 1, column 5: it is not JSON: extra data."),
        (b'["a\x1b"]', "case.json: line 1, column 4: it is not JSON: invalid control character."),
        (b'["a",\n"\xff"]', "case.json: line 2: it is not UTF-8 text; save it as UTF-8."),
        ("[]".encode("utf-16"), "case.json: line 1: it is not UTF-8 text; save it as UTF-8."),
    ],
)
def test_what_is_not_json_is_refused_with_its_place(data, sentence):
    assert refusal(data) == sentence


def test_a_key_that_stands_twice_is_refused_even_in_another_spelling():
    data = b'{"a": {"ref": 1},\n "b": [{"ref": 2, "x": "ref", "r\\u0065f": 3}]}'

    assert refusal(data) == 'case.json: line 2, column 31: the key "ref" stands twice in one object; keep one.'


def test_the_same_key_in_two_objects_is_no_duplicate():
    assert read_json(b'[{"a": {"a": 1}}, {"a": 2}]', "case.json") == [{"a": {"a": 1}}, {"a": 2}]


@pytest.mark.parametrize("constant", ["NaN", "Infinity", "-Infinity"])
def test_what_is_no_number_is_refused(constant):
    data = f'{{"a": "NaN",\n"b": {constant}}}'.encode()

    assert refusal(data).startswith(f"case.json: line 2, column 6: {constant} is no number in JSON")


@pytest.mark.parametrize("place", ['["\\ud800"]', '["\\udc00\\ud800"]', '{"\\ud800": 1}'])
def test_half_a_character_is_refused(place):
    assert "column 2: the text holds half of a character" in refusal(place.encode())


def test_two_halves_make_a_character():
    assert read_json(b'["\\ud83d\\ude00"]', "case.json") == ["😀"]


def test_fifty_levels_are_read_and_one_more_is_refused():
    deepest = "[" * DEEPEST + "]" * DEEPEST

    assert read_json(deepest.encode(), "case.json")
    assert refusal(f"[{deepest}]".encode()) == "case.json: line 1, column 51: it is nested deeper than 50 levels."


@pytest.mark.parametrize("opening", ["[", '{"a":'])
def test_a_hundred_thousand_levels_end_in_a_sentence(opening):
    assert "nested deeper than 50 levels" in refusal(opening.encode() * 100_000)


def test_a_number_of_five_thousand_digits_is_refused():
    data = b'["' + b"1" * 5_000 + b'",\n-' + b"1" * 5_000 + b"]"

    assert refusal(data) == "case.json: line 2, column 1: a number has more than 4,300 digits."


def test_a_refused_key_can_t_drive_the_terminal():
    sentence = refusal(b'{"\\u001b[31m": 1, "\\u001b[31m": 2}')

    assert "\x1b" not in sentence
    assert "␛[31m" in sentence


def test_a_refused_key_is_cut():
    key = b'"' + b"k" * 1_000 + b'"'

    assert len(refusal(b"{" + key + b": 1, " + key + b": 2}")) < 150
