"""`check` names damage, broken rules and lost references as errors; gaps and what others added as notes."""

import pytest

from storage.records import Demand, Evidence, Person, Position, Statement
from tests.storage.hand import Hand, by_sqlite, damage_an_index


def found(hand):
    """Every finding as (error, kind, key, sentence)."""
    return [(each.error, each.kind, each.key, each.sentence) for each in hand.store.check()]


def changed(path, *statements):
    """The dossier after another program has changed it."""
    by_sqlite(path, *statements)
    return Hand(path)


def test_nothing_is_found_in_the_dossier_of_the_seed(ours):
    assert found(ours) == []


@pytest.mark.parametrize(
    ("statement", "kind", "key", "sentence"),
    [
        (
            "UPDATE positions SET response = 'asks', red_line = 0 WHERE response = 'rejects' AND demand = "
            "(SELECT id FROM demands WHERE ref = 'D1')",
            "position",
            "R1/D1/RUS",
            "RUS can't ask or drop D1, a demand of UKR: it accepts, rejects, defers, is conditional or silent.",
        ),
        (
            "UPDATE delegates SET party = (SELECT id FROM parties WHERE ref = 'UKR')",
            "delegate",
            "R1/UKR/Vladimir Medinsky",
            "The delegation of UKR in R1 has a head already: Rustem Umerov.",
        ),
        (
            "UPDATE parties SET member_of = id WHERE ref = 'EU'",
            "party",
            "EU",
            "EU would be a member of itself, through the parties that it is a member of.",
        ),
        (
            "UPDATE demands SET to_party = by_party WHERE ref = 'D1'",
            "demand",
            "D1",
            "A party can't address a demand to itself; choose another addressee, or none.",
        ),
        (
            "UPDATE rounds SET starts_on = '2025-05-16', ends_on = '2025-05-15'",
            "round",
            "R1",
            "The last day of a round can't come before its first day.",
        ),
        ("UPDATE demands SET title = '' WHERE ref = 'D1'", "demand", "D1", "Demand must not be empty."),
        (
            "UPDATE demands SET first_round = 99 WHERE ref = 'D1'",
            "demand",
            "D1",
            "It refers to a round that is not there.",
        ),
        (
            "UPDATE evidence SET subject_id = 99 WHERE subject = 'round' AND statement = "
            "(SELECT id FROM statements WHERE ref = '1a')",
            "evidence",
            "1a/supports/round:",
            "The round that this names is not there.",
        ),
        ("DELETE FROM dossier", "dossier", "dossier", "The dossier has lost its title and what it says it is about."),
    ],
)
def test_what_another_program_broke_is_an_error_with_the_record_named(istanbul, statement, kind, key, sentence):
    hand = changed(istanbul, statement)

    assert (True, kind, key, sentence) in found(hand)


def test_damage_that_opening_does_not_see_is_told_alone(istanbul):
    damage_an_index(istanbul)

    findings = found(Hand(istanbul))

    assert {(error, kind) for error, kind, _, _ in findings} == {(True, "file")}
    assert "demands_ref_key" in findings[0][3]


def test_gaps_are_notes(ours):
    ours.add(Statement, ref="S1.9", source="S1", text="Unused")
    ours.add(Demand, ref="D10", title="Bare", kind="demand", by_party="UKR")
    ours.delete(Evidence, "4b/supports/position:R1/D1/RUS")

    assert set(found(ours)) >= {
        (False, "statement", "S1.9", "No record rests on this statement."),
        (False, "demand", "D10", "No statement supports it."),
        (False, "position", "R1/D1/RUS", "No statement supports it."),
    }


def test_a_dispute_supports_nothing(ours):
    ours.edit(Evidence, "4b/supports/position:R1/D1/RUS", relation="disputes")

    assert (False, "position", "R1/D1/RUS", "No statement supports it.") in found(ours)


def test_strangers_are_notes(istanbul):
    hand = changed(
        istanbul,
        "CREATE TABLE notes (x)",
        "CREATE INDEX theirs ON demands(title)",
        "ALTER TABLE demands ADD COLUMN colour TEXT",
        "DROP INDEX positions_demand",
    )

    assert found(hand) == [
        (False, "table", "notes", "This table is not Parley's."),
        (False, "index", "theirs", "This index is not Parley's."),
        (False, "column", "demands.colour", "This column is not Parley's."),
        (False, "index", "positions_demand", "This index is missing, so that some answers take longer."),
    ]


def test_a_change_without_a_word_in_the_log_is_a_note(ours):
    ours.edit(Demand, "D1", status="agreed")
    ours.add(Person, name="Gone")
    ours.edit(Demand, "D2", status="agreed")
    ours.undo()

    ours = changed(
        ours.path, "UPDATE demands SET status = 'lapsed' WHERE ref = 'D1'", "DELETE FROM people WHERE name = 'Gone'"
    )

    assert (False, "demand", "D1", "status was changed without a word in the log.") in found(ours)
    assert [each[3] for each in found(ours) if each[1] == "person"] == ["It was deleted without a word."]
    assert "D2" not in {each[2] for each in found(ours)}


def test_what_search_does_not_know_yet_is_a_note(istanbul):
    hand = changed(istanbul, "UPDATE demands SET title = 'Żółw' WHERE ref = 'D1'")

    assert [each[:3] for each in found(hand)] == [(False, "demand", "D1")]


def test_errors_come_before_notes(istanbul):
    hand = changed(istanbul, "CREATE TABLE notes (x)", "UPDATE demands SET title = '' WHERE ref = 'D1'")

    errors = [each.error for each in hand.store.check()]
    assert errors == sorted(errors, reverse=True)
    assert set(errors) == {True, False}


def test_a_check_after_any_allowed_work_finds_no_error(ours):
    ours.delete(Demand, "D6")
    ours.edit(Position, "R1/D1/RUS", response="deferred")

    assert [each for each in ours.store.check() if each.error] == []
