"""Any text comes out of a dossier as it went in, in every format that programs read; for people it is harmless."""

import csv
import io
import json
import re
import tempfile
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storage import AS_IT_IS, FORMATS, RECORDS, Demand, Switches, View, create_store, outgoing
from tests.chance import tries
from tests.hostile import HOSTILE, driving, hostile_seed

TEXTS = st.lists(
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=60) | st.sampled_from(HOSTILE),
    min_size=1,
    max_size=25,
)
TSV = {"\\t": "\t", "\\n": "\n", "\\r": "\r", "\\\\": "\\"}


def seed_of(texts):
    """A dossier with a demand for each text."""
    fields = {"title": "t", "by_party": "AA", "kind": "demand"}
    demands = [{"ref": f"D{at}", **fields, "note": each} for at, each in enumerate(texts)]
    parties = [{"ref": "AA", "name": "a", "kind": "state"}]
    return json.dumps({"parley": 1, "title": "T", "parties": parties, "demands": demands}).encode()


def exported(store, format, view, switches=AS_IT_IS):
    """A view as the text that an export writes."""
    out = io.StringIO(newline="")
    with outgoing(store, internal=True) as leaving:
        leaving.write_view(view, FORMATS[format], out, switches=switches)
    return out.getvalue()


def read_back(format, text):
    """The notes in an export."""
    if format == "csv":
        return [row["note"] for row in csv.DictReader(io.StringIO(text, newline=""), strict=True)]
    if format == "tsv":
        head, *lines = text.removesuffix("\n").split("\n")
        at = head.split("\t").index("note")
        return [re.sub(r"\\.", lambda found: TSV[found[0]], line.split("\t")[at]) for line in lines]
    found = json.loads(text) if format == "json" else [json.loads(line) for line in text.removesuffix("\n").split("\n")]
    return [row["note"] or "" for row in found]


@settings(max_examples=tries(12), deadline=None)
@given(TEXTS)
def test_every_text_comes_back_from_every_format_as_it_was(texts):
    with tempfile.TemporaryDirectory() as folder:
        with closing(create_store(Path(folder, "a.db"), seed_of(texts))) as store:
            for format in ("csv", "tsv", "json", "ndjson"):
                assert read_back(format, exported(store, format, View(Demand))) == texts, format
            out = io.StringIO()
            with outgoing(store) as leaving:
                leaving.write_dossier(FORMATS["json"], out)
        again = create_store(Path(folder, "b.db"), out.getvalue().encode())
        with closing(again):
            assert [row.values["note"] for row in again.rows(View(Demand), again.find(View(Demand)))] == texts


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    """A dossier in which every field that takes any text is hostile."""
    with closing(create_store(tmp_path_factory.mktemp("hostile") / "hostile.db", hostile_seed())) as store:
        yield store


@pytest.mark.parametrize("kind", RECORDS.values(), ids=list(RECORDS))
def test_a_guarded_table_starts_no_cell_like_a_formula(hostile, kind):
    text = exported(hostile, "csv", View(kind), Switches(guard=True))

    cells = [cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row]
    words = [cell for cell in cells if not re.fullmatch(r"-?[0-9.]+", cell)]
    assert [cell for cell in words if cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))] == []


@pytest.mark.parametrize("kind", RECORDS.values(), ids=list(RECORDS))
def test_a_markdown_table_has_only_its_own_rows_and_cells(hostile, kind):
    lines = exported(hostile, "md", View(kind)).split("\n")[2:]
    bars = [len(re.findall(r"(?<!\\)(?:\\\\)*\|", line)) for line in lines if line]

    assert len(bars) == hostile.count(View(kind))
    assert set(bars) == {bars[0]}
    for line in lines:
        assert driving(line) == []
        bare = re.sub(r"\\.|<br>", "", line)
        assert re.search(r"[<`*_\[\]~]", bare) is None, line
