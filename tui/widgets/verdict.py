"""What a dialog says of what is typed in it."""

from textual.widgets import Static

from tui.display import safe


class Verdict(Static):
    """A sentence under the lines of a dialog; what is wrong is marked by a sign as well as by colour."""

    DEFAULT_CSS = """
    Verdict { height: auto; }
    Verdict.-wrong { color: $text-error; text-style: bold; }
    """

    def say(self, text: str, wrong: bool = False) -> None:
        """Say this in place of what was said before."""
        self.set_class(wrong, "-wrong")
        self.update(safe(f"✖ {text}" if wrong else text))
