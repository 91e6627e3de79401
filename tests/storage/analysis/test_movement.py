"""What moved since a round: the two end states, never the edits between them."""

import pytest

from storage.questions.analysis.movement import changes
from tests.storage.analysis.small_talks import REFS, demand, said, talks


def moves(given, since=1, seq=2):
    """Who moved on what, and how."""
    return [(f"D{each.demand}", REFS[each.party], each.movement) for each in changes(given, given.demands, since, seq)]


def responder(before, after):
    """How Russia's answer to D1 moved from one round to the next; each told after party and demand."""
    return between(said(1, "D1", "RUS", *before), said(2, "D1", "RUS", *after))


def between(*rows):
    found = moves(talks(*rows))
    return found[0][2] if found else None


@pytest.mark.parametrize(
    ("before", "after", "movement"),
    [
        ("rejects", "deferred", "softer"),
        ("rejects", "conditional", "softer"),
        ("conditional", "accepts", "softer"),
        ("silent", "conditional", "softer"),
        ("accepts", "conditional", "harder"),
        ("conditional", "deferred", "harder"),
        ("deferred", "rejects", "harder"),
        ("silent", "rejects", "harder"),
        ("silent", "deferred", "changed"),
        ("accepts", "accepts", None),
    ],
)
def test_a_responder_moves_by_score(before, after, movement):
    assert responder((before,), (after,)) == movement


@pytest.mark.parametrize("before", ["accepts", "conditional", "deferred", "rejects"])
def test_a_move_into_silent_is_changed_wherever_it_comes_from(before):
    assert responder((before,), ("silent",)) == "changed"


def test_a_red_line_makes_a_rejection_harder_and_its_end_softer():
    plain, red = ("rejects", "", False), ("rejects", "", True)

    assert responder(plain, red) == "harder"
    assert responder(red, plain) == "softer"


def test_an_equal_score_with_other_terms_is_changed():
    assert responder(("conditional", "first a truce"), ("conditional", "first a list")) == "changed"


def test_an_equal_score_with_another_hinge_is_changed():
    before, after = said(1, "D1", "RUS", "conditional", on="D6"), said(2, "D1", "RUS", "conditional", on="D7")

    assert between(before, after) == "changed"


def test_empty_terms_that_repeat_are_no_movement():
    assert responder(("rejects", "not now"), ("rejects", "")) is None


def test_a_change_of_basis_is_no_movement():
    before, after = said(1, "D1", "RUS", "rejects"), said(2, "D1", "RUS", "rejects", basis="inferred")

    assert between(before, after) is None


HINGE = [demand("D1", to="RUS"), demand("D6", by="RUS", to="UKR")]


def test_a_rise_onto_a_rejected_hinge_is_linked():
    given = talks(
        said(1, "D1", "RUS", "rejects"),
        said(2, "D1", "RUS", "conditional", on="D6"),
        said(1, "D6", "UKR", "rejects"),
        demands=HINGE,
    )

    [change] = changes(given, given.demands, 1, 2)

    assert (change.movement, change.hinge_rejected) == ("linked", True)


def test_a_rise_onto_a_hinge_that_nobody_rejects_is_softer():
    given = talks(said(1, "D1", "RUS", "rejects"), said(2, "D1", "RUS", "conditional", on="D6"), demands=HINGE)

    [change] = changes(given, given.demands, 1, 2)

    assert (change.movement, change.hinge_rejected) == ("softer", False)


def test_a_fall_onto_a_rejected_hinge_is_harder():
    given = talks(
        said(1, "D1", "RUS", "accepts"),
        said(2, "D1", "RUS", "conditional", on="D6"),
        said(1, "D6", "UKR", "rejects"),
        demands=HINGE,
    )

    assert moves(given) == [("D1", "RUS", "harder")]


def test_a_first_row_is_answered_even_onto_a_rejected_hinge():
    given = talks(said(2, "D1", "RUS", "conditional", on="D6"), said(1, "D6", "UKR", "rejects"), demands=HINGE)

    assert moves(given) == [("D1", "RUS", "answered")]


def test_a_hinge_is_none_where_there_is_none():
    given = talks(said(2, "D1", "RUS", "accepts"))

    [change] = changes(given, given.demands, 1, 2)

    assert change.hinge_rejected is None


# Authors


def author(*rows, since=1, seq=2):
    found = moves(talks(*(said(at, "D1", "UKR", *said_so) for at, *said_so in rows)), since, seq)
    return found[0][2] if found else None


def test_a_first_ask_and_an_ask_after_drops_are_new():
    assert author((2, "asks")) == "new"
    assert author((1, "drops"), (2, "asks")) == "new"


def test_asking_with_other_terms_or_another_red_line_is_changed():
    assert author((1, "asks", "30 days"), (2, "asks", "at least 30 days")) == "changed"
    assert author((1, "asks"), (2, "asks", "", True)) == "changed"
    assert author((1, "asks", "30 days"), (2, "asks")) is None


def test_dropping_is_dropped_and_so_is_asking_and_dropping_in_between():
    assert author((1, "asks"), (2, "drops")) == "dropped"
    assert author((2, "asks"), (3, "drops"), since=1, seq=3) == "dropped"
    assert author((2, "drops")) == "dropped"


def test_dropping_again_is_no_movement_but_in_other_words_is_changed():
    assert author((1, "drops"), (2, "drops")) is None
    assert author((1, "drops", "for now"), (2, "drops", "for ever")) == "changed"
    assert author((1, "drops"), (2, "asks"), (3, "drops"), since=1, seq=3) is None


# Which rounds are compared


def test_movement_compares_the_end_states_and_not_what_was_in_between():
    given = talks(said(1, "D1", "RUS", "rejects"), said(2, "D1", "RUS", "accepts"), said(3, "D1", "RUS", "rejects"))

    assert moves(given, 1, 3) == []
    assert moves(given, 1, 2) == [("D1", "RUS", "softer")]
    assert moves(given, 2, 3) == [("D1", "RUS", "harder")]


def test_without_an_earlier_round_nothing_has_moved():
    given = talks(said(1, "D1", "RUS", "rejects"))

    assert moves(given, None, 1) == []


@pytest.mark.parametrize("since", [2, 3])
def test_since_the_same_or_a_later_round_nothing_has_moved(since):
    given = talks(said(1, "D1", "RUS", "rejects"), said(2, "D1", "RUS", "accepts"), said(3, "D1", "RUS", "rejects"))

    assert moves(given, since, 2) == []


def test_changes_stand_by_demand_its_author_first_then_parties_in_order():
    given = talks(
        *(said(2, "D10", party, "accepts") for party in ("USA", "UKR")),
        said(2, "D2", "RUS", "accepts"),
        said(2, "D2", "UKR", "asks"),
        said(2, "D10", "RUS", "asks"),
        demands=[demand("D2", by="UKR"), demand("D10", by="RUS")],
    )

    assert [(demand, party) for demand, party, _ in moves(given)] == [
        ("D2", "UKR"),
        ("D2", "RUS"),
        ("D10", "RUS"),
        ("D10", "UKR"),
        ("D10", "USA"),
    ]


def test_a_change_tells_both_terms_in_force():
    given = talks(
        said(1, "D1", "UKR", "asks", "30 days"), said(2, "D1", "UKR", "asks"), said(3, "D1", "UKR", "asks", "60 days")
    )

    [change] = changes(given, given.demands, 2, 3)

    assert [each and each.terms for each in (change.before, change.after)] == ["30 days", "60 days"]
    assert change.role == "author"
