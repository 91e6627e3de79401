"""A dossier written as JSON, read and written again is the same text, whatever it holds."""

import json
from functools import cache
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage import RECORDS, SINGULAR, StorageError, create_store
from storage.editing.following import completed
from storage.editing.validation import examined
from storage.exports.dossier import whole
from storage.fields import Within
from storage.incoming.seeding import prepare, read_seed
from storage.record import references
from storage.records import Delegate
from tests.chance import tries

SEED = (Path(__file__).parents[2] / "seed.json").read_bytes()

HOSTILE = st.text(st.sampled_from("aA1 \n\t\r\x1b\x7f\x9b\"\\/{}[]:,'\u2028\u202e\ufeffé\u0301漢😀"), max_size=8)
TEXT = HOSTILE | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8)
NUMBERS = st.integers(-(2**53), 2**53) | st.floats(allow_nan=False, allow_infinity=False)


class Rows:
    """A source of rows that is no store."""

    def __init__(self, rows):
        self.rows = rows

    def everything(self, table, among=None):
        rows = self.rows.get(table, [])
        return [(id, row) for id, row in rows if all(row[name] in values for name, values in (among or {}).items())]

    def columns(self, kind, names, among=None):
        field, values = among
        rows = self.rows.get(kind.table, [])
        return [
            (id, *(row[name] for name in names)) for id, row in rows if (id if field == "id" else row[field]) in values
        ]


def written(source):
    return "".join(whole(source))


def read(text):
    return Rows(prepare(read_seed(text.encode(), "case.json"), "case.json", 1_000).rows)


ORDER = ("sources", "parties", "people", "rounds", "demands", "agreements", "commitments")
"""What others refer to is made first."""


@cache
def values_of(table):
    """Any values that the fields of a kind may hold; references are left to be chosen."""
    fields = [field for field in RECORDS[table].fields.values() if not names_a_record(field)]
    return st.fixed_dictionaries({field.name: value_of(field) for field in fields})


def value_of(field):
    within = field.within or Within()
    strategy = {
        "choice": st.sampled_from(field.choices or ("",)),
        "flag": st.booleans(),
        "date": st.dates().map(str),
        "integer": st.integers(within.low or -(2**53), within.high or 2**53),
        "number": NUMBERS.map(abs).filter(bool) if within.above == 0 else NUMBERS,
        "ref": st.text(st.sampled_from("AB12"), min_size=2, max_size=5),
        "list": st.lists(TEXT.map(lambda text: text.replace(";", ",")).filter(str.strip), max_size=3).map(tuple),
    }.get(field.type, TEXT)
    if field.required:
        return strategy.filter(str.strip) if field.is_text else strategy
    return st.just(field.default) | strategy


@st.composite
def dossiers(draw):
    """Rows of every kind, recorded in any order; a row that no change brings into order is left out."""
    free_ids = count(2)
    ids: dict[str, list[int]] = {"dossier": [1]}
    rows = {"dossier": [(1, {"title": draw(TEXT.filter(str.strip)), "about": draw(TEXT)})]}
    for table in (*ORDER, *(table for table in RECORDS if table not in (*ORDER, "dossier", "evidence")), "evidence"):
        rows[table] = []
        for _ in range(draw(st.integers(1, 4))):
            row = row_of(draw, RECORDS[table], ids)
            if row and not is_duplicate(RECORDS[table], row, rows[table]):
                rows[table].append((next(free_ids), row))
        ids[table] = [id for id, _ in rows[table]]
    return Rows(rows)


def row_of(draw, kind, ids):
    values = draw(values_of(kind.table))
    for field in references(kind):
        choices = ids.get(field.refers_to, []) + [None] * field.optional
        values[field.name] = draw(st.sampled_from(choices or [None]))
    if about := SINGULAR.get(values.get("subject") or ""):
        values["subject_id"] = draw(st.sampled_from(ids.get(about.table) or [None]))
    if kind is Delegate:
        values["rank"] = values["person"] and draw(st.sampled_from(kind.fields["rank"].choices))
    row, problems = examined(kind, completed(kind, values))
    for blamed, _ in problems:
        values.pop(blamed, None)
    return row or examined(kind, completed(kind, values))[0]


def is_duplicate(kind, row, rows):
    return any(all(row[name] == other[name] for name in fields) for fields in kind.unique for _, other in rows)


def told(source):
    """What every record says, but for ids."""
    return {
        table: sorted(
            repr([row[name] for name, field in kind.fields.items() if not names_a_record(field)]) for _, row in rows
        )
        for table, kind in RECORDS.items()
        if (rows := source.rows[table])
    }


def names_a_record(field):
    return field.type in ("reference", "subject_id")


@settings(
    max_examples=tries(25), deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
@given(dossiers())
def test_any_dossier_read_and_written_again_is_the_same_text(dossier):
    once = written(dossier)

    again = read(once)

    assert written(again) == once
    assert told(again) == told(dossier)
    assert once == json.dumps(json.loads(once), indent=2, ensure_ascii=False) + "\n"


def test_the_seed_written_is_the_seed():
    assert written(read(SEED.decode())).encode() == SEED


def test_a_store_made_from_the_seed_writes_the_seed(tmp_path):
    store = create_store(tmp_path / "istanbul.db", SEED, "seed.json")

    text = written(store)

    assert text.encode() == SEED
    store.close()


def test_a_store_made_from_what_a_store_wrote_writes_the_same(tmp_path):
    first = create_store(tmp_path / "first.db", SEED, "seed.json")
    first.edit(RECORDS["demands"], [first.resolve("demands", "D2")], {"note": 'a "quoted"\n\x1b[31m line'})
    first.add(RECORDS["rounds"], {"ref": "R0", "seq": 0, "title": "Before", "format": "remote"})
    once = written(first)

    second = create_store(tmp_path / "second.db", once.encode(), "once.json")

    assert written(second) == once
    first.close()
    second.close()


def test_empty_lists_and_defaults_are_left_out():
    text = written(read('{"parley": 1, "title": "Talks", "about": "", "stances": [], "from": []}'))

    assert text == '{\n  "parley": 1,\n  "title": "Talks"\n}\n'


@pytest.mark.parametrize(
    ("quantity", "text"), [(1000.0, "1000"), (0.5, "0.5"), (1e300, "1e+300"), (2.0**53, "9007199254740992")]
)
def test_a_whole_number_is_written_without_a_point(quantity, text):
    deal = {"ref": "A1", "title": "Deal", "kind": "partial"}
    promise = {"ref": "C1", "by_party": "AAA", "quantity": quantity}
    party = {"ref": "AAA", "name": "Aland", "kind": "state"}
    document = {"parley": 1, "title": "Talks", "parties": [party], "agreements": [deal | {"commitments": [promise]}]}

    assert f'"quantity": {text}\n' in written(read(json.dumps(document)))


def test_statements_stand_in_natural_order():
    statements = [{"ref": ref, "text": "..."} for ref in ("S1.10", "S1.2", "s1.1")]
    source = {"ref": "S1", "title": "A paper", "kind": "news", "statements": statements}
    document = {"parley": 1, "title": "Talks", "from": ["S1.10", "S1.2", "s1.1"], "sources": [source]}

    assert json.loads(written(read(json.dumps(document))))["from"] == ["s1.1", "S1.2", "S1.10"]


def test_rounds_keep_the_order_in_which_they_were_recorded():
    rounds = [{"ref": f"R{seq}", "seq": seq, "title": "Talks", "format": "direct"} for seq in (3, 1, 2)]

    text = written(read(json.dumps({"parley": 1, "title": "Talks", "rounds": rounds})))

    assert [each["ref"] for each in json.loads(text)["rounds"]] == ["R3", "R1", "R2"]


def test_a_record_that_names_one_that_is_gone_is_not_written_as_if_it_were_there():
    rows = read(SEED.decode())
    rows.rows["agreements"] = []

    with pytest.raises(StorageError, match="names one of the agreements that is not there"):
        written(rows)
