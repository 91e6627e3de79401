"""Which dossier the screen opens, made first if need be, and that there is a terminal to open it on."""

import os
import sys
from datetime import datetime
from pathlib import Path
from typing import Final

from storage import shell_word
from tui.ending import Stop

DEFAULT_NAME: Final = "istanbul.db"

WEB_DRIVER: Final = "textual.drivers.web_driver:WebDriver"
"""What Textual is to paint with, in its variable TEXTUAL_DRIVER, when that goes to a browser."""


def refuse_missing(path: Path) -> None:
    """Stop if there is no such file."""
    if not os.path.exists(path):  # which no name is too long for
        makes_one = f"`parley new {shell_word(path)}` makes one"
        raise Stop(f"There is no file {path}. {makes_one}; `parley --help` shows what else there is.")


def in_browser() -> bool:
    """True where the screen is shown in a browser, as `parley serve` does: then it has no terminal, and needs none."""
    return os.environ.get("TEXTUAL_DRIVER") == WEB_DRIVER


def refuse_without_terminal() -> None:
    """Stop unless a person sits at both ends."""
    if not (in_browser() or (sys.stdin.isatty() and sys.stdout.isatty())):
        raise Stop("The screen needs a terminal; `parley --help` shows the commands that do without.")


def default_dossier() -> Path:
    """The path of the dossier that `parley` alone opens, made from the packaged seed the first time."""
    path = data_folder() / DEFAULT_NAME
    if not os.path.exists(path):
        new_from_seed(path)
    return path


def new_demo() -> Path:
    """The path of a fresh dossier made from the packaged seed, which is kept."""
    path = data_folder() / f"demo-{datetime.now():%Y%m%dT%H%M%S}.db"
    new_from_seed(path)
    return path


def new_from_seed(path: Path) -> None:
    """Make a dossier from the packaged seed."""
    from storage import create_store, packaged_seed

    create_store(path, packaged_seed()).close()


def data_folder() -> Path:
    """The folder for the dossiers that Parley makes of its own accord."""
    from platformdirs import user_data_path

    folder = user_data_path("parley")
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise Stop(f"The folder {folder} can't be made: {error.strerror}.") from error
    return folder
