"""The keys as Textual wants them, and the footer that shows those that work now."""

import asyncio

from textual.binding import ActiveBinding, Binding
from textual.content import Content
from textual.screen import Screen
from textual.widget import Widget

from tui.dossier_app import OfParley
from tui.keys import CHARACTERS, KEYS, Place, key_name, keys_of

PLACES = {key.action: key.footer for key in KEYS}
MOST_HINTS = 10


def bindings(place: Place) -> list[Binding]:
    """The bindings of a place, each under the id of its action."""
    return [
        Binding(key.keys, key.action, key.word, show=bool(key.footer), tooltip=key.says, id=key.action)
        for key in keys_of(place)
    ]


class Footer(OfParley, Widget):
    """The keys that work where the focus is, at most ten, as many as the line holds."""

    DEFAULT_CSS = "Footer { height: 1; background: $footer-background; color: $footer-foreground; padding: 0 1; }"

    _showing: asyncio.Task[None] | None = None
    """The wait for a frame, after which the keys are shown."""

    def on_mount(self) -> None:
        """Show the keys anew whenever the focus moves to where others work."""
        self.screen.bindings_updated_signal.subscribe(self, self.follow)

    def follow(self, _screen: Screen[object]) -> None:
        """Show the keys that work now, a frame after what they work on, which would wait for them to be looked up."""
        if not self.screen.is_active:
            self.refresh()  # there is none to look up, and no frame of this screen to wait for
        elif self._showing is None or self._showing.done():
            self._showing = asyncio.create_task(self._show_when_painted())

    async def _show_when_painted(self) -> None:
        await self.parley.painted()
        self.refresh()

    def render(self) -> Content:
        """The hints in the order of importance, none of them cut; nothing while a dialog has the keys."""
        parts: list[Content] = []
        room = self.size.width
        for key, active in self._working()[:MOST_HINTS]:
            name = active.binding.key_display or key_name(key)
            part = Content.assemble((name, "$footer-key-foreground bold"), f" {active.binding.description}")
            room -= part.cell_length + 1
            if room < -1:
                break
            parts.append(part)
        return Content(" ").join(parts)

    def _working(self) -> list[tuple[str, ActiveBinding]]:
        """The keys that would do something now, one for each action; in an editor a letter is only a letter."""
        if not self.screen.is_active:
            return []
        focused = self.screen.focused
        found: dict[str, tuple[str, ActiveBinding]] = {}
        for key, active in self.screen.active_bindings.items():
            typed = key if len(key) == 1 else CHARACTERS.get(key)
            consumed = focused is not None and typed is not None and focused.check_consume_key(key, typed)
            if active.binding.show and active.enabled and not consumed and key_name(key):
                found.setdefault(active.binding.action, (key, active))
        return sorted(found.values(), key=lambda each: PLACES.get(each[1].binding.action, 0))
