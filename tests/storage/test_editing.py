"""One action is one step: whole in the file and in the log, or in neither."""

import sqlite3

import pytest

from storage.errors import CannotOpen, Conflict, NotSaved, Refused
from storage.records import (
    Agreement,
    Assessment,
    Commitment,
    Delegate,
    Demand,
    Dossier,
    Party,
    Person,
    Position,
    Round,
    Statement,
)
from storage.view import View
from tests.storage.hand import Hand, content, steps


def test_an_edit_is_in_the_file_and_in_the_log_as_one_step(ours):
    change = ours.edit(Demand, "D1", status="agreed")

    assert Hand(ours.path).row(Demand, "D1")["status"] == "agreed"
    assert [(edit.table, edit.field, edit.before, edit.after) for edit in change.edits] == [
        ("demands", "status", "open", "agreed")
    ]
    assert ours.labels() == ["D1 status open → agreed"]
    assert (change.step, change.kind) == (1, "do")


def test_a_bulk_edit_is_one_step_and_leaves_alone_what_has_the_value_already(ours):
    ours.edit(Demand, "D2", status="agreed")

    change = ours.edit(Demand, "D1", "D2", "D3", status="agreed")

    assert len(change.edits) == 2
    assert ours.labels()[1:] == ["status → agreed in 2 demands"]
    assert {ours.row(Demand, ref)["status"] for ref in ("D1", "D2", "D3")} == {"agreed"}


def test_a_record_named_twice_in_a_bulk_edit_is_edited_once(ours):
    change = ours.edit(Demand, "D1", "D1", note="twice")

    assert len(change.edits) == 1


def test_several_fields_are_one_step(ours):
    change = ours.edit(Round, "R1", starts_on="2025-05-15", ends_on="2025-05-17")

    assert len(change.edits) == 2
    assert steps(ours.path) == 1


@pytest.mark.parametrize("values", [{"status": "open"}, {"issue": "ceasefire", "note": ""}, {}])
def test_what_changes_nothing_is_no_step(ours, values):
    change = ours.edit(Demand, "D1", **values)

    assert (change.edits, change.step) == ((), 0)
    assert steps(ours.path) == 0


def test_a_new_record_gets_defaults_and_stands_in_the_log(ours):
    key = ours.add(Demand, ref="D10", title="Local pause", kind="proposal", by_party="RUS")

    assert key == "D10"
    assert ours.row(Demand, "D10") | {"by_party": ""} == {
        "ref": "D10",
        "title": "Local pause",
        "text": "",
        "issue": "",
        "interest": "",
        "kind": "proposal",
        "by_party": "",
        "to_party": None,
        "first_round": None,
        "status": "open",
        "note": "",
    }
    assert ours.labels() == ["D10 added"]


@pytest.mark.parametrize(("due_on", "basis"), [("2025-07-01", "stated"), (None, "none")])
def test_a_new_commitment_has_the_basis_that_its_date_needs(ours, due_on, basis):
    ours.add(Commitment, ref="C9", agreement="A1", by_party="UKR", due_on=due_on)

    assert ours.row(Commitment, "C9")["due_basis"] == basis


# Compare and set


def test_an_edit_over_a_value_that_somebody_changed_is_refused_with_both_values(ours, theirs):
    theirs.edit(Demand, "D1", status="withdrawn")

    with pytest.raises(
        Conflict, match=r"D1.status is withdrawn now, changed by somebody else; you saw open."
    ) as refused:
        ours.edit(Demand, "D1", seen={"status": "open"}, status="agreed")

    assert (refused.value.theirs, refused.value.ours) == ("withdrawn", "agreed")
    assert ours.row(Demand, "D1")["status"] == "withdrawn"


def test_long_texts_that_begin_alike_are_told_from_where_they_differ(ours, theirs):
    title = "25-year transition period for developing members"
    assert theirs.edit(Demand, "D1", title=title).label.startswith("D1 title 30-day unconditional ceasefire → 25-year")
    label = theirs.edit(Demand, "D1", title=f"{title} in the zone").label
    assert label == "D1 title …r developing members → …r developing members in the zone"

    with pytest.raises(Conflict) as refused:
        ours.edit(Demand, "D1", seen={"title": title}, title="No transition")

    assert str(refused.value) == (
        "D1.title is …r developing members in the zone now, changed by somebody else; you saw …r developing members."
    )


def test_a_conflict_names_references_as_people_do(ours, theirs):
    theirs.edit(Demand, "D1", to_party="USA")

    with pytest.raises(Conflict, match=r"D1.to_party is USA now, changed by somebody else; you saw RUS."):
        ours.edit(Demand, "D1", seen={"to_party": "RUS"}, to_party="EU")


def test_an_edit_of_another_field_than_theirs_is_saved(ours, theirs):
    theirs.edit(Demand, "D1", status="withdrawn")

    ours.edit(Demand, "D1", seen={"note": ""}, note="ours")

    assert (ours.row(Demand, "D1")["status"], ours.row(Demand, "D1")["note"]) == ("withdrawn", "ours")


def test_one_conflict_in_a_bulk_edit_saves_none_of_it(ours, theirs):
    theirs.edit(Demand, "D2", status="withdrawn")
    before = content(ours.path)

    with pytest.raises(Conflict):
        ours.edit(Demand, "D1", "D2", seen={"status": "open"}, status="agreed")

    assert content(ours.path) == before


def test_an_edit_of_a_record_that_somebody_deleted_is_a_conflict(ours, theirs):
    id = ours.id(Demand, "D9")
    theirs.delete(Demand, "D9")

    with pytest.raises(Conflict, match=r"The demand is gone: somebody else has deleted it."):
        ours.store.edit(Demand, [id], {"status": "agreed"})


def test_a_record_is_not_deleted_twice(ours, theirs):
    id = ours.id(Demand, "D9")
    theirs.delete(Demand, "D9")

    with pytest.raises(Conflict, match=r"The demand is gone: somebody else has deleted it."):
        ours.store.delete(Demand, [id])


def test_a_file_in_use_by_another_program_is_not_saved_and_says_so(ours):
    holder = sqlite3.connect(ours.path, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    ours.store._writing.execute("PRAGMA busy_timeout = 10")

    with pytest.raises(NotSaved, match=r"Not saved: it is in use by another program"):
        ours.edit(Demand, "D1", status="agreed")

    holder.execute("ROLLBACK")
    ours.edit(Demand, "D1", status="agreed")
    assert ours.labels() == ["D1 status open → agreed"]


# What goes with an edit in the same record


@pytest.mark.parametrize(
    ("kind", "key", "first", "then", "expected"),
    [
        (Commitment, "C1", {}, {"due_on": None}, {"due_basis": "none"}),
        (Commitment, "C1", {}, {"due_on": "2025-06-20"}, {"due_basis": "estimated"}),
        (Commitment, "C1", {}, {"due_basis": "none"}, {"due_on": None}),
        (Commitment, "C1", {"due_on": None}, {"due_on": "2025-06-20"}, {"due_basis": "stated"}),
        (
            Commitment,
            "C1",
            {"due_on": None},
            {"due_on": "2025-06-20", "due_basis": "estimated"},
            {"due_basis": "estimated"},
        ),
        (Delegate, "R1/UKR/Rustem Umerov", {}, {"person": None}, {"rank": None}),
        (Delegate, "R1/UKR", {}, {"person": "Volodymyr Zelenskyy"}, {"rank": "member"}),
        (Delegate, "R1/RUS/Vladimir Medinsky", {}, {"person": "Vladimir Putin"}, {"rank": "head"}),
        (Position, "R1/D6/UKR", {}, {"response": "accepts"}, {"red_line": False}),
        (Position, "R1/D6/UKR", {}, {"response": "conditional", "hinges_on": "D1"}, {"red_line": False}),
        (
            Position,
            "R1/D1/RUS",
            {"response": "conditional", "hinges_on": "D6"},
            {"response": "rejects"},
            {"hinges_on": None},
        ),
        (Position, "R1/D1/RUS", {"response": "conditional", "hinges_on": "D6"}, {"terms": "x"}, {"hinges_on": "D6"}),
        (Assessment, "agreement:A1/significance", {}, {"subject": "process"}, {"subject_id": None}),
    ],
)
def test_fields_that_follow_change_with_the_field_that_leads(ours, kind, key, first, then, expected):
    ours.add(Delegate, round="R1", party="UKR")
    ours.edit(kind, key, **first)
    id = ours.id(kind, key)

    change = ours.store.edit(kind, [id], ours.stored(kind, then))

    [found] = ours.store.rows(View(kind), [id])
    assert {name: found.names.get(name, found.values[name]) for name in expected} == expected
    assert len(ours.store.log()) == 1 + bool(first) + 1
    assert {edit.field for edit in change.edits} >= set(then)


def test_the_step_says_what_followed(ours):
    change = ours.edit(Commitment, "C1", due_on=None)

    assert change.label == "C1 due on 2025-06-13 → ∅"
    assert change.also == ("due basis estimated → none",)
    undone = ours.store.undo()
    assert (undone.label, undone.also) == ("C1 due on ∅ → 2025-06-13, undone", ("due basis none → estimated",))


# Keys that only one record may have


@pytest.mark.parametrize(
    ("kind", "name", "values", "sentence"),
    [
        (Demand, "D2", {"ref": "D1"}, "There is already a demand with this ref: D1."),
        (Party, "UKR", {"ref": "RUS"}, "There is already a party with this ref: RUS."),
        (Party, "UKR", {"name": "Russia"}, "There is already a party with this name: RUS."),
        (
            Person,
            "Vladimir Putin",
            {"name": "Donald Trump"},
            r"There is already a person with this name: Donald Trump. A namesake is written \"Name \(office\)\"\.",
        ),
        (
            Position,
            "R1/D1/RUS",
            {"demand": "D6", "party": "UKR"},
            "There is already a position with this .*: R1/D6/UKR.",
        ),
        (Statement, "1a", {"ref": "1b"}, "There is already a statement with this ref: 1b."),
        (Commitment, "C1", {"ref": "C2"}, "There is already a commitment with this ref: C2."),
    ],
)
def test_a_key_that_is_taken_is_refused(ours, kind, name, values, sentence):
    before = content(ours.path)

    with pytest.raises(Refused, match=sentence):
        ours.edit(kind, name, **values)

    assert (content(ours.path), steps(ours.path)) == (before, 0)


def test_a_key_of_several_fields_moves_as_one(ours):
    # on its way, field by field, it would meet R1/D6/RUS
    ours.delete(Position, "R1/D6/UKR")

    ours.edit(Position, "R1/D1/RUS", demand="D6", party="UKR")

    assert ours.row(Position, "R1/D6/UKR")["response"] == "rejects"


def test_two_rounds_may_not_take_the_same_place(ours):
    with pytest.raises(Refused, match=r"There is already a round with this seq: R1.") as refused:
        ours.add(Round, ref="R2", seq=1, title="Second", format="direct")

    assert refused.value.field == "seq"


def test_one_ref_for_several_records_at_once_is_refused_whole(ours):
    with pytest.raises(Refused, match=r"One ref can't be given to 2 demands\."):
        ours.edit(Demand, "D1", "D2", ref="D99")

    assert "D99" not in ours.keys(Demand)


def test_the_dossier_itself_is_edited_and_undone_like_the_rest(ours):
    ours.edit(Dossier, "dossier", title="Istanbul, first round")

    assert ours.store.title() == "Istanbul, first round"
    assert ours.labels() == ["dossier title Istanbul talks → Istanbul, first round"]


def test_the_dossier_itself_is_not_deleted(ours):
    with pytest.raises(Refused, match=r"The dossier itself can't be deleted; delete its file."):
        ours.delete(Dossier, "dossier")


def test_a_store_open_for_reading_refuses_every_change(istanbul):
    reader = Hand(istanbul, read_only=True)

    for change in (
        lambda: reader.edit(Demand, "D1", status="agreed"),
        lambda: reader.add(Party, ref="IND", name="India", kind="state"),
        lambda: reader.delete(Demand, "D1"),
        reader.undo,
        reader.redo,
    ):
        with pytest.raises(NotSaved, match=r"Not saved: the dossier is open for reading only."):
            change()


def test_what_other_programs_wrote_in_other_bytes_can_be_edited(ours):
    ours.store._writing.execute("UPDATE parties SET aliases = '[\"Kyiv\",\"Kiev\"]' WHERE ref = 'UKR'")
    ours.store._writing.execute("UPDATE demands SET note = CAST(x'C328' AS TEXT) WHERE ref = 'D1'")

    ours.edit(Party, "UKR", seen={"aliases": ("Kyiv", "Kiev")}, aliases=("Kyiv",))
    ours.edit(Demand, "D1", note="valid")

    assert ours.row(Party, "UKR")["aliases"] == ("Kyiv",)
    assert ours.row(Demand, "D1")["note"] == "valid"


def test_a_number_that_sqlite_cannot_hold_is_refused_with_a_sentence(ours):
    with pytest.raises(Refused, match=r"A number is too large for the file."):
        ours.store.add(Demand, {"ref": "D10", "title": "Pause", "kind": "demand", "by_party": 2**70})


def test_an_agreement_need_not_belong_to_a_round(ours):
    ours.edit(Agreement, "A1", round=None)

    assert ours.row(Agreement, "A1")["round"] is None


def test_a_dossier_that_is_closed_takes_no_edit_and_says_so_with_a_sentence(ours):
    one = ours.store.find(View(Demand), 1)
    ours.store.close()

    with pytest.raises(CannotOpen, match=r"can't be read"):
        ours.store.edit(Demand, one, {"title": "Too late"})
