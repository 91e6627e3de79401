"""What moved since a round, and who moved?"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import pairwise
from operator import attrgetter
from typing import Final, Literal, NamedTuple

from storage.questions.analysis.rows import Position
from storage.questions.analysis.standing import is_rejected, latest, terms_in_force
from storage.questions.analysis.talks import Course, Talks

Movement = Literal["softer", "linked", "harder", "changed", "dropped", "new", "answered"]

Role = Literal["author", "responder"]

MOVEMENTS: Final[tuple[Movement, ...]] = ("softer", "linked", "harder", "changed", "dropped", "new", "answered")

SCORES: Final = {"accepts": 2, "conditional": 1, "deferred": 0, "silent": 0, "rejects": -1}

SEQ: Final = attrgetter("seq")

RED_LINE: Final = -2
"""The score of a rejection with a red line."""


class Stand(NamedTuple):
    """A party's row as of a round, with the terms in force."""

    row: Position
    terms: str


class Change(NamedTuple):
    """One party that moved on one demand between two rounds; `before` is None when it had said nothing."""

    demand: int
    party: int
    role: Role
    movement: Movement
    before: Stand | None
    after: Stand
    hinge_rejected: bool | None
    """None without a hinge."""


def stand(course: Course, seq: int) -> Stand | None:
    """The party's row as of a round with its terms in force; None if it had said nothing. O(rounds)."""
    row = latest(course, seq)
    return None if row is None else Stand(row, terms_in_force(course, row))


def author_moved(before: Stand | None, after: Stand) -> Movement | None:
    """How an author moved: new, dropped or changed, never softer or harder, since it has no score. O(1).

    Asking and dropping between the two rounds counts as dropped; dropping again in other words, as changed.
    """
    drops = after.row.response == "drops"
    if before is None or drops != (before.row.response == "drops"):
        return "dropped" if drops else "new"
    changed = (before.terms, before.row.red_line) != (after.terms, after.row.red_line)
    return "changed" if changed else None


def responder_moved(before: Stand | None, after: Stand, hinge_rejected: bool) -> Movement | None:
    """How a responder moved: by score; a rise onto a rejected hinge is linked, a move into silent is changed. O(1)."""
    if before is None:
        return "answered"
    was, now = before.row, after.row
    if now.response == "silent" and was.response != "silent":
        return "changed"
    rise = score(now) - score(was)
    if rise > 0:
        return "linked" if hinge_rejected else "softer"
    if rise < 0:
        return "harder"
    differs = (was.response, was.hinges_on, before.terms) != (now.response, now.hinges_on, after.terms)
    return "changed" if differs else None


def score(row: Position) -> int:
    """How near a response is to yes, from accepts +2 to a rejection with a red line -2. O(1)."""
    if row.response == "rejects" and row.red_line:
        return RED_LINE
    return SCORES.get(row.response, 0)


def change(talks: Talks, course: Course, since: int | None, seq: int) -> Change | None:
    """How one party moved on one demand between the two end states, never by edits; None if it did not. O(rounds).

    Without an earlier round nothing has moved.
    """
    if since is None or since >= seq:
        return None
    after = stand(course, seq)
    if after is None or after.row.seq <= since:
        return None
    return moved(talks, stand(course, since), after, seq)


def moved(talks: Talks, before: Stand | None, after: Stand, seq: int) -> Change | None:
    """The change from one stand of a party to a later one, as of a round; None if nothing moved. O(parties)."""
    row = after.row
    hinge_rejected = None if row.hinges_on is None else is_rejected(talks, row.hinges_on, seq)
    is_author = row.party == talks.demands[row.demand].by_party
    movement = author_moved(before, after) if is_author else responder_moved(before, after, bool(hinge_rejected))
    if movement is None:
        return None
    role: Role = "author" if is_author else "responder"
    return Change(row.demand, row.party, role, movement, before, after, hinge_rejected)


def course_moves(talks: Talks, course: Course) -> Iterator[Change]:
    """Each movement of a course, in its round against the round before it. O(rounds).

    Only a row of the round itself can have moved the party, and what it moved from is its row before. In the first
    round nothing moves.
    """
    for before, row in pairwise((None, *course)):
        if row is None or row.seq <= talks.rounds[0].seq:
            continue
        earlier = None if before is None else Stand(before, terms_in_force(course, before))
        change = moved(talks, earlier, Stand(row, terms_in_force(course, row)), row.seq)
        if change is not None:
            yield change


def changes(talks: Talks, demands: Iterable[int], since: int | None, seq: int) -> list[Change]:
    """Every cell of these demands that moved between the two rounds: by demand, author first, then parties in order.

    O(rows of the rounds in between).
    """
    return [each for demand in demands for each in _changes(talks, demand, since, seq)]


def _changes(talks: Talks, demand: int, since: int | None, seq: int) -> list[Change]:
    if since is None:
        return []
    rows, courses = talks.rows_on(demand), talks.of_demand(demand)
    # only a row of a round in between can have moved a party
    between = rows[bisect_right(rows, since, key=SEQ) : bisect_right(rows, seq, key=SEQ)]
    parties = dict.fromkeys(row.party for row in between)
    found = [each for party in parties if (each := change(talks, courses[party], since, seq)) is not None]
    return sorted(found, key=lambda each: (each.role != "author", talks.party_places[each.party]))
