"""What is wrong with one record is told in a sentence that names the field and says what would be right."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storage import RECORDS, Refused
from storage.changes import Row
from storage.editing.validation import checked, problems
from storage.records import (
    Agreement,
    Assessment,
    Commitment,
    Delegate,
    Delivery,
    Demand,
    Party,
    Position,
    Round,
    Stance,
    Statement,
)
from storage.sentences import quoted

ROUND: Row = {"ref": "R1", "seq": 1, "title": "Istanbul", "format": "direct"}
PARTY: Row = {"ref": "UKR", "name": "Ukraine", "kind": "state"}
DEMAND: Row = {"ref": "D1", "title": "Ceasefire", "kind": "demand", "by_party": 1}
COMMITMENT: Row = {"ref": "C1", "agreement": 1, "by_party": 1}
STATEMENT: Row = {"ref": "3b", "source": 1, "text": "..."}
POSITION: Row = {"round": 1, "demand": 2, "party": 3, "response": "asks"}


def sentences(kind, good, **changes):
    return problems(kind, {**good, **changes})


def test_a_row_comes_back_whole_with_defaults():
    row = checked(Round, ROUND)

    assert list(row) == list(Round.fields)
    assert (row["status"], row["track"], row["starts_on"], row["note"]) == ("held", "1", None, "")


def test_the_first_problem_is_raised_with_its_field():
    with pytest.raises(Refused, match="Starts must be a day") as refused:
        checked(Round, {**ROUND, "starts_on": "31 feb", "status": "foo"})

    assert refused.value.field == "starts_on"


def test_every_problem_is_told_once():
    found = problems(Party, {"ref": "ukr", "name": "Ukraine", "kind": "realm", "aliases": ("a;b", "")})

    assert [field for field, _ in found] == ["ref", "aliases", "kind"]


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("starts_on", "31 feb", 'Starts must be a day such as 2025-05-16; "31 feb" is not one.'),
        ("status", "foo", 'Status must be one of scheduled, held, postponed, cancelled; not "foo".'),
        ("status", "Held ", 'Status must be written "held", not "Held ".'),
        ("outcome", "No result", 'Outcome must be written "no_result", not "No result".'),
        ("track", 1, 'Track must be text; write "1", not 1.'),
        ("format", None, None),
        ("seq", "1", 'Seq must be a whole number; "1" is not.'),
        ("seq", True, "Seq must be a whole number; true is not."),
        ("seq", 1.5, "Seq must be a whole number; 1.5 is not."),
        ("seq", None, "Seq must be a whole number; it can't be empty."),
        ("seq", 2**53 + 1, "Seq must be a whole number, at most 9,007,199,254,740,992; 9007199254740993 is too large."),
        (
            "seq",
            -(2**53) - 1,
            "Seq must be a whole number, at most 9,007,199,254,740,992; -9007199254740993 is too large.",
        ),
        ("title", "", "Round must not be empty."),
        ("title", " \t\u2003", "Round must not be empty."),
        ("title", "x" * 501, "Round must be at most 500 characters long; this has 501."),
        ("title", ["x"], "Round must be text; a list is not."),
        ("note", "x" * 100_001, "Note must be at most 100,000 characters long; this has 100,001."),
        ("note", None, "Note must be text, not null; where there is none, leave it out."),
        ("note", "a\0b", 'Note must not hold a NUL character; "a␀b" does.'),
        ("note", "a\ud800b", 'Note must be Unicode text; "a\ufffdb" holds half of a character.'),
        ("ref", "a b", 'Ref must be 1 to 16 letters A-Z or a-z, digits, dots, - or _, no spaces; "a b" is not.'),
        ("ref", "R1\n", 'Ref must be 1 to 16 letters A-Z or a-z, digits, dots, - or _, no spaces; "R1⏎" is not.'),
        ("ref", "Ｒ1", 'Ref must be 1 to 16 letters A-Z or a-z, digits, dots, - or _, no spaces; "Ｒ1" is not.'),
    ],
)
def test_a_wrong_value_of_a_round_is_told_in_a_sentence(field, value, sentence):
    if sentence is None:
        choices = ", ".join(Round.fields[field].choices)
        sentence = f"Format must be one of {choices}; it can't be empty."

    assert sentences(Round, ROUND, **{field: value}) == [(field, sentence)]


@pytest.mark.parametrize(
    "day",
    [
        "2025-02-29",
        "0000-01-01",
        "20250516",
        "2025-W20-5",
        "2025-5-16",
        "２０２５-05-16",
        "2025-05-16\n",
        " 2025-05-16",
        "",
    ],
)
def test_a_day_is_iso_text_of_a_day_in_the_calendar(day):
    assert [field for field, _ in sentences(Round, ROUND, starts_on=day)] == ["starts_on"]


@pytest.mark.parametrize("day", ["2024-02-29", "0001-01-01", "9999-12-31", None])
def test_any_day_of_the_calendar_and_none_is_fine(day):
    assert checked(Round, {**ROUND, "starts_on": day})["starts_on"] == day


@pytest.mark.parametrize("amount", [float("nan"), float("inf"), -float("inf"), "1", True, 2**53 + 1, 10**400])
def test_an_amount_is_a_finite_number_that_the_file_can_hold(amount):
    delivery = {"commitment": 1, "on_date": "2025-05-25"}

    assert [field for field, _ in sentences(Delivery, delivery, amount=amount)] == ["amount"]


def test_a_whole_amount_is_kept_as_a_number_that_can_be_a_half():
    row = checked(Commitment, {**COMMITMENT, "quantity": 1000})

    assert isinstance(row["quantity"], float)


@pytest.mark.parametrize(("quantity", "is_fine"), [(0, False), (-1, False), (0.5, True), (1000, True), (None, True)])
def test_a_quantity_is_above_nothing(quantity, is_fine):
    expected = [] if is_fine else [("quantity", f"Quantity must be a number above 0; {quantity} is not.")]

    assert sentences(Commitment, COMMITMENT, quantity=quantity) == expected


@pytest.mark.parametrize(("credibility", "is_fine"), [(0, False), (1, True), (6, True), (7, False), (1.0, False)])
def test_credibility_is_a_whole_number_from_1_to_6(credibility, is_fine):
    expected = (
        [] if is_fine else [("credibility", f"Credibility must be a whole number from 1 to 6; {credibility} is not.")]
    )

    assert sentences(Statement, STATEMENT, credibility=credibility) == expected


@pytest.mark.parametrize("flag", [0, 1, "yes", None])
def test_yes_or_no_is_true_or_false_and_nothing_like_it(flag):
    assert [field for field, _ in sentences(Party, PARTY, essential=flag)] == ["essential"]


@pytest.mark.parametrize(
    ("aliases", "sentence"),
    [
        (("a;b",), 'Aliases must not hold a ";" in an item, since it separates them: "a;b".'),
        (("Kyiv", " "), "Aliases must not hold an empty item."),
        (("x" * 501,), "Aliases must hold items of at most 500 characters; one has 501."),
        (("x" * 500,) * 201, "Aliases must be at most 100,000 characters long together; this has 100,500."),
        (("a\0",), 'Aliases must not hold a NUL character; "a␀" does.'),
        ((1,), "Aliases must be a list of texts; 1 is not."),
        ("Kyiv", 'Aliases must be a list of texts; "Kyiv" is not.'),
    ],
)
def test_a_wrong_list_is_told_in_a_sentence(aliases, sentence):
    assert sentences(Party, PARTY, aliases=aliases) == [("aliases", sentence)]


def test_a_letter_that_is_refused_in_a_ref_is_none_of_those_it_may_have():
    said = 'Ref must be 2 to 5 capital letters A-Z or digits; "ÖVP" is not.'
    assert sentences(Party, PARTY, ref="ÖVP") == [("ref", said)]


def test_a_reference_is_told_by_what_it_must_name():
    assert sentences(Demand, DEMAND, by_party=None) == [("by_party", "By must be a party; it can't be empty.")]
    assert sentences(Demand, DEMAND, first_round="R1") == [("first_round", 'First must be a round; "R1" is not.')]


def test_what_is_missing_is_named():
    found = dict(problems(Demand, {"ref": "D1", "title": "Ceasefire"}))

    assert found["by_party"] == "By is missing; it must be a party."
    assert list(found) == ["kind", "by_party"]


def test_an_unknown_field_is_told_with_those_there_are():
    [(field, sentence)] = sentences(Stance, {"party": 1, "will": "yes"}, wil="no")

    assert field == "wil"
    assert sentence == ('unknown field "wil"; there are party, person, round, will, driver, motive, basis, source.')


@pytest.mark.parametrize(
    ("kind", "values", "field"),
    [
        (Round, {**ROUND, "starts_on": "2025-05-16", "ends_on": "2025-05-15"}, "ends_on"),
        (Demand, {**DEMAND, "to_party": 1}, "to_party"),
        (Position, {**POSITION, "response": "accepts", "red_line": True}, "red_line"),
        (Position, {**POSITION, "response": "asks", "hinges_on": 5}, "hinges_on"),
        (Position, {**POSITION, "response": "conditional", "hinges_on": 2}, "hinges_on"),
        (Delegate, {"round": 1, "party": 1, "person": 1}, "rank"),
        (Delegate, {"round": 1, "party": 1, "rank": "head"}, "rank"),
        (Commitment, {**COMMITMENT, "due_on": "2025-06-13"}, "due_basis"),
        (Commitment, {**COMMITMENT, "due_basis": "estimated"}, "due_basis"),
        (Assessment, {"subject": "agreement", "aspect": "outlook"}, "subject_id"),
        (Assessment, {"subject": "process", "subject_id": 1, "aspect": "outlook"}, "subject_id"),
    ],
)
def test_a_rule_of_the_record_is_told_with_the_field_to_correct(kind, values, field):
    [(blamed, sentence)] = problems(kind, values)

    assert blamed == field
    assert sentence in {rule.sentence for rule in kind.rules}


def test_rules_are_only_asked_of_values_that_are_in_order():
    found = sentences(Round, ROUND, starts_on="2025-05-16", ends_on=20250515)

    assert found == [("ends_on", "Ends must be a day such as 2025-05-16; 20250515 is not one.")]


def test_only_the_fields_of_the_class_are_taken():
    for kind in RECORDS.values():
        assert problems(kind, {"id": 1})[-1][0] == "id"


@settings(deadline=None)
@given(st.sampled_from(sorted(RECORDS)), st.data())
def test_no_sentence_holds_a_character_that_drives_a_terminal(table, data):
    kind = RECORDS[table]
    hostile = (
        st.text(st.sampled_from("\x1b\x07\n\r\x9b\u202e\0\ud800;[x{}")) | st.lists(st.text(max_size=3)) | st.floats()
    )
    values = {name: data.draw(hostile) for name in kind.fields}

    found = problems(kind, values)

    assert all(sentence.isprintable() for _, sentence in found)


def test_a_zero_has_no_minus():
    row = checked(Delivery, {"commitment": 1, "on_date": "2025-05-25", "amount": -0.0})

    assert str(row["amount"]) == "0.0"


def test_a_quoted_value_is_cut():
    assert len(quoted("x" * 1_000)) == 62
    assert quoted(10**100) == "such a long number"


def test_an_agreement_needs_no_more_than_its_ref_title_and_kind():
    assert problems(Agreement, {"ref": "A1", "title": "Exchange", "kind": "humanitarian"}) == []
