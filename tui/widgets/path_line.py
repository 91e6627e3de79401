"""A line for the path of a file, completed from the folders that there are."""

import os
import stat
from pathlib import Path
from typing import Final

from textual.suggester import Suggester

from storage import plain
from tui.widgets.clean_input import CleanInput

FOLDER: Final = "{} is a folder; type the name of a file in it."


class FolderSuggester(Suggester):
    """Completes the last part of a path."""

    def __init__(self) -> None:
        super().__init__(use_cache=False, case_sensitive=True)

    async def get_suggestion(self, value: str) -> str | None:
        """The first entry of the folder that begins as typed and is fit to be typed; folders end in a slash."""
        folder, _, start = value.rpartition("/")
        here = path_of(f"{folder}/" if folder or value.startswith("/") else ".")
        try:
            found = sorted(entry for entry in here.iterdir() if start and entry.name.startswith(start))
        except OSError:
            return None
        found = [entry for entry in found if plain(entry.name) == entry.name]
        if not found:
            return None
        name = found[0].name + ("/" if found[0].is_dir() else "")
        return f"{folder}/{name}" if folder or value.startswith("/") else name


class PathLine(CleanInput):
    """One line; → takes the completion."""

    DEFAULT_CSS = """
    PathLine, PathLine:focus { height: 1; border: none; padding: 0 0 0 14; }
    PathLine:focus { background: $foreground 12%; }
    """

    def __init__(self) -> None:
        super().__init__(compact=True, select_on_focus=False, suggester=FolderSuggester())

    @property
    def path(self) -> Path:
        """The path that is typed."""
        return path_of(self.value)

    @property
    def wrong(self) -> str:
        """Why no file can be written there, in a sentence; empty if nothing is known against it."""
        if not self.value.strip():
            return "A path is needed; type where the file is to go."
        try:
            mode = self.path.stat().st_mode
        except OSError:
            return ""
        if stat.S_ISDIR(mode):
            return FOLDER.format(self.path)
        # a pipe nobody reads would be waited for, a terminal is what the screen stands on
        return "" if stat.S_ISREG(mode) else f"{self.path} is not a regular file; type the name of one."

    @property
    def unreadable(self) -> str:
        """Why no file can be read from there, in a sentence; empty if nothing is known against it."""
        if not self.value.strip():
            return "A path is needed; type where the file is."
        try:
            mode = self.path.stat().st_mode
        except OSError as error:
            return f"{self.path} can't be read: {error.strerror}."
        if stat.S_ISDIR(mode):
            return FOLDER.format(self.path)
        return "" if stat.S_ISREG(mode) else f"{self.path} is not a regular file; save in one what comes from there."


def path_of(typed: str) -> Path:
    """The path that was meant, ~ for the home of a user who has one."""
    try:
        return Path(typed).expanduser()
    except RuntimeError:
        return Path(typed)


def is_folder(path: Path) -> bool:
    """True for a folder that can be looked at."""
    try:
        return path.is_dir()
    except OSError:
        return False


def is_taken(path: Path) -> bool:
    """True when something lies there; a path that can't be looked at is free until writing to it fails."""
    try:
        return path.exists()
    except OSError:
        return False


def beside(path: Path) -> Path:
    """The path with the first number after its name that no file has yet."""
    candidates = (path.with_stem(f"{path.stem}-{number}") for number in range(2, 10_000))
    return next(candidate for candidate in candidates if not os.path.exists(candidate))
