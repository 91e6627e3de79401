"""Which record of a document a ref, name or alias stands for."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Final

from storage.errors import Refused
from storage.folding import fold
from storage.record import Kind, names_of
from storage.sentences import quoted

NAMED_IN_A_MESSAGE: Final = 5


class Called:
    """The records of one kind by what they are called; asked as the store's `resolve` is, strictest way first."""

    def __init__(self, kind: Kind) -> None:
        self._kind = kind
        self._ids: dict[str, dict[str, int]] = {column: {} for column in names_of(kind)}
        self._aliases: dict[str, list[int]] = defaultdict(list)

    def add(self, id: int, fields: Mapping[str, object]) -> None:
        """Remember what an object of the document says it is called; what is not text is left to the checks."""
        for column, ids in self._ids.items():
            if isinstance(name := fields.get(column), str):
                ids.setdefault(name, id)  # a duplicate is refused by the checks
        aliases = fields.get("aliases")
        if isinstance(aliases, list):
            for alias in {each for each in aliases if isinstance(each, str)}:
                self._aliases[alias].append(id)

    def id(self, name: str) -> int:
        """The id of the one record that is called so; Refused when none is, or several are."""
        for found in self._strictest_first(name):
            if len(found) == 1:
                return found[0]
            if found:
                which = ", ".join(self._names(found))
                raise Refused(f"{quoted(name)} can mean {which}; say which.")
        is_titled = " " in name and "name" not in self._kind.fields
        hint = f"; write the ref of the {self._kind.singular}" if is_titled else ""
        if not any(self._ids.values()):
            hint = f"; there are no {self._kind.table} yet"
        raise Refused(f"there is no {self._kind.singular} {quoted(name)}{hint}.")

    def _strictest_first(self, name: str) -> Iterator[list[int]]:
        for ids in self._ids.values():
            yield [ids[name]] if name in ids else []
        yield self._aliases.get(name, [])
        for calls in self._folded:
            yield calls.get(_bare(name), [])

    @cached_property
    def _folded(self) -> list[dict[str, list[int]]]:
        """Made when a name is first met that nothing is called exactly."""
        folded = [_folded(((name, [id]) for name, id in ids.items())) for ids in self._ids.values()]
        return [*folded, _folded(iter(self._aliases.items()))]

    def _names(self, ids: list[int]) -> list[str]:
        column = next(iter(self._ids.values()))
        return [name for name, id in column.items() if id in ids][:NAMED_IN_A_MESSAGE]


def _folded(calls: Iterator[tuple[str, list[int]]]) -> dict[str, list[int]]:
    made: dict[str, list[int]] = {}
    for name, ids in calls:
        known = made.setdefault(_bare(name), [])
        known += [id for id in ids if id not in known]
    return made


def _bare(name: str) -> str:
    """Cells of spreadsheets often end on a blank that nobody sees."""
    return fold(name.strip())
