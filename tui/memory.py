"""What is remembered between runs: theme, views as they were left, named views, the last export, dossiers opened.

It is one small file. Several runs may write it, one after the other: each puts what was chosen in it beside what it
finds there, so of two choices of the same thing the later one stays. By the time that it is read the file may be
anything: what is not understood of it is as if it were not there.
"""

import asyncio
import json
import os
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from types import MappingProxyType
from typing import Final, NamedTuple, TypeVar

from storage import Sort, StorageError

K = TypeVar("K")
V = TypeVar("V")

FILE: Final = "memory.json"

MOST_BYTES: Final = 64 * 1024
"""No more is read, so no more is written: the views that were changed longest ago are forgotten first."""

MOST_BYTES_OF_NAMED: Final = MOST_BYTES // 2
"""So many of them are for views with a name, which are forgotten only when they are deleted."""

MOST_RECENT: Final = 10
"""So many dossiers that were opened are remembered."""

LATER_SECONDS: Final = 0.1
"""It is written so much later, since to write beside it would slow down the painting of what was chosen."""

NOTHING: Final[Mapping[str, "ViewLook"]] = MappingProxyType({})
NO_NAMES: Final[Mapping["PaneAndName", "NamedView | None"]] = MappingProxyType({})


class ViewLook(NamedTuple):
    """How a view was left; a column that is named nowhere here did not exist then."""

    shown: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    widths: tuple[tuple[str, int], ...] = ()
    sort: tuple[Sort, ...] = ()

    def arranged(self, usual: tuple[str, ...], known: Iterable[str]) -> tuple[str, ...]:
        """The columns to show of those known, of which some are usually shown; the usual first one stays the first."""
        settled = {*self.shown, *self.hidden}
        there = set(known)
        chosen = (name for name in self.shown if name in there)
        return tuple(dict.fromkeys((*usual[:1], *chosen, *(name for name in usual if name not in settled))))


class KeptFilter(NamedTuple):
    """A filter as the command line takes it; references by refs, since an id means nothing in another dossier."""

    words: str
    about: str = ""
    """What the record is called at length that the words name, which tells it from another with the same ref."""
    value: str = ""
    """How the frame of the pane writes the value."""


class NamedView(NamedTuple):
    """How a pane looked, and what narrowed it, when the user gave that a name."""

    look: ViewLook = ViewLook()
    where: tuple[KeptFilter, ...] = ()
    search: str = ""


PaneAndName = tuple[str, str]


class ExportChoices(NamedTuple):
    """How something was exported last; whether with internal material is asked anew each time."""

    what: str = ""
    format: str = ""
    names: str = ""
    spreadsheet: str = ""
    headers: str = ""
    to: str = ""


class Kept(NamedTuple):
    """All that is remembered, or the part of it that was chosen just now."""

    theme: str = ""
    views: Mapping[str, ViewLook] = NOTHING
    export: ExportChoices = ExportChoices()
    named: Mapping[PaneAndName, NamedView | None] = NO_NAMES
    """None is a view whose name was deleted."""
    recent: tuple[str, ...] = ()
    """The paths of the dossiers opened last, the newest first."""

    def then(self, later: "Kept") -> "Kept":
        """The same with what was chosen later in its place, and after all else."""
        export = self.export if later.export == ExportChoices() else later.export
        views, named = _latest(self.views, later.views), _latest(self.named, later.named)
        recent = tuple(dict.fromkeys((*later.recent, *self.recent)))[:MOST_RECENT]
        return Kept(later.theme or self.theme, views, export, named, recent)

    def named_in(self, pane: str) -> dict[str, NamedView]:
        """The views of a pane by their names, the one that was named last in front."""
        named = ((name, view) for (of, name), view in reversed([*self.named.items()]) if of == pane)
        return {name: view for name, view in named if view is not None}


def _latest(earlier: Mapping[K, V], later: Mapping[K, V]) -> dict[K, V]:
    """Everything of both; what is in both is that of the later one, and what is in the later one comes last."""
    return {**{key: value for key, value in earlier.items() if key not in later}, **later}


class Memory:
    """What earlier runs and this one were told to remember; it is written on a thread of its own."""

    def __init__(self, file: Path | None = None) -> None:
        """Without a file it lasts as long as the run."""
        self._file = file
        self.kept = Kept() if file is None else _read(file)
        self.tell_refused: Callable[[str], object] = lambda _sentence: None
        """Called once, on that thread, with a sentence that says why the file can't be written."""
        self._unwritten = Kept()
        self._of_unwritten = threading.Lock()
        self._of_file = threading.Lock()
        """Held while what was chosen is on its way into the file."""
        self._ending = threading.Event()
        self._writing = ThreadPoolExecutor(1, "memory")

    def keep(self, chosen: Kept) -> None:
        """Remember this as well."""
        self.kept = self.kept.then(chosen)
        if self._file is not None:
            with self._of_unwritten:
                self._unwritten = self._unwritten.then(chosen)
            self._writing.submit(self._write, self._file)

    def has_room_for(self, named: Kept) -> bool:
        """True when these views with a name find room beside the others."""
        return len(_as_json(Kept(named=self.kept.then(named).named))) <= MOST_BYTES_OF_NAMED

    async def hear(self) -> None:
        """Know which views other runs have named, and which dossiers they have opened, up to now."""
        if self._file is not None:
            found = await asyncio.to_thread(self._found, self._file)
            self.kept = self.kept._replace(named=found.named, recent=found.recent)

    def close(self) -> None:
        """Return when everything is in the file; nothing more can be kept."""
        self._ending.set()
        self._writing.shutdown()

    def _found(self, file: Path) -> Kept:
        with self._of_file, self._of_unwritten:
            return _read(file).then(self._unwritten)

    def _write(self, file: Path) -> None:
        self._ending.wait(LATER_SECONDS)
        with self._of_file:
            self._write_now(file)

    def _write_now(self, file: Path) -> None:
        with self._of_unwritten:
            chosen, self._unwritten = self._unwritten, Kept()
        if chosen == Kept():  # it went with what was chosen before it
            return
        try:
            file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with _alone(file.parent):
                found = _read(file)
                if (kept := found.then(chosen)) != found:
                    _replace(file, kept)
        except (OSError, StorageError) as error:
            with self._of_unwritten:
                self._unwritten = chosen.then(self._unwritten)
            if chosen == Kept(recent=chosen.recent):  # which nobody chose to keep
                return
            why = f"{file.parent} can't be made: {error.strerror}." if isinstance(error, OSError) else str(error)
            self.tell_refused(f"The next run may not know this: {why}")
            self.tell_refused = lambda _sentence: None


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Let no other run write meanwhile, where the file system can; else one would lose what the other chose."""
    import fcntl  # with what is written, since most runs remember nothing new

    handle = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _replace(file: Path, kept: Kept) -> None:
    from storage import replacing_by_path  # here, since most runs remember nothing new

    while len(text := _as_json(kept)) > MOST_BYTES and kept != (fewer := _with_fewer(kept)):
        kept = fewer
    with replacing_by_path(file) as new:
        new.write_text(text, encoding="ascii")


def _with_fewer(kept: Kept) -> Kept:
    """The same without what is missed least."""
    if kept.views:
        return kept._replace(views=_without_first(kept.views))
    if kept.recent:
        return kept._replace(recent=kept.recent[:-1])
    return kept._replace(named=_without_first(kept.named))


def _without_first(kept: Mapping[K, V]) -> dict[K, V]:
    return {key: kept[key] for key in [*kept][1:]}


def _as_json(kept: Kept) -> str:
    views = {name: _look_as_json(look) for name, look in kept.views.items()}
    named = [
        {"pane": pane, "name": name, "look": _look_as_json(view.look), "where": view.where, "search": view.search}
        for (pane, name), view in kept.named.items()
        if view is not None
    ]
    told = {"theme": kept.theme, "views": views, "export": kept.export._asdict(), "named": named, "recent": kept.recent}
    return json.dumps(told) + "\n"


def _look_as_json(look: ViewLook) -> dict[str, object]:
    sort = [(each.field, each.descending) for each in look.sort]
    return {"shown": look.shown, "hidden": look.hidden, "widths": dict(look.widths), "sort": sort}


def _read(file: Path) -> Kept:
    """What is remembered there; nothing where there is no such file, it can't be read or is none of ours."""
    try:
        handle = os.open(file, os.O_RDONLY | os.O_NONBLOCK)  # a pipe would be waited for
        try:
            found = json.loads(os.read(handle, MOST_BYTES))
        finally:
            os.close(handle)
    except (OSError, ValueError, RecursionError):
        return Kept()
    kept = _mapping(found)
    views = {name: _look(_mapping(look)) for name, look in _mapping(kept.get("views")).items()}
    chosen = _mapping(kept.get("export"))
    export = ExportChoices._make(_text(chosen.get(name)) for name in ExportChoices._fields)
    found_named = (_mapping(each) for each in _list(kept.get("named")))
    named = {(_text(each.get("pane")), _text(each.get("name"))): _named_view(each) for each in found_named}
    recent = tuple(path for path in _list(kept.get("recent")) if isinstance(path, str))  # in whatever letters it is
    return Kept(_text(kept.get("theme")), views, export, named, recent[:MOST_RECENT])


def _named_view(found: Mapping[str, object]) -> NamedView:
    where = (_texts(each) for each in _list(found.get("where")))
    filters = tuple(KeptFilter(*each) for each in where if len(each) == len(KeptFilter._fields))
    return NamedView(_look(_mapping(found.get("look"))), filters, _text(found.get("search")))


def _look(found: Mapping[str, object]) -> ViewLook:
    widths = ((name, width) for name, width in _mapping(found.get("widths")).items() if type(width) is int)
    orders = (each for each in _list(found.get("sort")) if isinstance(each, list) and len(each) == 2)
    sort = {_text(name): Sort(_text(name), descending is True) for name, descending in orders}
    return ViewLook(_texts(found.get("shown")), _texts(found.get("hidden")), tuple(widths), tuple(sort.values()))


def _mapping(found: object) -> Mapping[str, object]:
    return found if isinstance(found, dict) else {}


def _list(found: object) -> list[object]:
    return found if isinstance(found, list) else []


def _texts(found: object) -> tuple[str, ...]:
    return tuple(_text(each) for each in _list(found))


def _text(found: object) -> str:
    """The text; without the halves of characters that JSON can hold and nothing that is asked of a dossier may."""
    return found.encode(errors="ignore").decode() if isinstance(found, str) else ""
