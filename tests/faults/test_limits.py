"""What is too large, too deep or no text: one clear line with its place, the right exit code, nothing half done."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from storage import BadInput, create_store, open_store, read_data

ROOT = Path(__file__).parent.parent.parent
TOP = {"parley": 1, "title": "T"}
HEADER = "ref,title,by_party,kind\n"


def party(**fields):
    """A dossier with one party of these fields."""
    return {**TOP, "parties": [{"ref": "AA", "name": "a", "kind": "state", **fields}]}


def rounds(seq):
    """A dossier with one round in this place of the order, as its JSON text."""
    return f'{{"parley": 1, "title": "T", "rounds": [{{"ref": "R1", "title": "x", "format": "direct", "seq": {seq}}}]}}'


SEEDS = {
    "51 levels": ('{"a":' * 51 + "1" + "}" * 51, "line 1, column 251: it is nested deeper than 50 levels."),
    "4,301 digits": (rounds("9" * 4301), "line 1, column 95: a number has more than 4,300 digits."),
    "an integer above 2^53": (rounds(2**53 + 1), "$.rounds[0].seq: "),
    "a number that is none": (rounds("NaN"), "line 1, column 95: NaN is no number in JSON"),
    "a key twice": ('{"parley": 1, "title": "T", "title": "U"}', 'line 1, column 29: the key "title" stands twice'),
    "half a character": ('{"parley": 1, "title": "\\ud800"}', "line 1, column 24: the text holds half of a character"),
    "NUL": ('{"parley": 1, "title": "a\\u0000"}', "$.title: "),
    "UTF-16": (json.dumps(TOP).encode("utf-16"), "line 1: it is not UTF-8 text; save it as UTF-8."),
    "Latin-1": ('{"parley": 1,\n"title": "Zürich"}'.encode("latin-1"), "line 2: it is not UTF-8 text"),
    "a title of 501 characters": (json.dumps({**TOP, "title": "x" * 501}), "$.title: "),
    "a text of 100,001 characters": (json.dumps(party(note="x" * 100_001)), "$.parties[0].note: "),
}


def refusal(path, data):
    """The only problem of a seed, which left no file."""
    with pytest.raises(BadInput) as refused:
        create_store(path, data if isinstance(data, bytes) else data.encode(), "case.json")
    assert list(path.parent.iterdir()) == []
    [problem] = refused.value.problems
    return problem


@pytest.mark.parametrize(("data", "said"), SEEDS.values(), ids=SEEDS)
def test_a_seed_beyond_a_limit_is_refused_with_its_place(tmp_path, data, said):
    problem = refusal(tmp_path / "new.db", data)

    assert problem.startswith(f"case.json: {said}")
    assert len(problem) < 250


@pytest.mark.parametrize(
    "document",
    [
        {**TOP, "title": "x" * 500},
        party(note="x" * 100_000),
        {**TOP, "rounds": [{"ref": "R1", "title": "x", "format": "direct", "seq": 2**53}]},
    ],
    ids=["title", "text", "integer"],
)
def test_what_is_just_within_a_limit_is_taken(tmp_path, document):
    with_mark = b"\xef\xbb\xbf" + json.dumps(document).encode()

    create_store(tmp_path / "new.db", with_mark, "case.json").close()


def test_a_thousand_mistakes_are_enough_and_ten_are_told(tmp_path):
    many = {**TOP, "parties": [{"ref": f"P{number}"} for number in range(600)]}
    with pytest.raises(BadInput) as refused:
        create_store(tmp_path / "new.db", json.dumps(many).encode(), "case.json")

    assert len(refused.value.problems) == 1_000
    lines = str(refused.value).splitlines()
    assert len(lines) == 11
    assert lines[0].startswith("case.json: $.parties[0].name: ")
    assert lines[-1] == "and 990 more"


TABLES = {
    "a cell too few": (f"{HEADER}X1,One,UKR\n", "line 2: this row has 3 cells, the header 4 cells."),
    "a cell too many": (f'{HEADER}X1,"On\ne",UKR,demand\nX2,Two,UKR,demand,\n', "line 4: this row has 5 cells"),
    "NUL": (f"{HEADER}X1,O\0e,UKR,demand\n", "line 2"),
    "an unknown column": ("ref,title,by_party,kind,colour\n", "line 1, column colour: "),
    "a missing column": ("ref,title,kind\n", "line 1, column by_party: this column is missing"),
    "a column twice": ("ref,title,title,by_party,kind\n", "line 1, column title: this column stands twice; keep one."),
    "a cell too long": (f"{HEADER}X1,{'x' * 1_000_001},UKR,demand\n", "line 2: a cell is longer than 1,000,000"),
    "a title too long": (f"{HEADER}X1,{'x' * 501},UKR,demand\n", "line 2, column title: "),
    "Latin-1": (f"{HEADER}X1,Zürich,UKR,demand\n".encode("latin-1"), "line 2: it is not UTF-8 text"),
    "UTF-16": (HEADER.encode("utf-16"), "line 1: it is not UTF-8 text"),
    "a cell that never ends": (f'{HEADER}X1,"One,UKR,demand\n', 'line 2: a cell that starts with " never ends'),
    "nothing": ("", "it is empty; the first line must name the columns."),
}


@pytest.mark.parametrize(("data", "said"), TABLES.values(), ids=TABLES)
def test_a_table_beyond_a_limit_is_refused_with_its_place(istanbul, data, said):
    path = istanbul.parent / "demands.csv"
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    store = open_store(istanbul)
    before = store.version()
    with pytest.raises(BadInput) as refused, read_data(path) as arriving:
        store.import_data(arriving)

    assert str(refused.value).startswith(f"{path}: {said}")
    assert len(str(refused.value)) < 400
    assert (store.version(), store.log()) == (before, [])
    store.close()


NO_TEXT = "a\udcff"
"""What Python makes of bytes on a command line that are no UTF-8."""


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (["export", "FILE", "demands", "--search", NO_TEXT], "--search"),
        (["export", "FILE", "demands", "--where", f"title={NO_TEXT}"], "--where"),
        (["export", "FILE", "demands", "--where", f"by_party={NO_TEXT}"], "--where"),
        (["export", "FILE", "matrix", "--as-of", NO_TEXT], "--as-of"),
        (["export", "FILE", "changes", "--since", NO_TEXT], "--since"),
        (["export", "FILE", "zones", "--party", NO_TEXT], "--party"),
        (["brief", "FILE", NO_TEXT], "REF"),
        (["brief", "FILE", "D1", "--as-of", NO_TEXT], "--as-of"),
        (["log", "FILE", NO_TEXT], "[REF]"),
    ],
)
def test_what_is_looked_for_must_be_text(istanbul, words, named, parley):
    code, out, said = parley(*(istanbul if word == "FILE" else word for word in words))

    assert (code, out, said.count("\n")) == (2, "", 1)
    assert said.startswith(f"Invalid value for '{named}': it is not UTF-8 text. See `parley {words[0]} --help`.")


def test_the_name_of_a_file_may_be_any_bytes(istanbul, parley):
    named = istanbul.rename(istanbul.with_name(f"{NO_TEXT}.db"))

    assert subprocess.run([sys.executable, "-m", "tui", "check", named], cwd=ROOT, check=False).returncode == 0
    assert parley("export", named, "demands", "-o", f"{named}.csv")[0] == 0
    assert parley("backup", named, f"{named}.bak")[0] == 0
    assert len(list(istanbul.parent.glob(f"{NO_TEXT}*"))) == 3


def test_the_command_line_refuses_a_seed_and_a_table_in_one_line_with_exit_code_1(istanbul, parley):
    seed, table = istanbul.parent / "case.json", istanbul.parent / "demands.csv"
    seed.write_text(rounds("NaN"))
    table.write_text(f"{HEADER}\x1b[31m,One,UKR\n")

    code, out, said = parley("new", istanbul.parent / "new.db", "--seed", seed)
    assert (code, out, said.count("\n")) == (1, "", 1)
    assert said.startswith(f"{seed}: line 1, column 95: NaN is no number in JSON")
    assert not (istanbul.parent / "new.db").exists()

    assert parley("import", istanbul, table) == (1, "", f"{table}: line 2: this row has 3 cells, the header 4 cells.\n")
