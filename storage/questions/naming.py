"""Which record does somebody mean by a ref, name or key?"""

from collections.abc import Iterable
from typing import Final

from storage.errors import Ambiguous, Refused, Unknown
from storage.record import RECORDS, Kind, names_of
from storage.store import Store
from storage.view import Condition, View

OFFERED: Final = 20
"""How many names a message lists of those that there are."""


def record_named(store: Store, text: str) -> tuple[Kind, int]:
    """The one record called so; `demand:D1` says which kind where several have one. Unknown if none or several."""
    kinds, name = meant(text, RECORDS.values())
    return one_named(store, kinds, name, f'There is no record "{name}" in {store.path}.')


def meant(text: str, kinds: Iterable[Kind]) -> tuple[Iterable[Kind], str]:
    """Which of these kinds a text asks for, and the name in it: one kind of `demand:D1`, all where none is named."""
    word, colon, rest = text.partition(":")
    said = [kind for kind in kinds if colon and kind.singular == word]
    return (said, rest) if said else (kinds, text)


def one_named(store: Store, kinds: Iterable[Kind], name: str, missing: str) -> tuple[Kind, int]:
    """The one record among these kinds that is called so; Unknown if several are, or, with `missing`, if none is."""
    found = [(kind, id) for kind in kinds if (id := id_named(store, kind, name)) is not None]
    if not found:
        raise Unknown(missing)
    if len(found) > 1:
        choices = " or ".join(f"{kind.singular}:{name}" for kind, _ in found)
        raise Unknown(f'"{name}" names several records; write {choices}.')
    return found[0]


def id_named(store: Store, kind: Kind, text: str) -> int | None:
    """The id of the record of a kind that a ref, name, alias or key names; None if none, Unknown if several."""
    if names_of(kind):
        try:
            return store.resolve(kind.table, text)
        except Ambiguous as several:
            raise Unknown(str(several)) from several
        except Refused:
            return None
    return _id_with_key(store, kind, text)


def referred(store: Store, table: str, name: str) -> int:
    """The id that a reference stands for; Unknown with the names that there are, or that it can mean."""
    try:
        return store.resolve(table, name)
    except Ambiguous as several:
        raise Unknown(str(several)) from several
    except Refused as refused:
        known = [each.name for each in store.suggestions(table, "", OFFERED + 1)]
        offered = [*known[:OFFERED], "..."] if len(known) > OFFERED else known
        raise Unknown.named(RECORDS[table].singular, name, offered) from refused


def _id_with_key(store: Store, kind: Kind, text: str) -> int | None:
    """Look only among the records that the first part of the key refers to."""
    if not kind.key:
        return None
    first = kind.fields[kind.key[0]]
    view = View(kind)
    if first.refers_to:
        about = id_named(store, RECORDS[first.refers_to], text.split("/")[0].split("@")[0])
        if about is None:
            return None
        view = view.having(Condition(first.name, "=", about))
    ids = store.find(view)
    keys = store.keys(kind.table, ids)
    return next((id for id, key in zip(ids, keys, strict=False) if key == text), None)
