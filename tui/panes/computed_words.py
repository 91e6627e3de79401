"""What a computed view says of the keys that have nothing to act on in it, and of having no rows."""

from collections.abc import Mapping
from typing import Final

from storage import Condition, Round, Table, View, computed_view_named
from tui.live_store import LiveStore

EDITING: Final = ("edit", "edit_or_open", "clear_cell")

NOTHING_STORED: Final = ("evidence", "ledger")
"""The views of which no cell is a field of a record."""


def _computed(what: str, instead: str) -> dict[str, str]:
    behind = "o shows the record behind this row."
    return {
        "add": f"{what} computed; {instead}",
        "duplicate": f"{what} computed, not duplicated; {behind}",
        "delete": f"{what} computed, not deleted; {behind}",
    }


REFUSED: Final[Mapping[str, Mapping[str, str]]] = {
    "matrix": {
        "add": "The matrix has a row for every demand; a in 3 Demands adds one.",
        "duplicate": "A party has one position a round on a demand; e on a cell takes one.",
    },
    "changes": _computed("Changes are", "e in 5 Matrix writes the position of a party."),
    "timeline": _computed("Events are", "a in 2 Rounds adds one, a in the lists behind 0 others."),
    "evidence": _computed("Findings are", "x links or writes the statements behind a record."),
    "zones": _computed("Zones are", "a in 3 Demands adds a demand, e in 5 Matrix an answer."),
    "rejections": _computed("Rejections are", "e in 5 Matrix writes the position of a party."),
    "will": _computed("Will is", "a in Stances, behind 0, adds what decides it."),
    "ledger": _computed("Counts are", "e in 5 Matrix writes the position of a party."),
}
"""Why an action has nothing to act on in a view, by the view and the action."""

NOT_RAISED: Final = "No demand was raised up to {}. a in 3 Demands adds one, ] steps to a later round."

FILLED_BY: Final[Mapping[str, str]] = {
    "matrix": NOT_RAISED,
    "zones": NOT_RAISED,
    "commitments": "No commitments yet. a in Commitments, behind 0, adds one.",
    "timeline": "No dates yet. a in 2 Rounds adds a round, which has one.",
    "evidence": "Nothing to find: x on a record shows, links or writes what it rests on.",
    "rejections": "Nothing was rejected up to {}. e in 5 Matrix writes an answer.",
    "will": "No stances yet. a in Stances, behind 0, adds one.",
    "ledger": "No party has moved up to {}. e in 5 Matrix writes a position.",
}
"""What would give a view rows, and by which key; the as-of round stands in place of {}."""


async def what_would_fill(table: Table, live: LiveStore) -> str:
    """Why a view that nothing narrows has no rows, and the key that would give it some."""
    if table.as_of is None and "as_of" in computed_view_named(table.name).takes:
        return "No rounds yet. a in 2 Rounds adds one."
    if table.name == "changes":
        return await _nothing_moved(table, live)
    return FILLED_BY[table.name].format(table.as_of.ref if table.as_of else "")


async def _nothing_moved(table: Table, live: LiveStore) -> str:
    if table.since is None:
        return "Movement takes two rounds: ] steps to a later one, a in 2 Rounds adds one."
    earlier = View(Round, where=(Condition("seq", "<=", table.since.seq - 1),))
    more = "{ goes further back." if await live.count(earlier) else "e in 5 Matrix writes what a party says now."
    return f"Nothing moved since {table.since.ref}; {more}"
