"""What the whole screen stands under: one party, and the round that everything is seen as of."""

from collections.abc import Sequence
from typing import NamedTuple

from storage import Change, Condition, Edit, Found, Kind, Value


class Scope(NamedTuple):
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
        return self._replace(party=id, party_name=name, party_ref=ref)

    def at_round(self, ref: str, rounds: Sequence[Found]) -> "Scope":
        """The scope as of one of these rounds; asked again for the same one, as of the usual one."""
        return self._replace(as_of="" if ref == self.as_of else ref).comparing(rounds)

    def conditions(self, kind: Kind) -> tuple[Condition, ...]:
        """What the scope asks of records of a kind; a party scopes those that it made or that are its own."""
        if self.party is None or kind.table in ("parties", "rounds"):
            return ()
        own = next((name for name in ("by_party", "party") if name in kind.fields), None)
        return (Condition(own, "=", self.party),) if own else ()

    def after(self, change: Change) -> "Scope":
        """The same scope once records are called otherwise; without what is gone."""
        scope = self
        for edit in change.edits:
            if edit.table == "rounds":
                before, after = _called(edit, "ref")
                as_of = after if before and before == scope.as_of else scope.as_of
                since = after if before and before == scope.since else scope.since
                scope = scope._replace(as_of=as_of, since=since if as_of or not scope.as_of else "")
            elif edit.table == "parties" and edit.id == scope.party:
                if edit.deletes:
                    scope = Scope(as_of=scope.as_of, since=scope.since)
                elif edit.field == "ref":
                    scope = scope._replace(party_ref=str(edit.after))
                elif edit.field == "name":
                    scope = scope._replace(party_name=str(edit.after))
        return scope

    def within(self, rounds: Sequence[Found], party: Found | None) -> "Scope":
        """The scope without rounds that are none of these, and with its party as it is now, if it is still there."""
        refs = {each.values["ref"] for each in rounds}
        scope = Scope(as_of=self.as_of if self.as_of in refs else "", since=self.since).comparing(rounds)
        if party is None:
            return scope
        return scope._replace(party=party.id, party_name=str(party.values["name"]), party_ref=str(party.values["ref"]))

    def stepped(self, rounds: Sequence[Found], which: str, step: int) -> "Scope | None":
        """The scope with its as-of or since round moved by one within these rounds, which are in their order.

        None when there is no round to move to: the since round stays before the as-of round.
        """
        refs = [str(each.values["ref"]) for each in rounds]
        as_of = refs.index(self.as_of_among(rounds))
        if which == "as_of":
            there = as_of + step
            return self._replace(as_of=refs[there]).comparing(rounds) if 0 <= there < len(refs) else None
        there = (refs.index(self.since) if self.since in refs else as_of - 1) + step
        return self._replace(since=refs[there]) if 0 <= there < as_of else None

    def comparing(self, rounds: Sequence[Found]) -> "Scope":
        """The scope with its since round before its as-of round: the one chosen, as long as it is, else the usual one.

        The rounds are in their order.
        """
        refs = [str(each.values["ref"]) for each in rounds]
        as_of = self.as_of_among(rounds)
        return self if as_of and self.since in refs[: refs.index(as_of)] else self._replace(since="")

    def as_of_among(self, rounds: Sequence[Found]) -> str:
        """The round that everything is seen as of: the chosen one, else the usual one."""
        from storage import usual_round  # with the analysis, which is loaded only after the first frame

        if any(each.values["ref"] == self.as_of for each in rounds):
            return self.as_of
        usual = usual_round(rounds, lambda each: each.values["status"])
        return str(usual.values["ref"]) if usual else ""


def _called(edit: Edit, name: str) -> tuple[str, str]:
    """What a record was called before an edit, and what after it; empty where the edit says nothing of that."""
    if edit.field == name:
        return _text(edit.before), _text(edit.after)
    return (_text(edit.before[name]), "") if edit.deletes and isinstance(edit.before, dict) else ("", "")


def _text(value: "Value | dict[str, Value]") -> str:
    return str(value or "")
