"""A line for the path of a file, completed from the folders that there are."""

from pathlib import Path

from textual.suggester import Suggester
from textual.widgets import Input


class FolderSuggester(Suggester):
    """Completes the last part of a path."""

    def __init__(self) -> None:
        super().__init__(use_cache=False, case_sensitive=True)

    async def get_suggestion(self, value: str) -> str | None:
        """The first entry of the folder that begins as typed; folders end in a slash."""
        folder, _, start = value.rpartition("/")
        here = Path(f"{folder}/" if folder or value.startswith("/") else ".").expanduser()
        try:
            found = sorted(entry for entry in here.iterdir() if entry.name.startswith(start or "\0"))
        except OSError:
            return None
        if not found:
            return None
        name = found[0].name + ("/" if found[0].is_dir() else "")
        return f"{folder}/{name}" if folder or value.startswith("/") else name


class PathLine(Input):
    """One line; → takes the completion."""

    DEFAULT_CSS = """
    PathLine, PathLine:focus { height: 1; border: none; padding: 0 0 0 14; }
    PathLine:focus { background: $foreground 12%; }
    """

    def __init__(self) -> None:
        super().__init__(compact=True, select_on_focus=False, suggester=FolderSuggester())
