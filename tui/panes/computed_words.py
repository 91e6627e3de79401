"""What a computed view says of the keys that have nothing to act on in it."""

from collections.abc import Mapping
from typing import Final

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
