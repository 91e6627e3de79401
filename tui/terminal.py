"""The terminal of the screen: painted on stdout, read whatever comes, lent, and what to do when it is gone."""

import os
import select
import signal
import sys
import threading
from codecs import IncrementalDecoder, getincrementaldecoder
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, Final

from textual.driver import Driver

if TYPE_CHECKING:
    from typing_extensions import Buffer

PATIENCE_SECONDS: Final = 3
"""How long the screen may take to leave in order after its terminal has gone."""

STDOUT: Final = 1

GONE: Final = 128 + signal.SIGHUP

PASTE_BEGINS: Final = "\x1b[200~"
PASTE_ENDS: Final = "\x1b[201~"


def watch(leave: Callable[[], object], ended: threading.Event) -> None:
    """Call `leave` when nobody is at the other side of standard input any more; end the process if that is not enough.

    A thread of its own watches: the screen's may be waiting for a terminal that takes nothing more. Everything that
    was called saved is in the file by then.
    """

    def wait() -> None:
        asked = select.poll()
        asked.register(sys.stdin.fileno(), 0)  # asks for nothing but what is always told: that it is gone
        asked.poll()
        if ended.is_set():  # another one watches for the screen that has come after
            return
        leave()
        _end_the_stuck(ended, GONE)

    threading.Thread(target=wait, name="terminal", daemon=True).start()


def leave_on_signals(leave: Callable[[int], object], ended: threading.Event) -> None:
    """Call `leave` with the number of a signal that asks to end; end the process if that is not enough.

    The loop's own handlers would run only when the loop does, which may be waiting for a thread that has died.
    """

    def asked(number: int, _frame: object) -> None:
        code = 128 + number
        if ended.is_set():  # between this screen and the next
            raise SystemExit(code)
        leave(number)
        threading.Thread(target=_end_the_stuck, args=(ended, code), name="ending", daemon=True).start()

    for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
        signal.signal(number, asked)


@contextmanager
def interrupted_elsewhere() -> Iterator[None]:
    """Let ^C and ^\\ mean the program that has the terminal inside, and ^Z both: all on it are sent these signals."""
    usual = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGQUIT, signal.SIGTSTP)}
    for number in (signal.SIGINT, signal.SIGQUIT):
        signal.signal(number, lambda _number, _frame: None)  # what is ignored, the other program would ignore too
    signal.signal(signal.SIGTSTP, signal.SIG_DFL)  # Textual's handler stops for ever where no shell could go on with it
    try:
        yield
    finally:
        for number, handler in usual.items():
            signal.signal(number, handler)


def _end_the_stuck(ended: threading.Event, code: int) -> None:
    if not ended.wait(PATIENCE_SECONDS):
        os._exit(code)


def patient(driver: type[Driver]) -> type[Driver]:
    """The same driver of a terminal, but painted on stdout, and with a sequence that means no key for none.

    Textual's paints on stderr, and waits for ever if that takes nothing; and it would read no other key.
    """
    from textual.drivers.linux_driver import LinuxDriver

    class Patient(LinuxDriver):
        def __init__(self, *args: Any, **options: Any) -> None:  # Any: whatever Textual's own takes
            super().__init__(*args, **options)
            # where a terminal is known to be, in the letters that it takes, whatever the environment says of stderr
            self._file = os.fdopen(STDOUT, "w", encoding="utf-8", errors="replace", closefd=False)

        def run_input_thread(self) -> None:
            while True:
                try:
                    super().run_input_thread()
                except (ValueError, OverflowError):  # its parser stumbles over a number, such as in ESC [ 99999999 ~
                    continue
                return

    return Patient if driver is LinuxDriver else driver


class Bytes(IncrementalDecoder):
    """What comes from a terminal as text: what is no UTF-8 as a mark, and no Esc inside of a paste.

    Textual's decoder ends the program at a byte that is no UTF-8, and its parser takes what stands behind an Esc in a
    pasted text for keys that were pressed.
    """

    def __init__(self, errors: str = "replace") -> None:
        super().__init__(errors)
        self._utf8 = getincrementaldecoder("utf-8")("replace")
        self._pasting = False
        self._last = ""
        """What came last: outside of a paste given out already, inside kept, as it may be the beginning of its end."""

    def decode(self, data: "Buffer", final: bool = False) -> str:
        """The text of these bytes, as far as it can be told yet."""
        text = self._utf8.decode(data, final)
        done = []
        while text:
            given, text = self._inside(text) if self._pasting else self._outside(text)
            done.append(given)
        return "".join(done)

    def _outside(self, text: str) -> tuple[str, str]:
        """What to give out up to the beginning of a paste, and what stands in it."""
        seen = self._last + text
        begins = seen.find(PASTE_BEGINS)
        self._pasting = begins >= 0
        self._last = "" if self._pasting else seen[1 - len(PASTE_BEGINS) :]
        end = begins + len(PASTE_BEGINS) - len(seen) + len(text) if self._pasting else len(text)
        return text[:end], text[end:]

    def _inside(self, text: str) -> tuple[str, str]:
        """What to give out of a paste, and what stands behind it."""
        pasted, end, behind = (self._last + text).partition(PASTE_ENDS)
        kept = 0 if end else next(at for at in range(len(PASTE_ENDS), -1, -1) if pasted.endswith(PASTE_ENDS[:at]))
        self._pasting, self._last = not end, pasted[len(pasted) - kept :]
        return pasted[: len(pasted) - kept].replace("\x1b", "") + end, behind


def take_any_bytes() -> None:
    """From now on Textual's driver reads what comes as `Bytes` does; it has no other name for it than an import."""
    for name in ("linux_driver", "web_driver"):
        if module := sys.modules.get(f"textual.drivers.{name}"):
            vars(module)["getincrementaldecoder"] = lambda _encoding: Bytes


def tell(sequence: str) -> None:
    """Send a control sequence to the terminal, if there is one; one that has gone need not know."""
    with suppress(OSError, ValueError):
        if sys.stdout.isatty():
            sys.stdout.write(sequence)
            sys.stdout.flush()
