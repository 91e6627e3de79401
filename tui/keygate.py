"""One key at a time: keys are done in the order typed, each finding what the one before it has done."""

import asyncio
from collections import deque
from collections.abc import Callable, Collection, Container, Coroutine, Iterable, Iterator
from contextlib import contextmanager, suppress
from time import monotonic
from typing import Final, Generic, Protocol, TypeVar, runtime_checkable

from textual.app import App, ReturnType, ScreenStackError
from textual.dom import DOMNode
from textual.events import Callback, Event, Key, Paste
from textual.screen import Screen
from textual.widget import Widget

from tui.keys import WAY_OUT

Result = TypeVar("Result")

ESCAPE: Final = "escape"
"""The key that gives up what takes long, if that can be given up."""

PATIENCE_SECONDS: Final = {WAY_OUT: 2.0, ESCAPE: 0.5}
"""How long one key may take before these overtake it."""

LOOK_UP_SECONDS: Final = 0.25
"""How often a wait looks up to see whether there is still an app that could end it."""

PAUSE_SECONDS: Final = 0.05
"""After so long without a key nobody is in the midst of typing, and what was typed can be waited for unasked."""

MOST_ROUNDS: Final = 25
"""Ends the wait for widgets that never stop sending messages."""


@runtime_checkable
class MovesItself(Protocol):
    """A widget that keeps the order of some keys by itself, so that nobody need wait between them."""

    def moves_itself(self, key: str) -> bool:
        """True when the live bindings make this key a move inside the widget, which causes nothing else."""


@runtime_checkable
class ActsAtOnce(Protocol):
    """A widget that acts on keys while what it holds has the focus."""

    def acts_on(self, key: str) -> bool:
        """True when the widget, and nobody within it, does what this key means now."""


class KeyGate(Generic[ReturnType]):
    """Hands out keys and pastes one by one, each when everything that the one before caused is done."""

    def __init__(self, app: "GatedApp[ReturnType]") -> None:
        self._app = app
        self._waiting: deque[Key | Paste] = deque()
        self._passing: set[int] = set()
        """The ids of the events that come back to the app because the gate has posted them."""
        self._held: dict[asyncio.Task[object], Container[str]] = {}
        self._handing_out: asyncio.Task[None] | None = None
        self._begun_at = 0.0
        self._overtaken = False
        self._is_away = False
        """True while another program has the terminal, which takes as long as the user likes."""
        self._under_way = False
        """True while keys that nobody waited for may still be on their way."""
        self._give_ups: list[Callable[[], None]] = []
        """How to give up what is being done now, where that can be given up."""
        self._news = asyncio.Event()

    def takes(self, event: Event) -> bool:
        """True when the gate keeps the event and will hand it out later; False when it may go on now."""
        if not isinstance(event, Key | Paste) or event.is_forwarded:
            return False
        if id(event) in self._passing:
            self._passing.remove(id(event))
            return False
        self._waiting.append(event)
        self._news.set()
        if self._handing_out is None or self._handing_out.done():
            self._begun_at = monotonic()
            self._handing_out = asyncio.create_task(self._hand_out(), name="key gate")
        if isinstance(event, Key) and event.key in PATIENCE_SECONDS:
            self._overtake(event)
        return True

    def hold(self, work: Coroutine[object, object, Result], superseded_by: Container[str]) -> asyncio.Task[Result]:
        """Start work that the next key waits for, unless that is a key that supersedes it.

        An error of the work goes to `GatedApp.held_failed`.
        """
        task = asyncio.create_task(work)
        self._held[task] = superseded_by
        task.add_done_callback(self._finish)
        return task

    def release(self) -> None:
        """Let keys pass although the work that calls this goes on, because its own screen takes them now."""
        if (task := asyncio.current_task()) is not None:
            self._held.pop(task, None)
            self._news.set()

    def resume(self, task: asyncio.Task[object]) -> None:
        """Let the next key wait again for work that was released."""
        if not task.done():
            self._held[task] = ()

    @contextmanager
    def given_up_by(self, give_up: Callable[[], None]) -> Iterator[None]:
        """Let Esc call this, and mean nothing else, when what is done inside makes it wait for long."""
        self._give_ups.append(give_up)
        try:
            yield
        finally:
            self._give_ups.remove(give_up)

    @contextmanager
    def away(self) -> Iterator[None]:
        """Let every key wait, the way out as well, while another program has the terminal."""
        self._is_away = True
        try:
            yield
        finally:
            self._is_away, self._begun_at = False, monotonic()

    async def settled(self) -> None:
        """Return when no key waits and all that they caused is done; not to be awaited in a message handler."""
        await self._settle()
        while self._handing_out is not None and not self._handing_out.done():
            await asyncio.wait({self._handing_out})
            await self._settle()

    def close(self) -> None:
        """Drop the keys that still wait."""
        self._waiting.clear()
        if self._handing_out is not None:
            self._handing_out.cancel()

    async def _hand_out(self) -> None:
        while self._waiting and self._app.is_running:
            self._begun_at, self._overtaken = monotonic(), False
            alone = not self._keeps_order(self._waiting[0])
            if alone and (self._under_way or self._waits_for_held()):
                await self._settle()
                continue  # what was under way may have moved the focus, or the way out may be gone already
            event = self._waiting.popleft()
            focused = self._focused()
            self._let_pass(event, self._acting(event, focused) if alone else focused)
            while not alone and self._waiting and self._keeps_order(self._waiting[0]):
                self._let_pass(self._waiting.popleft(), focused)  # a held arrow: its queue keeps the order
            await self._handled([self._app])
            self._under_way = not alone
            if alone:
                await self._way_up(focused)
                await self._settle()
        if self._under_way:
            asyncio.get_running_loop().call_later(PAUSE_SECONDS, self._use_pause, self._begun_at)

    def _use_pause(self, begun_at: float) -> None:
        """Wait now for what the last keys have caused, so that the next need not; unless that is there already."""
        is_idle = self._handing_out is None or self._handing_out.done()
        if is_idle and begun_at == self._begun_at and self._under_way and self._app.is_running:
            self._handing_out = asyncio.create_task(self._settle_then_hand_out(), name="key gate")

    async def _settle_then_hand_out(self) -> None:
        await self._settle()
        await self._hand_out()

    def _keeps_order(self, event: Key | Paste) -> bool:
        """True when the queue of the focused widget is enough to keep the key in its place."""
        focused = self._focused()
        if focused is None or not isinstance(event, Key):
            return False
        moves = isinstance(focused, MovesItself) and focused.moves_itself(event.key)
        return moves or focused.check_consume_key(event.key, event.character)

    def _acting(self, event: Key | Paste, focused: DOMNode | None) -> DOMNode | None:
        """What acts on the key, if it is what holds the focused widget."""
        around = focused.parent if focused is not None else None
        acts = isinstance(event, Key) and isinstance(around, ActsAtOnce) and around.acts_on(event.key)
        return around if acts else None

    def _focused(self) -> DOMNode | None:
        try:
            return self._app.focused
        except ScreenStackError:  # the app is on its way out
            return None

    def _let_pass(self, event: Key | Paste, taker: DOMNode | None = None) -> None:
        """Send the event to the widget that takes it; to the app, which looks for one, where that is not known."""
        if isinstance(taker, Widget):
            taker._forward_event(event)  # which has no public name
        elif self._app.post_message(event):
            self._passing.add(id(event))

    def _overtake(self, event: Key) -> None:
        """Let the way out, or Esc, overtake the others if the key before them is still not done after its patience."""
        if event not in self._waiting:
            return
        stood_still = 0 if self._is_away else monotonic() - self._begun_at
        if stood_still < PATIENCE_SECONDS[event.key]:
            loop = asyncio.get_running_loop()
            loop.call_later(PATIENCE_SECONDS[event.key] - stood_still, self._overtake, event)
        elif event.key == WAY_OUT:
            self._drop_until(event)
            self._held.clear()  # nothing waits for that key any longer
            self._overtaken = True
            self._news.set()
            self._let_pass(event)
        elif self._give_ups:
            self._drop_until(event)
            for give_up in self._give_ups:
                give_up()
        else:  # what can be given up may still come
            asyncio.get_running_loop().call_later(LOOK_UP_SECONDS, self._overtake, event)

    def _drop_until(self, event: Key) -> None:
        """Forget a key and what was typed before it, which was not meant for what there will be now."""
        while self._waiting.popleft() is not event:
            pass

    async def _way_up(self, focused: DOMNode | None) -> None:
        """Wait for each node on which the key bubbles; the app at the end runs what is bound to it."""
        path = self._levels()[-2:] if focused is None else [[node] for node in focused.ancestors_with_self]
        for nodes in path:
            await self._held_is_done()  # before all else, since to walk through widgets meanwhile only slows it down
            await self._handled(nodes)

    async def _settle(self) -> None:
        """Wait until all widgets have handled their messages and all held work is done or superseded."""
        for _ in range(MOST_ROUNDS):
            await self._held_is_done()
            levels, focused = self._levels(), self._focused()
            for nodes in levels:
                await self._handled(nodes)
            still = not any(node.message_queue_size for nodes in levels for node in nodes)
            if still and not self._waits_for_held() and self._focused() is focused and self._levels() == levels:
                break
        self._under_way = False

    def _levels(self) -> list[list[DOMNode]]:
        """All nodes of the active screen by depth, the deepest first, the app last."""
        try:
            level: list[DOMNode] = [self._app.screen]
        except ScreenStackError:
            level = []
        levels: list[list[DOMNode]] = [[self._app]]
        while level:
            levels.append(level)
            level = [child for node in level for child in node.children]
        return levels[::-1]

    async def _handled(self, nodes: Iterable[DOMNode]) -> None:
        """Wait until each node has handled what is in its queue by now: a call at its end has run."""
        calls = ((node, _Call()) for node in nodes if not _is_idle_decoration(node))
        # call_later() would look for the parameters of the call anew each time, which takes longer than all else of it
        waiting: Collection[asyncio.Future[None]]
        waiting = [call.answered for node, call in calls if node.post_message(Callback(callback=call.answer))]
        while waiting and self._app.is_running and not self._overtaken:
            _, waiting = await asyncio.wait(waiting, timeout=LOOK_UP_SECONDS)

    async def _held_is_done(self) -> None:
        """Wait for held work."""
        while self._waits_for_held():
            self._news.clear()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._news.wait(), LOOK_UP_SECONDS)

    def _waits_for_held(self) -> bool:
        """True when there is held work that the next key waits for."""
        return bool(self._held) and self._app.is_running and not self._overtaken and not self._is_superseded()

    def _is_superseded(self) -> bool:
        """True when the next key makes all that is held pointless."""
        following = self._waiting[0] if self._waiting else None
        return isinstance(following, Key) and all(following.key in keys for keys in self._held.values())

    def _finish(self, task: asyncio.Task[Result]) -> None:
        self._held.pop(task, None)
        self._news.set()
        error = None if task.cancelled() else task.exception()
        if error is not None and not self._app.call_later(self._app.held_failed, error):
            raise error


def _is_idle_decoration(node: DOMNode) -> bool:
    """True for a label, a key of the footer, a container with nothing to do; spares the greater part of the calls."""
    if not isinstance(node, Widget) or isinstance(node, Screen) or node.can_focus:
        return False
    return node.is_mounted and node.message_queue_size == 0 and type(node).__module__.startswith("textual.")


class _Call:
    """A call at the end of what a node has to handle."""

    def __init__(self) -> None:
        self.answered: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def answer(self) -> None:
        """Tell that everything before it is handled."""
        if not self.answered.done():
            self.answered.set_result(None)


class GatedApp(App[ReturnType]):
    """An app whose keys are done in the order typed, however fast they come."""

    def __init__(self) -> None:
        super().__init__()
        self._gate = KeyGate(self)

    async def on_event(self, event: Event) -> None:
        """Let the gate have every key and paste first."""
        if not self._gate.takes(event):
            await super().on_event(event)

    def held(self, work: Coroutine[object, object, Result], superseded_by: Container[str] = ()) -> asyncio.Task[Result]:
        """Start work that the next key waits for (a save, an answer, a read), unless that key supersedes it."""
        return self._gate.hold(work, superseded_by)

    def held_failed(self, error: BaseException) -> None:
        """Called with the error that has ended held work; it ends the app as one in a message handler does."""
        raise error

    def release(self) -> None:
        """Called in held work: it goes on, but keys no longer wait for it."""
        self._gate.release()

    async def settled(self) -> None:
        """Return when no key waits and all held work is done."""
        await self._gate.settled()

    def on_unmount(self) -> None:
        """Drop what still waits for an app that is gone."""
        self._gate.close()
