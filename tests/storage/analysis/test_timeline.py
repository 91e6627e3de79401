"""Everything that has a date, in one order."""

from storage.questions.analysis.rows import Agreement, Commitment, Delivery, Round, Statement
from storage.questions.analysis.timeline import timeline

DAY = "2025-05-16"


def told(rounds=(), agreements=(), commitments=(), deliveries=(), statements=()):
    events = timeline(rounds, agreements, {each.id: each for each in commitments}, deliveries, statements)
    return [(each.date, each.kind, each.ref) for each in events]


def held(ref, starts_on, status="held"):
    return Round(1, 1, ref, "Istanbul", starts_on, status)


def promise(ref="C1", due_on=None, due_basis="none"):
    return Commitment(1, ref, 7, "Release", None, due_on, due_basis, "open")


def words(ref, said_on):
    return Statement(1, ref, 1, said_on, 8, "We want peace.", 6)


def test_events_stand_by_date_then_by_kind_then_by_ref():
    found = told(
        rounds=[held("R1", DAY)],
        agreements=[Agreement(1, "A10", "", DAY), Agreement(2, "A2", "", DAY)],
        commitments=[promise(due_on=DAY, due_basis="stated")],
        deliveries=[Delivery(1, 1, DAY, 5.0, None, "")],
        statements=[words("3b", DAY), words("1a", "2025-05-15")],
    )

    assert found == [
        ("2025-05-15", "statement", "1a"),
        (DAY, "round", "R1"),
        (DAY, "agreement", "A2"),
        (DAY, "agreement", "A10"),
        (DAY, "delivery", "C1"),
        (DAY, "due", "C1"),
        (DAY, "statement", "3b"),
    ]


def test_what_has_no_date_is_left_out():
    assert told([held("R1", None)], [Agreement(1, "A1", "", None)], [promise()], (), [words("1a", None)]) == []


def test_rounds_of_every_status_are_told():
    assert told([held("R9", DAY, "cancelled")]) == [(DAY, "round", "R9")]


def test_only_an_estimated_due_date_is_estimated():
    events = timeline(
        [held("R1", DAY)],
        [],
        {1: promise(due_on=DAY, due_basis="estimated"), 2: promise("C2", due_on=DAY, due_basis="stated")},
        [Delivery(1, 1, DAY, None, None, "the first two buses")],
        [],
    )

    assert [(each.kind, each.title, each.party, each.estimated) for each in events] == [
        ("round", "Istanbul", None, False),
        ("delivery", "the first two buses", 7, False),
        ("due", "Release", 7, True),
        ("due", "Release", 7, False),
    ]
