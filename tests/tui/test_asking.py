"""A newer question of the same asker takes the place of its older ones; everybody else's are answered in turn."""

import asyncio
import threading
from functools import partial

import pytest

from storage import Stopped
from tui.asking import Asking


class Long:
    """A question that is answered only when it is stopped."""

    def __init__(self):
        self.begun = threading.Event()
        self.stopped = threading.Event()

    def ask(self):
        self.begun.set()
        self.stopped.wait()
        raise Stopped("stopped")

    def stop(self, thread):
        assert thread != threading.get_ident()
        self.stopped.set()


async def test_a_running_question_is_stopped_by_a_newer_one_of_the_same_asker():
    long = Long()
    asking = Asking("test", long.stop)
    older = asyncio.create_task(asking.ask(long.ask, "demands"))
    await asyncio.to_thread(long.begun.wait)

    assert await asking.ask(lambda: "newer", "demands") == "newer"

    with pytest.raises(Stopped):
        await older
    asking.close()


async def test_a_question_that_waits_is_never_asked_once_a_newer_one_is_there():
    long = Long()
    asking = Asking("test", long.stop)
    running = asyncio.create_task(asking.ask(long.ask, "parties"))
    asked: list[int] = []
    waiting = [asyncio.create_task(asking.ask(partial(asked.append, n), "demands")) for n in range(3)]
    await asyncio.to_thread(long.begun.wait)
    await asyncio.sleep(0)
    asking.supersede("parties")

    answers = await asyncio.gather(running, *waiting, return_exceptions=True)

    assert [type(answer) for answer in answers] == [Stopped, Stopped, Stopped, type(None)]
    assert asked == [2]
    asking.close()


async def test_who_has_no_name_waits_for_all_and_stops_nobody():
    asking = Asking("test", lambda _thread: pytest.fail("stopped"))

    assert await asyncio.gather(*(asking.ask(partial(int, n)) for n in range(5))) == [0, 1, 2, 3, 4]

    asking.close()
