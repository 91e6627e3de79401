"""What is painted when a part of a screen has changed, and when: what can be seen there, line by line."""

import asyncio
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import pairwise
from time import sleep
from typing import Final, cast

from textual._compositor import ChopsUpdate, Compositor  # what paints a screen has no public name
from textual.geometry import Region
from textual.screen import Screen
from textual.strip import Strip

TURN_SECONDS: Final = 0.00005
"""So long it takes a thread to wake."""

MOST_TURNS: Final = 5
"""Of the loop, for a message to reach the screen."""


def paint_now(screen: Screen[object]) -> None:
    """Paint what has changed at once, in place of after every message about it; not before a layout that is to come."""
    if screen.app._batch_count or not screen.is_current or _is_to_hear_of_layout(screen):
        return
    for each in screen._compositor.visible_widgets:
        if each._repaint_required:
            each._repaint_required = False
            screen._dirty_widgets.add(each)
    screen._on_timer_update()


async def layout_heard_of(screen: Screen[object]) -> None:
    """Return when what has to be laid out anew is known to the screen, which is a matter of two messages."""
    for _ in range(MOST_TURNS):
        if not _is_to_hear_of_layout(screen):
            return
        await asyncio.sleep(0)


def _is_to_hear_of_layout(screen: Screen[object]) -> bool:
    """True when a widget has to be laid out anew, or a message may say so."""
    within = screen._compositor.visible_widgets.keys() - {screen}
    return screen.message_queue_size > 0 or any(each._layout_required for each in within)


def let_it_be_written() -> None:
    """Give the thread that writes to the terminal its turn; else it waits until there is nothing left to do here."""
    sleep(TURN_SECONDS)


class Painter(Compositor):
    """Textual's own asks every widget of a screen for all of its lines, also those of which nothing will be seen."""

    def render_partial_update(self) -> ChopsUpdate | None:
        """What is to be written where something has changed; of other parts of the same lines nothing is drawn."""
        regions = self._dirty_regions.copy()
        self._dirty_regions.clear()
        if not regions:
            return None
        spans = list(self._regions_to_spans(regions))
        return ChopsUpdate(self._pieces(spans), spans, [line[1:] for line in self.cuts])

    def _render_chops(self, crop: Region, is_rendered_line: Callable[[int], bool]) -> Sequence[Mapping[int, Strip]]:
        """For each line its pieces by where they start."""
        return self._pieces((y, crop.x, crop.right) for y in crop.line_range if is_rendered_line(y))

    def _pieces(self, spans: Iterable[tuple[int, int, int]]) -> Sequence[Mapping[int, Strip]]:
        """For each line its pieces by where they start; the widgets come in the order from the front to the back."""
        cuts = self.cuts
        pieces: list[dict[int, Strip | None]] = [dict.fromkeys(line[:-1]) for line in cuts]
        missing: dict[int, set[int]] = {}
        for y, left, right in spans:
            missing.setdefault(y, set()).update(x for x, end in pairwise(cuts[y]) if x < right and end > left)
        for widget, (region, clip) in self.visible_widgets.items():
            part = region.intersection(clip)
            left, right = part.column_span
            seen = {
                y: starts
                for y in missing.keys() & part.line_range
                if (starts := [start for start in missing[y] if left <= start < right])
            }
            if not seen:
                continue
            top, bottom = min(seen), max(seen)
            lines = widget.render_lines(Region(left - region.x, top - region.y, part.width, bottom - top + 1))
            for y, starts in seen.items():
                inside = [cut for cut in cuts[y] if left <= cut <= right]
                found = dict(zip(inside, lines[y - top].divide([cut - left for cut in inside[1:]]), strict=False))
                missing[y].difference_update(found)
                if not missing[y]:
                    del missing[y]
                pieces[y].update((start, found[start]) for start in starts if start in found)
        return cast(Sequence[Mapping[int, Strip]], pieces)  # those that nobody asks for are None
