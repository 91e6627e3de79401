"""Several records added as one step, which may refer to each other."""

import pytest

from storage.errors import Refused
from storage.records import Demand, Dossier, Evidence, Source, Statement
from tests.storage.hand import content, steps


def statement_on(ours, demand, **more):
    """A new statement and its link to a demand, as they are added together."""
    said = {"ref": "9z", "source": ours.id(Source, "S1"), "text": "Said again."} | more
    link = {"statement": -1, "subject": "demand", "subject_id": ours.id(Demand, demand)}
    return [(Statement, said), (Evidence, link)]


def test_a_statement_and_its_link_are_one_step_and_one_undo(ours):
    before, steps_before = content(ours.path), steps(ours.path)

    change = ours.store.add_all(statement_on(ours, "D1"))

    assert change.label == "9z added, with 1 evidence"
    assert steps(ours.path) == steps_before + 1
    assert "9z/supports/demand:D1" in ours.keys(Evidence)
    ours.undo()
    assert content(ours.path) == before


def test_records_of_one_kind_get_ids_in_the_order_given(ours):
    change = ours.store.add_all([pair for n in "abc" for pair in statement_on(ours, "D1", ref=f"9{n}")[:1]])

    ids = [edit.id for edit in change.edits]
    assert ids == sorted(set(ids))
    assert ours.store.keys("statements", ids) == ["9a", "9b", "9c"]


def test_nothing_is_added_when_one_of_them_is_refused(ours):
    before = content(ours.path)

    with pytest.raises(Refused, match="ref"):
        ours.store.add_all([*statement_on(ours, "D1"), *statement_on(ours, "D2")])

    assert content(ours.path) == before


def test_a_reference_to_a_record_that_is_not_among_them_is_refused(ours):
    [said, (kind, link)] = statement_on(ours, "D1")

    with pytest.raises(Refused):
        ours.store.add_all([said, (kind, link | {"statement": -7})])


def test_a_second_dossier_is_refused_and_nothing_is_no_step(ours):
    steps_before = steps(ours.path)

    with pytest.raises(Refused, match="one dossier"):
        ours.store.add_all([(Dossier, {"title": "Another"})])

    assert ours.store.add_all([]).edits == ()
    assert steps(ours.path) == steps_before
