"""The panes by their names: that of a kind of record is its table, that of a computed view begins with `view-`."""

from typing import Final

from storage import RECORDS
from tui.keys import VIEWS
from tui.panes.narrowing_pane import NarrowingPane
from tui.panes.records import RecordPane

COMPUTED: Final = "view-"
"""What the names of the panes of computed views begin with, some of which are called like a table."""

NUMBERED: Final = tuple(name for _, name in VIEWS)
"""The panes that have a key of their own, which is usually a number."""

LEFT: Final = ("parties", "rounds")
"""The panes that scope the others."""


def is_computed(name: str) -> bool:
    """True for the pane of a computed view."""
    return name.startswith(COMPUTED)


def new_pane(name: str) -> NarrowingPane:
    """A pane for a kind of record or for a computed view, whose code is loaded with the first of them."""
    if not is_computed(name):
        return RecordPane(RECORDS[name], name)
    from tui.panes.commitments import CommitmentsPane
    from tui.panes.computed import ComputedPane
    from tui.panes.matrix import MatrixPane

    view = name.removeprefix(COMPUTED)
    kinds: dict[str, type[ComputedPane]] = {"matrix": MatrixPane, "commitments": CommitmentsPane}
    return kinds.get(view, ComputedPane)(view, name)


def title_of(name: str) -> str:
    """What a pane is called in the strip."""
    if not is_computed(name):
        return RECORDS[name].title_of_kind
    from storage import computed_view_named

    return computed_view_named(name.removeprefix(COMPUTED)).title


def without_number() -> dict[str, str]:
    """Every other pane, by name, with its title."""
    from storage import COMPUTED_VIEWS

    offered = {kind.table: kind.title_of_kind for kind in RECORDS.values()}
    offered |= {f"{COMPUTED}{each.name}": each.title for each in COMPUTED_VIEWS.values()}
    return {name: title for name, title in offered.items() if name not in NUMBERED}
