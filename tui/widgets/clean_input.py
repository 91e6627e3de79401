"""A line to type in, into which nothing gets that drives the terminal."""

from textual.widgets import Input

from tui.widgets.clean_paste import CleanPaste
from tui.widgets.editors.cleaning import cleaned


class CleanInput(CleanPaste, Input):
    """A line that takes of a paste what can be typed."""

    def take(self, text: str) -> None:
        """Type a text at the cursor."""
        clean, word = cleaned(text)
        self.replace(clean, *self.selection)
        if word:
            self.has_lost(word)

    def has_lost(self, word: str) -> None:
        """Called with a word on what a paste has lost, for a line that can say it."""
