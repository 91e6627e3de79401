"""As of, carry forward, raised, closed, asked, rejected: the rules that every view of demands stands on."""

import pytest

from storage.questions.analysis.standing import (
    asked_of,
    is_closed,
    is_raised,
    is_rejected,
    latest,
    raised_demands,
    round_before,
    standings,
    terms_in_force,
)
from tests.storage.analysis.small_talks import IDS, demand, refs, said, talks

# As of


@pytest.mark.parametrize(
    ("statuses", "place"),
    [
        (["held", "held", "scheduled"], 1),
        (["held", "postponed", "cancelled"], 0),
        (["scheduled", "scheduled"], 1),
        (["scheduled", "held"], 1),
    ],
)
def test_a_view_stands_as_of_the_last_round_held_else_the_last(statuses, place):
    given = talks(statuses=statuses)

    assert given.usual in given.rounds
    assert given.rounds.index(given.usual) == place


def test_without_rounds_a_view_stands_as_of_nothing():
    assert talks(statuses=[]).usual is None


def test_since_is_the_round_before_by_seq_whatever_its_status():
    given = talks(statuses=["held", "cancelled", "held"])

    assert round_before(given.rounds, 3) == given.rounds[1]
    assert round_before(given.rounds, 1) is None


# Carry forward


def test_a_party_stands_on_its_latest_row_up_to_the_round():
    first, third = said(1, "D1", "RUS", "rejects"), said(3, "D1", "RUS", "accepts")

    assert [latest([first, third], seq) for seq in (1, 2, 3)] == [first, first, third]
    assert latest([third], 2) is None


def test_rows_count_whatever_the_status_of_their_round():
    row = said(2, "D1", "RUS", "accepts")
    given = talks(said(1, "D1", "RUS", "rejects"), row, statuses=["held", "cancelled", "held"])

    assert standings(given, 1, 3) == {IDS["RUS"]: row}


def test_rows_are_in_the_order_of_rounds_however_they_were_recorded():
    late, early = said(2, "D1", "RUS", "accepts"), said(1, "D1", "RUS", "rejects")

    given = talks(late, early)

    assert given.of_demand(1)[IDS["RUS"]] == [early, late]


# Terms in force


def test_empty_terms_repeat_those_of_the_row_before():
    course = [said(1, "D1", "UKR", "asks", "30 days"), said(2, "D1", "UKR", "asks"), said(3, "D1", "UKR", "asks")]

    assert [terms_in_force(course, row) for row in course] == ["30 days"] * 3


def test_empty_terms_repeat_nothing_when_the_response_is_another():
    course = [
        said(1, "D1", "RUS", "conditional", "first a truce"),
        said(2, "D1", "RUS", "rejects"),
        said(3, "D1", "RUS", "conditional"),
    ]

    assert [terms_in_force(course, row) for row in course] == ["first a truce", "", ""]


def test_new_terms_take_the_place_of_the_old():
    course = [said(1, "D1", "UKR", "asks", "30 days"), said(2, "D1", "UKR", "asks", "60 days")]

    assert terms_in_force(course, course[1]) == "60 days"


# Raised


def test_a_demand_is_raised_from_its_first_round():
    given = talks(said(3, "D1", "RUS", "rejects"), demands=[demand("D1", to="RUS", first=2)])

    assert [is_raised(given, 1, seq) for seq in (1, 2, 3)] == [False, True, True]


def test_a_demand_is_raised_from_its_first_position_when_that_is_earlier():
    given = talks(said(2, "D1", "RUS", "rejects"), demands=[demand("D1", to="RUS", first=3)])

    assert [is_raised(given, 1, seq) for seq in (1, 2, 3)] == [False, True, True]


def test_a_demand_with_neither_is_always_raised():
    given = talks(demands=[demand("D1")])

    assert is_raised(given, 1, 1)


def test_demands_are_listed_by_ref_in_natural_order():
    given = talks(demands=[demand("D10"), demand("D2"), demand("D3", first=2)])

    assert list(raised_demands(given, 1)) == [2, 10]


# Closed


def test_a_demand_is_closed_while_its_author_drops_it():
    given = talks(said(1, "D1", "UKR", "asks"), said(2, "D1", "UKR", "drops"), said(3, "D1", "UKR", "asks"))

    assert [is_closed(given, 1, seq) for seq in (1, 2, 3)] == [False, True, False]


@pytest.mark.parametrize("status", ["withdrawn", "replaced", "lapsed"])
def test_a_status_closes_a_demand_only_as_of_the_last_held_round_or_later(status):
    given = talks(demands=[demand("D1", status=status)], statuses=["held", "held", "scheduled"])

    assert [is_closed(given, 1, seq) for seq in (1, 2, 3)] == [False, True, True]


def test_where_no_round_was_held_a_status_closes_a_demand_as_of_the_last():
    given = talks(demands=[demand("D1", status="lapsed")], statuses=["scheduled", "scheduled"])

    assert [is_closed(given, 1, seq) for seq in (1, 2)] == [False, True]


@pytest.mark.parametrize("status", ["open", "agreed"])
def test_no_other_status_closes_a_demand(status):
    assert not is_closed(talks(demands=[demand("D1", status=status)]), 1, 3)


# Asked


def test_the_addressee_is_asked_and_nobody_else():
    given = talks(said(1, "D1", "USA", "accepts"), demands=[demand("D1", by="UKR", to="EU")])

    assert refs(asked_of(given, 1, 1)) == ["EU"]


def test_without_an_addressee_the_other_primary_parties_are_asked():
    given = talks(demands=[demand("D1", by="USA")])

    assert refs(asked_of(given, 1, 1)) == ["UKR", "RUS"]


def test_without_an_addressee_any_other_party_that_has_a_row_by_then_is_asked_as_well():
    given = talks(said(2, "D1", "TUR", "silent"), demands=[demand("D1", by="UKR")])

    assert refs(asked_of(given, 1, 1)) == ["RUS"]
    assert refs(asked_of(given, 1, 2)) == ["RUS", "TUR"]


def test_the_author_is_never_asked():
    given = talks(said(1, "D1", "UKR", "asks"), demands=[demand("D1", by="UKR")])

    assert "UKR" not in refs(asked_of(given, 1, 1))


# Rejected


def test_a_demand_is_rejected_when_someone_asked_stands_on_rejects():
    given = talks(said(1, "D6", "RUS", "rejects"), said(2, "D6", "RUS", "deferred"))

    assert [is_rejected(given, 6, seq) for seq in (1, 2)] == [True, False]


def test_the_rejection_of_someone_not_asked_rejects_nothing():
    given = talks(said(1, "D6", "USA", "rejects"), demands=[demand("D6", to="RUS")])

    assert not is_rejected(given, 6, 1)


def test_a_closed_demand_is_not_rejected():
    given = talks(said(1, "D6", "RUS", "rejects"), said(2, "D6", "UKR", "drops"))

    assert [is_rejected(given, 6, seq) for seq in (1, 2)] == [True, False]
