"""How rows leave a pane: to the clipboard, or through the export dialog into a file."""

import asyncio
import io
from collections.abc import Container
from typing import TYPE_CHECKING

from storage import FORMATS, Question, Store, Switches, View, outgoing
from tui.memory import ExportChoices, Kept
from tui.panes.narrowing_pane import MARKED, SHOWN
from tui.screens.export import Export, Order, Progress, carried_out
from tui.widgets.status import Said, StatusLine

if TYPE_CHECKING:
    from tui.app import Parley
    from tui.panes.narrowing_pane import NarrowingPane

QUIET_SECONDS = 0.3
"""An export that is done within this shows no progress."""


async def copy(pane: "NarrowingPane") -> None:
    """Put on the clipboard what the status line offers, else the marked rows, else the cell under the cursor."""
    offered = pane.screen.query_one(StatusLine).said.to_copy
    if offered:
        pane.app.copy_to_clipboard(offered)
        pane.say("The path is copied.")
        return
    name = pane.grid.cursor_field
    asked = await pane.to_copy()
    if asked is None or name is None:
        pane.say("There is nothing to copy.", wrong=True)
        return
    marked = bool(pane.grid.marked)
    rows, text = await pane.parley.live.asked(_as_text, pane.parley.live.store, asked, marked)
    if not rows:
        pane.say("Not copied: this rests on internal statements alone. E exports it if you include them.", wrong=True)
        return
    pane.app.copy_to_clipboard(text if marked else text.removesuffix("\n"))
    pane.say(f"{rows:,} {'row' if rows == 1 else 'rows'} copied." if marked else "Copied.")


def _as_text(store: Store, view: View | Question, headers: bool) -> tuple[int, str]:
    out = io.StringIO()
    with outgoing(store) as leaving:
        rows = leaving.write_view(view, FORMATS["tsv"], out, switches=Switches(headers=headers))
    return rows, out.getvalue()


async def export(pane: "NarrowingPane") -> None:
    """Ask what to export and how, and do it."""
    app = pane.parley
    await pane.whole()
    proposed = _proposed(app.memory.kept.export, pane.exports)
    exported = await app.ask(Export(pane.called, pane.exports, lambda order: _with_progress(app, order), proposed))
    if exported is None:
        pane.say("Nothing exported.")
        return
    app.memory.keep(Kept(export=exported.choices))
    target = exported.order.target
    said = f"{exported.rows:,} {'row' if exported.rows == 1 else 'rows'}"
    if target is None:
        app.copy_to_clipboard(exported.text)
        pane.say(f"{said} -> the clipboard")
    else:
        pane.post_message(Said(f"{said} -> {target} (y copies the path)", to_copy=str(target.absolute())))


def _proposed(last: ExportChoices, offered: Container[str]) -> ExportChoices:
    """As the last time; but rows are marked to be exported, where the last time was only the usual one."""
    wanted = (MARKED if last.what in ("", SHOWN) else last.what, MARKED, SHOWN)
    return last._replace(what=next(each for each in wanted if each in offered))


async def _with_progress(app: "Parley", order: Order) -> tuple[int, str]:
    """Carry an order out; after a moment a screen shows how far it is and lets it be stopped."""
    progress = Progress()
    work = asyncio.create_task(carried_out(app.live.store, order, progress))
    done, _ = await asyncio.wait({work}, timeout=QUIET_SECONDS)
    if not done:
        from tui.screens.working import Working

        screen = Working("Exporting", progress)
        await app.push_screen(screen)
        app.release()
        await asyncio.wait({work})
        screen.dismiss()
    return await work
