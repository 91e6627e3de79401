"""The whole screen in letters and the signs of a keyboard, cell by cell, for who wants letters in place of signs."""

from typing import Final

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

ON_A_KEYBOARD: Final = str.maketrans(
    {
        **dict.fromkeys("╭╮╰╯┌┐└┘├┤┬┴┼", "+"),
        **dict.fromkeys("─━═–—−‐", "-"),
        **dict.fromkeys("│┃║▌▐·", "|"),
        **dict.fromkeys("▁▂▃▄▅▆▇▉▊▋▍▎▏▔▕", " "),
        **dict.fromkeys("“”„", '"'),
        **dict.fromkeys("‘’‚", "'"),
        **dict.fromkeys("→▸›", ">"),
        **dict.fromkeys("←‹⇤", "<"),
        "↑": "^",
        "↓": "v",
        "●": "*",
        "•": "*",
        "█": "#",
        "≈": "~",
        "∅": "-",
        "✖": "!",
        "…": ".",
        "⏎": "/",
        "⇥": ">",
    }
)
"""What stands for a sign; panes have signs in place of words, which are letters of their own: see `LETTERS`."""


class _Letters(LineFilter):
    """What Textual asks for each line that is painted."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002  # Textual's
        """The same line without signs."""
        return [Segment(text.translate(ON_A_KEYBOARD), style, control) for text, style, control in segments]


PAINTED_IN_LETTERS: Final = _Letters()
