"""Every step can be taken back and done again, also after a restart, and never over what somebody else did since."""

from contextlib import suppress
from random import Random, SystemRandom

import pytest

from storage.errors import Conflict, NothingToUndo, Refused
from storage.file.opened import create_store
from storage.packaged import packaged_seed
from storage.record import RECORDS, SINGULAR
from storage.records import Assessment, Delegate, Demand, Evidence, Link, Party, Person, Position, Round, Statement
from storage.view import View
from tests.chance import tries
from tests.storage.hand import Hand, content, steps, undone_and_redone


def test_undo_brings_back_what_was_and_redo_what_is(ours):
    before = content(ours.path)
    ours.edit(Demand, "D1", status="agreed")
    after = content(ours.path)

    assert ours.undo() == "D1 status agreed → open, undone"
    assert content(ours.path) == before
    assert ours.redo() == "D1 status open → agreed, redone"
    assert content(ours.path) == after


def test_nothing_is_erased_from_the_log(ours):
    ours.edit(Demand, "D1", status="agreed")
    ours.undo()
    ours.redo()

    assert [(step.kind, step.reverses) for step in ours.store.log()] == [("do", None), ("undo", 1), ("redo", 1)]


def test_an_undo_and_a_redo_outlive_a_restart(ours):
    ours.edit(Demand, "D1", status="agreed")
    ours.edit(Demand, "D2", status="lapsed")

    ours = ours.again()
    assert ours.undo() == "D2 status lapsed → open, undone"
    ours = ours.again()
    assert ours.undo() == "D1 status agreed → open, undone"
    ours = ours.again()
    assert [ours.redo(), ours.redo()] == ["D1 status open → agreed, redone", "D2 status open → lapsed, redone"]
    assert ours.row(Demand, "D2")["status"] == "lapsed"


def test_there_is_nothing_to_undo_in_a_new_file_nor_to_redo(ours):
    before = content(ours.path)

    with pytest.raises(NothingToUndo, match=r"There is nothing to undo."):
        ours.undo()
    with pytest.raises(NothingToUndo, match=r"There is nothing to redo."):
        ours.redo()
    assert (content(ours.path), steps(ours.path)) == (before, 0)


def test_a_new_step_cuts_off_what_could_be_redone(ours):
    ours.edit(Demand, "D1", status="agreed")
    ours.undo()
    ours.edit(Demand, "D2", note="new")

    with pytest.raises(NothingToUndo):
        ours.redo()
    ours.undo()
    assert ours.redo() == "D2 note changed, redone"
    with pytest.raises(NothingToUndo):
        ours.redo()


def test_a_bulk_edit_is_undone_at_once(ours):
    ours.edit(Demand, "D1", status="lapsed")
    before = content(ours.path)
    ours.edit(Demand, "D1", "D2", "D3", status="agreed")

    assert ours.undo() == "status → agreed in 3 demands, undone"
    assert content(ours.path) == before


def test_what_followed_an_edit_goes_back_with_it(ours):
    before = content(ours.path)
    ours.edit(Position, "R1/D6/UKR", response="conditional", hinges_on="D1")

    assert ours.undo() == "R1/D6/UKR response conditional → rejects, undone"
    assert content(ours.path) == before


def test_a_cascade_undone_brings_every_row_back_under_its_old_id(ours):
    before = content(ours.path)
    ours.delete(Party, "UKR")

    undone_and_redone(ours, before)


# Others work in the same file


def test_undo_passes_over_what_others_have_done_since(ours, theirs):
    ours.edit(Demand, "D1", status="agreed")
    theirs.edit(Demand, "D2", status="lapsed")

    assert ours.undo() == "D1 status agreed → open, undone"
    with pytest.raises(NothingToUndo):
        ours.undo()
    assert ours.row(Demand, "D2")["status"] == "lapsed"


def test_undo_takes_back_what_others_did_before_the_file_was_opened(ours):
    ours.edit(Demand, "D1", status="agreed")
    later = Hand(ours.path)

    assert later.undo() == "D1 status agreed → open, undone"


def test_a_step_of_others_does_not_cut_off_our_redo(ours, theirs):
    ours.edit(Demand, "D1", status="agreed")
    ours.undo()
    theirs.edit(Demand, "D2", status="lapsed")

    assert ours.redo() == "D1 status open → agreed, redone"


def test_undo_refuses_when_somebody_else_has_changed_the_field(ours, theirs):
    ours.edit(Demand, "D1", status="agreed")
    theirs.edit(Demand, "D1", status="withdrawn")

    with pytest.raises(Conflict) as refused:
        ours.undo()

    assert str(refused.value) == "D1.status is withdrawn now, changed by somebody else; you wrote agreed."
    assert (refused.value.theirs, refused.value.ours) == ("withdrawn", "open")
    assert ours.row(Demand, "D1")["status"] == "withdrawn"


def test_a_conflict_names_references_by_their_refs(ours, theirs):
    ours.edit(Demand, "D1", to_party="USA")
    theirs.edit(Demand, "D1", to_party="EU")

    with pytest.raises(Conflict, match=r"D1.to_party is EU now, changed by somebody else; you wrote USA."):
        ours.undo()


def test_redo_refuses_when_somebody_else_has_changed_the_field(ours, theirs):
    ours.edit(Demand, "D1", status="agreed")
    ours.undo()
    theirs.edit(Demand, "D1", status="withdrawn")

    with pytest.raises(Conflict, match=r"D1.status is withdrawn now, changed by somebody else; you wrote open."):
        ours.redo()


def test_undo_of_an_edit_refuses_when_the_record_is_gone(ours, theirs):
    ours.edit(Demand, "D9", status="agreed")
    theirs.delete(Demand, "D9")

    with pytest.raises(Conflict, match=r"The demand is gone: somebody else has deleted it."):
        ours.undo()


def test_undo_of_an_add_refuses_when_others_refer_to_the_record_now(ours, theirs):
    ours.add(Demand, ref="D10", title="Pause", kind="proposal", by_party="RUS")
    theirs.add(Position, round="R1", demand="D10", party="UKR", response="silent")
    theirs.edit(Position, "R1/D1/RUS", response="conditional", hinges_on="D10")
    before = content(ours.path)

    with pytest.raises(Conflict, match=r"Can't undo “D10 added”: by now it is referred to by 2 positions."):
        ours.undo()

    assert content(ours.path) == before


def test_undo_of_an_add_refuses_when_a_statement_supports_the_record_now(ours, theirs):
    ours.add(Demand, ref="D10", title="Pause", kind="proposal", by_party="RUS")
    theirs.add(Evidence, statement="4b", subject="demand", subject_id="D10")

    with pytest.raises(Conflict, match=r"by now it is referred to by 1 evidence."):
        ours.undo()


def test_undo_of_an_add_refuses_when_somebody_else_has_changed_the_record(ours, theirs):
    ours.add(Demand, ref="D10", title="Pause", kind="proposal", by_party="RUS")
    theirs.edit(Demand, "D10", note="theirs")

    with pytest.raises(Conflict, match=r"D10 was changed by somebody else meanwhile"):
        ours.undo()


def test_undo_of_a_deletion_refuses_when_a_parent_is_gone(ours, theirs):
    ours.delete(Position, "R1/D9/RUS")
    theirs.delete(Demand, "D9")

    with pytest.raises(Conflict, match=r"Can't undo “R1/D9/RUS deleted.*”: The demand that .* refers to is not there."):
        ours.undo()


def test_undo_of_a_deletion_refuses_when_the_key_is_taken(ours, theirs):
    ours.delete(Demand, "D9")
    theirs.add(Demand, ref="D9", title="Another", kind="demand", by_party="RUS")

    with pytest.raises(Conflict, match=r"Can't undo “D9 deleted.*”: There is already a demand with this ref: D9."):
        ours.undo()


def test_undo_refuses_what_would_break_a_rule_between_records(ours, theirs):
    ours.edit(Delegate, "R1/UKR/Rustem Umerov", rank="deputy")
    theirs.add(Delegate, round="R1", party="UKR", person="Volodymyr Zelenskyy", rank="head")

    with pytest.raises(Conflict, match=r"The delegation of UKR in R1 has a head already: Volodymyr Zelenskyy."):
        ours.undo()


def test_undo_refuses_what_would_break_a_rule_of_the_record(ours, theirs):
    ours.edit(Round, "R1", starts_on="2025-05-10")
    theirs.edit(Round, "R1", ends_on="2025-05-12")

    with pytest.raises(Conflict, match=r"The last day of a round can't come before its first day."):
        ours.undo()


# Any work on all kinds of records, to the start and back

CHANGES = 200


@pytest.mark.parametrize("_time", range(tries(1)))
def test_any_200_changes_undone_give_the_first_content_and_redone_the_last(istanbul, _time):
    path, number = istanbul, SystemRandom().randrange(2**32)
    print(f"They are those of the number {number}.")  # which is shown when this fails
    first, hand, chance = content(path), Hand(path), Random(number)
    done = refused = 0
    while done < CHANGES:
        try:
            done += bool(any_change(hand, chance).edits)
        except Refused:
            refused += 1
    last = content(path)
    hand = hand.again()

    assert until_nothing_is_left(hand.undo) == CHANGES
    undone = content(path)
    hand = hand.again()
    assert until_nothing_is_left(hand.redo) == CHANGES
    redone = content(path)

    assert refused
    assert undone == first
    assert redone == last
    assert [finding for finding in hand.store.check() if finding.error or "search" in finding.sentence.lower()] == []
    assert all(first[table] != last[table] for table in ("parties", "demands", "positions", "evidence"))
    hand.store.close()


def until_nothing_is_left(reverse):
    times = 0
    while True:
        try:
            reverse()
        except NothingToUndo:
            return times
        times += 1


def any_change(hand, chance):
    """One change that a person could ask for; most are allowed, some break a rule."""
    kind = chance.choice(list(RECORDS.values()))
    ids = list(hand.store.find(View(kind)))
    act = chance.random()
    if act < 0.25 or not ids:
        row = {field.name: any_value(hand, chance, field) for field in kind.fields.values()}
        about_a_record(hand, chance, kind, row)
        if kind is Delegate and row["person"] is None:
            row["rank"] = None
        return hand.store.add(kind, row)
    if act < 0.35 and (kind not in (Party, Round, Demand, Statement) or chance.random() < 0.2):
        return hand.store.delete(kind, chance.sample(ids, min(len(ids), chance.choice((1, 1, 2)))))
    chosen = chance.sample(ids, min(len(ids), chance.choice((1, 1, 1, 5))))
    field = chance.choice(list(kind.fields.values()))
    values = {field.name: any_value(hand, chance, field)}
    if field.name in ("subject", "subject_id"):
        about_a_record(hand, chance, kind, values)
    return hand.store.edit(kind, chosen, values)


def about_a_record(hand, chance, kind, values):
    if kind in (Evidence, Assessment):
        values["subject"] = chance.choice(kind.fields["subject"].choices)
        about = SINGULAR.get(values["subject"])
        values["subject_id"] = any_id(hand, chance, about) if about else None


def any_id(hand, chance, kind):
    return chance.choice(list(hand.store.find(View(kind))) or [None])


TEXTS = ("", "plain", "Kyïv; Київ", "line\nline", "\x1b[31m'\"%_", "D10", "x" * 300)


def any_value(hand, chance, field):
    if field.optional and chance.random() < 0.4:
        return None
    if field.refers_to:
        return any_id(hand, chance, RECORDS[field.refers_to])
    if field.type == "integer":
        low, high = (field.within.low, field.within.high) if field.within else (0, 500)
        return chance.randint(low or 0, high or 500)
    return {
        "choice": lambda: chance.choice(field.choices),
        "ref": lambda: f"{chance.choice('ABCDR')}{chance.randint(1, 9999)}",
        "date": lambda: f"2025-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}",
        "number": lambda: chance.choice((0.5, 1.0, 1000.0, 6000.0)),
        "flag": lambda: chance.random() < 0.5,
        "list": lambda: tuple(chance.sample(("Kiev", "Kyïv", 'a "b"', "ß"), chance.randint(0, 3))),
    }.get(field.type, lambda: chance.choice(TEXTS) + (str(chance.randint(1, 999)) if field.required else ""))()


def test_the_changes_tried_reach_every_kind_and_every_sort_of_step(tmp_path):
    path = tmp_path / "dossier.db"
    create_store(path, packaged_seed()).close()
    hand, chance, reached = Hand(path), Random(1), set()
    for _ in range(250):
        with suppress(Refused):
            reached |= {(edit.table, sort(edit)) for edit in any_change(hand, chance).edits}

    assert {table for table, _ in reached} == set(RECORDS)
    assert {(kind.table, "edited") for kind in (Person, Link, Statement, Position, Evidence)} <= reached
    assert {sort for _, sort in reached} == {"added", "deleted", "edited"}


def sort(edit):
    return "added" if edit.adds else "deleted" if edit.deletes else "edited"
