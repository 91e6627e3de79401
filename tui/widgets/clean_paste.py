"""What every place to type in does with a paste: nothing gets into it that drives the terminal."""

from typing import Protocol

from textual.app import App
from textual.events import Paste


class TypedInto(Protocol):
    """A widget in which something can be typed."""

    @property
    def app(self) -> App[object]:
        """The app, which keeps what was copied."""

    def take(self, text: str) -> None:
        """Type a text at the cursor."""


class CleanPaste:
    """To stand before the widget of Textual: a paste, and what was copied in the app, go through `take`.

    It is no widget itself, since Textual takes styles from the first widget that a class is made from.
    """

    def on_paste(self: TypedInto, event: Paste) -> None:
        """Take what can be typed of a paste, in place of what is selected."""
        event.prevent_default()
        event.stop()
        self.take(event.text)

    def action_paste(self: TypedInto) -> None:
        """Take what can be typed of what was copied in the app."""
        self.take(self.app.clipboard)
