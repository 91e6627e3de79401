"""From which round on is each demand listed?"""

from array import array
from collections.abc import Collection, Iterable
from itertools import compress
from typing import Final, NamedTuple

from storage.questions.analysis.standing import raised_from
from storage.questions.analysis.talks import Talks

ALWAYS: Final = -(2**63)
"""Before every seq that there may be."""


class Listed(NamedTuple):
    """Every demand in order, and the seq from which it is listed, in two columns: 16 MB for a million."""

    ids: "array[int]"
    seqs: "array[int]"

    @classmethod
    def of(cls, raised: Iterable[tuple[int, int | None]]) -> "Listed":
        """Each demand with its seq, None for one that is always listed."""
        listed = cls(array("q"), array("q"))
        for id, seq in raised:
            listed.ids.append(id)
            listed.seqs.append(ALWAYS if seq is None else seq)
        return listed

    def as_of(self, seq: int) -> "array[int]":
        """The demands listed as of a round."""
        return array("q", compress(self.ids, map(seq.__ge__, self.seqs)))

    def renewed(self, talks: Talks, demands: Collection[int]) -> "Listed":
        """The same where other positions are taken on some of the demands."""
        seqs = self.seqs[:]
        for place, id in enumerate(self.ids if demands else ()):
            if id in demands:
                seq = raised_from(talks, id)
                seqs[place] = ALWAYS if seq is None else seq
        return Listed(self.ids, seqs)
