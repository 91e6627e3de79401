"""One tab of a browser, and the run of the screen that it shows.

Both sides of the run speak in packets, as Textual's driver for the web does: a letter (D for what a terminal would
read or write, M for a message in JSON), the length in four bytes, and so much content. textual-serve has a service of
its own for this, but that starts a run through a shell, writes to stdout what the run says on stderr, and may leave a
run behind whose tab has gone while it was painting.
"""

import asyncio
import json
import os
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator, Sequence
from contextlib import suppress
from typing import Final

from aiohttp import WSMsgType
from aiohttp.web import WebSocketResponse

from tui.dossiers import WEB_DRIVER

DATA: Final = b"D"
MESSAGE: Final = b"M"

BEGINS: Final = b"__GANGLION__\n"
"""What the driver writes before the first packet."""

FPS: Final = "60"
"""A browser shows no more frames a second."""


async def show(command: Sequence[str], tab: WebSocketResponse, columns: int, lines: int) -> None:
    """Show a run of the screen in a tab until either of them ends; the run has ended then."""
    run = await asyncio.create_subprocess_exec(
        *command,
        stdin=PIPE,
        stdout=PIPE,  # what it says on stderr, such as why it can't begin, stands there with what we say
        env=os.environ | _told(columns, lines),
        start_new_session=True,  # so that ^C where we run asks us alone
    )
    assert run.stdin is not None  # as asked for
    assert run.stdout is not None
    painting = asyncio.create_task(_paint(run.stdout, tab))
    try:
        await _type(tab, run.stdin)
    finally:
        run.stdin.close()  # to the run its terminal has gone: it leaves in order, or is ended by its own watch
        await painting
        await run.wait()


def _told(columns: int, lines: int) -> dict[str, str]:
    """What a run is told in its environment."""
    return {
        "TEXTUAL_DRIVER": WEB_DRIVER,
        "TEXTUAL_COLOR_SYSTEM": "truecolor",
        "TEXTUAL_FPS": FPS,
        "COLUMNS": str(columns),
        "ROWS": str(lines),
    }


async def _paint(out: asyncio.StreamReader, tab: WebSocketResponse) -> None:
    """Send what is painted to the tab, and close it after the last; of one that has gone, read on all the same."""
    async for kind, content in _packets(out):
        if kind == DATA and not tab.closed:
            with suppress(ConnectionError):
                await tab.send_bytes(content)
    await tab.close()


async def _packets(out: asyncio.StreamReader) -> AsyncIterator[tuple[bytes, bytes]]:
    while await out.readline() not in (BEGINS, b""):
        pass  # nothing else is meant for the tab
    with suppress(asyncio.IncompleteReadError):  # which is the end
        while True:
            kind, length = await out.readexactly(1), await out.readexactly(4)
            yield kind, await out.readexactly(int.from_bytes(length, "big"))


async def _type(tab: WebSocketResponse, keys: asyncio.StreamWriter) -> None:
    """Send what comes from the tab to the run, until one of them ends or what comes is none of our page's messages."""
    with suppress(ConnectionError, ValueError, RecursionError):
        async for message in tab:
            match json.loads(message.data) if message.type is WSMsgType.TEXT else None:
                case ["stdin", str(text)]:
                    keys.write(_packet(DATA, text.encode(errors="replace")))
                case ["resize", {"width": int(columns), "height": int(lines)}]:
                    keys.write(_message(type="resize", width=columns, height=lines))
                case ["focus" | "blur" as kind]:
                    keys.write(_message(type=kind))
                case ["ping", str(moment)]:
                    await tab.send_json(["pong", moment])
            await keys.drain()


def _message(**content: object) -> bytes:
    return _packet(MESSAGE, json.dumps(content).encode())


def _packet(kind: bytes, content: bytes) -> bytes:
    return kind + len(content).to_bytes(4, "big") + content
