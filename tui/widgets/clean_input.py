"""A line to type in that nothing gets into which drives the terminal."""

from textual.events import Paste
from textual.widgets import Input

from tui.widgets.editors.cleaning import cleaned


class CleanInput(Input):
    """A line that takes of a paste what can be typed."""

    def on_paste(self, event: Paste) -> None:
        """Take what can be typed of a paste, in place of what is selected."""
        event.prevent_default()
        event.stop()
        self.take(event.text)

    def action_paste(self) -> None:
        """Take what can be typed of what was copied in the app."""
        self.take(self.app.clipboard)

    def take(self, text: str) -> None:
        """Type a text at the cursor."""
        clean, word = cleaned(text)
        self.replace(clean, *self.selection)
        if word:
            self.has_lost(word)

    def has_lost(self, word: str) -> None:
        """Called with a word on what a paste has lost, for a line that can say it."""
