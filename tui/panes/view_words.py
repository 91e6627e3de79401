"""What a pane's frame says: which view this is. The same line describes an export."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from textual.content import Content

from storage import Demand, Kind, Question, View
from tui.display import safe
from tui.keys import key_for
from tui.panes.scope import Scope
from tui.signs import glyphs

if TYPE_CHECKING:
    from storage import Table


def frame_title(number: str, kind: Kind, scope: Scope) -> Content:
    """`3 Demands · of Ukraine · as of R1`."""
    parts = [f"{number} {kind.title_of_kind}".strip()]
    if scope.party_name and scope.conditions(kind):
        parts.append(f"of {scope.party_name}")
    if scope.as_of and kind is Demand:  # of all records only these are shown with what is computed as of a round
        parts.append(f"as of {scope.as_of}")
    return safe(" · ".join(parts))


def shown_of(shown: int, total: int, unfinished: bool) -> str:
    """`5 of 9`; `128+ of …` while the others are not counted yet."""
    return f"{shown:,}{'+' if unfinished else ''} of {f'{total:,}' if total or not unfinished else '…'}"


def view_line(
    view: View | Question,
    shown: str,
    marked: int,
    labels: Mapping[str, str],
    names: Mapping[str, str],
) -> Content:
    """`5 of 9 · 1 marked · of UKR ✕ · by=UKR ✕ · status↑`, after how many are shown."""
    parts, signs = [shown], glyphs()
    if marked:
        parts.append(f"{marked:,} marked")
    if view.search:
        parts.append(f"/{view.search} {signs.narrowing}")
    if isinstance(view, Question) and view.party:
        parts.append(f"of {view.party} {signs.narrowing}")
    parts += [f"{text} {signs.narrowing}" for text in filters(view, labels, names)]
    arrows = {False: signs.ascending, True: signs.descending}
    parts += [f"{labels[each.field].lower()}{arrows[each.descending]}" for each in view.sort]
    return safe(" · ".join(parts))


def filters(view: View | Question, labels: Mapping[str, str], names: Mapping[str, str]) -> list[str]:
    """Each filtered field once, with the values it may have; references by the names given."""
    words: dict[str, list[str]] = {}
    empty = glyphs().empty
    for each in view.where:
        value = names.get(f"{each.field}={each.value}", empty if each.value in (None, "") else str(each.value))
        words.setdefault(f"{labels[each.field].lower()}{each.operator}", []).append(value)
    return [f"{start}{'|'.join(values)}" for start, values in words.items()]


def which_key_shows_more(what: str, narrowed: bool, party: str) -> str:
    """What lifts a search or filter, or the party of the screen, that leave nothing; empty where there is neither."""
    if narrowed:
        further = f" of {party}, {key_for('clear')} all" if party else ""
        return f"No {what} match. {key_for('escape')} shows all{further}."
    return f"No {what} of {party}. {key_for('clear')} shows those of every party." if party else ""


def computed_title(number: str, called: str, table: "Table", scope: Scope) -> Content:
    """`5 Matrix · as of R2 · since R1 · of Ukraine`; where the answer has a sum in words, that first."""
    from storage import computed_view_named

    takes = computed_view_named(table.name).takes
    parts = [f"{number} {table.heading or called}".strip()]
    if "as_of" in takes and table.as_of is not None:
        parts.append(f"as of {table.as_of.ref}")
    if "since" in takes and table.since is not None:
        parts.append(f"since {table.since.ref}")
    if "on" in takes and table.on:
        parts.append(f"on {table.on}")
    if scope.party_name:
        parts.append(f"of {scope.party_name}")
    return safe(" · ".join(parts))
