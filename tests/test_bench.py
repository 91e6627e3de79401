"""The measurements measure: what they generate is a sound dossier, and what they print comes from their samples."""

import json
import statistics
import subprocess
import sys
from pathlib import Path

import pytest

from bench.figures import Figure, Target, table
from bench.generating import Kept, Size
from storage import Demand, Position, View, create_store, open_store, read_data

SMALL = Size(demands=30, positions=100, parties=5, rounds=4)


@pytest.fixture
def kept(tmp_path):
    """A folder for generated files."""
    return Kept(tmp_path / "kept")


def rows(store, kind):
    """Every record of a kind, with refs in place of ids."""
    found = store.rows(View(kind), store.find(View(kind)))
    return [{name: each.machine(name) for name in kind.fields} for each in found]


def rows_of(path, kind):
    """The same, of a file."""
    store = open_store(path)
    try:
        return rows(store, kind)
    finally:
        store.close()


def test_a_generated_dossier_is_sound_and_as_large_as_asked_for(kept):
    store = open_store(kept.dossier(SMALL))

    findings = [each for each in store.check() if each.error]
    counts = {kind: store.count(View(kind)) for kind in (Demand, Position)}
    store.close()

    assert findings == []
    assert counts == {Demand: 30, Position: 100}


@pytest.mark.parametrize("suffix", ["ndjson", "csv"])
def test_generated_lines_import_to_the_demands_of_the_generated_dossier(kept, suffix):
    path = kept.dossier(Size(demands=0, parties=5, rounds=4))
    store = open_store(path)
    with read_data(kept.lines(SMALL, suffix)) as data:
        store.import_data(data)
    store.close()

    assert rows_of(path, Demand) == rows_of(kept.dossier(SMALL), Demand)


def test_a_generated_document_makes_the_generated_dossier(kept, tmp_path):
    store = create_store(tmp_path / "whole.db", kept.whole(SMALL).read_bytes())

    made = {kind: rows(store, kind) for kind in (Demand, Position)}
    store.close()

    assert made == {kind: rows_of(kept.dossier(SMALL), kind) for kind in (Demand, Position)}


def test_a_line_tells_the_medians_the_ratio_of_the_pairs_and_whether_the_target_is_met():
    samples = {"ours": (10.0, 40.0, 20.0), "theirs": (20.0, 10.0, 20.0)}
    figure = Figure("Start", "first frame", "ms", samples["ours"], "hello", samples["theirs"], Target("1a", "<=", 0.9))

    assert table([figure]).splitlines()[-1] == (
        "| first frame | 3 | 20.0 (10.0–40.0) ms | hello | 20.0 (10.0–20.0) | 1.00 (0.50–4.00) | 1a: <= 0.9 | NO |"
    )


def test_one_command_prints_a_table_and_keeps_the_samples_it_is_made_from(tmp_path):
    kept = tmp_path / "samples.json"
    words = ["--only", "edit", "--sizes", "50", "--rounds", "2", "--keys", "3", "--json", str(kept)]
    done = subprocess.run(
        [sys.executable, "-m", "bench", *words],
        cwd=Path(__file__).parent.parent,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )

    [figure, bare, pages] = json.loads(kept.read_text())["figures"]
    [line, line_of_bare, line_of_pages] = [line for line in done.stdout.splitlines() if line.startswith("| an edit")]
    ratio = statistics.median(figure["samples"]) / statistics.median(figure["beside_samples"])
    assert (len(figure["samples"]), len(figure["beside_samples"])) == (3, 3)
    assert f"| {ratio:.2f} |" in line
    assert bare["beside_samples"] == pages["beside_samples"] == figure["beside_samples"]
    assert "bare statements" in line_of_bare
    assert "pages + fdatasync" in line_of_pages
