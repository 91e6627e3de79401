"""The least that Textual can show: one label; what the start of Parley stands beside."""

from textual.app import App, ComposeResult
from textual.widgets import Label


class Hello(App[None]):
    """One label."""

    def compose(self) -> ComposeResult:
        """The label."""
        yield Label("hello there")


if __name__ == "__main__":
    Hello().run()
