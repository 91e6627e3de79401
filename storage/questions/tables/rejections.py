"""Who rejected what, when, in which words, and does it still?"""

from collections.abc import Iterator, Sequence
from typing import Final

from storage.fields import Field, Value
from storage.questions.analysis.rejections import is_current, rejected, up_to
from storage.questions.analysis.rows import Position, Statement
from storage.questions.analysis.talks import Talks
from storage.questions.facts import Facts
from storage.questions.table import NO_ROWS, Origin, Row, Rows, computed
from storage.questions.tables.demand_columns import DEMAND, TITLE
from storage.questions.tables.making import made
from storage.questions.tables.registry import Moment, computed_view
from storage.records import Position as PositionRecord

FIELDS: Final = PositionRecord.fields

COLUMNS: Final[tuple[Field, ...]] = (
    FIELDS["round"],
    computed("date", "Date", 10, "date"),
    DEMAND,
    TITLE,
    FIELDS["party"]._replace(width=7),
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
    of=PositionRecord,
)
def rows(facts: Facts, moment: Moment) -> Rows:
    """One row per rejection up to the round."""
    if moment.as_of is None:
        return NO_ROWS
    seq = moment.as_of.seq

    def make(positions: Sequence[int]) -> Iterator[Row]:
        demands = facts.demands_of(positions)
        talks = facts.around(demands)
        found = {row.id: row for row in rejected(talks, talks.known(demands))}
        behind = facts.behind(PositionRecord, positions).supporting
        said = {id: behind.get((PositionRecord.singular, id), ()) for id in positions}
        return (_row(talks, found[id], said[id], seq) for id in positions if id in found)

    return Rows(lambda most: up_to(seq, facts.rejections)[:most], make)


def _row(talks: Talks, row: Position, statements: Sequence[Statement], seq: int) -> Row:
    demand = talks.demands[row.demand]
    values: dict[str, Value] = {
        "round": talks.round_ref(row.seq),
        "date": talks.rounds_by_seq[row.seq].starts_on,
        "demand": demand.ref,
        "title": demand.title,
        "party": talks.party_ref(row.party),
        "red_line": row.red_line,
        "basis": row.basis,
        "terms": row.terms,
        "words": " | ".join(each.text for each in statements),
        "statements": tuple(each.ref for each in statements),
        "current": is_current(talks, row, seq),
    }
    sources = {name: Origin("positions", row.id, name) for name in OWN}
    inferred = ["party"] if row.basis == "inferred" else []
    return made(talks, COLUMNS, row.id, values, sources=sources, parties=[row.party], inferred=inferred)
