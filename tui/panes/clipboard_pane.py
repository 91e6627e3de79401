"""A pane whose cells and rows are copied, and into whose cells what was copied is pasted."""

from typing import ClassVar

from storage import Question, View
from tui.panes.copied import Copied
from tui.panes.editing_pane import EditingPane
from tui.panes.target import Target


class ClipboardPane(EditingPane):
    """What every pane gives to the clipboard, and takes from it."""

    NOTHING_TO_COPY: ClassVar[str] = "There is nothing to copy."

    async def to_copy(self) -> Copied | None:
        """The marked rows, else what the cell under the cursor holds; None where that is nothing."""
        raise NotImplementedError

    async def rows_to_copy(self) -> View | Question | None:
        """The marked rows as they are shown, else the one under the cursor; None without rows."""
        raise NotImplementedError

    def action_copy(self) -> None:
        """Copy the cell or the marked rows."""
        from tui.panes import leaving  # formats are loaded when something first leaves

        self.parley.held(leaving.copy(self))

    def action_copy_as(self) -> None:
        """Copy the row or the marked rows in a format that is asked for."""
        from tui.panes import leaving

        self.parley.held(leaving.copy_as(self))

    async def target_of_paste(self) -> Target | None:
        """What a paste changes; None, after a word why, if it can change nothing here."""
        return await self.target_here()

    def action_paste(self) -> None:
        """Paste the cell that was copied last."""
        from tui.panes import pasting  # as above

        self.parley.held(pasting.paste(self))
