"""A field becomes a column, and a cell says what people read."""

import pytest

from storage import (
    RECORDS,
    Answers,
    Assessment,
    Commitment,
    Demand,
    Evidence,
    Found,
    Party,
    Position,
    Question,
    Stance,
    View,
    open_store,
)
from storage.showing import LETTERS, SIGNS
from tui.columns import Column, cell_text, column_of, in_usual_order
from tui.signs import meanings
from tui.widgets.editors import editor_for
from tui.widgets.editors.subject import SubjectEditor


def text_of(kind, name, names=None, glyphs=SIGNS, **values):
    column = column_of(kind.fields[name])
    return cell_text(column, Found(1, values, names or {}), glyphs)


def test_every_field_of_every_record_is_a_column_with_an_editor():
    fields = [field for kind in RECORDS.values() for field in kind.fields.values()]

    assert all(column.width > 0 and column.label for column in map(column_of, fields))
    assert all(editor_for(field) for field in fields if field.type != "flag")


def test_a_reference_is_shown_by_name_and_empty_where_there_is_none():
    assert text_of(Demand, "by_party", {"by_party": "UKR"}, by_party=17) == "UKR"
    assert text_of(Demand, "to_party", to_party=None) == "∅"
    assert text_of(Demand, "to_party", glyphs=LETTERS, to_party=None) == "-"
    assert (
        text_of(Evidence, "subject_id", {"subject_id": "R1/D1/UKR"}, subject="position", subject_id=17) == "R1/D1/UKR"
    )


@pytest.mark.parametrize(("stored", "shown"), [(1000.0, "1000"), (0.5, "0.5"), (1e22, "1" + "0" * 22), (None, "∅")])
def test_whole_numbers_have_no_fraction_and_none_an_exponent(stored, shown):
    assert text_of(Commitment, "quantity", quantity=stored) == shown


def test_yes_is_a_sign_and_no_is_nothing():
    assert text_of(Party, "essential", essential=True) == "✓"
    assert text_of(Party, "essential", essential=False) == ""
    assert text_of(Party, "essential", glyphs=LETTERS, essential=True) == "x"


def test_lists_are_joined_and_empty_ones_and_empty_text_say_so():
    assert text_of(Party, "aliases", aliases=("Kyiv", "Kiev")) == "Kyiv; Kiev"
    assert text_of(Party, "aliases", aliases=()) == "∅"
    assert text_of(Party, "note", note="") == "∅"


def test_estimated_dates_say_so():
    assert text_of(Commitment, "due_on", due_on="2025-06-13", due_basis="estimated") == "≈2025-06-13"
    assert text_of(Commitment, "due_on", due_on="2025-06-13", due_basis="stated") == "2025-06-13"
    assert text_of(Commitment, "due_on", due_on=None, due_basis="none") == "∅"


@pytest.mark.parametrize(
    ("response", "red_line", "basis", "shown", "letters"),
    [
        ("asks", False, "stated", "◆ asks", "A asks"),
        ("rejects", True, "reported", "✖! rejects", "N! rejects"),
        ("rejects", True, "inferred", "(✖! rejects)", "(N! rejects)"),
        ("conditional", False, "inferred", "(~ conditional)", "(~ conditional)"),
        ("silent", False, "stated", "? silent", "? silent"),
    ],
)
def test_a_response_is_a_sign_and_a_word_and_inferred_ones_are_in_parentheses(
    response, red_line, basis, shown, letters
):
    values = {"response": response, "red_line": red_line, "basis": basis}

    assert text_of(Position, "response", **values) == shown
    assert text_of(Position, "response", glyphs=LETTERS, **values) == letters


def test_an_inferred_will_is_in_parentheses():
    assert text_of(Stance, "will", will="not_yet", basis="inferred") == "(not_yet)"
    assert text_of(Stance, "will", will="yes", basis="stated") == "yes"


@pytest.mark.parametrize(
    ("view", "name", "shown"),
    [
        (Question("changes"), "to_response", "(~ conditional)"),
        (Question("will"), "will", "(conditional)"),
        (Question("rejections"), "party", "(FFMMX)"),
        (View(Position), "response", "(~ conditional)"),
    ],
)
def test_a_column_holds_what_is_inferred_with_its_parentheses(istanbul, view, name, shown):
    store = open_store(istanbul)
    is_computed = isinstance(view, Question)
    width = Answers(store).table(view).fields[name].width if is_computed else column_of(view.kind.fields[name]).width
    store.close()

    assert width >= len(shown)


def test_every_response_and_movement_has_a_sign_and_a_letter_which_help_tells():
    responses = set(Position.fields["response"].choices)

    assert responses == set(SIGNS.responses) == set(LETTERS.responses)
    assert set(SIGNS.movements) == set(LETTERS.movements)
    for glyphs in (SIGNS, LETTERS):
        told = {sign for sign, _ in meanings(glyphs)}
        assert told >= {*glyphs.responses.values(), *glyphs.movements.values(), glyphs.marking, glyphs.narrowing}
    assert "".join((*LETTERS.responses.values(), *LETTERS.movements.values())).isascii()


def test_numbers_stand_at_the_right_and_flags_in_the_middle():
    assert column_of(Commitment.fields["quantity"]).align == "right"
    assert column_of(Party.fields["essential"]).align == "center"
    assert column_of(Party.fields["name"]).align == "left"


def test_subject_and_its_record_have_one_editor():
    assert editor_for(Assessment.fields["subject"]) is SubjectEditor
    assert editor_for(Assessment.fields["subject_id"]) is SubjectEditor


def test_a_computed_column_shows_what_was_computed():
    column = Column("zone", "Zone", 4)

    assert cell_text(column, Found(1, {"zone": "near"}), SIGNS) == "near"
    assert cell_text(column, Found(1, {"zone": None}), SIGNS) == "∅"
    assert cell_text(column, Found(1, {}), SIGNS) == ""


@pytest.mark.parametrize(
    ("shown", "stand"),
    [
        ("demand zone A B C", "demand zone C A B"),
        ("demand A C", "demand C A"),
        ("demand zone A issue B C", "demand zone C issue A B"),
        ("demand B A C", "demand B A C"),
        ("demand D A", "demand D A"),
    ],
)
def test_columns_follow_the_usual_order_unless_the_user_has_put_them_otherwise(shown, stand):
    was, usual = ["demand", "zone", "A", "B", "C"], ["demand", "zone", "C", "A", "B"]

    assert " ".join(in_usual_order(shown.split(), was, usual)) == stand
