"""The server behind `parley serve`: who may ask, what is answered, and how it ends."""

import asyncio
import html
import signal
import socket
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path
from secrets import token_urlsafe
from string import Template
from typing import Final
from weakref import WeakSet

from aiohttp import WSCloseCode, web
from aiohttp.typedefs import Handler

from storage import plain
from tui.ending import BY_SIGNAL, Stop, say
from tui.serving.session import show

ADDRESS: Final = "127.0.0.1"
NAMES: Final = (ADDRESS, "localhost", "[::1]")
"""What a browser may call the machine that it runs on."""

USUAL_PORT: Final = 8000
USUAL_PORT_OF_HTTP: Final = 80
"""Which browsers leave out."""

STATIC: Final = Path(str(files("textual_serve"))) / "static"
PAGE: Final = Template(Path(__file__).with_name("page.html").read_text(encoding="utf-8"))
SCRIPT: Final = Path(__file__).with_name("page.js")

HEARTBEAT_SECONDS: Final = 15
"""How often a tab is asked whether it is still there."""

PATIENCE_SECONDS: Final = 5
"""How long tabs and the runs behind them may take to end; a run that is stuck ends itself before."""

USUAL_SIZE: Final = (80, 24)


def listen(port: int | None) -> socket.socket:
    """Listen on this machine alone: on that port; without one on the usual, or on any free one where that is taken."""
    try:
        return socket.create_server((ADDRESS, USUAL_PORT if port is None else port))
    except OSError as error:
        if port is None:
            return socket.create_server((ADDRESS, 0))
        raise Stop(f"Port {port} can't be listened on: {error.strerror}. Choose another with --port.") from error


def serve(command: Sequence[str], path: Path, listening: socket.socket) -> int:
    """Serve the screen that a command opens on a dossier, until a signal ends that; the exit code."""
    return asyncio.run(Server(command, path, listening).serve())


class Server:
    """Answers browsers on this machine, and each of their tabs with a run of its own."""

    def __init__(self, command: Sequence[str], path: Path, listening: socket.socket) -> None:
        self._command = command
        self._path = path
        self._listening = listening
        port = listening.getsockname()[1]
        port_told = "" if port == USUAL_PORT_OF_HTTP else f":{port}"
        self._hosts: Final = tuple(name + port_told for name in NAMES)
        self._key: Final = token_urlsafe()
        """A part of the address that only who reads what we print knows: other accounts here may ask us, too."""
        self._tabs: WeakSet[web.WebSocketResponse] = WeakSet()

    async def serve(self) -> int:
        """Serve until a signal ends it; the exit code."""
        loop = asyncio.get_running_loop()
        ended: asyncio.Future[int] = loop.create_future()
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            loop.add_signal_handler(number, _end, ended, number)
        runner = web.AppRunner(self._application(), access_log=None, shutdown_timeout=PATIENCE_SECONDS)
        await runner.setup()
        await web.SockSite(runner, self._listening).start()
        say(f"http://{self._hosts[0]}/{self._key}/ shows {self._path} to you on this machine alone; Ctrl+C ends that.")
        code = BY_SIGNAL + await ended
        await runner.cleanup()
        return code

    def _application(self) -> web.Application:
        application = web.Application(middlewares=[self._only_ours])
        application.on_response_prepare.append(self._forbid_others)
        application.on_shutdown.append(self._close_tabs)
        application.add_routes(
            [
                web.get(f"/{self._key}/", self._page),
                web.get(f"/{self._key}/{SCRIPT.name}", self._script),
                web.get(f"/{self._key}/session", self._session),
                web.static("/static", STATIC),
                web.get("/{elsewhere:.*}", self._elsewhere),
            ]
        )
        return application

    @web.middleware
    async def _only_ours(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Answer only who asks for this machine by a name of its own, and from no page but ours.

        Another site can let its own name lead here, and every page may open a socket to wherever it likes.
        """
        if request.host not in self._hosts:
            return _refused(f"Parley is served at {self._hosts[0]} only.")
        if request.headers.get("Origin") not in (None, *(f"http://{host}" for host in self._hosts)):
            return _refused("Parley is served to its own page only.")
        return await handler(request)

    async def _forbid_others(self, _request: web.Request, response: web.StreamResponse) -> None:
        """Let no page of ours load anything from elsewhere, nor be shown inside of another."""
        response.headers["Content-Security-Policy"] = (
            "default-src 'none'; script-src 'self'; font-src 'self'; img-src data:; style-src 'self' 'unsafe-inline'; "
            "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
        )
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Referrer-Policy"] = "no-referrer"

    async def _page(self, request: web.Request) -> web.Response:
        page = PAGE.substitute(
            title=html.escape(plain(str(self._path))), session=f"ws://{request.host}/{self._key}/session"
        )
        return web.Response(text=page, content_type="text/html")

    async def _script(self, _request: web.Request) -> web.FileResponse:
        return web.FileResponse(SCRIPT, headers={"Content-Type": "text/javascript"})

    async def _elsewhere(self, _request: web.Request) -> web.Response:
        return _refused("Open the whole address that `parley serve` has printed.")

    async def _session(self, request: web.Request) -> web.WebSocketResponse:
        tab = web.WebSocketResponse(heartbeat=HEARTBEAT_SECONDS, timeout=PATIENCE_SECONDS)
        await tab.prepare(request)
        self._tabs.add(tab)
        columns, lines = (
            _number(request.query.get(name, ""), usual)
            for name, usual in zip(("width", "height"), USUAL_SIZE, strict=True)
        )
        try:
            await show(self._command, tab, columns, lines)
        except OSError as error:
            say(f"The screen can't be begun: {error.strerror}.")
        return tab

    async def _close_tabs(self, _application: web.Application) -> None:
        await asyncio.gather(*(tab.close(code=WSCloseCode.GOING_AWAY) for tab in self._tabs))


def _end(ended: asyncio.Future[int], number: int) -> None:
    if not ended.done():
        ended.set_result(number)


def _refused(sentence: str) -> web.Response:
    return web.Response(status=403, text=f"{sentence}\n")


def _number(text: str, usual: int) -> int:
    return int(text) if text.isascii() and text.isdigit() and int(text) else usual
