"""Where does everybody stand as of a round?"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from storage.questions.analysis.rows import Position, Round
from storage.questions.analysis.talks import Course, Talks

CLOSING: Final = ("withdrawn", "replaced", "lapsed")
"""The statuses of a demand that close it, although nobody dropped it at the table."""


def round_before(rounds: Sequence[Round], seq: int) -> Round | None:
    """The last of the rounds before this seq, whatever its status; None before the first. O(rounds)."""
    return max((each for each in rounds if each.seq < seq), key=lambda each: each.seq, default=None)


def latest(course: Course, seq: int) -> Position | None:
    """The party's last row at or before the round, carried forward to it; None if it had said nothing. O(rounds)."""
    for row in reversed(course):
        if row.seq <= seq:
            return row
    return None


def standings(talks: Talks, demand: int, seq: int) -> Mapping[int, Position]:
    """The row with which each party stands to the demand as of the round. O(parties)."""
    rows = ((party, latest(course, seq)) for party, course in talks.of_demand(demand).items())
    return {party: row for party, row in rows if row is not None}


def terms_in_force(course: Course, row: Position) -> str:
    """The row's terms; empty ones repeat those of the row before as long as the response is the same. O(rounds)."""
    for each in reversed(course):
        if each.seq > row.seq:
            continue
        if each.response != row.response:
            return ""
        if each.terms:
            return each.terms
    return ""


def is_raised(talks: Talks, demand: int, seq: int) -> bool:
    """True from the earlier of the demand's first round and its first position; with neither, always. O(1)."""
    raised = raised_from(talks, demand)
    return raised is None or raised <= seq


def raised_from(talks: Talks, demand: int) -> int | None:
    """The seq from which the demand is listed; None for one that always is. O(1)."""
    first = talks.demands[demand].first
    rows = talks.rows_on(demand)
    if not rows:
        return first
    return rows[0].seq if first is None else min(first, rows[0].seq)


def raised_demands(talks: Talks, seq: int) -> Iterator[int]:
    """The demands listed as of the round, in order. O(demands)."""
    return (demand for demand in talks.demands if is_raised(talks, demand, seq))


def is_closed(talks: Talks, demand: int, seq: int) -> bool:
    """True when the author's row is drops; by its status only as of the last held round or later. O(rounds).

    A status has no date: as of an earlier round it would rewrite what was so at the time.
    """
    asked = talks.demands[demand]
    row = latest(talks.of_demand(demand).get(asked.by_party, ()), seq)
    if row is not None and row.response == "drops":
        return True
    return asked.status in CLOSING and talks.usual is not None and seq >= talks.usual.seq


def asked_of(talks: Talks, demand: int, seq: int) -> Iterator[int]:
    """Whose answer counts: the addressee's; without one the other primary parties' and whoever has a row by then.

    The members of a coalition never answer for it. O(parties).
    """
    asked = talks.demands[demand]
    if asked.to_party is not None:
        yield asked.to_party
        return
    courses = talks.of_demand(demand)
    for party in talks.parties:
        has_row = party in courses and courses[party][0].seq <= seq
        if party != asked.by_party and (party in talks.primary or has_row):
            yield party


def is_rejected(talks: Talks, hinge: int, seq: int) -> bool:
    """True when someone asked of the demand stands on rejects and the demand is not closed. O(parties)."""
    if is_closed(talks, hinge, seq):
        return False
    courses = talks.of_demand(hinge)
    rows = (latest(courses.get(party, ()), seq) for party in asked_of(talks, hinge, seq))
    return any(row is not None and row.response == "rejects" for row in rows)
