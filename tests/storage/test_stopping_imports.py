"""A long import tells how far it is and ends when asked to; and what a file says that it holds."""

import json
import os
from pathlib import Path

import pytest

from storage import Cancelled, is_whole_dossier, kind_called, read_data
from tests.storage.hand import content, steps

MANY = 3_000


@pytest.fixture
def demands(tmp_path):
    """A table of many demands."""
    data = tmp_path / "demands.csv"
    rows = "".join(f"D{number},Demand {number},goal,UKR\n" for number in range(1000, 1000 + MANY))
    data.write_text(f"ref,title,kind,by_party\n{rows}")
    return data


def test_an_import_tells_how_many_records_were_read(ours, demands):
    told: list[int] = []
    with read_data(demands) as data:
        ours.store.import_data(data, progress=told.append)

    assert told == sorted(told)
    assert len(told) > 2
    assert told[-1] == MANY


@pytest.mark.parametrize("read", [500, MANY])
def test_an_import_that_is_stopped_leaves_nothing_and_keeps_nothing_from_being_saved(ours, demands, read):
    before = content(ours.store.path), steps(ours.store.path)
    told: list[int] = []
    with pytest.raises(Cancelled, match="Stopped; nothing is imported"), read_data(demands) as data:
        ours.store.import_data(data, progress=told.append, cancelled=lambda: bool(told) and told[-1] >= read)
    assert (content(ours.store.path), steps(ours.store.path)) == before
    assert (told[-1] == MANY) == (read == MANY)

    with read_data(demands) as data:
        assert ours.store.import_data(data).label == "3,000 demands imported from demands.csv"


@pytest.mark.parametrize(
    ("name", "table"),
    [("istanbul-demands.csv", "demands"), ("evidence_links.json", "evidence"), ("x/Parties 2.tsv", "parties")],
)
def test_the_name_of_a_file_says_what_it_holds(name, table):
    kind = kind_called(Path(name))

    assert kind is not None
    assert kind.table == table


@pytest.mark.parametrize("name", ["notes.csv", "parties-demands.csv", ""])
def test_a_name_that_says_nothing_or_two_things_says_no_kind(name):
    assert kind_called(Path(name)) is None


@pytest.mark.parametrize("text", ["{", "\ufeff \n{}", json.dumps({"parley": 1})])
def test_json_that_begins_as_an_object_is_a_whole_dossier(tmp_path, text):
    (tmp_path / "demands.json").write_text(text)

    assert is_whole_dossier(tmp_path / "demands.json")


def test_nothing_else_is_one_neither_is_it_waited_for(tmp_path):
    (tmp_path / "list.json").write_text("[{}]")
    (tmp_path / "lines.ndjson").write_text("{}")
    os.mkfifo(tmp_path / "pipe.json")

    assert not any(map(is_whole_dossier, [*tmp_path.iterdir(), tmp_path / "none.json", tmp_path]))
