"""A framed grid whose keys act on it at once, or say why they can't."""

from collections.abc import Mapping
from functools import cached_property
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.events import Key

from tui.bindings import bindings
from tui.dossier_app import OfParley
from tui.keys import HasKeys, keys_of, live_keys, with_keys
from tui.live_store import ONLY_READ
from tui.panes.framed import Framed
from tui.widgets.grid import Grid
from tui.widgets.grid_moves import GRID_KEYS
from tui.widgets.status import Said


class ActingPane(OfParley, Framed):
    """A pane with one grid, to which the keys of the pane belong while nothing is typed in it."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("pane")]
    REFUSED: ClassVar[Mapping[str, str]] = {
        "red_line": "{red_line} draws a red line in {view_matrix}, on the answer of a party."
    }
    """Why an action has nothing to act on in such a pane, wherever its cursor is."""

    grid: Grid

    def compose(self) -> ComposeResult:
        """The grid."""
        yield self.grid

    @property
    def typing(self) -> bool:
        """True while keys go to an editor or to another line in the pane."""
        raise NotImplementedError

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Nothing of the pane can be done by a key while something in it is typed; None for what is refused here."""
        if self.typing:
            return False
        return None if self.why_not(action) else super().check_action(action, parameters)

    def why_not(self, action: str) -> str:
        """Why an action has nothing to act on in this pane; empty for one that can act."""
        return with_keys(self.REFUSED.get(action, ""))

    def acts_on(self, key: str) -> bool:
        """True for a key that is none of the grid's own while nothing is typed."""
        return key in self._actions and not self.typing and not self.grid.hears(key)

    async def on_key(self, event: Key) -> None:
        """Do at once what a key does here, before it goes up through the screen; of one that can't act say why."""
        action = self._actions.get(event.key)
        if action is None or self.typing:
            return
        event.stop()
        if why := self.why_not(action):
            self.say(why, wrong=True)
        else:
            await self.app.run_action(action, self)

    @cached_property
    def _actions(self) -> Mapping[str, str]:
        """What each key does in the pane or in its grid; no key is one of two actions."""
        bound: tuple[HasKeys, ...] = (*keys_of("pane"), *GRID_KEYS)
        return {key: each.action for each in bound for key in live_keys(each).split(",")}

    def only_reads(self) -> bool:
        """True, and said so, where the dossier is open for reading only."""
        if self.parley.live.read_only:
            self.say(ONLY_READ, wrong=True)
        return self.parley.live.read_only

    def say(self, text: str, wrong: bool = False) -> None:
        """Put a sentence into the status line."""
        self.post_message(Said(text, wrong))
