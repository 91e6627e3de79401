"""The faster way out writes the same bytes as row by row, whatever other programs have put into the file."""

import io
import sqlite3
from contextlib import closing

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage import RECORDS, create_store, packaged_seed
from storage.exports.exporting import Outgoing, cells, headings
from storage.exports.formats import AS_IT_IS, FORMATS, Sheet, Switches
from storage.fields import Within
from storage.file.schema import COLUMN_TYPES
from storage.records import Demand, Position
from storage.view import Condition, Sort, View
from tests.chance import tries

FAST = [format for format in FORMATS.values() if format.in_sql]
KINDS = [kind for kind in RECORDS.values() if kind.table != "dossier"]
GONE = 999
"""An id that no record has."""

SIGNS = st.text(st.sampled_from("a,;\"'\\\t\r\n\x00\x1e\x1f\x7f\u2028é漢😀"), max_size=6)
TEXTS = (SIGNS | st.text(max_size=6)).map(lambda text: text.encode("utf-8", "replace"))
RAW = TEXTS | st.binary(max_size=6) | st.sampled_from([b"cut \xe4\xb8", b"\xed\xa0\x80", b"\xff\xfe", b"1e3", b" "])
LISTS = st.sampled_from(
    [b"", b"[]", b"[", b"null", b"7", b'[1, null, {"a": "b"}, [2.50]]', b'["\\u00e9\\/\\n", "\\ud800"]', b"NaN"]
)
NUMBERS = st.floats(allow_nan=False) | st.sampled_from([1.0, 0.1 + 0.2, 1e-7, 1e22, 1e300, -0.0, 2.0**53 + 2])


@pytest.fixture(scope="module")
def seed(tmp_path_factory):
    store = create_store(tmp_path_factory.mktemp("leaving") / "seed.db", packaged_seed())
    yield store
    store.close()


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    store = create_store(tmp_path_factory.mktemp("leaving") / "any.db", packaged_seed())
    yield store
    store.close()


def column_of(field):
    """Whatever may stand in the column of a field without breaking a CHECK."""
    within = field.within or Within()
    strategy = {
        "choice": st.sampled_from(field.choices or ("",)),
        "flag": st.sampled_from([0, 1]),
        "date": st.dates().map(str),
        "integer": st.integers(-(2**63) if within.low is None else within.low, within.high or 2**63 - 1),
        "number": NUMBERS.filter(lambda number: number > 0) if within.above == 0 else NUMBERS,
        "list": LISTS | RAW,
        "reference": st.sampled_from([1, 2, 3, GONE]),
        "subject_id": st.sampled_from([1, 2, 3, GONE]),
    }.get(field.type, RAW)
    return strategy | st.none() if field.optional else strategy


def rows_of(kind):
    return st.lists(st.tuples(*(column_of(field) for field in kind.fields.values())), min_size=1, max_size=4)


def put(path, kind, rows):
    """Make these the only rows of the kind; those with a ref or name that is taken are left out."""
    marks = ", ".join("?" if field.type in COLUMN_TYPES else "CAST(? AS TEXT)" for field in kind.fields.values())
    statement = f"INSERT OR IGNORE INTO {kind.table} (id, {', '.join(kind.fields)}) VALUES (?, {marks})"
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(f"DELETE FROM {kind.table}")
        connection.executemany(statement, [(id, *row) for id, row in enumerate(rows, 1)])


def fast(store, view, format, switches=AS_IT_IS):
    out = io.StringIO(newline="")
    Outgoing(store, store.path).write_view(view, format, out, switches=switches)
    return out.getvalue()


def row_by_row(store, view, format, switches=AS_IT_IS):
    out = io.StringIO(newline="")
    with store.stream(view) as found:
        format.write(Sheet(headings(view), cells(found, view, format, switches)), out, switches)
    return out.getvalue()


@settings(max_examples=tries(75), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_sql_writes_what_python_writes_of_the_same_rows(store, data):
    kind = data.draw(st.sampled_from(KINDS))
    put(store.path, kind, data.draw(rows_of(kind)))
    some = st.lists(st.sampled_from([name for name in kind.fields if name != "subject_id"]), min_size=1, unique=True)
    view = View(kind, columns=tuple(data.draw(some)))

    for format in FAST:
        assert fast(store, view, format) == row_by_row(store, view, format)


@pytest.mark.parametrize(
    "view",
    [
        View(Demand, sort=(Sort("title", descending=True),)),
        View(Demand, sort=(Sort("by_party"), Sort("status"))),
        View(Demand, where=(Condition("kind", "=", "demand"), Condition("status", "!=", "lapsed"))),
        View(Demand, search="a", columns=("title", "ref")),
        View(Position, where=(Condition("response", "=", "rejects"),), sort=(Sort("demand", descending=True),)),
    ],
    ids=str,
)
@pytest.mark.parametrize("switches", [AS_IT_IS, Switches(headers=False, bom=True)])
def test_what_is_asked_for_leaves_in_its_order_either_way(seed, view, switches):
    for format in FAST[:2]:
        text = fast(seed, view, format, switches)

        assert text == row_by_row(seed, view, format, switches)
        assert text.count("\n") > 2


@pytest.mark.parametrize("search", ["", "nothing holds this"])
def test_rows_of_several_blocks_or_none_leave_as_one_file(seed, search, monkeypatch):
    monkeypatch.setattr("storage.exports.leaving.ROWS_A_BLOCK", 2)
    view = View(Demand, search=search)

    for format in FAST:
        assert fast(seed, view, format) == row_by_row(seed, view, format)


def test_what_is_no_utf8_leaves_into_a_file_as_a_mark(store, tmp_path):
    put(store.path, Demand, [("D1", "A truce", b"\xff, then", "", "", "demand", 1, None, None, "open", "")])

    for format in FAST:
        target = tmp_path / f"demands.{format.name}"
        Outgoing(store, store.path).write_view(View(Demand), format, target)

        assert target.read_bytes().decode() == row_by_row(store, View(Demand), format)
        assert "\ufffd, then" in target.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "asked",
    [lambda store: store.stream(View(Demand)), lambda store: store.blocks(View(Demand), ["t.ref"])],
    ids=["whole", "as SQL writes them"],
)
def test_who_breaks_off_in_the_midst_of_the_rows_leaves_nothing_beside_the_dossier(tmp_path, monkeypatch, asked):
    monkeypatch.setattr("storage.exports.leaving.ROWS_A_BLOCK", 2)
    store = create_store(tmp_path / "left.db", packaged_seed())

    with pytest.raises(ZeroDivisionError), closing(store), asked(store) as rows:
        next(rows) and 1 / 0  # an error holds on to all that was under way

    assert [each.name for each in tmp_path.iterdir()] == ["left.db"]
