"""A frame with words in its upper and its lower line, of which only those are painted that differ."""

from typing import Final, Self

from textual.containers import Vertical
from textual.content import Content
from textual.geometry import Region
from textual.strip import Strip

FRAME_LINES: Final = 2
"""The lines of the frame above and below what is in it."""


class Framed(Vertical):
    """What is in a pane with a frame around it."""

    DEFAULT_CSS = """
    Framed { border: round $foreground 35%; border-title-color: $foreground; border-subtitle-color: $foreground;
        layers: base editor; }
    Framed.-current { border: round $border; border-title-style: bold; }
    """

    _in_frame = Content(), Content()
    _written: Region | None = None
    """The line of the frame into which words are written just now."""

    def tell_frame(self, title: Content, subtitle: Content) -> None:
        """Write into the frame, where that differs from what stands there."""
        width, height = self.size
        if title != self._in_frame[0]:
            self._written = Region(-1, -1, width + FRAME_LINES, 1)
            self.border_title = title
        if subtitle != self._in_frame[1]:
            self._written = Region(-1, height, width + FRAME_LINES, 1)
            self.border_subtitle = subtitle
        self._in_frame, self._written = (title, subtitle), None

    def refresh(self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False) -> Self:
        """As of any widget; but words that are written into the frame leave what is in it as it is."""
        if self._written is not None:
            regions = (self._written,)
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def render_lines(self, crop: Region) -> list[Strip]:
        """As of any widget; all lines within the frame are alike, so that one of them is drawn for all."""
        width, height = self.outer_size
        if crop != Region(0, 0, width, height) or height <= FRAME_LINES:
            return super().render_lines(crop)
        top, within = super().render_lines(Region(0, 0, width, 2))
        [bottom] = super().render_lines(Region(0, height - 1, width, 1))
        return [top, *[within] * (height - FRAME_LINES), bottom]
