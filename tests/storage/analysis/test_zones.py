"""Where agreement is possible and what is blocked: the first rule that fits."""

import pytest

from storage.questions.analysis.zones import ZONES, zone
from tests.storage.analysis.small_talks import conflict, demand, number, refs, said, talks


def named(given, ref="D1", seq=1):
    """The zone of a demand and the refs of what puts it there."""
    found = zone(given, number(ref), seq)
    if found is None:
        return None
    return found.name, [f"D{id}" for id in found.because] if found.of_demands else refs(found.because)


TO_ALL = demand("D1", by="USA")
"""Asked are Ukraine and Russia."""


def test_agreed_is_what_all_asked_accept():
    given = talks(said(1, "D1", "UKR", "accepts"), said(1, "D1", "RUS", "accepts"), demands=[TO_ALL])

    assert named(given) == ("agreed", ["UKR", "RUS"])


def test_one_asked_that_says_nothing_keeps_it_from_being_agreed():
    given = talks(said(1, "D1", "UKR", "accepts"), demands=[TO_ALL])

    assert named(given) == ("near", ["UKR"])


def test_blocked_is_what_one_rejects_with_a_red_line():
    given = talks(said(1, "D1", "UKR", "rejects"), said(1, "D1", "RUS", "rejects", red_line=True), demands=[TO_ALL])

    assert named(given) == ("blocked", ["RUS"])


def test_contested_is_what_one_rejects():
    given = talks(said(1, "D1", "UKR", "accepts"), said(1, "D1", "RUS", "rejects"), demands=[TO_ALL])

    assert named(given) == ("contested", ["RUS"])


def test_the_red_line_of_the_author_blocks_nothing():
    given = talks(said(1, "D1", "UKR", "asks", red_line=True), said(1, "D1", "RUS", "accepts"))

    assert named(given) == ("agreed", ["RUS"])


def test_the_rejection_of_someone_not_asked_contests_nothing():
    given = talks(said(1, "D1", "RUS", "accepts"), said(1, "D1", "USA", "rejects", red_line=True))

    assert named(given) == ("agreed", ["RUS"])


@pytest.mark.parametrize("link", [conflict("D1", "D6"), conflict("D6", "D1")])
def test_clashing_is_what_conflicts_with_a_demand_of_another_author_in_either_direction(link):
    given = talks(demands=[demand("D1", to="RUS"), demand("D6", by="RUS", to="UKR")], links=[link])

    assert named(given) == ("clashing", ["D6"])


def test_a_demand_clashes_only_with_one_that_is_raised_not_closed_and_of_another_author():
    given = talks(
        said(1, "D7", "RUS", "drops"),
        demands=[
            demand("D1", to="RUS"),
            demand("D5", by="UKR"),
            demand("D6", by="RUS", first=2),
            demand("D7", by="RUS"),
            demand("D8", by="RUS", status="lapsed"),
        ],
        links=[conflict("D1", other) for other in ("D5", "D6", "D7", "D8")],
        statuses=["held", "scheduled"],
    )

    assert named(given, seq=1) == ("unanswered", ["RUS"])
    assert named(given, seq=2) == ("clashing", ["D6"])


@pytest.mark.parametrize("response", ["deferred", "silent"])
def test_unanswered_is_what_nobody_asked_accepts_or_would_accept(response):
    given = talks(said(1, "D1", "RUS", response))

    assert named(given) == ("unanswered", ["RUS"])


def test_the_yes_of_someone_not_asked_answers_nothing():
    given = talks(said(1, "D1", "USA", "accepts"), demands=[demand("D1", to="RUS")])

    assert named(given) == ("unanswered", ["RUS"])


def test_what_nobody_can_be_asked_is_unanswered():
    alone = {"UKR": "primary", "USA": "secondary"}

    assert named(talks(demands=[demand("D1")], parties=alone)) == ("unanswered", [])


def test_what_nobody_can_be_asked_is_unanswered_even_if_it_conflicts():
    alone = {"UKR": "primary", "USA": "secondary"}
    given = talks(demands=[demand("D1"), demand("D2", by="USA", to="UKR")], parties=alone, links=[conflict("D1", "D2")])

    assert named(given) == ("unanswered", [])


def test_linked_is_a_conditional_yes_that_hinges_on_a_rejected_demand():
    given = talks(
        said(1, "D1", "RUS", "conditional", on="D6"),
        said(1, "D6", "UKR", "rejects"),
        demands=[demand("D1", to="RUS"), demand("D6", by="RUS", to="UKR")],
    )

    assert named(given) == ("linked", ["D6"])


def test_a_conditional_yes_that_hinges_on_nothing_rejected_is_near():
    given = talks(
        said(1, "D1", "RUS", "conditional", on="D6"), demands=[demand("D1", to="RUS"), demand("D6", by="RUS", to="UKR")]
    )

    assert named(given) == ("near", ["RUS"])


def test_a_rejection_goes_before_a_clash_and_a_clash_before_no_answer():
    demands = [demand("D1", to="RUS"), demand("D6", by="RUS", to="UKR")]
    links = [conflict("D1", "D6")]

    assert named(talks(said(1, "D1", "RUS", "rejects"), demands=demands, links=links))[0] == "contested"
    assert named(talks(said(1, "D1", "RUS", "accepts"), demands=demands, links=links))[0] == "agreed"
    assert named(talks(demands=demands, links=links))[0] == "clashing"
    assert ZONES == ("agreed", "blocked", "contested", "clashing", "unanswered", "linked", "near")


def test_an_inferred_answer_counts_like_a_stated_one():
    given = talks(said(1, "D1", "RUS", "rejects", basis="inferred"))

    assert named(given) == ("contested", ["RUS"])


def test_a_closed_demand_has_no_zone():
    given = talks(said(1, "D1", "UKR", "asks"), said(2, "D1", "UKR", "drops"), said(2, "D1", "RUS", "accepts"))

    assert named(given, seq=1) == ("unanswered", ["RUS"])
    assert named(given, seq=2) is None


def test_a_zone_stands_as_of_its_round():
    given = talks(said(1, "D1", "RUS", "rejects"), said(3, "D1", "RUS", "accepts"))

    assert [named(given, seq=seq)[0] for seq in (1, 2, 3)] == ["contested", "contested", "agreed"]
