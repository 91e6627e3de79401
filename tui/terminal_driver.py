"""What of Textual's driver is otherwise on a terminal: it paints on stdout, and reads on whatever comes."""

import os
import sys
from codecs import IncrementalDecoder, getincrementaldecoder
from typing import TYPE_CHECKING, Any, Final

from textual.driver import Driver

if TYPE_CHECKING:
    from typing_extensions import Buffer

STDOUT: Final = 1

PASTE_BEGINS: Final = "\x1b[200~"
PASTE_ENDS: Final = "\x1b[201~"


def patient(driver: type[Driver]) -> type[Driver]:
    """The driver; that of a terminal painting on stdout, and passing over a sequence that means no key.

    Textual's own paints on stderr, and waits for ever if that takes nothing; after such a sequence it reads no more.
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

    Textual's decoder ends the program at a byte that is no UTF-8, and its parser takes what comes after an Esc in a
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
        """What to give out of a paste, and what comes after it."""
        pasted, end, rest = (self._last + text).partition(PASTE_ENDS)
        kept = 0 if end else next(at for at in range(len(PASTE_ENDS), -1, -1) if pasted.endswith(PASTE_ENDS[:at]))
        self._pasting, self._last = not end, pasted[len(pasted) - kept :]
        return pasted[: len(pasted) - kept].replace("\x1b", "") + end, rest


def take_any_bytes() -> None:
    """Let Textual's drivers read by `Bytes` from now on; nothing else can take the place of what they import."""
    for name in ("linux_driver", "web_driver"):
        if module := sys.modules.get(f"textual.drivers.{name}"):
            vars(module)["getincrementaldecoder"] = lambda _encoding: Bytes
