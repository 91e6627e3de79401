"""Every rule that spans fields or records refuses the edit that would break it, with a sentence of its own."""

import pytest

from storage.errors import Refused
from storage.records import (
    Assessment,
    Commitment,
    Delegate,
    Delivery,
    Demand,
    Dossier,
    Evidence,
    Link,
    Party,
    Position,
    Round,
    Stance,
)
from tests.storage.hand import content


@pytest.fixture
def richer(ours):
    """The seed with a second round, a coalition, and a demand that is linked and hinged on."""
    ours.add(Round, ref="R2", seq=2, title="Second", format="direct", starts_on="2025-06-02", ends_on="2025-06-03")
    ours.add(Party, ref="G3", name="Group", kind="coalition")
    ours.edit(Party, "EU", member_of="G3")
    ours.add(Delegate, round="R1", party="UKR", person="Volodymyr Zelenskyy", rank="deputy")
    ours.add(Delegate, round="R2", party="UKR", person="Rustem Umerov", rank="head")
    ours.add(Position, round="R2", demand="D1", party="RUS", response="conditional", hinges_on="D6")
    return ours


BROKEN = [
    (Position, "R1/D1/RUS", {"response": "asks"}, "RUS can't ask or drop D1, a demand of UKR", "response"),
    (Position, "R1/D1/RUS", {"response": "drops"}, "RUS can't ask or drop D1, a demand of UKR", "response"),
    (
        Position,
        "R1/D1/UKR",
        {"response": "accepts"},
        "UKR made the demand D1 itself, so it can only ask or drop",
        "response",
    ),
    (
        Position,
        "R1/D1/UKR",
        {"response": "silent"},
        "UKR made the demand D1 itself, so it can only ask or drop",
        "response",
    ),
    (Position, "R1/D1/UKR", {"party": "USA"}, "USA can't ask or drop D1, a demand of UKR", "response"),
    (Position, "R1/D1/UKR", {"demand": "D8"}, "UKR can't ask or drop D8, a demand of RUS", "response"),
    (Position, "R2/D1/RUS", {"demand": "D8"}, "RUS made the demand D8 itself", "response"),
    (Position, "R2/D1/RUS", {"red_line": True}, "A red line goes only with asks or rejects.", "red_line"),
    (
        Position,
        "R1/D1/RUS",
        {"hinges_on": "D6"},
        "Only a conditional response can hinge on another demand.",
        "hinges_on",
    ),
    (Position, "R2/D1/RUS", {"hinges_on": "D1"}, "A response can't hinge on the demand that it answers.", "hinges_on"),
    (
        Position,
        "R2/D1/RUS",
        {"demand": "D6", "party": "UKR"},
        "A response can't hinge on the demand that it",
        "hinges_on",
    ),
    (Demand, "D1", {"to_party": "UKR"}, "A party can't address a demand to itself", "to_party"),
    (Demand, "D1", {"by_party": "RUS"}, "A party can't address a demand to itself", "to_party"),
    (Demand, "D4", {"by_party": "USA"}, "UKR can't ask or drop D4, a demand of USA", "response"),
    (Demand, "D6", {"by_party": "USA"}, "RUS can't ask or drop D6, a demand of USA", "response"),
    (
        Delegate,
        "R1/UKR/Volodymyr Zelenskyy",
        {"rank": "head"},
        "The delegation of UKR in R1 has a head already: Rustem",
        "rank",
    ),
    (
        Delegate,
        "R2/UKR/Rustem Umerov",
        {"round": "R1"},
        "The delegation of UKR in R1 has a head already: Rustem",
        "rank",
    ),
    (
        Delegate,
        "R1/RUS/Vladimir Medinsky",
        {"party": "UKR"},
        "The delegation of UKR in R1 has a head already: Rustem",
        "rank",
    ),
    (Delegate, "R1/UKR/Rustem Umerov", {"rank": None}, "A person has a rank, and a rank needs a person", "rank"),
    (Round, "R2", {"ends_on": "2025-06-01"}, "The last day of a round can't come before its first day.", "ends_on"),
    (Round, "R2", {"starts_on": "2025-06-04"}, "The last day of a round can't come before its first day.", "ends_on"),
    (Party, "G3", {"member_of": "G3"}, "G3 would be a member of itself", "member_of"),
    (Party, "G3", {"member_of": "EU"}, "(G3|EU) would be a member of itself", "member_of"),
    (Link, "D4/conflicts/D6", {"other": "D4"}, "A demand can't be linked to itself.", "other"),
    (Link, "D4/conflicts/D6", {"demand": "D6"}, "A demand can't be linked to itself.", "other"),
    (
        Commitment,
        "C1",
        {"due_on": "2025-06-20", "due_basis": "none"},
        "Give a due date, or say that there is none",
        "due_basis",
    ),
    (Commitment, "C1", {"quantity": 0.0}, "Quantity must be a number above 0", "quantity"),
    (
        Assessment,
        "process/outlook",
        {"subject": "party"},
        "An assessment of the process has no record beside it",
        "subject_id",
    ),
    (Assessment, "process/outlook", {"rating": 3}, "Rating must be a whole number from -2 to 2", "rating"),
    (Demand, "D1", {"status": "foo"}, "Status must be one of open, agreed, withdrawn, replaced, lapsed", "status"),
    (Demand, "D1", {"title": ""}, "Demand must not be empty.", "title"),
    (Demand, "D1", {"colour": "red"}, 'unknown field "colour"', "colour"),
    (Party, "EU", {"aliases": ("a;b",)}, 'Aliases must not hold a ";" in an item', "aliases"),
]


@pytest.mark.parametrize(("kind", "key", "values", "sentence", "field"), BROKEN)
def test_an_edit_that_breaks_a_rule_is_refused_and_leaves_the_file_and_the_log(
    richer, kind, key, values, sentence, field
):
    before, log = content(richer.path), richer.labels()

    with pytest.raises(Refused, match=sentence) as refused:
        richer.edit(kind, key, **values)

    assert refused.value.field == field
    assert (content(richer.path), richer.labels()) == (before, log)


@pytest.mark.parametrize(
    ("kind", "values", "sentence"),
    [
        (Position, {"round": "R2", "demand": "D2", "party": "RUS", "response": "asks"}, "RUS can't ask or drop D2"),
        (Position, {"round": "R2", "demand": "D2", "party": "UKR", "response": "rejects"}, "UKR made the demand D2"),
        (Delegate, {"round": "R1", "party": "UKR", "rank": "head"}, "A person has a rank, and a rank needs a person"),
        (
            Delegate,
            {"round": "R1", "party": "UKR", "person": "Donald Trump", "rank": "head"},
            "UKR in R1 has a head already: Rustem Umerov",
        ),
        (
            Evidence,
            {"statement": "1a", "subject": "demand", "subject_id": 99},
            "The demand that this names is not there.",
        ),
        (
            Assessment,
            {"subject": "round", "subject_id": 99, "aspect": "note"},
            "The round that this names is not there.",
        ),
        (Stance, {"party": "UKR", "round": 99, "will": "yes"}, "The round that UKR@.* refers to is not there."),
        (Delivery, {"commitment": 99, "on_date": "2025-05-25"}, "The commitment that .*refers to is not there."),
        (Dossier, {"title": "Another"}, "A file holds one dossier"),
    ],
)
def test_a_new_record_that_breaks_a_rule_is_refused(richer, kind, values, sentence):
    before, log = content(richer.path), richer.labels()

    with pytest.raises(Refused, match=sentence):
        richer.add(kind, **values)

    assert (content(richer.path), richer.labels()) == (before, log)


def test_evidence_may_not_name_a_record_of_another_kind(ours):
    with pytest.raises(Refused, match=r"The round that this names is not there."):
        ours.store.edit(Evidence, [ours.id(Evidence, "6a/supports/party:UKR")], {"subject": "round"})


def test_an_author_may_change_when_no_position_stands_against_it(ours):
    ours.add(Demand, ref="D10", title="Pause", kind="demand", by_party="UKR")

    ours.edit(Demand, "D10", by_party="USA")

    assert ours.row(Demand, "D10")["by_party"] == "USA"


def test_ends_may_be_corrected_together_with_starts(richer):
    richer.edit(Round, "R2", starts_on="2025-07-04", ends_on="2025-07-05")

    assert richer.row(Round, "R2")["starts_on"] == "2025-07-04"


def test_a_head_may_be_replaced_in_two_steps_and_then_counts_as_the_one(richer):
    richer.edit(Delegate, "R1/UKR/Rustem Umerov", rank="member")
    richer.edit(Delegate, "R1/UKR/Volodymyr Zelenskyy", rank="head")

    with pytest.raises(Refused, match=r"The delegation of UKR in R1 has a head already: Volodymyr Zelenskyy."):
        richer.edit(Delegate, "R1/UKR/Rustem Umerov", rank="head")

    assert richer.row(Delegate, "R1/UKR/Volodymyr Zelenskyy")["rank"] == "head"
