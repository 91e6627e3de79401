"""The top line: which dossier this is, and which views there are."""

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from tui.display import safe

VIEWS = (("1", "Parties", "parties"), ("2", "Rounds", "rounds"), ("3", "Demands", "demands"), ("4", "Detail", "detail"))


class TitleStrip(Widget):
    """The file's name, or DEMO, and the numbered views with the current one marked."""

    DEFAULT_CSS = "TitleStrip { height: 1; background: $panel; color: $foreground; padding: 0 1; }"

    current: reactive[str] = reactive("demands")
    more: reactive[str] = reactive("")
    """The title of the kind of record that 0 brought into the main pane; empty when it is one with a number."""

    def __init__(self, called: str) -> None:
        super().__init__()
        self.called = called

    def render(self) -> Content:
        """As much as the line holds: the name is cut before the views are."""
        views = Content(" ").join([self._view(number, word, name) for number, word, name in VIEWS])
        more = self._marked(f"0 {self.more}") if self.more else Content("0…")
        right = Content.assemble(views, " ", more)
        room = max(self.size.width - right.cell_length - 3, 6)
        name = safe(self.called)
        return Content.assemble(name.truncate(room, ellipsis=True).stylize("bold"), "  ", right)

    def _view(self, number: str, word: str, name: str) -> Content:
        text = f"{number} {word}"
        return self._marked(text) if name == self.current and not self.more else Content(f" {text} ")

    @staticmethod
    def _marked(text: str) -> Content:
        return Content.assemble("▌", (text, "reverse"), "▐")
