"""What the whole screen stands under: one party, and the round that everything is seen as of."""

from dataclasses import dataclass, replace

from storage import Condition, Kind


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
