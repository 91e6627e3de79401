"""What the whole screen stands under: one party, and the round that everything is seen as of."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from storage import Condition, Found, Kind


@dataclass(frozen=True, slots=True)
class Scope:
    """A party whose records alone are shown, if any, and the as-of round, if one was chosen."""

    party: int | None = None
    party_name: str = ""
    party_ref: str = ""
    as_of: str = ""
    since: str = ""
    """The round since which movement is shown; the one before, if none was chosen."""

    def of_party(self, id: int, name: str, ref: str) -> "Scope":
        """The scope of one party; asked again for the same one, of none."""
        if id == self.party:
            return Scope(as_of=self.as_of, since=self.since)
        return replace(self, party=id, party_name=name, party_ref=ref)

    def at_round(self, ref: str) -> "Scope":
        """The scope as of one round; asked again for the same one, as of the usual one."""
        return replace(self, as_of="" if ref == self.as_of else ref)

    def conditions(self, kind: Kind) -> tuple[Condition, ...]:
        """What the scope asks of records of a kind; a party scopes those that it made or that are its own."""
        if self.party is None or kind.table in ("parties", "rounds"):
            return ()
        own = next((name for name in ("by_party", "party") if name in kind.fields), None)
        return (Condition(own, "=", self.party),) if own else ()

    def stepped(self, rounds: Sequence[Found], which: str, step: int) -> "Scope":
        """The scope with its as-of or since round moved by one within these rounds, which are in their order."""
        refs = [str(each.values["ref"]) for each in rounds]
        held = [str(each.values["ref"]) for each in rounds if each.values["status"] == "held"] or refs
        as_of = refs.index(self.as_of if self.as_of in refs else held[-1])
        usual = as_of if which == "as_of" else max(as_of - 1, 0)
        now = self.as_of if which == "as_of" else self.since
        there = refs[min(max((refs.index(now) if now in refs else usual) + step, 0), len(refs) - 1)]
        return replace(self, as_of=there) if which == "as_of" else replace(self, since=there)
