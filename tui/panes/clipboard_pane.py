"""A pane whose cells go to the clipboard or to an editor outside, and come back from there."""

from typing import ClassVar

from storage import Question, View
from tui.panes.copied import Copied
from tui.panes.editing_pane import EditingPane


class ClipboardPane(EditingPane):
    """What every pane gives to other programs, and takes from them."""

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

    def action_paste(self) -> None:
        """Paste the cell that was copied last."""
        from tui.panes import pasting  # as above

        self.grid.goto_marked()
        self.parley.held(pasting.paste(self))

    def action_own_editor(self) -> None:
        """Edit the text under the cursor in the editor that the user has chosen for all programs."""
        from tui.panes import own_editor  # as above

        self.grid.goto_marked()
        self.parley.held(own_editor.edit(self))
