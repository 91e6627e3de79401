"""Every action of Parley in the command palette, under the words that help uses; and the dossiers opened last."""

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import suppress
from functools import cached_property, partial
from pathlib import Path
from typing import ClassVar, Final, cast

from textual.binding import Binding, BindingType
from textual.command import CommandList, CommandPalette, DiscoveryHit, Hit, Hits, Provider

from storage import plain
from tui.display import safe
from tui.dossier_app import DossierApp, OfParley
from tui.keys import KEYS, Key, key_name, live_keys

GATHERING_SECONDS: Final = 5
"""How long Enter waits for what goes with the letters before it: a file system may never say what is there."""


class Palette(OfParley, CommandPalette):
    """Textual's palette, but for Enter, which waits for the letters before it, and for keys that come too early."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "choose", "Choose", show=False, priority=True)]

    def action_choose(self) -> None:
        """Do what the highlighted line says."""
        self.parley.held(self.choose())

    async def choose(self) -> None:
        """Choose among what goes with all that is typed; Textual's own way takes what went with less of it."""
        gathering = [each.wait() for each in self.workers if each.node is self]
        with suppress(TimeoutError):
            async with asyncio.timeout(GATHERING_SECONDS):
                await asyncio.gather(*gathering, return_exceptions=True)
        self._select_or_command()  # it has no public name

    def _action_command_list(self, action: str) -> None:  # nor has this, which fails at a page in a list without lines
        if action == "select" or self.query_one(CommandList).scrollable_content_region:
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
        """Run the action on the nearest node around the focus that has it."""
        method = f"action_{key.action.partition('(')[0]}"
        nodes = (self.screen.focused or self.screen).ancestors_with_self
        await self.app.run_action(key.action, next((node for node in nodes if hasattr(node, method)), self.screen))


def _title(key: Key) -> str:
    return f"{key.word}  {key_name(live_keys(key).partition(',')[0])}"


class Dossiers(Provider):
    """The dossiers opened last, to open one in the place of this one."""

    @cached_property
    def _offered(self) -> asyncio.Task[list[Path]]:
        """Those that are still there; apart from the actions, since a file system may answer late."""
        return asyncio.create_task(_still_there(cast(DossierApp, self.app)))

    async def discover(self) -> Hits:
        """All of them, the one opened last in front."""
        for path in await asyncio.shield(self._offered):  # which the next letter is not to cancel
            yield DiscoveryHit(safe(_opens(path)), partial(self._open, path), _opens(path), _folder(path))

    async def search(self, query: str) -> Hits:
        """Those whose names or folders go with what is typed."""
        matcher = self.matcher(query)
        for path in await asyncio.shield(self._offered):  # which the next letter is not to cancel
            score = max(matcher.match(_opens(path)), matcher.match(str(path.parent)))
            if score:
                yield Hit(score, safe(_opens(path)), partial(self._open, path), _opens(path), _folder(path))

    async def _open(self, path: Path) -> None:
        from tui.screens.main import MainScreen

        screen = self.app.screen_stack[0]
        if isinstance(screen, MainScreen):
            screen.parley.held(screen.leave_for(path))


async def _still_there(parley: DossierApp) -> list[Path]:
    await parley.memory.hear()
    return await asyncio.to_thread(_others, parley.memory.kept.recent, parley.live.path)


def _others(recent: tuple[str, ...], here: Path) -> list[Path]:
    """The files among these paths that are still there, but for the one that is open."""
    open_now = os.path.realpath(here)
    return [Path(each) for each in recent if os.path.isfile(each) and os.path.realpath(each) != open_now]


def _opens(path: Path) -> str:
    return plain(f"Open {path.name}")


def _folder(path: Path) -> str:
    """As markup, since that is what the palette takes an explanation for."""
    return safe(str(path.parent)).markup
