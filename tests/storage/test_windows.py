"""Whatever window of a computed view is looked at shows the rows that the whole has there."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage import COMPUTED_VIEWS, Answers, Question
from storage.questions.analysis.standing import raised_demands
from storage.questions.facts import Facts
from tests.chance import tries
from tests.dossiers import dossiers, generated, stored

any_dossier = settings(max_examples=tries(15), deadline=None, suppress_health_check=list(HealthCheck))


def any_round(dossier, data):
    """A round to stand as of; None for the usual one."""
    return data.draw(st.sampled_from([None, *(each["ref"] for each in dossier.get("rounds", []))]))


def assert_windows_are_of_the_whole(store, question, size):
    """However little has been read before, so many rows in a row are those of the whole."""
    whole = list(Answers(store).table(question).rows)
    for start in range(0, len(whole), size):
        window = whole[start : start + size]
        assert Answers(store).rows(question, [row.id for row in window]) == window


@pytest.fixture(scope="module")
def larger():
    """A dossier in which every view has many rows."""
    with stored(generated(seed=1, parties=7, rounds=6, demands=20, positions=300)) as store:
        yield store


@any_dossier
@given(dossiers(), st.data())
def test_a_window_of_any_view_shows_the_rows_that_the_whole_has_there(dossier, data):
    with stored(dossier) as store:
        for view in COMPUTED_VIEWS:
            question = Question(view, as_of=any_round(dossier, data))
            assert_windows_are_of_the_whole(store, question, data.draw(st.integers(1, 3)))


@pytest.mark.parametrize("view", COMPUTED_VIEWS)
def test_a_window_of_a_larger_dossier_shows_the_rows_that_the_whole_has_there(larger, view):
    for round, size in (("R2", 3), ("R6", 7)):
        assert_windows_are_of_the_whole(larger, Question(view, as_of=round), size)


@any_dossier
@given(dossiers(), st.data())
def test_the_beginning_of_any_view_is_that_of_the_whole(dossier, data):
    with stored(dossier) as store:
        for view in COMPUTED_VIEWS:
            question = Question(view, as_of=any_round(dossier, data))
            whole = Answers(store).table(question).rows.ids
            most = data.draw(st.integers(0, len(whole) + 1))

            assert Answers(store).table(question, most).rows.ids == whole[:most]


@any_dossier
@given(dossiers())
def test_the_file_lists_the_demands_that_the_rows_say_are_raised(dossier):
    with stored(dossier) as store:
        facts = Facts(store)

        for each in facts.frame.rounds:
            assert list(facts.raised(each.seq)) == list(raised_demands(facts.talks, each.seq))
