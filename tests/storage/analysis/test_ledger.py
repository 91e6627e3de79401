"""Who gave way and who hardened: each round against the round before it."""

from collections import Counter

from storage.questions.analysis.ledger import ledger, moves
from storage.questions.analysis.movement import changes
from tests.storage.analysis.small_talks import REFS, said, talks


def accounts(given, seq=3):
    counted = Counter(moves(given, given.demands))
    return {(each.seq, REFS[each.party]): dict(each.counts) for each in ledger(given, counted, seq)}


def test_each_round_is_counted_against_the_round_before_it():
    given = talks(
        said(1, "D1", "RUS", "rejects"),
        said(2, "D1", "RUS", "conditional"),
        said(3, "D1", "RUS", "rejects"),
        said(2, "D2", "RUS", "accepts"),
        said(2, "D1", "UKR", "asks"),
        said(3, "D1", "UKR", "asks", "30 days"),
    )

    assert accounts(given) == {
        (2, "UKR"): {"new": 1},
        (2, "RUS"): {"softer": 1, "answered": 1},
        (3, "UKR"): {"changed": 1},
        (3, "RUS"): {"harder": 1},
    }


def test_in_the_first_round_nothing_moves():
    assert accounts(talks(said(1, "D1", "UKR", "asks"), said(1, "D1", "RUS", "rejects"))) == {}


def test_rounds_after_the_one_asked_about_do_not_count():
    given = talks(said(2, "D1", "RUS", "rejects"), said(3, "D1", "RUS", "accepts"))

    assert accounts(given, seq=2) == {(2, "RUS"): {"answered": 1}}


def test_rounds_count_whatever_their_status():
    given = talks(said(2, "D1", "RUS", "rejects"), statuses=["held", "cancelled", "held"])

    assert accounts(given) == {(2, "RUS"): {"answered": 1}}


def test_a_movement_is_of_the_round_in_which_it_was_said_after_a_silence_of_many():
    given = talks(said(1, "D1", "RUS", "rejects", "never"), said(3, "D1", "RUS", "rejects", "not now"))

    assert accounts(given) == {(3, "RUS"): {"changed": 1}}


def test_the_ledger_adds_up_what_changes_tells_of_each_round():
    given = talks(
        *(said(1, f"D{number}", "RUS", "rejects") for number in range(1, 5)),
        said(2, "D1", "RUS", "accepts"),
        said(2, "D2", "RUS", "silent"),
        said(2, "D3", "RUS", "rejects", red_line=True),
        said(2, "D3", "UKR", "asks"),
        said(3, "D3", "UKR", "drops"),
        said(3, "D4", "RUS", "conditional", on="D3"),
    )

    told = [
        (seq, REFS[each.party], each.movement) for seq in (2, 3) for each in changes(given, given.demands, seq - 1, seq)
    ]

    counted = [(seq, party, way) for (seq, party), counts in accounts(given).items() for way in counts]
    assert sorted(counted) == sorted(told)


def test_accounts_stand_by_round_then_by_party_in_order():
    given = talks(said(3, "D1", "UKR", "asks"), *(said(2, "D1", party, "accepts") for party in ("EU", "RUS")))

    assert list(accounts(given)) == [(2, "RUS"), (2, "EU"), (3, "UKR")]
