"""The rules that span records, told once for screen, command line and import alike.

Each rule is a SELECT of the records that break it. A step asks it of the rows it touched, inside its
transaction; import and `parley check` ask it of the whole file.
"""

import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

from storage.record import SINGULAR
from storage.records import AUTHORS_RESPONSES, Assessment, Evidence


@dataclass(frozen=True, slots=True)
class Touched:
    """The rows that a step touched, which stand in the log already, however many they are."""

    step: int
    fields: frozenset[tuple[str, str | None]]
    """The table and field of every edit; None where a whole row came or went."""


class Looked(NamedTuple):
    """Where a rule looks at rows of a table: the column of its SELECT that holds their id, and what it sees of them."""

    id: str
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RuleAcross:
    """What is said of a record that breaks the rule, the field to blame, and how to find such records."""

    table: str
    field: str
    sentence: str
    """With {0}, {1} ... for what the SELECT gives after the id."""
    select: str
    """SELECT the record's id, and what the sentence needs; it ends in a WHERE that can be narrowed."""
    looks_at: Mapping[str, Looked]
    """By table; a row that comes or goes is always looked at."""


@dataclass(frozen=True, slots=True)
class Broken:
    """One record that breaks a rule."""

    table: str
    id: int
    field: str
    sentence: str


ASKS_OR_DROPS: Final = "('" + "', '".join(AUTHORS_RESPONSES) + "')"

WHO_ANSWERS_WHOM: Final = {
    "positions": Looked("p.id", ("demand", "party", "response")),
    "demands": Looked("d.id", ("by_party",)),
}

ONLY_THE_AUTHOR_ASKS: Final = RuleAcross(
    table="positions",
    field="response",
    sentence="{2} can't ask or drop {1}, a demand of {0}: it accepts, rejects, defers, is conditional or silent.",
    select=f"""SELECT p.id, author.ref, d.ref, who.ref FROM positions p JOIN demands d ON d.id = p.demand
        JOIN parties author ON author.id = d.by_party JOIN parties who ON who.id = p.party
        WHERE p.party <> d.by_party AND p.response IN {ASKS_OR_DROPS}""",
    looks_at=WHO_ANSWERS_WHOM,
)

THE_AUTHOR_ONLY_ASKS: Final = RuleAcross(
    table="positions",
    field="response",
    sentence="{0} made the demand {1} itself, so it can only ask or drop it.",
    # the + keeps SQLite from looking through all positions of the party in place of those of the demand
    select=f"""SELECT p.id, who.ref, d.ref FROM positions p JOIN demands d ON d.id = p.demand
        JOIN parties who ON who.id = d.by_party
        WHERE +p.party = d.by_party AND p.response NOT IN {ASKS_OR_DROPS}""",
    looks_at=WHO_ANSWERS_WHOM,
)

ONE_HEAD: Final = RuleAcross(
    table="delegates",
    field="rank",
    sentence="The delegation of {0} in {1} has a head already: {2}.",
    select="""SELECT d.id, party.ref, round.ref, person.name FROM delegates d
        JOIN delegates o ON o.round = d.round AND o.party = d.party AND o.rank = 'head' AND o.id <> d.id
        JOIN parties party ON party.id = d.party JOIN rounds round ON round.id = d.round
        JOIN people person ON person.id = o.person
        WHERE d.rank = 'head' AND (o.id < d.id OR {narrowed})""",
    looks_at={"delegates": Looked("d.id", ("round", "party", "rank"))},
)

NO_CIRCLE: Final = RuleAcross(
    table="parties",
    field="member_of",
    sentence="{0} would be a member of itself, through the parties that it is a member of.",
    select="""SELECT p.id, p.ref FROM parties p
        WHERE p.member_of IS NOT NULL AND p.id IN (
            WITH RECURSIVE up(id) AS (
                SELECT p.member_of UNION SELECT m.member_of FROM parties m JOIN up ON m.id = up.id
            ) SELECT id FROM up)""",
    looks_at={"parties": Looked("p.id", ("member_of",))},
)


def _subject_is_there(table: str, subject: str) -> RuleAcross:
    return RuleAcross(
        table=table,
        field="subject_id",
        sentence=f"The {subject} that this names is not there.",
        select=f"""SELECT e.id FROM {table} e WHERE e.subject = '{subject}'
            AND NOT EXISTS (SELECT 1 FROM {SINGULAR[subject].table} s WHERE s.id = e.subject_id)""",
        looks_at={
            table: Looked("e.id", ("subject", "subject_id")),
            SINGULAR[subject].table: Looked("e.subject_id"),
        },
    )


RULES: Final = (
    ONLY_THE_AUTHOR_ASKS,
    THE_AUTHOR_ONLY_ASKS,
    ONE_HEAD,
    NO_CIRCLE,
    *(_subject_is_there("evidence", subject) for subject in Evidence.fields["subject"].choices),
    *(
        _subject_is_there("assessments", subject)
        for subject in Assessment.fields["subject"].choices
        if subject in SINGULAR
    ),
)

WATCHED: Final = tuple(
    (rule, table, looked.id, frozenset((table, field) for field in (None, *looked.fields)))
    for rule in RULES
    for table, looked in rule.looks_at.items()
)
"""Each rule once for every table that it looks at: the column with the row's id, and the edits after which to ask."""

WATCHED_FIELDS: Final = frozenset().union(*(fields for *_, fields in WATCHED))
"""The edits after which any rule is to be asked; most of the fields that are written in most often are none."""


def broken(connection: sqlite3.Connection, touched: Touched | None = None) -> Iterator[Broken]:
    """Every record that breaks a rule: of the rows touched and those that depend on them, or of the whole file."""
    if touched is None:
        for rule in RULES:
            yield from _ask(connection, rule)
        return
    if WATCHED_FIELDS.isdisjoint(touched.fields):
        return
    for rule, table, id, fields in WATCHED:
        if not fields.isdisjoint(touched.fields):
            # the + keeps SQLite from looking through all edits of the table in place of those of the step
            ids = f"SELECT id FROM history_edits WHERE step = ? AND +kind = '{table}'"
            yield from _ask(connection, rule, f" AND {id} IN ({ids})", touched.step)


def _ask(connection: sqlite3.Connection, rule: RuleAcross, narrow: str = "", *parameters: int) -> Iterator[Broken]:
    select = rule.select.format(narrowed="1" if narrow else "0")
    for id, *parts in connection.execute(select + narrow, parameters):
        yield Broken(rule.table, id, rule.field, rule.sentence.format(*parts))
