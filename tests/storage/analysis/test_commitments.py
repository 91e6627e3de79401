"""How much was delivered, and what is overdue on a day."""

import pytest

from storage.questions.analysis.commitments import progress
from storage.questions.analysis.rows import Commitment, Delivery

DUE = "2025-06-13"


def commitment(quantity=1000.0, due_on=DUE, due_basis="stated", state="open"):
    return Commitment(1, "C1", 1, "", quantity, due_on, due_basis, state)


def delivery(on_date, amount=None, level=None, id=1):
    return Delivery(id, 1, on_date, amount, level, "")


def test_amounts_up_to_and_on_the_day_add_up():
    deliveries = [delivery("2025-05-25", 300.0), delivery("2025-05-26", 90.0), delivery("2025-05-27", 1.0)]

    found = progress(commitment(), deliveries, "2025-05-26")

    assert (found.delivered, found.percent) == (390.0, 39)


def test_nothing_is_delivered_when_no_delivery_has_an_amount_and_the_percent_is_0():
    found = progress(commitment(), [delivery("2025-05-25", level=1)], DUE)

    assert (found.delivered, found.percent) == (None, 0)


def test_without_a_quantity_there_is_no_percent():
    found = progress(commitment(quantity=None), [delivery("2025-05-25", 12.5)], DUE)

    assert (found.delivered, found.percent) == (12.5, None)


@pytest.mark.parametrize(("amount", "percent"), [(999.9, 99), (1000.0, 100), (1500.0, 100), (0.5, 0)])
def test_the_percent_is_rounded_down_and_at_most_100(amount, percent):
    assert progress(commitment(), [delivery("2025-05-25", amount)], DUE).percent == percent


def test_fractions_are_added_as_they_are_written():
    deliveries = [delivery("2025-05-25", 0.1), delivery("2025-05-26", 0.2)]

    found = progress(commitment(quantity=0.3), deliveries, DUE)

    assert (found.delivered, found.percent) == (0.3, 100)


def test_the_level_is_that_of_the_latest_delivery_that_has_one():
    deliveries = [
        delivery("2025-05-26", level=2, id=1),
        delivery("2025-05-25", level=1, id=2),
        delivery("2025-05-27", 5.0, id=3),
        delivery("2025-06-30", level=3, id=4),
    ]

    assert progress(commitment(), deliveries, DUE).level == 2


def test_of_two_levels_on_one_day_the_later_recorded_counts():
    deliveries = [delivery("2025-05-26", level=2, id=2), delivery("2025-05-26", level=1, id=1)]

    assert progress(commitment(), deliveries, DUE).level == 2


@pytest.mark.parametrize(("day", "timing"), [("2025-06-12", "upcoming"), (DUE, "upcoming"), ("2025-06-14", "overdue")])
def test_the_due_day_itself_is_not_overdue(day, timing):
    assert progress(commitment(), [], day).timing == timing


def test_an_estimated_date_is_never_plainly_overdue():
    assert progress(commitment(due_basis="estimated"), [], "2025-06-14").timing == "overdue_est"


def test_what_is_not_open_is_closed_and_what_has_no_date_undated():
    assert progress(commitment(state="waived"), [], "2026-01-01").timing == "closed"
    assert progress(commitment(due_on=None, due_basis="none"), [], "2026-01-01").timing == "undated"
    assert progress(commitment(due_on=None, due_basis="none", state="breached"), [], DUE).timing == "closed"
