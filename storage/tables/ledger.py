"""Who gave way and who hardened, counted round by round."""

from collections.abc import Sequence
from typing import Final

from storage.analysis.ledger import Account, ledger
from storage.analysis.movement import MOVEMENTS
from storage.facts import Facts
from storage.fields import Field, Value
from storage.records import Position
from storage.table import Row, Rows, computed, id_of
from storage.tables.making import made
from storage.tables.registry import Moment, computed_view

COLUMNS: Final[tuple[Field, ...]] = (
    Position.fields["round"],
    Position.fields["party"],
    *(computed(name, name.capitalize(), 8, "integer") for name in MOVEMENTS),
)


@computed_view(
    "ledger",
    title="Ledger",
    columns=lambda _facts: COLUMNS,
    takes=("as_of",),
    watches=("rounds", "parties", "demands", "positions"),
)
def rows(facts: Facts, moment: Moment) -> Sequence[Row]:
    """One row per party that moved in a round."""
    if moment.as_of is None:
        return ()
    return Rows(ledger(facts.talks, moment.as_of.seq), lambda account: _row(facts, account))


def _row(facts: Facts, account: Account) -> Row:
    values: dict[str, Value] = {
        "round": facts.round_refs[account.seq],
        "party": facts.party_ref(account.party),
        **{name: account.counts.get(name, 0) for name in MOVEMENTS},
    }
    return made(facts, COLUMNS, id_of(account.seq, account.party), values, parties=[account.party])
