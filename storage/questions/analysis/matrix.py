"""Who wants what of whom, and how did the others answer, as of a round?"""

from typing import NamedTuple

from storage.questions.analysis.movement import Movement, Stand, moved, stand
from storage.questions.analysis.standing import latest, terms_in_force
from storage.questions.analysis.talks import Course, Talks


class Cell(NamedTuple):
    """What a party stands on, carried forward to the round, and how it got there since an earlier one."""

    stand: Stand
    movement: Movement | None


def cell(talks: Talks, course: Course, since: int | None, seq: int) -> Cell | None:
    """One party's cell; None if nothing is recorded as of the round. O(rounds)."""
    row = latest(course, seq)
    if row is None:
        return None
    after = Stand(row, terms_in_force(course, row))
    if since is None or row.seq <= since or since >= seq:
        return Cell(after, None)
    change = moved(talks, stand(course, since), after, seq)
    return Cell(after, change.movement if change else None)
