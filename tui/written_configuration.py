"""The configuration as the user has written it, in TOML; whatever is wrong in it is told, and stops nothing."""

import os
import tomllib
from pathlib import Path
from typing import Final

from storage import plain
from tui.configuration import Configuration
from tui.key_choices import MOST_SHOWN, KeyChoices

TABLE: Final = "keys"

GLYPHS: Final = "glyphs"

SIGNS, LETTERS = "signs", "letters"
"""What `glyphs` may be set to: what it is anyway, and what it is where no signs are wanted."""

MOST_BYTES: Final = 64 * 1024
"""A file with every key of Parley and a comment on each takes a tenth of it."""

LONGEST_LINE: Final = 1_000
"""Python takes many seconds for a name of very many parts."""

MOST_TOLD: Final = 20
"""So many sentences are told of one file."""


def read(file: Path) -> Configuration:
    """What is configured in the file; the usual keys and signs where it can't be followed."""
    try:
        settings = _settings(file)
    except OSError as error:
        return _unread(f"{file} can't be read: {error.strerror}")
    except (ValueError, RecursionError) as error:  # Python's words for it may quote anything
        return _unread(f"{file} is no TOML that Parley can read: {plain(str(error), 2 * MOST_SHOWN)}")
    table, glyphs = settings.pop(TABLE, {}), settings.pop(GLYPHS, SIGNS)
    choices = KeyChoices(table if isinstance(table, dict) else {})
    wrong = [
        f"{plain(name, MOST_SHOWN)} is no setting; there is {GLYPHS}, and what stands below a line [{TABLE}]."
        for name in settings
    ]
    if glyphs not in (SIGNS, LETTERS):
        wrong.append(f'{GLYPHS} is to be "{LETTERS}" or "{SIGNS}".')
    if not isinstance(table, dict):
        wrong.append(f'{TABLE} is to be a table: a line [{TABLE}], and below it lines like add = "a, ^n".')
    wrong += choices.wrong
    told = [f"{file}: {sentence}" for sentence in wrong[:MOST_TOLD]]
    if len(wrong) > MOST_TOLD:
        told.append(f"{file}: {len(wrong) - MOST_TOLD:,} more lines are wrong; mend those first.")
    return Configuration(choices.keys, tuple(told), glyphs == LETTERS)


def _settings(file: Path) -> dict[str, object]:
    """What the file holds; OSError, ValueError and RecursionError say why that can't be known."""
    handle = os.open(file, os.O_RDONLY | os.O_NONBLOCK)  # a pipe would be waited for
    try:
        text = os.read(handle, MOST_BYTES + 1)
    finally:
        os.close(handle)
    if len(text) > MOST_BYTES:
        raise ValueError(f"it has more than {MOST_BYTES // 1024} KB")
    if max(map(len, text.splitlines()), default=0) > LONGEST_LINE:
        raise ValueError(f"a line has more than {LONGEST_LINE:,} characters")
    return tomllib.loads(text.decode("utf-8-sig"))


def _unread(sentence: str) -> Configuration:
    return Configuration(wrong=(f"{sentence}. Mend it; until then the usual keys and signs are in use.",))
