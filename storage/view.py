"""A question as a value: which records, filtered, searched and sorted how, in which columns."""

from collections.abc import Iterable
from typing import Final, Literal, NamedTuple

from storage.changes import Everything, News
from storage.fields import Value
from storage.record import Kind

Operator = Literal["=", "!=", ">=", "<="]


class Condition(NamedTuple):
    """A comparison of a field with a stored value; several with `=` on one field are alternatives."""

    field: str
    operator: Operator
    value: Value

    def __str__(self) -> str:
        return f"{self.field}{self.operator}{'' if self.value is None else self.value}"


def alternatives(where: Iterable[Condition]) -> list[list[Condition]]:
    """The conditions in groups, of each of which one is to hold: those with `=` on one field, any other by itself."""
    groups: dict[object, list[Condition]] = {}
    for number, each in enumerate(where):
        groups.setdefault(each.field if each.operator == "=" else number, []).append(each)
    return list(groups.values())


class Sort(NamedTuple):
    """One key of an order; empty values come last either way."""

    field: str
    descending: bool = False

    def __str__(self) -> str:
        return f"-{self.field}" if self.descending else self.field


DOSSIER: Final = "dossier"
"""The name of the view that is all of a dossier."""


def name_of_records(kind: Kind) -> str:
    """The name of the view that shows every record of a kind; `evidence` is the name of a computed view."""
    return "evidence_links" if kind.table == "evidence" else kind.table


class View(NamedTuple):
    """What is asked of a store; every change makes another view."""

    kind: Kind
    columns: tuple[str, ...] = ()
    """Field names in the order of the screen; () means every field in the order of the record."""
    where: tuple[Condition, ...] = ()
    search: str = ""
    sort: tuple[Sort, ...] = ()
    ids: tuple[int, ...] | None = None
    """Only these records, whatever else is asked: the marked ones."""
    as_of: str | None = None
    """The ref of the round that a computed column stands as of."""

    def shown(self) -> tuple[str, ...]:
        """The names of the columns that the view shows."""
        return self.columns or tuple(self.kind.fields)

    @property
    def is_stored(self) -> bool:
        """True when the view shows, filters and sorts by nothing but what records hold."""
        return self.kind.fields.keys() >= {*self.shown(), *self.decided_by()}

    def having(self, *conditions: Condition) -> "View":
        """The same view with these conditions besides."""
        return self._replace(where=(*self.where, *conditions))

    def depends_on(self, tables: frozenset[str]) -> bool:
        """True when a change of these tables can change what the view shows."""
        watched = {self.kind.table, *(field.refers_to for field in self.kind.fields.values() if field.refers_to)}
        polymorphic = any(field.type == "subject_id" for field in self.kind.fields.values())
        return polymorphic or not watched.isdisjoint(tables)

    def decided_by(self) -> set[str]:
        """The fields by which the view is filtered or sorted."""
        return {each.field for each in self.where} | {each.field for each in self.sort}

    def may_move(self, news: News) -> bool:
        """True when after a change other records may match, or the same ones in another order."""
        return isinstance(news, Everything) or any(self._may_move_by(*each) for each in news.touched())

    def _may_move_by(self, table: str, name: str | None) -> bool:
        ordering = self.decided_by() | set(self.kind.order)
        if table == self.kind.table:
            field = self.kind.fields.get(name or "")
            return field is None or field.name in ordering or (bool(self.search) and field.is_text)
        return bool(self.search) or any(
            field.refers_to == table for field in map(self.kind.fields.get, ordering) if field
        )
