"""What has moved since a round, from what to what?"""

from array import array
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final

from storage.fields import Field, Value
from storage.questions.analysis.movement import MOVEMENTS, Change, Stand, changes
from storage.questions.analysis.talks import Talks
from storage.questions.facts import Facts
from storage.questions.table import NO_ROWS, RESPONSES, Origin, Row, Rows, computed, reference
from storage.questions.tables.demand_columns import DEMAND, TITLE
from storage.questions.tables.making import made
from storage.questions.tables.registry import Moment, computed_view
from storage.records import Position

ROLES: Final = ("author", "responder")

FIELDS: Final = Position.fields


def _side(side: str, said: str) -> tuple[Field, ...]:
    return (
        reference(f"{side}_round", said, 5, "rounds"),
        computed(f"{side}_response", f"{said} response", 15, "choice", choices=RESPONSES),
        computed(f"{side}_red_line", f"{said} red line", 8, "flag"),
        computed(f"{side}_terms", f"{said} terms", 24),
    )


COLUMNS: Final[tuple[Field, ...]] = (
    DEMAND,
    TITLE,
    FIELDS["party"],
    computed("role", "Role", 9, "choice", choices=ROLES),
    computed("movement", "Movement", 10, "choice", choices=MOVEMENTS),
    *_side("from", "From"),
    *_side("to", "To"),
    FIELDS["hinges_on"],
    computed("hinge_rejected", "Hinge rejected", 8, "flag"),
    FIELDS["basis"],
)


@computed_view(
    "changes",
    title="Changes",
    columns=lambda _facts: COLUMNS,
    takes=("as_of", "since"),
    watches=("rounds", "parties", "demands", "positions"),
    of=Position,
)
def rows(facts: Facts, moment: Moment) -> Rows:
    """One row per cell that moved between the two rounds, by the id of the position that it moved to."""
    if moment.as_of is None or moment.since is None:
        return NO_ROWS
    since, seq = moment.since.seq, moment.as_of.seq

    def find(most: int | None) -> "array[int]":
        blocks = facts.blocks(facts.spoken_of(since, seq))
        found = (each.after.row.id for block, talks in blocks for each in changes(talks, block, since, seq))
        return array("q", islice(found, most))

    def make(positions: Sequence[int]) -> Iterator[Row]:
        demands = facts.demands_of(positions)
        talks = facts.around(demands)
        found = {each.after.row.id: each for each in changes(talks, talks.known(demands), since, seq)}
        return (_row(talks, found[id]) for id in positions if id in found)

    return Rows(find, make)


def _row(talks: Talks, change: Change) -> Row:
    after = change.after.row
    demand = talks.demands[change.demand]
    values: dict[str, Value] = {
        "demand": demand.ref,
        "title": demand.title,
        "party": talks.party_ref(change.party),
        "role": change.role,
        "movement": change.movement,
        **_stand(talks, "from", change.before),
        **_stand(talks, "to", change.after),
        "hinges_on": talks.demand_ref(after.hinges_on),
        "hinge_rejected": change.hinge_rejected,
        "basis": after.basis,
    }
    inferred = [
        f"{side}_response"
        for side, stand in (("from", change.before), ("to", change.after))
        if stand is not None and stand.row.basis == "inferred"
    ]
    return made(talks, COLUMNS, after.id, values, sources=_sources(change), parties=[change.party], inferred=inferred)


def _stand(talks: Talks, side: str, stand: Stand | None) -> dict[str, Value]:
    if stand is None:
        return {f"{side}_{name}": None for name in ("round", "response", "red_line", "terms")}
    return {
        f"{side}_round": talks.round_ref(stand.row.seq),
        f"{side}_response": stand.row.response,
        f"{side}_red_line": stand.row.red_line,
        f"{side}_terms": stand.terms,
    }


def _sources(change: Change) -> dict[str, Origin]:
    after = {f"to_{name}": name for name in ("round", "response", "red_line", "terms")}
    after |= {name: name for name in ("party", "hinges_on", "basis")}
    found = {column: Origin("positions", change.after.row.id, name) for column, name in after.items()}
    before = change.before.row.id if change.before is not None else None
    found |= {f"from_{name}": Origin("positions", before, name) for name in ("round", "response", "red_line", "terms")}
    return found | {
        "demand": Origin("demands", change.demand, "ref"),
        "title": Origin("demands", change.demand, "title"),
    }
