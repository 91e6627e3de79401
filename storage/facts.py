"""The rows of a dossier that the questions look at, read from a store once for each version of it."""

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from storage import records
from storage.analysis import rows
from storage.analysis.evidence import Provenance, traced
from storage.analysis.talks import Courses, Talks, arranged, courses_of
from storage.changes import Edit
from storage.collecting import collector_at_rest
from storage.fields import Value
from storage.folding import fold
from storage.record import RECORDS, Kind
from storage.store import Found, Store
from storage.view import View

Among = tuple[str, Sequence[int]] | None
"""A field and the values that it has in the records to read; None for all of them."""


class Facts:
    """What a store held at one moment, each kind of row read when it is first asked for."""

    def __init__(self, store: Store) -> None:
        self.version = store.version()
        self.step = next((each.step for each in store.log(1)), 0)
        """The newest step in the log."""
        self._store = store
        self._courses: Courses | None = None
        """What was said, where that is known already."""
        self._called: dict[str, dict[str, str]] = {}

    def renewed(self) -> "Facts":
        """What the store holds by now; what was said to demands that no step has touched is not read again.

        Without a step in the log another program has changed something: then everything is read again, as it is after
        a step with more edits than are held.
        """
        steps = self._store.steps_after(self.step)
        edits = [edit for step in steps for edit in step.edits]
        moved_rounds = any(("rounds", "seq") in step.touched() for step in steps)
        are_many = any(step.beyond for step in steps)
        if not edits or moved_rounds or are_many or "talks" not in self.__dict__:
            return Facts(self._store)
        facts = Facts(self._store)
        touched = sorted(facts._touched(edits))
        courses = dict(self.talks.courses)
        for demand in touched:
            courses.pop(demand, None)
        courses.update(courses_of(facts._positions(("demand", touched))))
        facts._courses = courses
        return facts

    def _touched(self, edits: Iterable[Edit]) -> set[int]:
        """The demands whose positions were edited, as they were and as they are."""
        found: set[Value] = set()
        ids = set()
        for edit in edits:
            if edit.table == records.Position.table:
                ids.add(edit.id)
                for side in (edit.before, edit.after):
                    if isinstance(side, dict):
                        found.add(side["demand"])
                    elif edit.field == "demand":
                        found.add(side)
        now = self._store.columns(records.Position, ["demand"], ("id", sorted(ids)))
        return {_id(demand) for demand in found | {demand for _, demand in now}}

    @cached_property
    def talks(self) -> Talks:
        """Rounds, parties, demands, positions and links. Reading 200,000 positions takes about a second."""
        with collector_at_rest():
            for table in ("demands", "positions", "links") if self._courses is None else ():
                self._store.refuse_lost_references(table)  # here, since many rows are made only when they are seen
            courses = courses_of(self._positions()) if self._courses is None else self._courses
            return arranged(self._rounds.values(), self._parties, self._demands(), courses, self._links())

    def talks_around(self, demands: Iterable[int]) -> Talks:
        """What decides on the zones of these demands, and nothing else: they, what they conflict with or hinge on."""
        asked = sorted(demands)
        links = [*self._links(("demand", asked)), *self._links(("other", asked))]
        near = sorted({*asked, *(link.demand for link in links), *(link.other for link in links)})
        positions = self._positions(("demand", near))
        hinges = sorted({row.hinges_on for row in positions if row.hinges_on is not None}.difference(near))
        positions += self._positions(("demand", hinges))
        rows = self._demands(("id", [*near, *hinges]))
        return arranged(self._rounds.values(), self._parties, rows, courses_of(positions), links)

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

    @cached_property
    def rounds_by_seq(self) -> Mapping[int, rows.Round]:
        """Each round by its seq."""
        return {round.seq: round for round in self.talks.rounds}

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
    def commitments(self) -> Sequence[Found]:
        """Every commitment whole, by ref."""
        view = View(records.Commitment)
        return self._store.rows(view, self._store.find(view))

    @cached_property
    def deliveries(self) -> Sequence[rows.Delivery]:
        """Every delivery."""
        fields = ["commitment", "on_date", "amount", "level", "note"]
        return [rows.Delivery._make(cells) for cells in self._store.columns(records.Delivery, fields)]

    @cached_property
    def agreements(self) -> Sequence[rows.Agreement]:
        """Every agreement."""
        fields = ["ref", "title", "agreed_on", "kind", "form", "state", "settles", "round"]
        found = self._store.columns(records.Agreement, fields)
        return [
            rows.Agreement._make((id, ref, title, agreed_on, self.seq(round), *said))
            for id, ref, title, agreed_on, *said, round in found
        ]

    @cached_property
    def stances(self) -> Sequence[rows.Stance]:
        """Every stance."""
        fields = ["party", "person", "will", "driver", "motive", "basis", "round"]
        found = self._store.columns(records.Stance, fields)
        return [
            rows.Stance._make((id, party, person, self.seq(round), *said)) for id, party, person, *said, round in found
        ]

    @cached_property
    def provenance(self) -> Provenance:
        """Every statement, its source, and what rests on it."""
        sources = self._store.columns(records.Source, rows.Source._fields[1:])
        said = ["ref", "source", "said_on", "party", "text", "credibility", "verbatim"]
        statements = self._store.columns(records.Statement, said)
        evidence = self._store.columns(records.Evidence, ["statement", "subject", "subject_id", "relation"])
        return traced(
            map(rows.Source._make, sources),
            (rows.Statement._make((*cells, bool(verbatim))) for *cells, verbatim in statements),
            (rows.Evidence._make(cells) for _, *cells in evidence),
        )

    @cached_property
    def subjects(self) -> Sequence[rows.Subject]:
        """Every record that ought to rest on statements."""
        talks = self.talks
        subjects = [rows.Subject("demand", each.id, each.ref, each.title) for each in talks.demands.values()]
        subjects += [
            rows.Subject("position", each.id, self.position_key(each), each.terms, each.basis)
            for positions in talks.by_seq.values()
            for each in positions
        ]
        subjects += [rows.Subject("agreement", each.id, each.ref, each.title) for each in self.agreements]
        subjects += [
            rows.Subject("commitment", each.id, str(each.values["ref"]), str(each.values["text"]))
            for each in self.commitments
        ]
        subjects += self._keyed(records.Stance, ["basis", "motive"])
        subjects += [
            each._replace(basis="stated") for each in self._keyed(records.Assessment, ["aspect", "text", "label"])
        ]
        return subjects

    def position_key(self, row: rows.Position) -> str:
        """`R1/D1/UKR`."""
        talks = self.talks
        return f"{self.round_refs[row.seq]}/{talks.demands[row.demand].ref}/{talks.parties[row.party].ref}"

    def _keyed(self, kind: Kind, fields: Sequence[str]) -> list[rows.Subject]:
        """Records without a ref; the first field stands for the basis, the others may hold the text."""
        found = {_id(id): cells for id, *cells in self._store.columns(kind, fields)}
        keys = self._store.keys(kind.table, list(found))
        return [
            rows.Subject(kind.singular, id, key, next((str(text) for text in texts if text), ""), str(basis))
            for key, (id, (basis, *texts)) in zip(keys, found.items(), strict=True)
        ]

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
        fields = rows.Round._fields[1:]
        return {cells[0]: rows.Round._make(cells) for cells in self._store.columns(records.Round, fields)}

    def seq(self, round: Value) -> int | None:
        """The place of a round in the order; None for no round."""
        return self._rounds[round].seq if round is not None else None

    @cached_property
    def _parties(self) -> list[rows.Party]:
        found = self._store.columns(records.Party, ["ref", "name", "standing", "essential"])
        return [rows.Party._make((*cells, bool(essential))) for *cells, essential in found]

    def _demands(self, among: Among = None) -> list[rows.Demand]:
        fields = ["ref", "title", "issue", "by_party", "to_party", "first_round", "status"]
        found = self._store.columns(records.Demand, fields, among)
        return [rows.Demand._make((*cells, self.seq(first), status)) for *cells, first, status in found]

    def _positions(self, among: Among = None) -> list[rows.Position]:
        fields = ["round", "demand", "party", "response", "red_line", "terms", "basis", "hinges_on"]
        seqs = {id: round.seq for id, round in self._rounds.items()}
        make = rows.Position._make
        return [
            make((id, seqs[round], demand, party, response, bool(red_line), terms, basis, hinge))
            for id, round, demand, party, response, red_line, terms, basis, hinge in self._store.columns(
                records.Position, fields, among
            )
        ]

    def _links(self, among: Among = None) -> list[rows.Link]:
        found = self._store.columns(records.Link, ["demand", "other", "kind"], among)
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
