"""Connections to a dossier's file: what every one of them is told before it reads or writes."""

import os
import sqlite3
import time
from pathlib import Path
from typing import Final, Literal
from urllib.parse import quote

from storage.errors import CannotOpen, NotSaved, Stopped, StorageError
from storage.file.beside import BESIDE, LOG_ENDING, log_beside
from storage.file.damage import damaged
from storage.file.file_systems import is_on_network
from storage.file.unguarded import Unguarded, state_of
from storage.folding import fold, natural

Mode = Literal["ro", "rw", "ro&readonly_shm=1", "ro&immutable=1"]

NO_LOG_BESIDE: Final = (
    "This file system can't be shared as others can (a network drive?): saving takes longer here, "
    "and it is safer if only one Parley has the dossier open."
)
"""What the user is told once where `write_ahead` could not."""

NO_SHARED_MEMORY: Final = ("SQLITE_CANTOPEN", "SQLITE_IOERR_SHMMAP", "SQLITE_IOERR_SHMOPEN")
TRIES: Final = 4
SECONDS_BETWEEN_TRIES: Final = 0.02

BUSY_SECONDS: Final = 5
LONGEST_VALUE: Final = 50_000_000

STOPPED_AT_ITS_BEGINNING: Final = "vtable constructor failed: json_each"
"""What SQLite says of a question that was stopped while it took in a list of ids; it says so of nothing else."""

HELD_KIB: Final = 8_000
"""Page cache of a writing connection, in KiB."""

PRAGMAS: Final = {"trusted_schema": 0, "cell_size_check": 1, "foreign_keys": 1, "mmap_size": 0, "synchronous": 2}
"""What every connection is told, in the numbers in which SQLite answers; 2 is FULL."""


def connect(path: Path, mode: Mode = "rw", cut_short: bool = False) -> sqlite3.Connection:
    """A connection that trusts nothing in the file and leaves transactions to us; CannotOpen with a sentence.

    SQLite opens a file that was `cut_short` only for those who may repair its schema; nobody else is to ask for that.
    """
    guarded = mode != "ro&immutable=1"
    state = None if guarded else state_of(path)
    try:
        connection = sqlite3.connect(
            # // keeps a path that begins with // from being read as the name of a host
            f"file://{quote(os.fsencode(path.absolute()))}?mode={mode}",
            uri=True,
            timeout=BUSY_SECONDS,
            isolation_level=None,
            check_same_thread=False,
            factory=sqlite3.Connection if guarded else Unguarded,
        )
        if isinstance(connection, Unguarded):
            connection.path, connection.state = path, state
        try:
            if cut_short:
                connection.execute("PRAGMA writable_schema = ON")
            _prepare_where_it_can_be_read(connection)
        except (sqlite3.Error, StorageError):
            connection.close()
            raise
    except sqlite3.Error as error:
        raise refusal(path, error) from error
    return connection


def connect_to_read(path: Path, cut_short: bool = False) -> sqlite3.Connection:
    """A connection that changes nothing, and leaves nothing beside the file that was not there.

    Where nothing can be kept there, it may turn out to be outdated: see `refuse_outdated`.
    """
    try:
        return _connect_beside_others(path, cut_short)
    except CannotOpen as error:
        if not _lacks_room(error.__cause__) or log_beside(path):
            raise
        return connect(path, "ro&immutable=1", cut_short)


def _lacks_room(error: BaseException | None) -> bool:
    return isinstance(error, sqlite3.Error) and error_name(error).startswith(("SQLITE_FULL", "SQLITE_IOERR"))


def _connect_beside_others(path: Path, cut_short: bool) -> sqlite3.Connection:
    if not may_be_written(path):
        return _connect_without_rights(path, cut_short)
    if os.path.exists(f"{os.path.realpath(path)}{LOG_ENDING}"):
        return connect(path, "ro", cut_short)
    # a connection in mode=ro makes the files beside a dossier, too, but can't take them away again when it closes
    connection = connect(path, cut_short=cut_short)
    connection.execute("PRAGMA query_only = ON")
    return connection


def may_be_written(path: Path) -> bool:
    """True where this user may change the file, and keep beside it what SQLite keeps there."""
    real = Path(os.path.realpath(path))  # that lies beside the file itself, not beside a link to it
    return os.access(real, os.W_OK) and os.access(real.parent, os.W_OK)


def _connect_without_rights(path: Path, cut_short: bool) -> sqlite3.Connection:
    """What SQLite would make beside the file would be this user's, and keep the file's owner from saving."""
    if state_of(path) is not None:
        return connect(path, "ro&immutable=1", cut_short)
    log, real = log_beside(path), os.path.realpath(path)
    if log and not all(os.access(f"{real}{end}", os.R_OK) for end in BESIDE):
        raise CannotOpen(
            f"{path} can't be read: its newest steps are in {log.name}, and only who may write to both can bring "
            "them together. Ask its owner to open it and leave it again, or copy both into a folder of your own."
        )
    return connect(path, "ro&readonly_shm=1", cut_short)


def prepare(connection: sqlite3.Connection) -> None:
    """Tell a connection what every connection of ours is told, and make sure that it heard."""
    for name, value in PRAGMAS.items():
        connection.execute(f"PRAGMA {name} = {value}")
        answer = connection.execute(f"PRAGMA {name}").fetchone()
        # a library built without memory maps or with another default gives no answer: then there is nothing to set
        if answer and answer[0] != value:
            raise CannotOpen(f"SQLite here refuses {name} = {value}, on which the safety of a dossier rests.")
    connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LONGEST_VALUE)
    connection.text_factory = _decoded
    connection.create_function("natural_key", 1, _natural, deterministic=True)
    connection.create_function("fold", 1, _fold, deterministic=True)


def hold_more(connection: sqlite3.Connection) -> None:
    """Let a connection hold what many changes touch: the pages of all indexes, in no order."""
    connection.execute(f"PRAGMA cache_size = -{HELD_KIB}")


def _prepare_where_it_can_be_read(connection: sqlite3.Connection) -> None:
    """Prepare a connection; where the file system can't share memory, let this one alone read a file in WAL mode."""
    for _ in range(TRIES):
        try:
            prepare(connection)
            return
        except sqlite3.OperationalError as error:
            if not error_name(error).startswith(NO_SHARED_MEMORY):
                raise
        time.sleep(SECONDS_BETWEEN_TRIES)  # another program may just be making or taking away what lies beside
    connection.execute("PRAGMA locking_mode = EXCLUSIVE")
    prepare(connection)


def write_ahead(connection: sqlite3.Connection, path: Path) -> bool:
    """Put the file into WAL mode; False where the file system can't share it, and the rollback journal is used."""
    may_share = not is_on_network(path) and connection.execute("PRAGMA locking_mode").fetchone()[0] == "normal"
    if may_share and connection.execute("PRAGMA journal_mode = WAL").fetchone()[0] == "wal":
        return True
    try:
        connection.execute("PRAGMA journal_mode = DELETE")
        connection.execute("PRAGMA locking_mode = NORMAL")
        connection.execute("SELECT 1 FROM sqlite_master LIMIT 1")  # only this lets go of the file
    except sqlite3.OperationalError as error:
        if not error_name(error).startswith("SQLITE_BUSY"):
            raise
        # another program on this machine has it open in WAL mode, which goes on being safe between the two
    return False


def said(error: sqlite3.Error) -> str:
    """What an SQLite error means to a person; told apart by its name, never by its text."""
    name = error_name(error)
    sentences = {
        "SQLITE_NOTADB": "it is not a Parley dossier.",
        "SQLITE_CORRUPT": "it is damaged. Restore the newest backup, or export what --read-only shows.",
        "SQLITE_BUSY": "it is in use by another program. Try again when that has finished.",
        "SQLITE_LOCKED": "it is in use by another program. Try again when that has finished.",
        "SQLITE_FULL": "the disk is full. Make room and try again.",
        "SQLITE_IOERR_SHMSIZE": "the disk is full. Make room and try again, or only read it, with --read-only.",
        "SQLITE_IOERR": "the disk reports an error.",
        "SQLITE_READONLY_ROLLBACK": "a program is, or broke off, in the midst of a step. Try again, or ask its owner.",
        "SQLITE_READONLY": "it may only be read, not written.",
        "SQLITE_CANTOPEN": "it may not be read or is not there.",
        "SQLITE_TOOBIG": f"a value in it is longer than {LONGEST_VALUE:,} bytes, which is more than Parley reads.",
        "SQLITE_INTERRUPT": "the question was stopped.",
    }
    known = next((sentence for start, sentence in sentences.items() if name.startswith(start)), None)
    return known or f"SQLite reports {name or 'an error'}."


def error_name(error: sqlite3.Error) -> str:
    """What SQLite calls an error, `SQLITE_BUSY`; empty for one that comes from elsewhere."""
    return getattr(error, "sqlite_errorname", "") or ""


def refusal(path: Path, error: sqlite3.Error, done: str = "opened") -> StorageError:
    """The error to raise when a dossier can't be opened or read, or when it was not to be read any longer."""
    if error_name(error) == "SQLITE_INTERRUPT" or str(error) == STOPPED_AT_ITS_BEGINNING:
        return Stopped("The question was stopped, since a newer one was asked.")
    if error_name(error).startswith("SQLITE_CORRUPT"):
        return damaged(path)
    return CannotOpen(f"{path} can't be {done}: {said(error)}")


def not_saved(error: sqlite3.Error) -> StorageError:
    """The error to raise when a step could not be written; nothing of it is in the file."""
    return NotSaved(f"Not saved: {said(error)}")


def _decoded(raw: bytes) -> str:
    return raw.decode("utf-8", "replace")


def _natural(value: object) -> str:
    return natural(_text(value))


def _fold(value: object) -> str:
    return fold(_text(value))


def _text(value: object) -> str:
    """A text that SQL hands over, maybe as its bytes; anything else is none."""
    return _decoded(value) if isinstance(value, bytes) else value if isinstance(value, str) else ""
