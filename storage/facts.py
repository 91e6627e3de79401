"""The rows of a dossier that the questions look at, read from a store once for each version of it."""

import json
from collections.abc import Mapping
from functools import cached_property

from storage import records
from storage.analysis import rows
from storage.analysis.talks import Talks, arranged
from storage.fields import Value
from storage.folding import fold
from storage.record import RECORDS
from storage.store import Store


class Facts:
    """What a store held at one moment, each kind of row read when it is first asked for."""

    def __init__(self, store: Store) -> None:
        self.version = store.version()
        self._store = store
        self._called: dict[str, dict[str, str]] = {}

    @cached_property
    def talks(self) -> Talks:
        """Rounds, parties, demands, positions and links. 200,000 positions take half a second."""
        return arranged(self._rounds.values(), self._parties(), self._demands(), self._positions(), self._links())

    @cached_property
    def parties_by_ref(self) -> Mapping[str, rows.Party]:
        """Each party by its ref, in order."""
        return {party.ref: party for party in self.talks.parties.values()}

    @cached_property
    def demand_refs(self) -> Mapping[int, str]:
        """The ref of each demand."""
        return {id: demand.ref for id, demand in self.talks.demands.items()}

    @cached_property
    def round_refs(self) -> Mapping[int, str]:
        """The ref of each round, by its seq."""
        return {round.seq: round.ref for round in self.talks.rounds}

    def party_ref(self, party: int | None) -> str | None:
        """The ref of a party; None for none."""
        return None if party is None else self.talks.parties[party].ref

    def long_name(self, table: str, name: str) -> str:
        """The name or title of a party, demand or round, by its ref; any other record goes by the name that it has."""
        return self._long_names.get(table, {}).get(name, name)

    @cached_property
    def _long_names(self) -> Mapping[str, Mapping[str, str]]:
        talks = self.talks
        return {
            "parties": {each.ref: each.name for each in talks.parties.values()},
            "demands": {each.ref: each.title for each in talks.demands.values()},
            "rounds": {each.ref: each.title for each in talks.rounds},
        }

    @cached_property
    def people(self) -> Mapping[int, str]:
        """The name of each person."""
        return {_id(id): str(name) for id, name in self._store.columns(records.Person, ["name"])}

    def called(self, table: str, name: str) -> str:
        """All that a record is called, folded, by its ref or name."""
        if table not in self._called:
            self._called[table] = self._all_called(table)
        return self._called[table].get(name, fold(name))

    @cached_property
    def _rounds(self) -> dict[Value, rows.Round]:
        fields = ["seq", "ref", "title", "starts_on", "status", "outcome"]
        return {cells[0]: rows.Round._make(cells) for cells in self._store.columns(records.Round, fields)}

    def seq(self, round: Value) -> int | None:
        """The place of a round in the order; None for no round."""
        return self._rounds[round].seq if round is not None else None

    def _parties(self) -> list[rows.Party]:
        found = self._store.columns(records.Party, ["ref", "name", "standing", "essential"])
        return [rows.Party._make((*cells, bool(essential))) for *cells, essential in found]

    def _demands(self) -> list[rows.Demand]:
        fields = ["ref", "title", "issue", "by_party", "to_party", "first_round", "status"]
        found = self._store.columns(records.Demand, fields)
        return [rows.Demand._make((*cells, self.seq(first), status)) for *cells, first, status in found]

    def _positions(self) -> list[rows.Position]:
        fields = ["round", "demand", "party", "response", "red_line", "terms", "basis", "hinges_on"]
        seqs = {id: round.seq for id, round in self._rounds.items()}
        make = rows.Position._make
        return [
            make((id, seqs[round], demand, party, response, bool(red_line), terms, basis, hinge))
            for id, round, demand, party, response, red_line, terms, basis, hinge in self._store.columns(
                records.Position, fields
            )
        ]

    def _links(self) -> list[rows.Link]:
        found = self._store.columns(records.Link, ["demand", "other", "kind"])
        return [rows.Link._make(cells) for _, *cells in found]

    def _all_called(self, table: str) -> dict[str, str]:
        kind = RECORDS[table]
        names = [name for name in ("ref", "name", "title", "aliases") if name in kind.fields]
        found = {}
        for _, *cells in self._store.columns(kind, names):
            texts = [
                " ".join(json.loads(str(cell))) if name == "aliases" else str(cell)
                for name, cell in zip(names, cells, strict=True)
            ]
            found[str(cells[0])] = fold("\n".join(texts))
        return found


def _id(value: Value) -> int:
    assert isinstance(value, int)
    return value
