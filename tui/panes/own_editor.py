"""A text in the editor that the user has chosen for all programs: out into a private file, and back as an edit."""

import asyncio
import os
import shlex
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from textual.app import SuspendNotSupported

from storage import StorageError, plain
from tui.dossier_app import DossierApp
from tui.dossiers import in_browser
from tui.keys import key_for, with_keys
from tui.panes.pasting import understood
from tui.widgets.editors import editor_for
from tui.widgets.editors.cleaning import cleaned

if TYPE_CHECKING:
    from tui.panes.editing_pane import EditingPane

VARIABLES: Final = ("VISUAL", "EDITOR")
"""Where people say which editor they want, the one that counts more first."""

NOT_SET: Final = (
    "Set $VISUAL or $EDITOR to the command of your editor and start Parley anew; {edit} edits the text here."
)
NO_TERMINAL: Final = "Your own editor needs a terminal to itself, which there is none of here; {edit} edits the text."


class Chosen(NamedTuple):
    """The words of the command, and the variable that holds them."""

    words: list[str]
    variable: str

    @property
    def called(self) -> str:
        """The program, fit to show."""
        return plain(self.words[0], 40)


class Back(NamedTuple):
    """The text that an editor has left, and what went wrong, in a sentence; "" for nothing."""

    text: str
    problem: str = ""


async def edit(pane: "EditingPane") -> None:
    """Open the text under the cursor in the user's editor, and save what comes back changed."""
    target = await pane.target_here()
    if target is None or pane.only_reads():
        return
    if target.field.type not in ("text", "long"):
        here = f"{target.field.label} is edited here, with {key_for('edit')}"
        pane.say(f"{key_for('own_editor')} opens texts in your own editor; {here}.", wrong=True)
        return
    cell = pane.cell_of(target)
    given = editor_for(target.field)(cell).draft_text
    try:
        back = await _through(pane.parley, _chosen(), f"{target.field.name}.txt", given)
    except (ValueError, SuspendNotSupported) as problem:
        pane.say(with_keys(NO_TERMINAL) if isinstance(problem, SuspendNotSupported) else str(problem), wrong=True)
        return
    text, _ = cleaned(back.text, multiline=target.field.type == "long")
    if text == given and not back.problem:
        await pane.discarded(target, cell.draft)
        return
    if text != given:
        pane.keep_draft(target, text)
    try:
        if back.problem:
            raise ValueError(back.problem)
        value = await understood(pane, target, text)
    except (ValueError, StorageError) as problem:
        pane.say(f"{problem}{pane.offer(target)}", wrong=True)
    else:
        await pane.submitted(target, value)


def _chosen() -> Chosen:
    """The editor that the user wants; a ValueError says in a sentence why none can be told."""
    variable = next((each for each in VARIABLES if os.environ.get(each, "").strip()), None)
    if variable is None:
        raise ValueError(with_keys(NO_TERMINAL if in_browser() else NOT_SET))
    try:
        return Chosen(shlex.split(os.environ[variable]), variable)
    except ValueError:
        raise ValueError(f"A quotation mark in ${variable} is not closed; set it and start Parley anew.") from None


async def _through(app: DossierApp, chosen: Chosen, name: str, text: str) -> Back:
    """Let the editor work on a file of this name that nobody else can read and that is gone afterwards."""
    try:
        with tempfile.TemporaryDirectory(prefix="parley-", ignore_cleanup_errors=True) as folder:
            path = Path(folder, name)
            path.touch(0o600)
            # a last line without an end is none to many editors
            path.write_text(f"{text}\n" if text else "", encoding="utf-8", newline="")
            return _read(path, text, await _run(app, chosen, path), chosen)
    except OSError as error:
        raise ValueError(f"The text can't be handed to {chosen.called}: {error.strerror}.") from error


async def _run(app: DossierApp, chosen: Chosen, path: Path) -> str:
    """Give the terminal to the editor until it ends; what went wrong."""
    with app.terminal_lent():
        try:
            process = await asyncio.create_subprocess_exec(*chosen.words, str(path))
        except OSError as error:
            says = f"${chosen.variable} says what {key_for('own_editor')} opens"
            return f"{chosen.called} can't be started ({error.strerror}); {says}."
        try:
            code = await process.wait()
        finally:
            with suppress(ProcessLookupError):
                process.terminate()  # when Parley is asked to end, since the file goes with it
    how = f"was ended by signal {-code}" if code < 0 else f"ended with {code}"
    return f"{chosen.called} has failed (it {how})." if code else ""


def _read(path: Path, given: str, problem: str, chosen: Chosen) -> Back:
    """What stands in the file; what was given, where there is none any more."""
    if not path.is_file():  # not there, or a pipe, which may never say anything
        return Back(given, problem or f"{chosen.called} has left no file.")
    try:
        text = path.read_bytes().decode()
    except UnicodeDecodeError:
        text = path.read_bytes().decode(errors="replace")
        problem = problem or f"{chosen.called} has left a text that is no UTF-8."
    return Back(text.replace("\r\n", "\n").removesuffix("\n"), problem)
