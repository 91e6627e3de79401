"""Whatever arrives as a seed or for import: a whole good dossier or one refusal, and nothing half done."""

import json
import shutil
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage import RECORDS, BadInput, StorageError, create_store, open_store, packaged_seed, plain, read_data
from tests.chance import tries

CORPUS = Path(__file__).parent / "corpus"
"""Small inputs, each with a trick of its own; what a search finds that broke something is kept here."""

SEED = json.loads(packaged_seed())
TABLES = {
    "demands-x.csv": b'ref,title,by_party,to_party,kind\r\nX1,One,UKR,RUS,demand\r\nX2,"Two, ""2""",RUS,,demand\r\n',
    "positions-x.tsv": b"round\tdemand\tparty\tresponse\tterms\nR1\tD1\tUSA\taccepts\ta\\nb\nR1\tD2\tUSA\trejects\t\n",
    "demands-x.ndjson": b'{"ref":"X1","title":"One","by_party":"UKR","kind":"demand"}\n{"ref":"X2","title":"Two"}\n',
    "parties-x.json": b'[{"ref":"AA","name":"a","kind":"state","member_of":"BB"},{"ref":"BB","name":"b","kind":"igo"}]',
}
"""What can be imported into the packaged seed, one of each format."""

BYTES = (
    *(b"", b"\x00", b"\xff", b"\xef\xbb\xbf", b"\r", b"\n", b"\t", b'"', b"\\", b",", b"{", b"}", b"[", b"]", b":"),
    *(b"-1", b"1e999", b"NaN", b"null", b"true", b"\\u0000", b"\\ud800", b"\xe2\x80\xae", b"\x1b[31m", b"9" * 30),
)
VALUES: st.SearchStrategy[Any] = st.sampled_from(
    [None, True, -1, 2**53 + 1, 2**80, 0.5, "", "x", "D1", "R1", "UKR", "process", "2025-02-31", "a\x1b\u202e", [], {}]
) | st.recursive(st.text(max_size=5) | st.integers(), lambda inner: st.lists(inner, max_size=2), max_leaves=4)


@st.composite
def cut(draw, data):
    """The bytes with a few of them left out, doubled or replaced."""
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.integers(0, len(data)))
        end = min(at + draw(st.sampled_from([0, 1, 2, 7, 40, 10_000])), len(data))
        data = data[:at] + draw(st.sampled_from(BYTES) | st.just(data[at:end] * 2)) + data[end:]
    return data


@st.composite
def changed(draw, document):
    """The JSON document with a value somewhere in it replaced, taken away, doubled or added."""
    document = json.loads(json.dumps(document))
    for _ in range(draw(st.integers(1, 3))):
        within = document
        while True:
            keys = list(within) if isinstance(within, dict) else list(range(len(within)))
            if not keys:
                break
            key = draw(st.sampled_from(keys))
            if isinstance(within[key], dict | list) and within[key] and draw(st.integers(0, 3)):
                within = within[key]
                continue
            match draw(st.sampled_from(["replace", "leave out", "add"])):
                case "replace":
                    within[key] = draw(VALUES)
                case "leave out":
                    del within[key]
                case "add" if isinstance(within, dict):
                    within[draw(st.sampled_from([*keys, "x", "from", "parties", "\x1b[31m"]))] = draw(VALUES)
                case _:
                    within.append(within[key])
            break
    return document


def as_bytes(document):
    """The document as JSON."""
    return json.dumps(document).encode()


def assert_a_refusal(error, name):
    """A refusal says in harmless sentences where something is wrong."""
    assert isinstance(error, StorageError)
    for line in error.problems if isinstance(error, BadInput) else [str(error)]:
        assert line.endswith((".", "?")), line
        assert plain(line) == line
        assert name in line
        assert "Traceback" not in line
    assert len(str(error).splitlines()) <= 11


def assert_whole_or_refused(data):
    """A seed of these bytes makes a sound dossier, or none."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "new.db")
        try:
            store = create_store(path, data, "case.json")
        except StorageError as error:
            assert_a_refusal(error, "case.json")
            assert list(Path(folder).iterdir()) == []
            return
        with closing(store):
            assert [each for each in store.check() if each.error] == []


def rows(path):
    """Every row of the dossier, and the log."""
    with closing(sqlite3.connect(path)) as connection:
        return {table: connection.execute(f"SELECT * FROM {table}").fetchall() for table in (*RECORDS, "history")}


@pytest.fixture(scope="module")
def dossier(tmp_path_factory):
    """A dossier of the packaged seed, to be copied."""
    path = tmp_path_factory.mktemp("fuzz") / "istanbul.db"
    create_store(path, packaged_seed()).close()
    return path


def assert_in_or_refused(dossier, name, data):
    """What is imported is in whole, and undone whole, or not in at all."""
    with tempfile.TemporaryDirectory() as folder:
        path, arriving = Path(folder, "talks.db"), Path(folder, name)
        shutil.copy(dossier, path)
        arriving.write_bytes(data)
        before = rows(path)
        with closing(open_store(path)) as store:
            try:
                with read_data(arriving) as reading:
                    change = store.import_data(reading)
            except StorageError as error:
                assert_a_refusal(error, name if isinstance(error, BadInput) else "")
                assert rows(path) == before
                return
            assert [each for each in store.check() if each.error] == []
            if change.edits:
                store.undo()
        assert {**rows(path), "history": ()} == {**before, "history": ()}


@pytest.mark.parametrize("path", sorted(CORPUS.iterdir()), ids=lambda path: path.name)
def test_each_of_the_corpus_is_taken_whole_or_refused(dossier, path):
    data = path.read_bytes()
    if path.suffix == ".json":
        assert_whole_or_refused(data)
    else:
        assert_in_or_refused(dossier, path.name, data)


SEARCHES = {
    "a seed of other bytes": (20, cut(packaged_seed()), lambda _, data: assert_whole_or_refused(data)),
    "a seed of other values": (30, changed(SEED).map(as_bytes), lambda _, data: assert_whole_or_refused(data)),
    "a table of other bytes": (
        40,
        st.sampled_from(sorted(TABLES)).flatmap(lambda name: st.tuples(st.just(name), cut(TABLES[name]))),
        lambda dossier, table: assert_in_or_refused(dossier, *table),
    ),
    "records of other values": (
        20,
        changed(json.loads(TABLES["parties-x.json"])).map(as_bytes),
        lambda dossier, data: assert_in_or_refused(dossier, "parties-x.json", data),
    ),
}
"""How many inputs of which sort are tried, and what must hold of each."""


@pytest.mark.parametrize("search", SEARCHES)
def test_whatever_arrives_is_taken_whole_or_refused(dossier, search):
    number, inputs, holds = SEARCHES[search]

    @settings(max_examples=tries(number), deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(inputs)
    def try_one(arriving):
        holds(dossier, arriving)

    try_one()
