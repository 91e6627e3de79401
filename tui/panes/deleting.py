"""Records deleted from a pane, after a question where more goes than the eye sees."""

from typing import TYPE_CHECKING

from storage import Kind, StorageError, counted_records

if TYPE_CHECKING:
    from tui.panes.editing_pane import EditingPane


async def delete(pane: "EditingPane", kind: Kind, ids: list[int]) -> bool:
    """Delete at once what stands alone; ask before a cascade or several rows. True when they are gone."""
    if pane.only_reads():
        return False
    live = pane.parley.live
    along = await live.going_along(kind, ids)
    if along or len(ids) > 1:
        from tui.screens.confirm import Confirm

        if not await pane.parley.ask(Confirm(await _question(pane, kind, ids, along), "Delete")):
            pane.say("Nothing deleted.")
            return False
    try:
        change = await live.delete(kind, ids)
    except StorageError as error:
        pane.refuse(str(error))
        return False
    pane.say_saved(change)
    return True


async def _question(pane: "EditingPane", kind: Kind, ids: list[int], along: dict[str, int]) -> str:
    called = await pane.parley.live.keys(kind.table, ids[:1])
    what = called[0] if called and len(ids) == 1 else kind.counted(len(ids))
    return f"Delete {what}, and with it {counted_records(along)}?" if along else f"Delete {what}?"
