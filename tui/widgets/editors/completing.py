"""One line with completions under it."""

from collections.abc import Sequence

from textual.app import ComposeResult

from storage import StorageError, Suggestion, fold
from tui.widgets.editors.base import Cell
from tui.widgets.editors.line import LineEditor
from tui.widgets.editors.listed import ListedEditor
from tui.widgets.editors.options import Row


class CompletingEditor(LineEditor, ListedEditor):
    """One line, and a list of what begins with it or holds it; ↓ chooses in the list."""

    LEAST_WIDTH = 36

    def __init__(self, cell: Cell) -> None:
        super().__init__(cell)
        self.suggestions: Sequence[Suggestion] = ()
        self._completed = ""
        """The text that the suggestions are for."""

    def compose(self) -> ComposeResult:
        """The line and the list."""
        yield self.line
        yield self.options

    def on_mount(self) -> None:
        """Open with everything there is to choose from."""
        self.call_later(self.complete)

    async def changed(self) -> None:
        """Complete what is typed and look at it."""
        if await self.complete():
            self.look()

    async def complete(self) -> bool:
        """List the completions of what is typed, everything while the stored value stands there; False if refused."""
        text, refused = self.draft_text, ""
        try:
            found = await self.suggestions_for("" if text == self.start_text else self.typed_text)
        except StorageError as error:
            found, refused = [], str(error)
            self.say(refused, ok=False)
        self.suggestions, self._completed = found, text
        self.options.list_rows([*map(_row, found), *self.rows_besides()])
        self.stand()
        return not refused

    async def suggestions_for(self, typed: str) -> list[Suggestion]:
        """The completions of a text."""
        return await self.cell.suggest(typed)

    def rows_besides(self) -> list[Row]:
        """What can be chosen besides the completions."""
        return []

    @property
    def new_text(self) -> str:
        """What is typed, if it is neither what is stored nor a completion; else empty."""
        is_known = self.draft_text == self.start_text or self.exact() is not None
        return "" if is_known else self.typed_text.strip()

    def exact(self) -> Suggestion | None:
        """The completion that is called just as what is typed, or None."""
        typed = fold(self.typed_text.strip())
        return next((each for each in self.suggestions if typed in (fold(each.name), fold(each.long_name))), None)

    def only(self) -> Suggestion | None:
        """The completion that Enter takes when none is chosen: the exact one, else the only one."""
        if self._completed != self.draft_text:
            return None
        return self.exact() or (self.suggestions[0] if len(self.suggestions) == 1 else None)


def _row(suggestion: Suggestion) -> Row:
    note = "" if suggestion.long_name == suggestion.name else suggestion.long_name
    return Row(suggestion.name, note, suggestion)
