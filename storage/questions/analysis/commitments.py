"""What was promised, how much of it was delivered, and what is overdue?"""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Final, Literal, NamedTuple

from storage.questions.analysis.rows import Commitment, Delivery

Timing = Literal["overdue", "overdue_est", "upcoming", "undated", "closed"]

TIMINGS: Final[tuple[Timing, ...]] = ("overdue", "overdue_est", "upcoming", "undated", "closed")


class Progress(NamedTuple):
    """How far a commitment has got on a day."""

    delivered: float | None
    percent: int | None
    level: int | None
    timing: Timing


def progress(commitment: Commitment, deliveries: Iterable[Delivery], on: str) -> Progress:
    """How far a commitment has got by its deliveries up to and on a day. O(deliveries)."""
    by_then = sorted((each for each in deliveries if each.on_date <= on), key=lambda each: (each.on_date, each.id))
    amounts = [each.amount for each in by_then if each.amount is not None]
    levels = [each.level for each in by_then if each.level is not None]
    return Progress(
        delivered=float(sum(map(_exact, amounts))) if amounts else None,
        percent=percent(amounts, commitment.quantity),
        level=levels[-1] if levels else None,
        timing=timing(commitment, on),
    )


def percent(amounts: Sequence[float], quantity: float | None) -> int | None:
    """The share of the quantity that was delivered, rounded down, at most 100; None without a quantity. O(amounts)."""
    if quantity is None:
        return None
    share = Fraction(sum(map(_exact, amounts), Decimal(0))) / Fraction(_exact(quantity))
    return min(100, int(share * 100 // 1))


def timing(commitment: Commitment, on: str) -> Timing:
    """Whether the commitment is due on a day; the due day itself is not overdue, an estimated one never plainly. O(1).

    What became of the agreement makes no difference.
    """
    if commitment.state != "open":
        return "closed"
    if commitment.due_on is None:
        return "undated"
    if commitment.due_on >= on:
        return "upcoming"
    return "overdue_est" if commitment.due_basis == "estimated" else "overdue"


def _exact(number: float) -> Decimal:
    """The number as it is written, since a sum of fractions must not print as 0.30000000000000004."""
    return Decimal(repr(number))
