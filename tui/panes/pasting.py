"""The cell that was copied last, put into another one as an edit would."""

from typing import TYPE_CHECKING, Final

from storage import StorageError, Value, fold, plain
from tui.keys import with_keys
from tui.panes.copied import OnClipboard
from tui.panes.target import Target
from tui.widgets.editors import editor_for
from tui.widgets.editors.cleaning import cleaned

if TYPE_CHECKING:
    from tui.panes.clipboard_pane import ClipboardPane
    from tui.panes.editing_pane import EditingPane

NOTHING_COPIED: Final = (
    "Nothing is copied yet: {copy} copies the cell under the cursor, {paste} pastes it into another."
)
NO_CELL: Final = (
    "What was copied last is no cell: {copy} copies the one under the cursor, {paste} pastes it into another."
)


async def paste(pane: "ClipboardPane") -> None:
    """Save what was copied last in the cell under the cursor, or in that field of the marked rows."""
    target = await pane.target_here()
    if target is None or pane.only_reads():
        return
    copied = pane.parley.copied
    if copied is None or copied.text != pane.app.clipboard:
        pane.say(with_keys(NO_CELL if pane.app.clipboard else NOTHING_COPIED), wrong=True)
        return
    try:
        value = await _value_for(pane, target, copied)
    except (ValueError, StorageError) as problem:
        pane.say(str(problem), wrong=True)
    else:
        await pane.submitted(target, value)


async def understood(pane: "EditingPane", target: Target, text: str) -> Value:
    """The value that a pasted text stands for in a cell; ValueError and StorageError say why it stands for none."""
    typed, _ = cleaned(text, multiline=target.field.type == "long")
    return await editor_for(target.field)(pane.cell_of(target)._replace(draft=typed)).checked()


async def _value_for(pane: "EditingPane", target: Target, copied: OnClipboard) -> Value:
    """What a cell is to hold: the same record or the same list, else what the words of the copied one stand for."""
    words = copied.cell.words if copied.cell is not None else copied.text
    if target.field.type == "flag":
        return _yes_or_no(target, words)
    if target.field.type == "choice":
        return _word(target, words.strip())
    value = _as_it_is(target, copied.cell) if copied.cell is not None else None
    return await understood(pane, target, words) if value is None else value


def _as_it_is(target: Target, copied: Target) -> Value:
    """The record or the list that was copied, where the cell takes one; None where words are to tell."""
    kind, id = copied.refers_to()
    if target.is_subject and kind is not None and id is not None:
        return (kind.singular, str(id))
    if kind is not None and kind.table == target.field.refers_to:
        return id
    return copied.stored if target.field.type == copied.field.type == "list" else None


def _yes_or_no(target: Target, words: str) -> bool:
    if words not in ("yes", "no"):
        raise ValueError(f"{target.field.label} is yes or no; “{plain(words, 40)}” is neither.")
    return words == "yes"


def _word(target: Target, words: str) -> Value:
    """The word of the vocabulary, whole, as a beginning may be meant for another one."""
    choices = target.field.choices
    found = next((each for each in choices if fold(each) == fold(words)), None)
    if found is None:
        raise ValueError(f"{target.field.label} takes {', '.join(choices)}; “{plain(words, 40)}” is none of them.")
    return found
