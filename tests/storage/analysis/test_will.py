"""Who wants a settlement: the latest stance of the party itself; persons beneath, who never count for it."""

from itertools import count

from storage.questions.analysis.rows import Party, Stance
from storage.questions.analysis.will import willing, wills

UKR = Party(1, "UKR", "Ukraine", "primary", True)
USA = Party(2, "USA", "United States", "secondary", True)
TUR = Party(3, "TUR", "Türkiye", "third")
PARTIES = [UKR, USA, TUR]

ids = count(1)


def stance(party, will, seq=None, person=None):
    return Stance(next(ids), party.id, person, seq, will, None, "", "stated")


def told(*stances, seq=2, parties=PARTIES):
    return [(each.party.ref, each.person, each.stance and each.stance.will) for each in wills(parties, stances, seq)]


def test_essential_parties_are_listed_even_without_a_stance():
    assert told() == [("UKR", None, None), ("USA", None, None)]


def test_the_latest_stance_by_round_counts_however_late_it_was_recorded():
    late, early = stance(UKR, "yes", seq=2), stance(UKR, "no", seq=1)

    assert told(late, early)[0] == ("UKR", None, "yes")
    assert told(late, early, seq=1)[0] == ("UKR", None, "no")


def test_a_stance_without_a_round_counts_before_the_first_round():
    assert told(stance(UKR, "yes", seq=-1), stance(UKR, "no"))[0] == ("UKR", None, "yes")


def test_on_a_tie_the_later_recorded_counts():
    first, second = stance(UKR, "no", seq=1), stance(UKR, "yes", seq=1)

    assert told(second, first)[0] == ("UKR", None, "yes")


def test_a_stance_of_a_later_round_does_not_count_yet():
    assert told(stance(UKR, "yes", seq=2), seq=1)[0] == ("UKR", None, None)


def test_each_person_s_latest_stands_beneath_in_the_order_of_their_first():
    stances = [stance(USA, "yes", seq=1, person=8), stance(USA, "unclear", 2, person=8), stance(USA, "no", person=5)]

    assert told(*reversed(stances))[1:] == [("USA", None, None), ("USA", 8, "unclear"), ("USA", 5, "no")]


def test_others_with_stances_follow_and_one_with_only_persons_gets_an_empty_row():
    assert told(stance(TUR, "yes", person=7))[2:] == [("TUR", None, None), ("TUR", 7, "yes")]


def test_only_yes_of_an_essential_party_itself_is_yes():
    stances = [stance(UKR, "conditional"), stance(USA, "not_yet"), stance(USA, "yes", person=8), stance(TUR, "yes")]

    assert willing(wills(PARTIES, stances, 1)) == (0, 2)
    assert willing(wills(PARTIES, [stance(UKR, "yes")], 1)) == (1, 2)
