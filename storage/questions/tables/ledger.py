"""Who gave way and who hardened, round by round?"""

from typing import Final

from storage.fields import Field, Value
from storage.questions.analysis.ledger import Account, ledger
from storage.questions.analysis.movement import MOVEMENTS
from storage.questions.analysis.talks import Talks
from storage.questions.facts import Facts
from storage.questions.table import NO_ROWS, Origin, Row, Rows, at_hand, computed, id_of
from storage.questions.tables.making import made
from storage.questions.tables.registry import Moment, computed_view
from storage.records import Position

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
def rows(facts: Facts, moment: Moment) -> Rows:
    """One row per party that moved in a round."""
    if moment.as_of is None:
        return NO_ROWS
    accounts = ledger(facts.frame, facts.moves, moment.as_of.seq)
    return at_hand({_id(each): each for each in accounts}, lambda account: _row(facts.frame, account))


def _id(account: Account) -> int:
    return id_of(account.seq, account.party)


def _row(talks: Talks, account: Account) -> Row:
    values: dict[str, Value] = {
        "round": talks.round_ref(account.seq),
        "party": talks.party_ref(account.party),
        **{name: account.counts.get(name, 0) for name in MOVEMENTS},
    }
    sources = {
        "round": Origin("rounds", talks.rounds_by_seq[account.seq].id, ""),
        "party": Origin("parties", account.party, ""),
    }
    return made(talks, COLUMNS, _id(account), values, sources=sources, parties=[account.party])
