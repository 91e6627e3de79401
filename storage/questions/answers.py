"""The computed views of a dossier, and zone as a column, filter and order of demands."""

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from storage.errors import Unknown
from storage.fields import Field
from storage.questions.analysis.rows import Round
from storage.questions.analysis.standing import is_raised, round_before
from storage.questions.analysis.zones import zone
from storage.questions.facts import Facts
from storage.questions.matching import order_of_value
from storage.questions.narrowing import kept, narrowed, ordered
from storage.questions.question import Question
from storage.questions.table import Row, Rows, Table, text_of
from storage.questions.tables import COMPUTED_VIEWS, ComputedView, Moment
from storage.questions.tables.demand_columns import ZONE
from storage.record import Kind
from storage.records import Demand
from storage.store import Counted, Found, Store
from storage.view import View


class Answers:
    """Answers questions about one store; rows that were read stay until something changes the dossier."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._facts: Facts | None = None

    def table(self, question: Question, most: int | None = None) -> Table:
        """The answer to a question, narrowed and in the order asked for; or only its first rows, `most` of them.

        Rows are read as they are looked at: whoever wants them as of one moment looks inside `one_moment` of the store.
        """
        view = computed_view_named(question.view)
        with self._store.one_moment():
            facts = self.facts()
            facts.refuse_lost_references(view.watches)  # here, since many rows are made only when they are seen
            moment = moment_of(facts, question)
            columns = view.columns(facts)
            rows = view.answer(facts, moment)
            rows = rows if question.ids is None else rows.only(array("q", question.ids))
            rows = _of_party(facts, rows, question.party)
            heading, parties = view.heading(facts, moment), frozenset(view.parties(facts))
            table = Table(view.name, columns, rows, heading, moment.as_of, moment.since, moment.on, parties)
            return replace(table, rows=_narrowed(facts, table, question).found(most))

    def rows(self, question: Question, ids: Sequence[int]) -> list[Row]:
        """The rows with these ids of the answer to a question, whether it is narrowed to them or not.

        Only what decides on them is read.
        """
        view = computed_view_named(question.view)
        with self._store.one_moment():
            facts = self.facts()
            return view.answer(facts, moment_of(facts, question)).of(ids)

    def demands(self, view: View) -> Table:
        """The demands of a view with their zone, by which they may be filtered and sorted as well."""
        stored = tuple(each for each in view.where if each.field != ZONE.name)
        by_zone = any(each.field == ZONE.name for each in view.sort)
        plain = view._replace(columns=(), where=stored, sort=() if by_zone else view.sort)
        fields = dict(fields_asked(view.kind))

        def make(ids: Sequence[int]) -> Iterator[Row]:
            zones = self.zones(ids, view.as_of)
            return (_with_zone(each, fields, zones.get(each.id)) for each in self._store.rows(plain, ids))

        with self._store.one_moment():
            rows = Rows(lambda most: self._store.find(plain, most), make)
            of_zone = [each for each in view.where if each.field == ZONE.name]
            rows = narrowed(rows, fields, of_zone, "", self.facts().called) if of_zone else rows
            return Table("demands", tuple(fields.values()), ordered(rows, fields, view.sort) if by_zone else rows)

    def zones(self, demands: Iterable[int], as_of: str | None) -> dict[int, str]:
        """The zone of each of these demands as of a round; one that is closed or not raised yet is left out.

        Only what decides on them is read, so that a screenful of a million takes no longer than one of a thousand.
        """
        asked = list(demands)
        with self._store.one_moment():
            talks = self.facts().around(asked)
            round = _round(talks.rounds, as_of) if as_of else talks.usual
            if round is None:
                return {}
            raised = [each for each in talks.known(asked) if is_raised(talks, each, round.seq)]
            return {each: found.name for each in raised if (found := zone(talks, each, round.seq))}

    def counted(self, asked: View | Question, name: str) -> list[Counted]:
        """What a column of a computed view, or the zone of demands, holds, in order, with counts."""
        with self._store.one_moment():
            table = self.demands(asked) if isinstance(asked, View) else self.table(asked)
            field = table.fields[name]
            counts = Counter((row.values[name], text_of(field, row)) for row in table.rows)
        counted = [Counted(value, shown, count) for (value, shown), count in counts.items()]
        return sorted(counted, key=lambda each: order_of_value(field, each))

    def columns(self, view: str) -> tuple[Field, ...]:
        """The columns of a computed view; those of the matrix depend on the parties there are."""
        with self._store.one_moment():
            return computed_view_named(view).columns(self.facts())

    def facts(self) -> Facts:
        """The rows as of now; read again when something has changed since they were read."""
        if self._facts is None:
            self._facts = Facts(self._store)
        elif self._facts.version != self._store.version():
            self._facts = self._facts.renewed()
        return self._facts


def begins_at_once(question: Question) -> bool:
    """True when the first rows of the answer are found without the others."""
    narrowed = question.where or question.search or question.sort or question.party
    return computed_view_named(question.view).begins_at_once and not narrowed


def fields_asked(kind: Kind) -> Mapping[str, Field]:
    """The fields that a view of records may be asked for: the stored ones, and of demands the zone."""
    return {**kind.fields, ZONE.name: ZONE} if kind is Demand else kind.fields


def computed_view_named(name: str) -> ComputedView:
    """The computed view of that name; Unknown with the views there are."""
    if name not in COMPUTED_VIEWS:
        raise Unknown.named("computed view", name, COMPUTED_VIEWS)
    return COMPUTED_VIEWS[name]


def moment_of(facts: Facts, question: Question) -> Moment:
    """The rounds and the day that a question stands as of; Unknown names the rounds there are."""
    rounds = facts.frame.rounds
    as_of = _round(rounds, question.as_of) if question.as_of else facts.frame.usual
    earlier = round_before(rounds, as_of.seq) if as_of else None
    since = _round(rounds, question.since) if question.since else earlier
    return Moment(as_of, since, question.on or date.today().isoformat())


def _round(rounds: Sequence[Round], ref: str) -> Round:
    found = next((each for each in rounds if each.ref == ref), None)
    if found is None:
        raise Unknown.named("round", ref, (each.ref for each in rounds))
    return found


def _of_party(facts: Facts, rows: Rows, party: str | None) -> Rows:
    if party is None:
        return rows
    parties = facts.frame.parties_by_ref
    if party not in parties:
        raise Unknown.named("party", party, parties)
    return kept(rows, lambda row: parties[party].id in row.parties)


def _narrowed(facts: Facts, table: Table, question: Question) -> Rows:
    rows = table.rows
    asked = [*question.columns, *(each.field for each in question.where), *(each.field for each in question.sort)]
    if gone := [name for name in asked if name not in table.fields]:  # a column of the matrix goes with its party
        raise Unknown(f'There is no column "{gone[0]}" in {table.name}.')
    if question.where or question.search:
        rows = narrowed(rows, table.fields, question.where, question.search, facts.called)
    return ordered(rows, table.fields, question.sort)


def _with_zone(found: Found, fields: Mapping[str, Field], zone: str | None) -> Row:
    values = {name: zone if name == ZONE.name else found.machine(name) for name in fields}
    return Row(found.id, values, found.names, found.long_names)
