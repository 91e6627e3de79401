"""What goes along with a record, what only loses a reference, and what the step says of both."""

import shutil
from pathlib import Path

import pytest

from storage.errors import Conflict
from storage.record import RECORDS
from storage.records import (
    Agreement,
    Assessment,
    Commitment,
    Delegate,
    Delivery,
    Demand,
    Evidence,
    Link,
    Party,
    Person,
    Position,
    Round,
    Signatory,
    Source,
    Stance,
    Statement,
)
from storage.view import View
from tests.storage.hand import Hand, content, steps


@pytest.fixture(scope="module")
def full_made_once(made_once, tmp_path_factory):
    """The seed with more of everything that can hang off something, to be copied and never opened."""
    ours = Hand(Path(shutil.copy(made_once, tmp_path_factory.mktemp("full"))))
    ours.add(Round, ref="R2", seq=2, title="Second", format="direct")
    ours.add(Round, ref="R3", seq=3, title="Third", format="direct")
    ours.add(Party, ref="G3", name="Group", kind="coalition")
    ours.edit(Party, "EU", member_of="G3")
    ours.add(Demand, ref="D10", title="Late", kind="demand", by_party="RUS", first_round="R2")
    ours.add(Demand, ref="D11", title="Late, and again", kind="demand", by_party="RUS", first_round="R2")
    ours.add(Position, round="R2", demand="D11", party="RUS", response="asks")
    ours.add(Position, round="R3", demand="D11", party="RUS", response="asks")
    ours.add(Position, round="R2", demand="D1", party="RUS", response="conditional", hinges_on="D6")
    ours.add(Delegate, round="R2", party="UKR", person="Rustem Umerov", rank="head")
    ours.add(Delegate, round="R2", party="TUR", role="host")
    ours.add(Stance, party="RUS", round="R2", will="unclear")
    ours.add(Stance, party="RUS", person="Vladimir Putin", will="no", source="S1")
    ours.add(Assessment, subject="process", aspect="outlook", round="R2", rating=0)
    ours.add(Assessment, subject="round", subject_id="R2", aspect="note")
    ours.add(Assessment, subject="party", subject_id="TUR", aspect="leverage", source="S1")
    ours.add(Assessment, subject="demand", subject_id="D10", aspect="note")
    ours.add(Delivery, commitment="C1", on_date="2025-05-25", amount=390.0)
    ours.edit(Commitment, "C1", supervisor="TUR")
    ours.edit(Agreement, "A1", settles="D2")
    ours.add(Agreement, ref="A2", title="Second", kind="partial", round="R2")
    ours.add(Source, ref="S2", title="A note", kind="official")
    ours.add(Statement, ref="S2.1", source="S2", text="...", speaker="Vladimir Putin", party="TUR", round="R2")
    for subject, name in (("round", "R2"), ("demand", "D10"), ("position", "R2/D11/RUS"), ("person", "Vladimir Putin")):
        ours.add(Evidence, statement="S2.1", subject=subject, subject_id=name)
    ours.store.close()
    return ours.path


@pytest.fixture
def full(full_made_once, tmp_path):
    """We, with a fresh dossier of that."""
    hand = Hand(Path(shutil.copy(full_made_once, tmp_path)))
    yield hand
    hand.store.close()


def by_id(hand, kind):
    ids = hand.store.find(View(kind))
    return dict(zip(ids, hand.store.keys(kind.table, ids), strict=True))


def gone(hand, delete):
    """The keys of all records that a deletion takes, by kind."""
    kinds = list(RECORDS.values())
    before = {kind: by_id(hand, kind) for kind in kinds}
    delete()
    after = {kind: by_id(hand, kind) for kind in kinds}
    # told by id, since a record that only loses a reference may be called otherwise
    taken = {kind: {key for id, key in before[kind].items() if id not in after[kind]} for kind in kinds}
    return {kind: keys for kind, keys in taken.items() if keys}


def test_a_demand_takes_its_positions_its_links_at_either_end_and_what_is_said_about_it(full):
    taken = gone(full, lambda: full.delete(Demand, "D6"))

    assert taken.pop(Evidence)
    assert taken == {
        Demand: {"D6"},
        Position: {"R1/D6/RUS", "R1/D6/UKR"},
        Link: {"D4/conflicts/D6", "D5/conflicts/D6"},
    }


def test_an_assessment_of_a_record_goes_with_it_and_so_does_the_evidence_of_both(full):
    assert gone(full, lambda: full.delete(Demand, "D10")) == {
        Demand: {"D10"},
        Assessment: {"demand:D10/note"},
        Evidence: {"S2.1/supports/demand:D10"},
    }


def test_what_hinged_on_a_demand_that_goes_hinges_on_nothing(full):
    full.delete(Demand, "D6")

    position = full.row(Position, "R2/D1/RUS")
    assert (position["response"], position["hinges_on"]) == ("conditional", None)


def test_an_agreement_that_settled_a_demand_stays(full):
    full.delete(Demand, "D2")

    assert full.row(Agreement, "A1")["settles"] is None


def test_a_stance_goes_with_its_person_and_so_does_a_delegate(full):
    assert gone(full, lambda: full.delete(Person, "Vladimir Putin")) == {
        Person: {"Vladimir Putin"},
        Stance: {"RUS/Vladimir Putin"},
        Evidence: {f"{ref}/supports/person:Vladimir Putin" for ref in ("3d", "4f", "S2.1")},
    }
    assert full.row(Statement, "S2.1")["speaker"] is None

    assert gone(full, lambda: full.delete(Person, "Rustem Umerov"))[Delegate] == {
        "R1/UKR/Rustem Umerov",
        "R2/UKR/Rustem Umerov",
    }


def test_a_round_takes_what_happened_in_it_and_what_was_judged_as_of_it(full):
    taken = gone(full, lambda: full.delete(Round, "R2"))

    assert taken == {
        Round: {"R2"},
        Position: {"R2/D11/RUS", "R2/D1/RUS"},
        Delegate: {"R2/UKR/Rustem Umerov", "R2/TUR"},
        Stance: {"RUS@R2"},
        Assessment: {"process/outlook@R2", "round:R2/note", "demand:D10/note"},
        Demand: {"D10"},
        Evidence: {"S2.1/supports/round:R2", "S2.1/supports/demand:D10", "S2.1/supports/position:R2/D11/RUS"},
    }


def test_a_demand_with_a_position_in_another_round_only_loses_its_first_round(full):
    full.delete(Round, "R2")

    assert full.row(Demand, "D11")["first_round"] is None
    assert (full.row(Statement, "S2.1")["round"], full.row(Agreement, "A2")["round"]) == (None, None)


def test_a_demand_whose_only_rounds_go_together_goes_as_well(full):
    taken = gone(full, lambda: full.delete(Round, "R2", "R3"))

    assert taken[Demand] == {"D10", "D11"}


def test_a_demand_goes_with_its_author_and_with_its_addressee(full):
    taken = gone(full, lambda: full.delete(Party, "USA"))

    assert taken[Demand] == {"D8", "D9"}
    assert taken[Stance] == {"USA", "USA/Donald Trump"}
    assert Person not in taken
    assert full.row(Person, "Donald Trump")["party"] is None


def test_a_party_takes_what_cannot_stand_without_it_and_is_emptied_elsewhere(full):
    taken = gone(full, lambda: full.delete(Party, "TUR"))

    assert taken[Delegate] == {"R2/TUR"}
    assert taken[Assessment] == {"party:TUR/leverage"}
    assert full.row(Commitment, "C1")["supervisor"] is None
    assert full.row(Statement, "S2.1")["party"] is None


def test_the_members_of_a_coalition_stay(full):
    assert gone(full, lambda: full.delete(Party, "G3")) == {Party: {"G3"}}
    assert full.row(Party, "EU")["member_of"] is None


def test_an_agreement_takes_its_children_and_theirs(full):
    taken = gone(full, lambda: full.delete(Agreement, "A1"))

    assert (taken[Signatory], taken[Commitment], taken[Delivery]) == (
        {"A1/UKR/party", "A1/RUS/party"},
        {"C1", "C2"},
        {"C1/2025-05-25"},
    )
    assert taken[Assessment] == {"agreement:A1/significance"}


def test_a_source_takes_its_statements_and_their_evidence_but_no_record(full):
    taken = gone(full, lambda: full.delete(Source, "S2"))

    assert set(taken) == {Source, Statement, Evidence}
    assert taken[Statement] == {"S2.1"}


def test_a_judgement_outlives_its_source(full):
    full.delete(Source, "S1")

    assert full.row(Stance, "RUS/Vladimir Putin")["source"] is None
    assert full.row(Assessment, "party:TUR/leverage")["source"] is None


def test_the_step_is_one_and_says_what_went_along(full):
    before = steps(full.path)

    change = full.delete(Demand, "D6")

    assert steps(full.path) == before + 1
    assert change.label.startswith("D6 deleted, with ")
    assert {"2 positions", "2 links"} <= set(change.label.removeprefix("D6 deleted, with ").split(", "))


def test_a_deletion_of_several_records_counts_them(full):
    change = full.delete(Link, "D4/conflicts/D6", "D4/conflicts/D7")

    assert change.label.startswith("2 links deleted")


def test_what_goes_along_can_be_asked_first_and_nothing_is_changed_by_that(full):
    before = content(full.path)

    counts = full.store.going_along(Demand, [full.id(Demand, "D10")])

    assert counts == {"assessments": 1, "evidence": 1}
    assert content(full.path) == before
    assert full.store.going_along(Link, [full.id(Link, "D4/conflicts/D6")] * 2).get("links") is None


def test_no_evidence_and_no_reference_is_left_hanging(full):
    for ref in ("RUS", "UKR"):
        full.delete(Party, ref)

    assert [finding for finding in full.store.check() if finding.error] == []


@pytest.mark.parametrize(
    ("kind", "key"),
    [(Party, "RUS"), (Round, "R2"), (Demand, "D6"), (Person, "Vladimir Putin"), (Agreement, "A1"), (Source, "S1")],
)
def test_a_deletion_undone_brings_back_every_row_under_its_old_id(full, kind, key):
    before = content(full.path)
    full.delete(kind, key)

    full.undo()

    assert content(full.path) == before


def test_a_deletion_notices_what_others_added_meanwhile(full):
    theirs = Hand(full.path)
    theirs.add(Position, round="R3", demand="D10", party="UKR", response="silent")

    taken = gone(full, lambda: full.delete(Demand, "D10"))

    assert taken[Position] == {"R3/D10/UKR"}


def test_one_record_of_several_that_is_gone_already_leaves_the_others(full):
    ids = [full.id(Demand, ref) for ref in ("D8", "D9")]
    full.delete(Demand, "D9")

    with pytest.raises(Conflict):
        full.store.delete(Demand, ids)

    assert "D8" in full.keys(Demand)
