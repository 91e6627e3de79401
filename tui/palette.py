"""Every action of Parley in the command palette, under the words that help uses."""

from collections.abc import AsyncIterator
from functools import partial

from textual.command import CommandList, CommandPalette, DiscoveryHit, Hit, Hits, Provider

from tui.keys import KEYS, Key, key_name, live_keys


class Palette(CommandPalette):
    """The palette, in whose list keys move once it is on the screen: before that Textual's own fails at a page."""

    def _action_command_list(self, action: str) -> None:  # it has no public name
        if self.query_one(CommandList).scrollable_content_region:
            super()._action_command_list(action)


class Actions(Provider):
    """The actions that would do something where the palette was opened."""

    async def discover(self) -> Hits:
        """All of them, in the order of help."""
        async for key in self._possible():
            yield DiscoveryHit(_title(key), partial(self._do, key), help=key.says)

    async def search(self, query: str) -> Hits:
        """Those whose words go with what is typed."""
        matcher = self.matcher(query)
        async for key in self._possible():
            score = max(matcher.match(_title(key)), matcher.match(key.says))
            if score:
                yield Hit(score, matcher.highlight(_title(key)), partial(self._do, key), help=key.says)

    async def _possible(self) -> AsyncIterator[Key]:
        working = {active.binding.action for active in self.screen.active_bindings.values() if active.enabled}
        for key in KEYS:
            if key.action in working and key.action != "palette":
                yield key

    async def _do(self, key: Key) -> None:
        focused = self.screen.focused or self.screen
        await self.app.run_action(
            key.action,
            next(
                (
                    node
                    for node in focused.ancestors_with_self
                    if hasattr(node, f"action_{key.action.partition('(')[0]}")
                ),
                self.screen,
            ),
        )


def _title(key: Key) -> str:
    return f"{key.word}  {key_name(live_keys(key).partition(',')[0])}"
