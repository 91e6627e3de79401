"""Where `parley` starts: the screen and --version are told apart here, everything else is a command.

Imports stand inside the functions: `parley --version` loads nothing, a command no Textual, the screen no click.
"""

import os
import sys

from tui import __version__

COMPLETION = "_PARLEY_COMPLETE"
"""Set by a shell that asks how a command line can go on; click answers that."""

COLOR_SYSTEMS = ("standard", "256", "truecolor")
"""What TEXTUAL_COLOR_SYSTEM may say; else the terminal is asked."""

TYPE_CHECKING = False  # typing itself would cost as much as all of --version
if TYPE_CHECKING:
    from tui.opening import Opening


def main() -> int:
    """Do what the command line says; the exit code."""
    words = sys.argv[1:]
    try:
        if words == ["--version"] and _tell_version():
            return 0
        from tui.ending import ended

        return ended(lambda: _run(words))
    except KeyboardInterrupt:  # before `ended` has begun to take it, or after
        return 130


def _tell_version() -> bool:
    """False where it can't be written, which the command of the same name then tells as every command does."""
    try:
        sys.stdout.write(f"parley {__version__}\n")
        sys.stdout.flush()
    except (OSError, AttributeError):  # stdout is full, gone or closed
        return False
    return True


def _run(words: list[str]) -> int:
    from tui.opening import Opening

    asked = screen_words(words)
    if asked is not None and COMPLETION not in os.environ:
        return _open_screen(Opening(*asked))
    from tui.commands.group import run

    result = run(words)
    return _open_screen(result) if isinstance(result, Opening) else result


def _open_screen(opening: "Opening") -> int:
    """Show the dossier, then each for which the user leaves another, and say where each is; the exit code."""
    import gc
    from pathlib import Path

    from tui.dossiers import default_dossier, in_browser, refuse_missing, refuse_without_terminal
    from tui.ending import say

    if opening.file is not None:
        refuse_missing(Path(opening.file))
    refuse_without_terminal()
    gc.disable()  # until the first frame: what is loaded on the way there stays anyway
    path = default_dossier() if opening.file is None else Path(opening.file).absolute()
    from storage import open_store

    settle_how_textual_paints()
    from tui.loading import load_screen

    show = load_screen()
    shown, demo = open_store(path, opening.read_only, check_later=True), opening.demo
    while True:
        code, following = show(shown, demo)
        if not in_browser():
            say(f"The demo is kept in {shown.path}" if demo else str(shown.path))
        if following is None:
            return code
        gc.unfreeze()  # what the next screen has no use for
        shown, demo = following, False


def settle_how_textual_paints() -> None:
    """Set Textual's variables before it reads them; values that it would not start with are taken away."""
    from tui.dossiers import in_browser

    if not in_browser():
        os.environ.pop("TEXTUAL_DRIVER", None)  # our screen knows no third place to be painted on
        for size in ("COLUMNS", "LINES"):  # which would count more than what the terminal says of itself
            os.environ.pop(size, None)
    if os.environ.get("TEXTUAL_COLOR_SYSTEM") not in COLOR_SYSTEMS:
        os.environ.pop("TEXTUAL_COLOR_SYSTEM", None)
    # how often it may paint: at its own 60 a second, what a key brings waits for the frame of the key itself
    os.environ.setdefault("TEXTUAL_FPS", "240")


def screen_words(words: list[str]) -> tuple[str | None, bool] | None:
    """The dossier's path, None for the default one, and whether it is only read; None if a command is meant."""
    from tui.commands import COMMANDS

    before, after = _parted(words)
    read_only = "--read-only" in before
    rest = [word for word in before if word != "--read-only"]
    if any(word.startswith("-") or word in COMMANDS for word in rest):
        return None
    paths = [*rest, *after]
    return (paths[0] if paths else None, read_only) if len(paths) <= 1 else None


def _parted(words: list[str]) -> tuple[list[str], list[str]]:
    """The words before and after `--`, after which nothing is an option."""
    at = words.index("--") if "--" in words else len(words)
    return words[:at], words[at + 1 :]


if __name__ == "__main__":
    sys.exit(main())
