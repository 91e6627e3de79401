"""The top line: which dossier this is, and which views there are."""

from collections.abc import Iterator

from rich.cells import cell_len
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from tui.display import safe
from tui.keys import VIEWS, first_key, view_key

SHORT = {"Commitments": "Commit", "Timeline": "Time", "Evidence": "Evid"}
IN_SIGHT = ("Parties", "Rounds")
"""The views that go without a word when the line is full, since their panes are in sight with their numbers."""
LEAST_NAME = 12
SHORTEST = 4


class TitleStrip(Widget):
    """The file's name, or DEMO, and the views with their keys, the current one marked."""

    DEFAULT_CSS = "TitleStrip { height: 1; background: $panel; color: $foreground; padding: 0 1; }"

    current: reactive[str] = reactive("demands")
    more: reactive[str] = reactive("")
    """The title of another kind of record that is in the main pane; empty when it is one of the views."""

    def __init__(self, called: str) -> None:
        super().__init__()
        self.called = called

    def render(self) -> Content:
        """As much as the line holds: words go or are cut, the last ones first, before the name of the file is."""
        key = first_key("other_records")
        more = self._marked(f"{key} {self.more}".strip()) if self.more else Content(f"{key}…")
        words = next(words for words in self._shorter() if self._fits(words, more) or not any(words))
        views = self._views(words)
        room = max(self.size.width - views.cell_length - more.cell_length - 3, SHORTEST)
        name = safe(self.called).truncate(room, ellipsis=True).stylize("bold")
        return Content.assemble(name, " ", views, more)

    def _fits(self, words: list[str], more: Content) -> bool:
        taken = self._views(words).cell_length + more.cell_length
        return taken + min(cell_len(self.called), LEAST_NAME) + 3 <= self.size.width

    def _shorter(self) -> Iterator[list[str]]:
        """The words of the views, each time a little shorter, that of the current one last, in the end none."""
        words = [word for word, _ in VIEWS]
        yield list(words)
        current = [at for at, (_, name) in enumerate(VIEWS) if name == self.current]
        words = ["" if word in IN_SIGHT and at not in current else word for at, word in enumerate(words)]
        yield list(words)
        others = (at for at in reversed(range(len(words))) if at not in current)
        order = [*others, *current]
        for cut in (SHORT.get, lambda word, _: word[:SHORTEST], lambda _word, _: ""):
            for at in order:
                words[at] = cut(words[at], words[at])
                yield list(words)

    def _views(self, words: list[str]) -> Content:
        parts = [self._view(word, name) for (_, name), word in zip(VIEWS, words, strict=True) if word]
        return Content("").join(parts)

    def _view(self, word: str, name: str) -> Content:
        text = f"{view_key(name)} {word}".strip()
        return self._marked(text) if name == self.current and not self.more else Content(f" {text} ")

    @staticmethod
    def _marked(text: str) -> Content:
        return Content.assemble("▌", (text, "reverse"), "▐")
