"""What a computed view says of the keys that have nothing to act on in it, and of having no rows."""

from collections.abc import Mapping
from typing import Final

from storage import Condition, Round, Table, View, computed_view_named
from tui.keys import with_keys
from tui.live_store import LiveStore

EDITING: Final = ("edit", "edit_or_open", "clear_cell")

NOTHING_STORED: Final = ("evidence", "ledger")
"""The views of which no cell is a field of a record."""


def _computed(what: str, instead: str) -> dict[str, str]:
    behind = "{whole_record} shows the record behind this row."
    return {
        "add": f"{what} computed; {instead}",
        "duplicate": f"{what} computed, not duplicated; {behind}",
        "delete": f"{what} computed, not deleted; {behind}",
    }


REFUSED: Final[Mapping[str, Mapping[str, str]]] = {
    "matrix": {
        "add": "The matrix has a row for every demand; {add} in {view_demands} adds one.",
        "duplicate": "A party has one position a round on a demand; {edit} on a cell takes one.",
    },
    "changes": _computed("Changes are", "{edit} in {view_matrix} writes the position of a party."),
    "timeline": _computed(
        "Events are", "{add} in {view_rounds} adds one, {add} in the lists under {other_records} others."
    ),
    "evidence": _computed("Findings are", "{evidence} links or writes the statements behind a record."),
    "zones": _computed("Zones are", "{add} in {view_demands} adds a demand, {edit} in {view_matrix} an answer."),
    "rejections": _computed("Rejections are", "{edit} in {view_matrix} writes the position of a party."),
    "will": _computed("Will is", "{add} in Stances, under {other_records}, adds what decides it."),
    "ledger": _computed("Counts are", "{edit} in {view_matrix} writes the position of a party."),
}
"""Why an action has nothing to act on in a view, by the view and the action."""

NOT_RAISED: Final = (
    "No demand was raised up to {round}. {add} in {view_demands} adds one, {later_round} steps to a later round."
)

FILLED_BY: Final[Mapping[str, str]] = {
    "matrix": NOT_RAISED,
    "zones": NOT_RAISED,
    "commitments": "No commitments yet. {add} in Commitments, under {other_records}, adds one.",
    "timeline": "No dates yet. {add} in {view_rounds} adds a round, which has one.",
    "evidence": "Nothing to find: {evidence} on a record shows, links or writes what it rests on.",
    "rejections": "Nothing was rejected up to {round}. {edit} in {view_matrix} writes an answer.",
    "will": "No stances yet. {add} in Stances, under {other_records}, adds one.",
    "ledger": "No party has moved up to {round}. {edit} in {view_matrix} writes a position.",
}
"""What would give a view rows, and by which key; the as-of round stands in place of {round}."""

NO_MOVEMENT: Final = "Movement takes two rounds: {later_round} steps to a later one, {add} in {view_rounds} adds one."


async def what_would_fill(table: Table, live: LiveStore) -> str:
    """Why a view that nothing narrows has no rows, and the key that would give it some."""
    if table.as_of is None and "as_of" in computed_view_named(table.name).takes:
        return with_keys("No rounds yet. {add} in {view_rounds} adds one.")
    if table.name == "changes":
        return await _nothing_moved(table, live)
    return with_keys(FILLED_BY[table.name], round=table.as_of.ref if table.as_of else "")


async def _nothing_moved(table: Table, live: LiveStore) -> str:
    if table.since is None:
        return with_keys(NO_MOVEMENT)
    earlier = View(Round, where=(Condition("seq", "<=", table.since.seq - 1),))
    further = "{earlier_since} goes further back."
    more = further if await live.count(earlier) else "{edit} in {view_matrix} writes what a party says now."
    return with_keys("Nothing moved since {round}; " + more, round=table.since.ref)
