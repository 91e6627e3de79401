"""Who rejected what, in which words, when, and whether it still does."""

from collections.abc import Sequence
from typing import Final

from storage.analysis.rejections import Rejection, rejections
from storage.facts import Facts
from storage.fields import Field, Value
from storage.records import Position
from storage.table import Origin, Row, Rows, computed
from storage.tables.demand_columns import DEMAND, TITLE
from storage.tables.making import made
from storage.tables.registry import Moment, computed_view

FIELDS: Final = Position.fields

COLUMNS: Final[tuple[Field, ...]] = (
    FIELDS["round"],
    computed("date", "Date", 10, "date"),
    DEMAND,
    TITLE,
    FIELDS["party"],
    FIELDS["red_line"],
    FIELDS["basis"],
    FIELDS["terms"],
    computed("words", "Words", 40),
    computed("statements", "Statements", 12, "list"),
    computed("current", "Current", 7, "flag"),
)

OWN: Final = ("round", "demand", "party", "red_line", "basis", "terms")


@computed_view(
    "rejections",
    title="Rejections",
    columns=lambda _facts: COLUMNS,
    takes=("as_of",),
    watches=("rounds", "parties", "demands", "positions", "statements", "evidence"),
)
def rows(facts: Facts, moment: Moment) -> Sequence[Row]:
    """One row per rejection up to the round."""
    if moment.as_of is None:
        return ()
    supporting = facts.provenance.supporting
    by_position = {id: statements for (kind, id), statements in supporting.items() if kind == "position"}
    return Rows(rejections(facts.talks, by_position, moment.as_of.seq), lambda found: _row(facts, found))


def _row(facts: Facts, found: Rejection) -> Row:
    row, demand = found.row, facts.talks.demands[found.row.demand]
    values: dict[str, Value] = {
        "round": facts.round_refs[row.seq],
        "date": facts.rounds_by_seq[row.seq].starts_on,
        "demand": demand.ref,
        "title": demand.title,
        "party": facts.party_ref(row.party),
        "red_line": row.red_line,
        "basis": row.basis,
        "terms": row.terms,
        "words": " | ".join(each.text for each in found.statements),
        "statements": tuple(each.ref for each in found.statements),
        "current": found.current,
    }
    sources = {name: Origin("positions", row.id, name) for name in OWN}
    inferred = ["party"] if row.basis == "inferred" else []
    return made(facts, COLUMNS, row.id, values, sources=sources, parties=[row.party], inferred=inferred)
