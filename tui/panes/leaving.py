"""How rows leave a pane: to the clipboard, or through the export dialog into a file."""

import io
from collections.abc import Container, Sequence
from typing import TYPE_CHECKING, Final

from storage import FORMATS, Format, Found, Question, Store, View, counted_rows, outgoing
from tui.dossier_app import DossierApp
from tui.exporting import Order, carried_out
from tui.keys import key_for, with_keys
from tui.memory import ExportChoices, Kept
from tui.panes.copied import Copied, OnClipboard
from tui.panes.narrowing_pane import MARKED, SHOWN
from tui.panes.target import Target
from tui.progress import Progress
from tui.screens.choose import Choose
from tui.screens.export import Export
from tui.screens.working import with_progress
from tui.widgets.status import Said, StatusLine

if TYPE_CHECKING:
    from tui.panes.clipboard_pane import ClipboardPane
    from tui.panes.narrowing_pane import NarrowingPane

INTERNAL_ALONE: Final = "Not copied: this rests on internal statements alone. {export} exports it if you include them."


async def copy(pane: "ClipboardPane") -> None:
    """Put on the clipboard what the status line offers, else the marked rows, else the cell under the cursor."""
    offered = pane.screen.query_one(StatusLine).said.to_copy
    if offered:
        pane.app.copy_to_clipboard(offered)
        pane.say("The path is copied.")
        return
    asked = await pane.to_copy()
    if asked is None:
        pane.say(with_keys(pane.NOTHING_TO_COPY), wrong=True)
        return
    rows, text, cell = await pane.parley.live.asked(_as_text, pane.parley.live.store, asked, FORMATS["tsv"])
    if not rows:
        pane.say(with_keys(INTERNAL_ALONE), wrong=True)
    elif not text:
        pane.say("Not copied: the cell is empty.", wrong=True)
    else:
        pane.parley.copied = OnClipboard(text, cell) if asked.read else None
        pane.app.copy_to_clipboard(text)
        pane.say("Copied." if asked.read else f"{counted_rows(rows)} copied.")


async def copy_as(pane: "ClipboardPane") -> None:
    """Ask in which format, and put the marked rows, else the row under the cursor, on the clipboard."""
    asked = await pane.rows_to_copy()
    if asked is None:
        pane.say(with_keys(pane.NOTHING_TO_COPY), wrong=True)
        return
    texts = {each.name: f"{each.name:<8}{each.title}" for each in FORMATS.values() if each.write_file is None}
    name = await pane.parley.ask(Choose("Copy as", texts))
    if name is None:
        pane.say("Nothing copied.")
        return
    rows, text, _ = await pane.parley.live.asked(_as_text, pane.parley.live.store, Copied(asked), FORMATS[name])
    if not rows:
        pane.say(with_keys(INTERNAL_ALONE), wrong=True)
    else:
        pane.app.copy_to_clipboard(text)
        pane.say(f"{counted_rows(rows)} copied as {name}.")


def _as_text(store: Store, asked: Copied, format: Format) -> tuple[int, str, Target | None]:
    """How many rows may leave, their text, and the cell that it is of if it is of one."""
    with outgoing(store) as leaving:
        if asked.read is not None:
            rows = _rows_of(leaving.store, asked.asked)
            return len(rows), "\n".join(map(asked.read, rows)), asked.cell(rows[0]) if rows else None
        out = io.StringIO()
        return leaving.write_view(asked.asked, format, out), out.getvalue(), None


def _rows_of(store: Store, asked: View | Question) -> Sequence[Found]:
    """The rows of a view, those of a computed one or with a computed column among them."""
    if isinstance(asked, View) and asked.is_stored:
        return store.rows(asked, store.find(asked))
    from storage import Answers

    with store.one_moment():
        answers = Answers(store)
        return [*(answers.demands(asked) if isinstance(asked, View) else answers.table(asked)).rows]


async def export(pane: "NarrowingPane") -> None:
    """Ask what to export and how, and do it."""
    app = pane.parley
    await pane.whole()
    proposed = _proposed(app.memory.kept.export, pane.exports)
    exported = await app.ask(Export(pane.called, pane.exports, lambda order: _carried_out(app, order), proposed))
    if exported is None:
        pane.say("Nothing exported.")
        return
    app.memory.keep(Kept(export=exported.choices))
    target = exported.order.target
    if target is None:
        app.copy_to_clipboard(exported.text)
        pane.say(f"{exported.what} -> the clipboard")
    else:
        said = f"{exported.what} -> {target} ({key_for('copy')} copies the path)"
        pane.post_message(Said(said, to_copy=str(target.absolute())))


def _proposed(last: ExportChoices, offered: Container[str]) -> ExportChoices:
    """As the last time; but rows are marked to be exported, where the last time was only the usual one."""
    wanted = (MARKED if last.what in ("", SHOWN) else last.what, MARKED, SHOWN)
    return last._replace(what=next(each for each in wanted if each in offered))


async def _carried_out(app: DossierApp, order: Order) -> tuple[str, str]:
    """Carry an order out, and show how far it is."""
    progress = Progress()
    return await with_progress(app, "Exporting", progress, carried_out(app.live.store, order, progress))
