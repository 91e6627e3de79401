"""Any filter, search and order gives what plain Python makes of all rows."""

from functools import partial
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storage.file.opened import create_store
from storage.folding import fold, natural
from storage.packaged import packaged_seed
from storage.questions import matching
from storage.records import Commitment, Demand
from storage.view import Condition, Sort, View
from tests.chance import tries
from tests.storage.hand import Hand


@pytest.fixture(scope="module", params=[0, matching.SMALL], ids=["by the index", "walking"], autouse=True)
def small(request):
    """How many records are so few that the index of their texts is not asked."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(matching, "SMALL", request.param)
        yield


@pytest.fixture(scope="module")
def crowd(tmp_path_factory):
    """Fifty records of several kinds with few different values, many of them empty."""
    path = tmp_path_factory.mktemp("crowd") / "dossier.db"
    create_store(path, packaged_seed()).close()
    hand, chance = Hand(path), Random(7)
    words = ("", "", "Item 2", "item 10", "Ítem 9", "Łódź", "ß", "a_b%c")
    for number in range(50):
        hand.add(
            Demand,
            ref=f"X{chance.randint(0, 10**6)}.{number}",
            title=chance.choice(words) or "-",
            issue=chance.choice(words),
            note=chance.choice(words),
            kind="demand",
            by_party=chance.choice(("UKR", "RUS")),
            to_party=chance.choice(("CHN", "EU", None)),
            status=chance.choice(("open", "agreed")),
        )
        hand.add(
            Commitment,
            ref=f"X{number}",
            agreement="A1",
            by_party="UKR",
            quantity=chance.choice((None, 1.0, 2.5, 10.0)),
            due_on=chance.choice((None, "2025-05-01", "2025-10-01")),
            unit=chance.choice(words),
        )
    yield hand
    hand.store.close()


ASKED = {
    Demand: ("title", "issue", "note", "by_party", "to_party", "status"),
    Commitment: ("quantity", "due_on", "unit"),
}


@given(st.data())
@settings(max_examples=tries(80), deadline=None)
def test_any_filter_and_order_is_that_of_plain_python_over_all_rows(crowd, data):
    kind = data.draw(st.sampled_from(list(ASKED)))
    rows = crowd.store.rows(View(kind), crowd.store.find(View(kind)))
    names = st.sampled_from(ASKED[kind])
    conditions = data.draw(
        st.lists(st.tuples(names, st.sampled_from(("=", "!=", ">=", "<=")), st.integers(0, 99)), max_size=4)
    )
    where = tuple(Condition(name, operator, rows[at % len(rows)].values[name]) for name, operator, at in conditions)
    sort = tuple(Sort(name, down) for name, down in data.draw(st.lists(st.tuples(names, st.booleans()), max_size=3)))
    search = data.draw(st.sampled_from(("", "ITEM", "item 1", "lodz", "ss", "_", "%", "kyiv")))

    found = crowd.store.find(View(kind, where=where, sort=sort, search=search))

    called = {(name, row.values[name]): text for row in rows for name, text in row.names.items()}
    expected = [row for row in rows if fulfils(kind, row, where, called) and holds(row, search)]
    for each in reversed(sort):
        expected.sort(key=partial(sort_key, kind.fields[each.field]), reverse=each.descending)
        expected.sort(key=partial(is_empty, each.field))  # a sort is stable, so what is empty comes last
    assert list(found) == [row.id for row in expected]
    assert crowd.store.count(View(kind, where=where, search=search)) == len(expected)


def fulfils(kind, row, where, called):
    equal: dict[str, list[bool]] = {}
    for each in where:
        value, wanted = row.values[each.field], each.value
        empty, asks_empty = value in (None, ""), wanted in (None, "")
        if each.operator == "=":
            equal.setdefault(each.field, []).append(empty if asks_empty else value == wanted)
        elif each.operator == "!=":
            if empty if asks_empty else value == wanted:
                return False
        elif asks_empty:  # a comparison with nothing asks for what is empty
            if not empty:
                return False
        elif empty or not reaches(kind.fields[each.field], value, each.operator, wanted, called):
            return False
    return all(any(alternatives) for alternatives in equal.values())


def reaches(field, value, operator, wanted, called):
    """A value is compared as its column is sorted."""
    if field.is_text or field.refers_to:
        value, wanted = (natural(called.get((field.name, each), each)) for each in (value, wanted))
    return value >= wanted if operator == ">=" else value <= wanted


def holds(row, search):
    own = [
        str(value) for name, value in row.values.items() if isinstance(value, str) and name not in ("kind", "status")
    ]
    others = [*row.names.values(), *row.long_names.values()]
    aliases = ["Kyiv", "Kiev"] if "UKR" in row.names.values() else []
    return any(fold(search) in fold(text) for text in (*own, *others, *aliases))


def is_empty(name, row):
    return row.values[name] in (None, "")


def sort_key(field, row):
    if is_empty(field.name, row):
        return (0, 0)
    value = row.names.get(field.name, row.values[field.name])
    return (1, natural(value) if field.is_text or field.refers_to else value)
