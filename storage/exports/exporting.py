"""How a view leaves: rows from the store, through a format, into a file that is whole or not there."""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from io import TextIOWrapper
from pathlib import Path
from typing import Final, TextIO, TypeVar

from storage.errors import Cancelled, Refused, Unknown
from storage.exports.formats import AS_IT_IS, SQLITE, Cell, Format, Heading, Sheet, Switches
from storage.exports.leaving import columns
from storage.file.atomic import replacing, replacing_by_path
from storage.file.beside import SIDE_FILES, owner_of
from storage.file.stopping import STOPPED
from storage.questions.question import Question
from storage.store import Found, Store
from storage.view import View

T = TypeVar("T")

ROWS_BETWEEN_REPORTS: Final = 1_000


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A dossier as the outside may see it; whatever leaves as text leaves through this."""

    store: Store
    """What is asked for views: without what is internal, unless that was wanted."""
    dossier: Path
    """The file that no export may overwrite."""
    internal: bool = False
    """True when what is internal leaves as well."""
    withheld: bool = False
    """True when there is something internal, and it stays behind."""

    def write_view(
        self,
        view: View | Question,
        format: Format,
        target: Path | TextIO,
        *,
        switches: Switches = AS_IT_IS,
        progress: Callable[[int], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> int:
        """Write every row of a view into a file or stream; the number of rows.

        Every thousand rows `progress` is told the number so far and `cancelled` is asked; Cancelled is raised
        when it says True, and then the file is as it was.
        """
        refuse_meaningless(format, switches)
        watch = _Watch(progress, cancelled)
        if format.write_file is not None and isinstance(target, Path):
            refuse_dossier_as_target(self.dossier, target)
            with replacing_by_path(target) as path, self._sheet(view, format, switches, watch) as sheet:
                format.write_file(sheet, path, switches)
                watch.report()
                self.store.make_sure()
            return watch.rows
        with self._opened(target) as out:
            if not self._written_by_sql(view, format, out, switches, watch):
                with self._sheet(view, format, switches, watch) as sheet:
                    format.write(sheet, out, switches)
            watch.report()
        return watch.rows

    def _written_by_sql(
        self, view: View | Question, format: Format, out: TextIO, switches: Switches, watch: "_Watch"
    ) -> bool:
        """Write the view by the faster way, if there is one; the same bytes as row by row."""
        if format.in_sql is None or not isinstance(view, View) or not view.is_stored:
            return False
        found = None if switches.names or switches.guard else columns(view)
        if found is None or any(column.type in format.in_sql.never for column in found):
            return False
        start, between, end = format.in_sql.frame or (b"", b"", b"")
        if not format.in_sql.frame:
            format.write(Sheet(headings(view), ()), out, switches)
        put = _putting(out)
        with self.store.blocks(view, format.in_sql.cells(found)) as blocks:
            for block in blocks:
                put((between if watch.rows else start) + format.in_sql.lines(block))
                watch.passed(len(block))
        if watch.rows:
            put(end)
        elif format.in_sql.frame:
            format.write(Sheet(headings(view), ()), out, switches)
        return True

    def write_brief(self, ref: str, target: Path | TextIO, *, as_of: str = "") -> None:
        """Write the page about a demand, round or party as Markdown."""
        from storage.exports.briefing import brief_of

        with self._opened(target) as out:
            out.write(brief_of(self.store, ref, as_of))

    @contextmanager
    def _sheet(self, view: View | Question, format: Format, switches: Switches, watch: "_Watch") -> Iterator[Sheet]:
        """The rows as they leave: streamed from the store, or the answer to a question."""
        if isinstance(view, View) and view.is_stored:
            with self.store.stream(view) as found:
                yield Sheet(headings(view), watch.counting(cells(found, view, format, switches)))
            return
        from storage.exports.sheets import sheet_of
        from storage.questions.answers import Answers

        with self.store.one_moment():  # to the last row, since some are made only when they leave
            answers = Answers(self.store)
            table = answers.table(view) if isinstance(view, Question) else answers.demands(view)
            columns = view.columns if isinstance(view, Question) else view.shown()
            sheet = sheet_of(table, columns, format, switches)
            yield replace(sheet, rows=watch.counting(sheet.rows))

    def write_dossier(self, format: Format, target: Path | TextIO, cancelled: Callable[[], bool] | None = None) -> None:
        """Write the whole dossier: json in the form that `parley new --seed` reads, or a file that Parley opens.

        Cancelled is raised soon after `cancelled` says True, and then a file is as it was.
        """
        if format is SQLITE:
            self._write_copy(target, cancelled)
        elif format.name == "json":
            from storage.exports.dossier import whole

            watch = _Watch(None, cancelled)
            with self.store.one_moment(), self._opened(target) as out:
                out.writelines(watch.counting(whole(self.store)))
                watch.report()
        else:
            raise Unknown(f"The view dossier leaves as json or sqlite, not as {format.name}.")

    def _write_copy(self, target: Path | TextIO, cancelled: Callable[[], bool] | None) -> None:
        """Without its log, which holds what was there before."""
        from storage.file.copying import write_copy

        if not isinstance(target, Path):
            raise Unknown("A copy in sqlite needs a file to be written to; it is no text.")
        refuse_dossier_as_target(self.dossier, target)
        write_copy(self.store, target, strangers=self.internal, cancelled=cancelled)

    @contextmanager
    def _opened(self, target: Path | TextIO) -> Iterator[TextIO]:
        if not isinstance(target, Path):
            yield target
            return
        refuse_dossier_as_target(self.dossier, target)
        with replacing(target) as out:
            yield out
            self.store.make_sure()


@contextmanager
def outgoing(store: Store, *, internal: bool = False) -> Iterator[Outgoing]:
    """The dossier as it may leave: without what is internal, unless that is asked for."""
    if internal:
        yield Outgoing(store, store.path, internal=True)
        return
    from storage.exports.redaction import redacted

    with redacted(store) as without:
        yield Outgoing(without, store.path, withheld=without is not store)


def headings(view: View) -> tuple[Heading, ...]:
    """The name and the words above each column of a view."""
    return tuple(Heading(name, view.kind.fields[name].label) for name in view.shown())


def cells(found: Iterable[Found], view: View, format: Format, switches: Switches) -> Iterator[Sequence[Cell]]:
    """The rows as a format takes them: machine values, or what people read."""
    columns = view.shown()
    if format.for_people:
        from storage.showing import shown

        fields = [view.kind.fields[name] for name in columns]
        for each in found:
            yield [shown(field, each, names=switches.names) for field in fields]
    elif switches.names:
        for each in found:
            yield [each.long_names.get(name) or each.machine(name) for name in columns]
    else:
        for each in found:
            machine = {**each.values, **each.names}
            yield [machine[name] for name in columns]


def refuse_meaningless(format: Format, switches: Switches) -> None:
    """Unknown when a switch is set that means nothing to the format."""
    asked = {"headers": not switches.headers, "bom": switches.bom, "guard": switches.guard}
    for name, is_set in asked.items():
        if is_set and name not in format.takes:
            option = "--no-headers" if name == "headers" else f"--{name}"
            raise Unknown(f"{option} means nothing to {format.name}; it goes with csv and tsv.")


def _putting(out: TextIO) -> Callable[[bytes], object]:
    """What puts lines into a stream, as bytes where it can take them: encoding again would take as long as reading."""
    if not isinstance(out, TextIOWrapper) or out.encoding != "utf-8":
        return lambda lines: out.write(lines.decode("utf-8", "replace"))
    out.flush()
    return lambda lines: out.buffer.write(_sound(lines))


def _sound(lines: bytes) -> bytes:
    """The lines; a mark in place of what is not UTF-8, which another program may have written."""
    try:
        lines.decode()
    except UnicodeDecodeError:
        return lines.decode("utf-8", "replace").encode()
    return lines


def refuse_dossier_as_target(dossier: Path, target: Path) -> None:
    """Refused when writing the target would destroy the dossier that is read, or SQLite what was written."""
    real = os.path.realpath(dossier)
    for ending in ("", *SIDE_FILES):
        if os.path.realpath(target) == real + ending or _same(target, real + ending):
            raise Refused(f"{target} belongs to the dossier itself; name another file.")
    if owner := owner_of(target):
        raise Refused(f"{target} would be taken for a part of {owner.name}; name another file.")


def _same(one: Path, other: str) -> bool:
    return os.path.exists(one) and os.path.exists(other) and os.path.samefile(one, other)


class _Watch:
    """Counts rows on their way, and lets the caller follow and stop them."""

    def __init__(self, progress: Callable[[int], None] | None, cancelled: Callable[[], bool] | None) -> None:
        self.rows = 0
        self._progress = progress
        self._cancelled = cancelled

    def counting(self, rows: Iterable[T]) -> Iterator[T]:
        """The same rows."""
        for row in rows:
            self.passed(1)
            yield row

    def passed(self, rows: int) -> None:
        """Some rows more; a block of them never leaps over the number at which it is to report."""
        self.rows += rows
        if self.rows % ROWS_BETWEEN_REPORTS == 0:
            self.report()

    def report(self) -> None:
        """Tell how far it is, unless it is to stop."""
        if self._cancelled and self._cancelled():
            raise Cancelled(STOPPED)
        if self._progress:
            self._progress(self.rows)
