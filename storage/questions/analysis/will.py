"""Who must want a settlement, and does not yet?"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from storage.questions.analysis.rows import Party, Stance


class Standpoint(NamedTuple):
    """A party or a person, and the stance that counts as of the round; None for a party that took none itself."""

    party: Party
    person: int | None
    stance: Stance | None


def wills(parties: Iterable[Party], stances: Iterable[Stance], seq: int) -> list[Standpoint]:
    """Essential parties with their own latest stance, each person's latest beneath; then others that have stances.

    A person's stance never counts for the party. Persons stand in the order of their first stance as recorded.
    O(parties + stances log stances).
    """
    by_party: dict[int, list[Stance]] = {}
    for stance in sorted(stances, key=lambda each: each.id):
        if stance.seq is None or stance.seq <= seq:
            by_party.setdefault(stance.party, []).append(stance)
    everyone = list(parties)
    essential = [party for party in everyone if party.essential]
    others = [party for party in everyone if not party.essential and party.id in by_party]
    return [each for party in (*essential, *others) for each in _of_party(party, by_party.get(party.id, ()))]


def willing(standpoints: Iterable[Standpoint]) -> tuple[int, int]:
    """How many essential parties say yes, and how many there are; nothing but yes is yes. O(standpoints)."""
    essential = [each for each in standpoints if each.party.essential and each.person is None]
    return sum(each.stance is not None and each.stance.will == "yes" for each in essential), len(essential)


def _of_party(party: Party, stances: Sequence[Stance]) -> list[Standpoint]:
    """The party's own stance, then one for each person."""
    people = dict.fromkeys(stance.person for stance in stances)
    return [
        Standpoint(party, person, _latest([stance for stance in stances if stance.person == person]))
        for person in (None, *(person for person in people if person is not None))
    ]


def _latest(stances: Sequence[Stance]) -> Stance | None:
    """The last by round, one without a round before all others; of one round the one recorded later."""
    return max(stances, key=lambda each: (each.seq is not None, each.seq or 0, each.id), default=None)
