"""V: a view under a name of the user's own, and back again, in this dossier and in others.

A filter is kept in the words of the command line, since the ids of one dossier mean nothing in another. Beside the ref
of a record stands what it is called at length: only where both go together is it the record that was meant.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from storage import (
    RECORDS,
    Condition,
    Refused,
    Store,
    Unknown,
    Value,
    View,
    conditions_in_words,
    conditions_of,
    plain,
)
from tui.keys import key_for
from tui.memory import Kept, KeptFilter, NamedView
from tui.screens.named_views import NamedViews

if TYPE_CHECKING:
    from tui.panes.narrowing_pane import NarrowingPane

LONGEST_TOLD = 60
"""So many letters of a name, or of what is left out, are told in the status line."""
LONGEST_TITLE = 120
"""So many letters of what a record is called tell it from others."""

NO_ROOM = "There is no room for another view with a name: delete one, or lift the long search or filter."


async def choose(pane: "NarrowingPane") -> None:
    """Ask which view to bring back, or under which name to keep what is on screen, and do it."""
    memory, of = pane.parley.memory, pane.id or ""
    await memory.hear()

    def forget(name: str) -> None:
        memory.keep(Kept(named={(of, name): None}))
        pane.say(f"The view {quoted(name)} is deleted.")

    answer = await pane.parley.ask(NamedViews(pane.called, memory.kept.named_in(of), forget))
    if answer is None:
        return
    if answer.is_new:
        await keep(pane, answer.name)
    elif (view := memory.kept.named_in(of).get(answer.name)) is not None:
        await bring_back(pane, answer.name, view)


async def keep(pane: "NarrowingPane", name: str) -> None:
    """Keep what is on screen under a name, in the place of what had that before."""
    live = pane.parley.live
    where, untold = await live.asked(_in_words, pane, live.store)
    named = Kept(named={(pane.id or "", name): NamedView(pane.look, where, pane.chosen.search)})
    if not pane.parley.memory.has_room_for(named):
        pane.say(NO_ROOM, wrong=True)
        return
    pane.parley.memory.keep(named)
    kept = f"The view {quoted(name)} is kept"
    without = [f"the filter of {pane.labels()[each]}" for each in untold]
    back = f"; {key_for('named_views')} brings it back."
    pane.say(f"{kept}, but for {listed(without)}, which no words tell." if without else f"{kept}{back}")


async def bring_back(pane: "NarrowingPane", name: str, view: NamedView) -> None:
    """Show a view that was kept under a name; what is no longer there is left out, and said."""
    live, labels, look = pane.parley.live, pane.labels(), view.look
    where, gone = await live.asked(_there, pane, live.store, view.where)
    pane.picked |= {f"{each.field}={each.value}": value for each, value in where.items() if value}
    sort = tuple(each for each in look.sort if each.field in labels)
    columns = (*look.shown, *(each.field for each in look.sort))
    missing = [f"the column {each}" for each in dict.fromkeys(columns) if each not in labels]
    missing += [f"the filter {each.words}{f' ({each.about})' if each.about else ''}" for each in gone]
    await pane.bring_back(look._replace(sort=sort), tuple(where), view.search)
    if missing:
        pane.say(
            f"The view {quoted(name)} is back, but for what is not in this dossier: {listed(missing)}.", wrong=True
        )
    else:
        pane.say(f"The view {quoted(name)} is back.")


def quoted(name: str) -> str:
    """A name as a sentence holds it."""
    return f"“{plain(name, LONGEST_TOLD)}”"


def listed(things: Sequence[str]) -> str:
    """The first of several things, and how many others there are."""
    others = len(things) - 1
    return plain(things[0], LONGEST_TOLD) + (f" and {others} other{'s' if others > 1 else ''}" if others else "")


def _in_words(pane: "NarrowingPane", store: Store) -> tuple[tuple[KeptFilter, ...], list[str]]:
    """The filters as they are kept, and the fields of those that no words tell so that they come back the same."""
    kept, untold = [], {}
    for each, words in zip(pane.chosen.where, conditions_in_words(store, pane.chosen), strict=True):
        # words tell what is empty, but not whether that is a text
        meant = each._replace(value=None) if pane.field_named(each.field).is_empty(each.value) else each
        if _of_words(pane, store, words) == meant:
            value = pane.picked.get(f"{each.field}={each.value}", "")
            kept.append(KeptFilter(words, _called(store, pane.record_in(each)), value))
        else:
            untold[each.field] = words
    return tuple(kept), [*untold]


def _there(
    pane: "NarrowingPane", store: Store, kept: Sequence[KeptFilter]
) -> tuple[dict[Condition, str], list[KeptFilter]]:
    """The filters of this dossier, each with how its value is written, and those that it has not."""
    found, gone = {}, []
    for each in kept:
        condition = _of_words(pane, store, each.words)
        if condition is not None and _called(store, pane.record_in(condition)) == each.about:
            found[condition] = each.value
        else:
            gone.append(each)
    return found, gone


def _of_words(pane: "NarrowingPane", store: Store, words: str) -> Condition | None:
    """The filter that the words mean in this dossier; None where it has no such field or value."""
    try:
        condition, *others = conditions_of(store, pane.chosen, words)
    except Unknown:
        return None
    return None if others else condition


def _called(store: Store, record: tuple[str, Value] | None) -> str:
    """What a record is called at length; empty where there is none."""
    if record is None:
        return ""
    table, named = record
    try:
        id = named if isinstance(named, int) else store.resolve(table, str(named))
    except Refused:
        return ""
    kind = RECORDS[table]
    values = [found.values for found in store.rows(View(kind), [id])]
    titles = (str(each[name]) for each in values for name in ("name", "title", "text") if each.get(name))
    return next(titles, "")[:LONGEST_TITLE]
