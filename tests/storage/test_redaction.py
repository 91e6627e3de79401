"""What leaves is as if everything internal, and what rests on it alone, had been deleted."""

import sqlite3

import pytest

from storage.exports.redaction import redacted
from storage.record import RECORDS
from storage.records import (
    Assessment,
    Demand,
    Dossier,
    Evidence,
    Link,
    Party,
    Person,
    Position,
    Round,
    Source,
    Stance,
    Statement,
)
from storage.view import View
from tests.storage.hand import content, steps


@pytest.fixture
def secret(ours):
    """The seed, with one internal source, a leaked statement of the public one, and records that rest on them."""
    ours.add(Source, ref="S2", title="SECRET paper", kind="leak")
    ours.add(Source, ref="S3", title="Never quoted", kind="news")
    ours.add(Statement, ref="S2.1", source="S2", text="SECRET words", visibility="internal")
    ours.add(Statement, ref="S1.9", source="S1", text="SECRET aside", visibility="internal")
    ours.add(Round, ref="R2", seq=2, title="SECRET round", format="direct")
    ours.add(Demand, ref="D10", title="SECRET demand", kind="demand", by_party="RUS")
    ours.add(Demand, ref="D11", title="Unsupported", kind="demand", by_party="RUS", first_round="R2")
    ours.add(Demand, ref="D12", title="Raised again", kind="demand", by_party="RUS", first_round="R2")
    ours.add(Round, ref="R3", seq=3, title="Third", format="direct")
    ours.add(Position, round="R3", demand="D12", party="RUS", response="asks")
    ours.add(Position, round="R1", demand="D10", party="UKR", response="silent", note="SECRET child")
    ours.edit(Position, "R1/D1/RUS", response="conditional", hinges_on="D10")
    ours.add(Link, demand="D1", other="D10", kind="conflicts")
    ours.add(Stance, party="RUS", person="Vladimir Putin", will="no", motive="Mixed support", source="S2")
    ours.add(Assessment, subject="demand", subject_id="D10", aspect="note", text="SECRET judgement")
    ours.add(Evidence, statement="S2.1", subject="demand", subject_id="D10")
    ours.add(Evidence, statement="S1.9", subject="round", subject_id="R2")
    ours.add(Evidence, statement="S2.1", subject="stance", subject_id="RUS/Vladimir Putin")
    ours.add(Evidence, statement="5a", subject="stance", subject_id="RUS/Vladimir Putin")
    ours.add(Evidence, statement="S2.1", subject="demand", subject_id="D2", relation="disputes")
    return ours


def keys(store, kind):
    return store.keys(kind.table, store.find(View(kind)))


def without_internal(hand):
    """The keys of all records, by kind, as they may leave."""
    with redacted(hand.store) as copy:
        return {kind: keys(copy, kind) for kind in RECORDS.values()}


def test_internal_statements_and_what_rests_on_them_alone_are_gone(secret):
    left = without_internal(secret)

    assert {"S2.1", "S1.9"}.isdisjoint(left[Statement])
    assert "D10" not in left[Demand]
    assert "R2" not in left[Round]


def test_what_deleting_takes_along_is_gone_too(secret):
    left = without_internal(secret)

    assert "R1/D10/UKR" not in left[Position]
    assert "D1/conflicts/D10" not in left[Link]
    assert "demand:D10/note" not in left[Assessment]
    assert "D11" not in left[Demand]
    assert not [key for key in left[Evidence] if key.startswith(("S2.1", "S1.9"))]


def test_references_to_what_is_gone_are_empty(secret):
    with redacted(secret.store) as copy:
        [position] = copy.rows(View(Position), [secret.id(Position, "R1/D1/RUS")])
        [stance] = copy.rows(View(Stance), [secret.id(Stance, "RUS/Vladimir Putin")])
        [demand] = copy.rows(View(Demand), [secret.id(Demand, "D12")])

    assert position.values["hinges_on"] is None
    assert stance.values["source"] is None
    assert demand.values["first_round"] is None


def test_a_source_that_keeps_no_statement_is_gone_but_not_one_that_never_had_any(secret):
    assert without_internal(secret)[Source] == ["S1", "S3"]


def test_what_rests_on_something_public_as_well_or_on_nothing_stays(secret):
    left = without_internal(secret)

    assert "RUS/Vladimir Putin" in left[Stance]
    assert "R3/D12/RUS" in left[Position]
    assert "D2" in left[Demand]


def test_a_dispute_that_is_internal_withholds_nothing(secret):
    assert "D2" in without_internal(secret)[Demand]


def test_all_of_it_goes_at_once_whatever_the_order(ours):
    ours.add(Round, ref="R2", seq=2, title="Second", format="direct")
    ours.add(Round, ref="R3", seq=3, title="Third", format="direct")
    ours.add(Demand, ref="D10", title="Late", kind="demand", by_party="RUS", first_round="R2")
    ours.add(Position, round="R3", demand="D10", party="RUS", response="asks")
    ours.add(Statement, ref="S1.9", source="S1", text="...", visibility="internal")
    ours.add(Evidence, statement="S1.9", subject="round", subject_id="R2")
    ours.add(Evidence, statement="S1.9", subject="position", subject_id="R3/D10/RUS")

    left = without_internal(ours)

    assert "D10" not in left[Demand]  # the position that would have dated it is gone as well


def test_no_trace_is_left_in_the_bytes_of_the_copy(secret):
    secret.edit(Demand, "D10", note="SECRET" * 5_000)  # so much that pages of its own get free
    secret.edit(Demand, "D1", note="SECRET draft")
    secret.edit(Demand, "D1", note="")

    with redacted(secret.store) as copy:
        there = {path.name: path.read_bytes() for path in copy.path.parent.iterdir()}
        free_pages = sqlite3.connect(copy.path).execute("PRAGMA freelist_count").fetchone()[0]

    assert secret.path.read_bytes().lower().count(b"secret") + _in_log(secret.path) > 5
    assert [name for name, data in there.items() if b"secret" in data.lower()] == []
    assert free_pages == 0  # where SQLite was built to wipe what it deletes, only this tells that all was written anew
    assert steps_of(there, secret) == 0


def _in_log(path):
    beside = path.with_name(path.name + "-wal")
    return beside.read_bytes().lower().count(b"secret") if beside.exists() else 0


def steps_of(files, hand):
    copy = hand.path.with_name("looked-at.db")
    copy.write_bytes(files[hand.path.name])
    return steps(copy)


def test_the_dossier_itself_is_unchanged_and_the_copy_is_removed(secret):
    before, log = content(secret.path), secret.labels()

    with redacted(secret.store) as copy:
        folder = copy.path.parent
        assert copy.title() == "Istanbul talks"
        assert copy.check() is not None

    assert (content(secret.path), secret.labels()) == (before, log)
    assert not folder.exists()


def test_the_copy_is_a_sound_dossier(secret):
    with redacted(secret.store) as copy:
        findings = copy.check()
        assert sqlite3.connect(copy.path).execute("PRAGMA integrity_check").fetchone() == ("ok",)

    assert [finding for finding in findings if finding.error] == []


def test_a_dossier_that_rests_on_something_internal_keeps_its_title(ours):
    ours.add(Statement, ref="S1.9", source="S1", text="...", visibility="internal")
    ours.add(Evidence, statement="S1.9", subject="dossier", subject_id="dossier")

    with redacted(ours.store) as copy:
        assert copy.title() == "Istanbul talks"


def test_without_anything_internal_the_dossier_leaves_as_it_is(ours):
    with redacted(ours.store) as copy:
        assert copy is ours.store


def test_people_and_parties_are_withheld_like_the_rest(secret):
    secret.add(Person, name="SECRET envoy")
    secret.add(Party, ref="SEC", name="SECRET side", kind="other")
    secret.add(Evidence, statement="S1.9", subject="person", subject_id="SECRET envoy")
    secret.add(Evidence, statement="S1.9", subject="party", subject_id="SEC")

    left = without_internal(secret)

    assert "SECRET envoy" not in left[Person]
    assert "SEC" not in left[Party]
    assert left[Dossier] == ["dossier"]
