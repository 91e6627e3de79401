"""Who wants a settlement, as of a round? Essential parties first, persons beneath."""

from typing import Final

from storage.fields import Field, Value
from storage.questions.analysis.talks import Talks
from storage.questions.analysis.will import Standpoint, willing, wills
from storage.questions.facts import Facts
from storage.questions.table import Origin, Row, Rows, at_hand, id_of
from storage.questions.tables.making import made
from storage.questions.tables.registry import Moment, computed_view
from storage.records import Party, Stance

FIELDS: Final = Stance.fields
SAID: Final = ("will", "driver", "motive", "basis")

COLUMNS: Final[tuple[Field, ...]] = (
    FIELDS["party"],
    Party.fields["name"],
    Party.fields["essential"],
    FIELDS["person"],
    *(FIELDS[name] for name in SAID),
    FIELDS["round"],
)


def heading(facts: Facts, moment: Moment) -> str:
    """`Will · yes: 2 of 5 essential parties`."""
    yes, essential = willing(_standpoints(facts, moment))
    return f"Will · yes: {yes} of {essential} essential {'party' if essential == 1 else 'parties'}"


@computed_view(
    "will",
    title="Will",
    columns=lambda _facts: COLUMNS,
    heading=heading,
    takes=("as_of",),
    watches=("rounds", "parties", "people", "stances"),
)
def rows(facts: Facts, moment: Moment) -> Rows:
    """One row per party or person."""
    people = facts.people
    found = {_id(each): each for each in _standpoints(facts, moment)}
    return at_hand(found, lambda each: _row(facts.frame, each, people.get(each.person or 0)))


def _standpoints(facts: Facts, moment: Moment) -> list[Standpoint]:
    if moment.as_of is None:
        return []
    return wills(facts.frame.parties.values(), facts.stances, moment.as_of.seq)


def _id(found: Standpoint) -> int:
    return id_of(found.party.id, found.person)


def _row(talks: Talks, found: Standpoint, person: str | None) -> Row:
    party, stance = found.party, found.stance
    values: dict[str, Value] = {"party": party.ref, "name": party.name, "essential": party.essential, "person": person}
    values |= {name: getattr(stance, name) if stance else None for name in SAID}
    values["round"] = talks.round_ref(stance.seq) if stance and stance.seq is not None else None
    id = stance.id if stance else None
    sources = {name: Origin("stances", id, name) for name in (*SAID, "round")}
    sources |= {name: Origin("parties", party.id, name) for name in ("name", "essential")}
    return made(talks, COLUMNS, _id(found), values, sources=sources, parties=[party.id])
