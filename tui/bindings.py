"""The keys as Textual wants them, and the footer that shows those that work now."""

from textual.binding import Binding
from textual.content import Content
from textual.widget import Widget

from tui.keys import KEYS, Key, Place, keys_of

SHOWN_AS = {key.action: key.shown_as for key in KEYS if key.shown_as}


def bindings(place: Place) -> list[Binding]:
    """The bindings of a place, each under the id of its action."""
    return [
        Binding(key.keys, key.action, key.word, show=bool(key.footer), tooltip=key.says, id=key.action)
        for key in keys_of(place)
    ]


def key_shown(key: Key) -> str:
    """How the first key of an action is written."""
    first = key.keys.split(",")[0]
    return key.shown_as or first.replace("ctrl+", "^").replace("delete", "del").replace("escape", "esc")


class Footer(Widget):
    """The keys that work where the focus is, at most ten, as many as the line holds."""

    DEFAULT_CSS = "Footer { height: 1; background: $footer-background; color: $footer-foreground; padding: 0 1; }"

    def on_mount(self) -> None:
        """Show the keys anew whenever the focus moves to where others work."""
        self.screen.bindings_updated_signal.subscribe(self, lambda _screen: self.refresh())

    def render(self) -> Content:
        """The hints in the order of importance, none of them cut."""
        parts: list[Content] = []
        room = self.size.width
        for key in self._working():
            part = Content.assemble((key_shown(key), "$footer-key-foreground bold"), f" {key.word}")
            room -= part.cell_length + 1
            if room < -1:
                break
            parts.append(part)
        return Content(" ").join(parts)

    def _working(self) -> list[Key]:
        """The actions with a place in the footer whose keys would do something now."""
        working = {active.binding.action for active in self.screen.active_bindings.values() if active.enabled}
        return sorted((key for key in KEYS if key.footer and key.action in working), key=lambda key: key.footer)
