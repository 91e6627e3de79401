"""Pane 6: what moved since a round, from what to what."""

from collections.abc import Sequence
from typing import Final

from storage.analysis.movement import MOVEMENTS, Change, Stand, changes
from storage.facts import Facts
from storage.fields import Field, Value
from storage.records import Position
from storage.table import RESPONSES, Origin, Row, Rows, computed, reference
from storage.tables.demand_columns import DEMAND, TITLE
from storage.tables.making import made
from storage.tables.registry import Moment, computed_view

ROLES: Final = ("author", "responder")

FIELDS: Final = Position.fields


def _side(side: str, said: str) -> tuple[Field, ...]:
    return (
        reference(f"{side}_round", said, 5, "rounds"),
        computed(f"{side}_response", f"{said} response", 13, "choice", choices=RESPONSES),
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
)
def rows(facts: Facts, moment: Moment) -> Sequence[Row]:
    """One row per cell that moved between the two rounds."""
    if moment.seqs is None:
        return ()
    return Rows(changes(facts.talks, *moment.seqs), lambda change: _row(facts, change))


def _row(facts: Facts, change: Change) -> Row:
    after = change.after.row
    demand = facts.talks.demands[change.demand]
    values: dict[str, Value] = {
        "demand": demand.ref,
        "title": demand.title,
        "party": facts.party_ref(change.party),
        "role": change.role,
        "movement": change.movement,
        **_stand(facts, "from", change.before),
        **_stand(facts, "to", change.after),
        "hinges_on": None if after.hinges_on is None else facts.demand_refs[after.hinges_on],
        "hinge_rejected": change.hinge_rejected,
        "basis": after.basis,
    }
    inferred = [
        f"{side}_response"
        for side, stand in (("from", change.before), ("to", change.after))
        if stand is not None and stand.row.basis == "inferred"
    ]
    return made(facts, COLUMNS, after.id, values, sources=_sources(change), parties=[change.party], inferred=inferred)


def _stand(facts: Facts, side: str, stand: Stand | None) -> dict[str, Value]:
    if stand is None:
        return {f"{side}_{name}": None for name in ("round", "response", "red_line", "terms")}
    return {
        f"{side}_round": facts.round_refs[stand.row.seq],
        f"{side}_response": stand.row.response,
        f"{side}_red_line": stand.row.red_line,
        f"{side}_terms": stand.terms,
    }


def _sources(change: Change) -> dict[str, Origin]:
    after = {f"to_{name}": name for name in ("round", "response", "red_line", "terms")}
    after |= {name: name for name in ("party", "hinges_on", "basis")}
    found = {column: Origin("positions", change.after.row.id, name) for column, name in after.items()}
    if change.before is not None:
        id = change.before.row.id
        found |= {f"from_{name}": Origin("positions", id, name) for name in ("round", "response", "red_line", "terms")}
    return found | {
        "demand": Origin("demands", change.demand, "ref"),
        "title": Origin("demands", change.demand, "title"),
    }
