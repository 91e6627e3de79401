"""Demands that were asked about lately are not read again, and no more of them are held than there is room for."""

import pytest

from storage.questions.analysis.talks import said_of
from storage.questions.lately import A_DEMAND, Known, Lately
from tests.storage.analysis.small_talks import demand, said


@pytest.fixture
def asked():
    """What was read, in the order in which it was."""
    return []


def known(number):
    """A demand with one position."""
    row = said(1, f"D{number}", "RUS", "accepts")
    return Known(demand(f"D{number}"), said_of([row])[number], frozenset(), frozenset())


def of(lately, demands, asked):
    """What is known of these demands; those above 9 are gone."""

    def read(numbers):
        asked.extend(numbers)
        return [known(number) for number in numbers if number < 10]

    return lately.of(demands, read)


def test_only_what_is_not_held_is_read(asked):
    lately = Lately()
    of(lately, [1, 2], asked)

    found = of(lately, [2, 3], asked)

    assert asked == [1, 2, 3]
    assert found == {2: known(2), 3: known(3)}


def test_what_was_asked_for_longest_ago_gives_way(asked):
    lately = Lately(most=2 * (A_DEMAND + 1))
    for demands in ([1], [2], [1], [3]):
        of(lately, demands, asked)

    of(lately, [1], asked)
    assert asked == [1, 2, 3]

    of(lately, [2], asked)
    assert asked == [1, 2, 3, 2]


def test_more_than_there_is_room_for_is_found_all_the_same(asked):
    assert list(of(Lately(most=0), [1, 2, 3], asked)) == [1, 2, 3]


def test_what_is_forgotten_is_read_again_and_makes_room(asked):
    lately = Lately(most=2 * (A_DEMAND + 1))
    of(lately, [1, 2], asked)

    lately.forget([1, 7])
    of(lately, [3], asked)
    of(lately, [2, 1], asked)

    assert asked == [1, 2, 3, 1]


def test_a_demand_that_is_gone_is_left_out(asked):
    assert list(of(Lately(), [1, 10], asked)) == [1]
