"""The rows of a dossier that the questions look at, read from a store once for each version of it."""

import json
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import cached_property
from itertools import chain, islice
from sys import intern
from typing import Final

from storage import records
from storage.blocks import in_blocks
from storage.changes import Edit
from storage.fields import Value
from storage.folding import fold
from storage.garbage import gc_paused
from storage.questions.analysis import rows
from storage.questions.analysis.evidence import Provenance, traced
from storage.questions.analysis.ledger import Move, moves
from storage.questions.analysis.listed import Listed
from storage.questions.analysis.rejections import ByRound, by_round, rejected
from storage.questions.analysis.talks import NOTHING_SAID, Talks, arranged, conflicts_among, said_of
from storage.questions.lately import Known, Lately
from storage.questions.query import NAMING
from storage.record import RECORDS, Kind
from storage.store import Found, Store
from storage.view import View

LISTED_BY: Final = (None, "ref")
"""The fields of a demand that decide where it is listed; None stands for a whole demand that comes or goes."""

FRAMING: Final = frozenset((records.Round.table, records.Party.table))
"""What every view of a demand needs, and steps seldom touch."""

READ_IN_BLOCKS: Final = frozenset(("demands", "positions", "links"))
"""The tables of which a view reads no more than it shows, and looks for lost references in what it reads."""

NAMING_DEMANDS: Final[Mapping[Kind, Sequence[str]]] = {records.Position: ["demand"], records.Link: ["demand", "other"]}
"""What bears on a demand, and the fields that say on which."""

Among = tuple[str, Sequence[int]] | None
"""A field and the values that it has in the records to read; None for all of them."""


class Facts:
    """What a store held at one moment, each kind of row read when it is first asked for."""

    def __init__(self, store: Store) -> None:
        self.version = store.version()
        self.step = next((each.step for each in store.log(1)), 0)
        """The newest step in the log."""
        self._store = store
        self._lately = Lately()
        self._sound: set[str] = set()
        """The tables in which no reference is lost."""
        self._called: dict[str, dict[str, str]] = {}

    def renewed(self) -> "Facts":
        """What the store holds now; what no step has touched is not read again: rounds, parties, positions on demands.

        Where another program has changed something without a step in the log, everything is read again, as it is after
        a step with more edits than are held.
        """
        steps = self._store.steps_after(self.step)
        edits = [edit for step in steps for edit in step.edits]
        moved_rounds = any(("rounds", "seq") in step.touched() for step in steps)
        are_many = any(step.beyond for step in steps)
        facts = Facts(self._store)
        is_unlogged = not edits or facts.version.unlogged != self.version.unlogged
        if is_unlogged or moved_rounds or are_many:
            return facts
        if FRAMING.isdisjoint(edit.table for edit in edits) and "frame" in self.__dict__:
            facts._rounds, facts.frame = self._rounds, self.frame
        touched = facts._touched(edits)
        facts._lately = self._lately
        facts._lately.forget(touched)
        listed_otherwise = any(edit.table == "demands" and edit.field in LISTED_BY for edit in edits)
        if "_listed" in self.__dict__ and not listed_otherwise:
            facts._listed = self._listed.renewed(facts.around(touched), touched)
        return facts

    def _touched(self, edits: Iterable[Edit]) -> set[int]:
        """The demands that were edited, and those whose positions or links were, as they were and as they are."""
        found: set[Value] = {edit.id for edit in edits if edit.table == records.Demand.table}
        for kind, names in NAMING_DEMANDS.items():
            if not (of_kind := [edit for edit in edits if edit.table == kind.table]):
                continue
            for side, field in ((side, edit.field) for edit in of_kind for side in (edit.before, edit.after)):
                if isinstance(side, dict):
                    found.update(side[name] for name in names)
                elif field in names:
                    found.add(side)
            for _, *now in self._store.columns(kind, names, ("id", [edit.id for edit in of_kind])):
                found.update(now)
        return {_id(demand) for demand in found}

    def refuse_lost_references(self, tables: Iterable[str]) -> None:
        """CannotOpen when a record of these tables refers to one that is not there; asked once of each."""
        self._refuse_lost_in({*tables} - READ_IN_BLOCKS)

    def _refuse_lost_in(self, tables: AbstractSet[str]) -> None:
        for table in tables - self._sound:
            self._store.refuse_lost_references(table)
            self._sound.add(table)

    @cached_property
    def frame(self) -> Talks:
        """Rounds and parties, without any demand."""
        return arranged(self._rounds.values(), self._read_parties(), ())

    @cached_property
    def talks(self) -> Talks:
        """Everything at once: reading 200,000 positions takes about a second."""
        frame = self.frame
        with gc_paused():
            self._refuse_lost_in(READ_IN_BLOCKS)
            return arranged(frame.rounds, frame.parties.values(), self._demands(), self._positions(), self._links())

    def around(self, demands: Iterable[int]) -> Talks:
        """What decides on these demands, and nothing else: they and what they conflict with or hinge on.

        Those that do not exist are left out.
        """
        asked = self._lately.of(demands, self._known)
        near = {other for each in asked.values() for other in (*each.conflicts, *each.hinges)}
        known = asked | self._lately.of(near - asked.keys(), self._known)
        if not near <= known.keys():
            raise LookupError("a demand refers to one that is not there")
        return self.frame.about(
            {id: each.demand for id, each in known.items()},
            {id: each.said for id, each in known.items()},
            {id: each.conflicts for id, each in asked.items()},
        )

    def blocks(self, demands: Iterable[int]) -> Iterator[tuple[Sequence[int], Talks]]:
        """Demands some at a time, with what decides on them, so that a million of them fill no memory."""
        for block in in_blocks(demands):
            yield block, self.around(block)

    def everything(self) -> Iterator[tuple[Sequence[int], Talks]]:
        """Every demand in order, some at a time."""
        self._refuse_lost_in(READ_IN_BLOCKS)
        return self.blocks(self._listed.ids)

    def raised(self, seq: int, most: int | None = None) -> "array[int]":
        """The demands listed as of a round, in order; only the first `most` if given, which are found at once."""
        if most is not None and "_listed" not in self.__dict__:
            return array("q", islice((id for id, at in self._store.raised() if at is None or at <= seq), most))
        return self._listed.as_of(seq)[:most]

    @cached_property
    def _listed(self) -> Listed:
        """Of a million demands it takes two seconds to find out."""
        return Listed.of(self._store.raised())

    def spoken_of(self, since: int, seq: int) -> "array[int]":
        """The demands to which something was said after one round and up to another, in order."""
        rounds = [each.id for each in self.frame.rounds if since < each.seq <= seq]
        said = {demand for _, demand in self._store.columns(records.Position, ["demand"], ("round", rounds))}
        return array("q", filter(said.__contains__, self._listed.ids))

    def demands_of(self, positions: Sequence[int]) -> set[int]:
        """The demands to which these positions were taken."""
        return {_id(demand) for _, demand in self._store.columns(records.Position, ["demand"], ("id", positions))}

    @cached_property
    def moves(self) -> Counter[Move]:
        """How often each party moved in which way in each round."""
        return Counter(chain.from_iterable(moves(talks, block) for block, talks in self.everything()))

    @cached_property
    def rejections(self) -> ByRound:
        """The positions that reject."""
        found = (rejected(talks, block) for block, talks in self.everything())
        return by_round(chain.from_iterable(found))

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
        fields = ["party", "person", "will", "driver", "motive", "basis", "source", "round"]
        found = self._store.columns(records.Stance, fields)
        return [
            rows.Stance._make((id, party, person, self.seq(round), *said)) for id, party, person, *said, round in found
        ]

    @cached_property
    def provenance(self) -> Provenance:
        """Every statement, its source, and what rests on it."""
        evidence = self._store.columns(records.Evidence, rows.Evidence._fields)
        return traced(self._sources(), self._statements(), (rows.Evidence._make(cells) for _, *cells in evidence))

    def behind(self, kind: Kind, ids: Sequence[int]) -> Provenance:
        """What these records of a kind rest on; of statements, themselves and their sources."""
        named = self._store.everything(records.Evidence.table, {"subject": [kind.singular], "subject_id": ids})
        evidence = [rows.Evidence._make(row[name] for name in rows.Evidence._fields) for _, row in named]
        wanted = [*ids] if kind is records.Statement else sorted({each.statement for each in evidence})
        statements = self._statements(("id", wanted))
        sources = self._sources(("id", sorted({each.source for each in statements})))
        return traced(sources, statements, evidence)

    def resting(
        self, finding: str, kind: Kind, among: Sequence[int] | None = None, most: int | None = None
    ) -> "array[int]":
        """The records of a kind of which this is found, in the order of their keys; only the first `most` if given."""
        return self._store.resting(finding, kind, among, most)

    def keyed(
        self, kind: Kind, fields: Sequence[str], ids: Sequence[int]
    ) -> Iterator[tuple[int, str, dict[str, Value]]]:
        """The id, the key and these fields of records, in the order of recording; those that are gone are left out."""
        found = {
            _id(id): dict(zip(fields, cells, strict=True))
            for id, *cells in self._store.columns(kind, fields, ("id", ids))
        }
        return zip(found, self._store.keys(kind.table, list(found)), found.values(), strict=True)

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

    def _read_parties(self) -> list[rows.Party]:
        found = self._store.columns(records.Party, ["ref", "name", "standing", "essential", "member_of"])
        return [rows.Party._make((*cells, bool(essential), member_of)) for *cells, essential, member_of in found]

    def _known(self, demands: Sequence[int]) -> Iterator[Known]:
        """The demands with all that bears on them."""
        if not demands:
            return
        with gc_paused():
            said = said_of(self._positions(("demand", demands)))
            conflicts = conflicts_among([*self._links(("demand", demands)), *self._links(("other", demands))])
            for demand in self._demands(("id", demands)):
                here = said.get(demand.id, NOTHING_SAID)
                if not {demand.by_party, *here.courses} | ({demand.to_party} - {None}) <= self.frame.parties.keys():
                    raise LookupError("a demand refers to a party that is not there")
                hinges = {row.hinges_on for row in here.rows if row.hinges_on is not None}
                yield Known(demand, here, conflicts.get(demand.id, frozenset()), frozenset(hinges))

    def _demands(self, among: Among = None) -> list[rows.Demand]:
        fields = ["ref", "title", "issue", "by_party", "to_party", "first_round", "status"]
        found = self._store.columns(records.Demand, fields, among)
        return [rows.Demand._make((*cells, self.seq(first), status)) for *cells, first, status in found]

    def _positions(self, among: Among = None) -> list[rows.Position]:
        fields = ["round", "demand", "party", "response", "red_line", "terms", "basis", "hinges_on"]
        seqs = {id: round.seq for id, round in self._rounds.items()}
        found = self._store.columns(records.Position, fields, among)
        make = rows.Position._make
        return [
            make((id, seqs[round], demand, party, _once(response), bool(red_line), terms, _once(basis), hinge))
            for id, round, demand, party, response, red_line, terms, basis, hinge in found
        ]

    def _sources(self, among: Among = None) -> list[rows.Source]:
        return [
            rows.Source._make(cells) for cells in self._store.columns(records.Source, rows.Source._fields[1:], among)
        ]

    def _statements(self, among: Among = None) -> list[rows.Statement]:
        said = self._store.columns(records.Statement, rows.Statement._fields[1:], among)
        return [rows.Statement._make((*cells, bool(verbatim))) for *cells, verbatim in said]

    def _links(self, among: Among = None) -> list[rows.Link]:
        found = self._store.columns(records.Link, ["demand", "other", "kind"], among)
        return [rows.Link._make(cells) for _, *cells in found]

    def _all_called(self, table: str) -> dict[str, str]:
        kind = RECORDS[table]
        names = [name for name in NAMING if name in kind.fields]
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


def _once(word: Value) -> str:
    """The same object for the same word, since there are few words and millions of positions."""
    return intern(str(word))
