"""The only way from the screen to a store: awaited, on threads of its own, every change announced."""

import asyncio
from array import array
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Final, ParamSpec, TypeVar

from storage import Change, Counted, Field, Found, Kind, News, Store, Suggestion, Value, View, fold, is_large
from tui.asking import Asking

if TYPE_CHECKING:
    from storage import Answers, Question, Row, Table
    from tui.progress import Progress

P = ParamSpec("P")
T = TypeVar("T")


ONLY_READ: Final = "This dossier is open for reading only."
"""What a change is refused with where the dossier was opened so."""


class LiveStore:
    """A store whose answers are awaited.

    Short questions, long ones and changes have a thread each, and none waits for the other: rows are read while a
    million ids are still put in order.
    """

    def __init__(self, store: Store, announce: Callable[[News], None]) -> None:
        self.path = store.path
        self.read_only = store.read_only
        self.is_large = is_large(store.path)
        """True when what is made from all of the dossier may take seconds."""
        self.store = store
        self._announce = announce
        self._questions = Asking("questions", store.interrupt)
        self._long_questions = Asking("long questions", store.interrupt)
        self._changes = ThreadPoolExecutor(1, "changes")

    async def find(self, view: View, limit: int | None = None, asker: str = "") -> "array[int]":
        """The ids of a view in its order; Stopped when an asker who is named asks for others meanwhile."""
        if limit is not None and not asker:
            return await self._ask(self.store.find, view, limit)
        if asker:
            self._questions.supersede(asker)
        return await self.asked_by(asker, self.store.find, view, limit)

    async def few(self, kind: Kind) -> "array[int]":
        """The ids of all records of a kind of which there are few, such as rounds; no long question is waited for."""
        return await self._ask(self.store.find, View(kind))

    def stop(self, asker: str) -> None:
        """Let every question that was asked under this name raise Stopped."""
        self._questions.supersede(asker)
        self._long_questions.supersede(asker)

    async def beginning(
        self, view: View, limit: int, rows: int, asker: str, with_zones: bool = False
    ) -> "tuple[array[int], list[Found]]":
        """The first ids of a view and the first records; Stopped as by `find`.

        One question, since the way to a thread and back takes as long as what is done there.
        """

        def found() -> "tuple[array[int], list[Found]]":
            ids = self.store.find(view, limit)
            return ids, self._rows(view, ids[:rows], with_zones)

        self._long_questions.supersede(asker)
        return await self._questions.ask(found, asker)

    async def rows(self, view: View, ids: Sequence[int], with_zones: bool = False) -> list[Found]:
        """The records with these ids; of demands also with their zones as of the round of the view."""
        return await self._ask(self._rows, view, ids, with_zones)

    def _rows(self, view: View, ids: Sequence[int], with_zones: bool) -> list[Found]:
        found = self.store.rows(view, ids)
        if not with_zones:
            return found
        from storage import ZONE  # with the analysis, which is loaded only after the first frame

        zones = self._near_answers.zones(ids, view.as_of)
        return [
            Found(each.id, {**each.values, ZONE.name: zones.get(each.id)}, each.names, each.long_names)
            for each in found
        ]

    async def count(self, view: View) -> int:
        """How many records a view has."""
        return await self._ask(self.store.count, view)

    async def extent(self, kind: Kind) -> tuple[int, int]:
        """How many records of a kind there are, and of how many letters the longest of their refs; 0 without refs."""

        def told() -> tuple[int, int]:
            return self.store.count(View(kind)), self.store.longest(kind, "ref") if "ref" in kind.fields else 0

        # of a small file on the thread that the first frame has begun: another one would open the file once more
        return await (self.asked if self.is_large else self._ask)(told)

    async def values(self, view: View, field: str, asker: str = "") -> list[Counted]:
        """What a column holds, with counts; Stopped as by `find`."""
        return await self.asked_by(asker, self.store.values, view, field)

    async def suggestions(self, table: str, typed: str) -> list[Suggestion]:
        """The records that a reference could mean."""
        return await self._ask(self.store.suggestions, table, typed)

    async def resolve(self, table: str, name: str) -> int:
        """The id that a ref, name or alias stands for."""
        return await self._ask(self.store.resolve, table, name)

    async def words_in_use(self, kind: Kind, field: Field, typed: str) -> list[Suggestion]:
        """The words of a growing vocabulary that begin with what is typed: those in use, and those suggested."""
        used = [each.shown for each in await self.values(View(kind), field.name) if each.value]
        words = dict.fromkeys((*used, *field.choices))
        return [Suggestion(0, word, word) for word in words if fold(word).startswith(fold(typed))]

    async def keys(self, table: str, ids: Sequence[int]) -> list[str]:
        """The refs or natural keys of records."""
        return await self._ask(self.store.keys, table, ids)

    async def proposals(self, kind: Kind, values: Mapping[str, Value]) -> dict[str, Value]:
        """What a new record can be given unasked."""
        return await self._ask(self.store.proposals, kind, values)

    async def going_along(self, kind: Kind, ids: Sequence[int]) -> dict[str, int]:
        """What a deletion takes besides the records named."""
        return await self._ask(self.store.going_along, kind, ids)

    async def history_of(self, table: str, id: int) -> list[Change]:
        """The steps that touched one record."""
        return await self._ask(self.store.history_of, table, id)

    async def table(self, question: "Question", most: int | None = None, asker: str = "") -> "Table":
        """The answer to a question about the whole dossier; or so many rows at its beginning, if they come sooner.

        Stopped as by `find`.
        """
        if most is not None:
            return await self._ask(self._near_answers.table, question, most)
        return await self.asked_by(asker, self._answers.table, question)

    async def rows_of(self, question: "Question", ids: Sequence[int]) -> "list[Row]":
        """The rows with these ids of the answer to a question."""
        return await self._ask(self._near_answers.rows, question, ids)

    async def demands(self, view: View, asker: str) -> "Table":
        """The demands of a view with their zones, by which it may be filtered and sorted; Stopped as by `find`."""
        return await self.asked_by(asker, self._answers.demands, view)

    async def counted(self, asked: "View | Question", name: str, asker: str) -> list[Counted]:
        """What a column of a computed view, or the zone of demands, holds, with counts; Stopped as by `find`."""
        return await self.asked_by(asker, self._answers.counted, asked, name)

    @cached_property
    def _answers(self) -> "Answers":
        """Made when the first computed view is asked for, since most starts need none."""
        from storage import Answers

        return Answers(self.store)

    @cached_property
    def _near_answers(self) -> "Answers":
        """Those asked on the thread of short questions, since no two threads may share what was read."""
        from storage import Answers

        return Answers(self.store)

    async def asked(self, question: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """The answer to any other question that reads from the store."""
        return await self.asked_by("", question, *args, **kwargs)

    async def asked_by(self, asker: str, question: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """The answer to any other question that reads from the store; Stopped as by `find`."""
        return await self._long_questions.ask(partial(question, *args, **kwargs), asker)

    async def add(self, kind: Kind, values: Mapping[str, Value]) -> Change:
        """Add one record and announce it."""
        return await self._change(self.store.add, kind, values)

    async def add_all(self, records: Sequence[tuple[Kind, Mapping[str, Value]]]) -> Change:
        """Add records that may refer to each other as one step and announce it."""
        return await self._change(self.store.add_all, records)

    async def edit(
        self,
        kind: Kind,
        ids: Sequence[int],
        values: Mapping[str, Value],
        seen: Mapping[int, Mapping[str, Value]] | None = None,
        adding: Sequence[Mapping[str, Value]] = (),
    ) -> Change:
        """Change fields of records, and add others, as one step and announce it."""
        return await self._change(self.store.edit, kind, ids, values, seen, adding)

    async def delete(self, kind: Kind, ids: Sequence[int]) -> Change:
        """Delete records as one step and announce it."""
        return await self._change(self.store.delete, kind, ids)

    async def import_data(self, path: Path, kind: str, progress: "Progress", dry_run: bool = False) -> Change:
        """Bring in a file of data as one step and announce it; a dry run does and says the same, and changes nothing.

        Its records are of this kind, unless it holds a whole dossier.
        """
        bring_in = partial(_import_data, self.store, path, kind, progress, dry_run)
        return await (self._on(self._changes, bring_in) if dry_run else self._change(bring_in))

    async def undo(self) -> Change:
        """Take back the last step and announce it."""
        return await self._change(self.store.undo)

    async def redo(self) -> Change:
        """Do the step undone last again and announce it."""
        return await self._change(self.store.redo)

    async def hear_news(self) -> list[News]:
        """What others have changed since the last time, announced as well."""
        news = await self._on(self._changes, self.store.news)
        for each in news:
            self._announce(each)
        return news

    async def make_ready_to_edit(self) -> None:
        """Check the file for damage and load what checks an edit, so that the first edit need not wait for it."""
        await self._on(self._changes, self.store.make_sure)
        await self._on(self._changes, _load_the_checks)

    def close(self) -> None:
        """Wait for what is running, then close the file; never while a thread still uses it."""
        self._questions.close()
        self._long_questions.close()
        self._changes.shutdown(wait=True, cancel_futures=True)
        self.store.close()

    async def _ask(self, question: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        return await self._questions.ask(partial(question, *args, **kwargs))

    async def _change(self, change: Callable[P, Change], *args: P.args, **kwargs: P.kwargs) -> Change:
        made = await self._on(self._changes, lambda: change(*args, **kwargs))
        if made.edits:
            self._announce(made)
        return made

    @staticmethod
    async def _on(thread: ThreadPoolExecutor, call: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(thread, call)


def _import_data(store: Store, path: Path, kind: str, progress: "Progress", dry_run: bool) -> Change:
    from storage import is_whole_dossier, read_data

    with read_data(path, "" if is_whole_dossier(path) else kind) as data:
        return store.import_data(data, dry_run, progress.report, progress.is_cancelled)


def _load_the_checks() -> None:
    from storage import load_checks

    load_checks()
