"""`parley serve` as browsers on this machine and pages from elsewhere meet it."""

import asyncio
import json
import os
import select
import signal
import socket
import subprocess
import sys
from contextlib import asynccontextmanager, closing
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pyte
import pytest
from aiohttp import ClientSession, WSMsgType, WSServerHandshakeError

from storage import open_store

PATIENCE_SECONDS = 20

TITLE = "30-day unconditional"
"""How the name of D1 begins."""


class Served:
    """`parley serve` with these words, once it listens."""

    def __init__(self, *words, environment):
        self.program = subprocess.Popen(
            [sys.executable, "-m", "tui", "serve", *map(str, words)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment,
        )
        assert self.program.stderr is not None
        assert select.select([self.program.stderr], [], [], PATIENCE_SECONDS)[0]
        self.address = self.program.stderr.readline().decode().split()[0]
        self.port = urlsplit(self.address).port

    def runs(self):
        """The runs of the screen behind it, by their numbers."""
        pid = self.program.pid
        return Path(f"/proc/{pid}/task/{pid}/children").read_text().split()

    @asynccontextmanager
    async def tab(self, **headers):
        """A tab of a browser."""
        async with ClientSession() as browser, browser.ws_connect(f"{self.address}session", headers=headers) as socket:
            yield Tab(socket)


class Tab:
    """What a page shows of what it is sent, and sends of what is typed."""

    def __init__(self, socket):
        self.socket = socket
        self.screen = pyte.Screen(80, 24)
        self._stream = pyte.ByteStream(self.screen)

    async def send(self, *message):
        await self.socket.send_str(json.dumps(message))

    async def until(self, happened):
        """Read on until something has happened."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            while not happened():
                message = await self.socket.receive()
                assert message.type is WSMsgType.BINARY, f"the tab was closed:\n{self.text()}"
                self._stream.feed(message.data)

    async def shows(self, text):
        """Wait until a text stands on the screen."""
        await self.until(lambda: text in self.text())

    def text(self):
        return "\n".join(self.screen.display)

    async def ended(self):
        """Wait until the other side has closed it."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            while (await self.socket.receive()).type is WSMsgType.BINARY:
                pass


@pytest.fixture
def serve(environment, tmp_path):
    """Serve with these words; ended with the test."""
    begun = []

    def serve(*words):
        settings = {**environment, "XDG_STATE_HOME": str(tmp_path / "state"), "VISUAL": "", "EDITOR": ""}
        begun.append(Served(*words, environment=settings))
        return begun[-1]

    yield serve
    for each in begun:
        with each.program:
            each.program.kill()


async def gone(*pids):
    """Wait until no such processes are left."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while any(os.path.exists(f"/proc/{pid}") for pid in pids):
            await asyncio.sleep(0.01)


async def test_only_pages_of_our_own_are_answered_and_only_on_this_machine(serve, istanbul):
    served = serve(istanbul)
    named = f"localhost:{served.port}"
    elsewhere = [{"Host": "talks.example"}, {"Host": "127.0.0.1"}, {"Origin": "http://talks.example"}]
    elsewhere += [{"Origin": "null"}, {"Origin": f"https://{named}"}, {"Origin": "http://localhost:1"}]

    async with ClientSession() as browser:
        for headers in elsewhere:
            async with browser.get(served.address, headers=headers) as answer:
                assert (answer.status, (await answer.text()).count("\n")) == (403, 1)
            with pytest.raises(WSServerHandshakeError, match="403"):
                await browser.ws_connect(f"{served.address}session", headers=headers)
        async with browser.get(served.address, headers={"Host": named}) as answer:
            page, policy = await answer.text(), answer.headers["Content-Security-Policy"]
        async with browser.get(urljoin(served.address, "page.js")) as answer:
            assert '(".xterm-helper-textarea").focus()' in await answer.text()  # so that keys need no click
            assert answer.content_type == "text/javascript"
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.2", served.port))

    assert f"<title>{istanbul}</title>" in page
    assert '<a href="">Open it again</a>' in page  # at this address, since no other is answered
    assert f'"ws://{named}{urlsplit(served.address).path}session"' in page
    assert page.count("://") == 1
    assert '<script src="page.js"></script>' in page
    assert "://" not in policy
    assert policy.startswith("default-src 'none'; ")
    assert "frame-ancestors 'none'" in policy
    assert served.runs() == []


async def test_who_does_not_know_the_whole_address_sees_nothing(serve, istanbul):
    served = serve(istanbul)

    async with ClientSession() as browser:
        for path in ("/", "/session", "/wrong/", "/wrong/session"):
            async with browser.get(urljoin(served.address, path)) as answer:
                assert (answer.status, await answer.text()) == (
                    403,
                    "Open the whole address that `parley serve` has printed.\n",
                )
        async with browser.get(served.address) as answer:
            assert answer.status == 200


async def test_each_tab_is_a_screen_of_its_own_and_nothing_is_left_of_one_that_is_closed(serve, istanbul):
    served = serve(istanbul)
    async with served.tab(Origin=f"http://localhost:{served.port}") as tab, served.tab() as other:
        await tab.shows(TITLE)
        await other.shows(TITLE)
        await tab.send("stdin", "le\x15Räu\x1b[200~m\x1bu\x1b[201~ng\r")
        await tab.shows(", saved")
        await other.shows("Räumung")
        await tab.send("stdin", "\x1bOS")
        await tab.shows("Your own editor needs a terminal")
        await tab.send("resize", {"width": 50, "height": 10})
        await tab.shows("Parley needs")
        [first, second] = served.runs()

        await tab.send("stdin", "q")
        await tab.ended()
        await gone(first)
        assert served.runs() == [second]
    await gone(second)

    assert [each.name for each in istanbul.parent.glob("istanbul.db*")] == ["istanbul.db"]
    with closing(open_store(istanbul)) as store:
        assert "Räumung" in store.log()[-1].label


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGKILL, -signal.SIGKILL)])
async def test_the_end_of_the_server_is_that_of_its_tabs(serve, istanbul, number, code):
    served = serve("--read-only", istanbul)
    async with served.tab() as tab:
        await tab.shows(TITLE)
        await tab.send("stdin", "e")
        await tab.shows("for reading only")
        runs = served.runs()

        served.program.send_signal(number)
        await tab.ended()
        await gone(*runs)

    assert served.program.wait(PATIENCE_SECONDS) == code
    assert (served.program.stdout.read(), served.program.stderr.read()) == (b"", b"")


def test_what_can_not_be_served_is_told_in_a_sentence_before_anything_listens(program, istanbul, tmp_path):
    (tmp_path / "text.db").write_text("Dear all,")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = [
            program("serve", tmp_path / "nowhere.db"),
            program("serve", tmp_path / "text.db"),
            program("serve", istanbul, "--port", port),
        ]

    assert [(each.code, each.out, each.err.count("\n")) for each in done] == [(1, b"", 1)] * 3
    for each, sentence in zip(done, ("There is no file", "is not a Parley dossier", f"Port {port} "), strict=True):
        assert sentence in each.err


def test_who_has_not_installed_what_serves_is_told_how_to(environment, istanbul):
    program = "import sys; sys.modules['aiohttp'] = None; from tui.__main__ import main; sys.exit(main())"
    done = subprocess.run(
        [sys.executable, "-c", program, "serve", istanbul], env=environment, capture_output=True, text=True, check=False
    )

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.count("\n") == 1
    assert "pip install 'parley-tui[serve]'" in done.stderr
