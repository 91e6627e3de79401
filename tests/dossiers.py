"""Whole dossiers in the authoring form: any that is valid, by hypothesis, or a large one from a number.

    @given(dossiers())
    def test_something(dossier): ...

    dossier = generated(seed=7, parties=20, rounds=12, demands=100, positions=2_000)

Both are built by the same steps, which ask chance whenever something is open. The first of the values offered is
always the plainest, so that hypothesis shrinks towards short dossiers of plain records.
"""

import json
import sqlite3
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from functools import cache
from itertools import product
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import strategies as st

from storage import create_store, open_store
from storage.file.connection import connect
from storage.file.creating import _fill

TEXTS = (
    *("", "plain", "30 days", "at least 30 days", "Kyïv, Kiev; Київ"),
    *("two\nlines\r\nand\ta tab", '"quoted", \\ and | bars', "=1+1", "[red]markup[/red] {braces} `ticks`"),
    *("\x1b[31mred\x1b[0m \x07\x9b", "\u202eright to left\u202c", "\ufeffmark e\u0301 漢字 😀", " spaces around "),
)
STANDINGS = ("primary", "secondary", "third")
ROUND_STATUSES = ("held", "held", "held", "scheduled", "postponed", "cancelled")
DEMAND_STATUSES = (*("open",) * 6, "agreed", "withdrawn", "replaced", "lapsed")
ANSWERS = ("accepts", "conditional", "conditional", "deferred", "silent", "rejects", "rejects")
BASES = ("stated", "reported", "inferred")
FIRST_DAY = date(2025, 5, 16)


@dataclass(frozen=True)
class Size:
    """How many records of a kind there may be."""

    parties: int
    rounds: int
    demands: int
    positions: int
    people: int
    sources: int
    statements: int
    agreements: int
    stances: int
    assessments: int


class Drawn:
    """Chance as hypothesis gives it: every choice can be shrunk."""

    def __init__(self, draw):
        self.draw = draw

    def number(self, low, high):
        """A whole number, the lowest being the plainest."""
        return self.draw(st.integers(low, high))

    def among(self, values):
        """One of the values, the first being the plainest."""
        return self.draw(st.sampled_from(values))

    def maybe(self, values):
        """One of the values or, plainer, none."""
        return self.draw(st.sampled_from([None, *values]))

    def some(self, values, most):
        """Some different values, none being the plainest."""
        return self.draw(st.lists(st.sampled_from(values), unique=True, max_size=most)) if values else []

    def shuffled(self, values):
        """The values in any order, theirs being the plainest."""
        return self.draw(st.permutations(values))

    def filled(self, places, most):
        """The places that hold something: each by itself, so that each can be emptied by itself."""
        return [place for place in places if self.draw(st.booleans())][:most]

    def how_many(self, most):
        """How many records of a kind to make."""
        return self.draw(st.integers(0, most))


class Rolled:
    """Chance from a random generator, fast and the same for the same seed."""

    def __init__(self, random):
        self.random = random

    def number(self, low, high):
        """A whole number."""
        return self.random.randint(low, high)

    def among(self, values):
        """One of the values."""
        return self.random.choice(values)

    def maybe(self, values):
        """One of the values, or none."""
        return self.random.choice(values) if values and self.random.random() < 0.7 else None

    def some(self, values, most):
        """Some different values."""
        return self.random.sample(values, self.random.randint(0, min(most, len(values))))

    def shuffled(self, values):
        """The values in any order."""
        return self.random.sample(values, len(values))

    def filled(self, places, most):
        """Some of the places, in any order."""
        return self.random.sample(places, min(most, len(places)))

    def how_many(self, most):
        """How many there are of something."""
        return most


MOST = Size(
    parties=4,
    rounds=5,
    demands=4,
    positions=48,
    people=2,
    sources=3,
    statements=5,
    agreements=2,
    stances=5,
    assessments=2,
)
"""How large a dossier gets that hypothesis makes."""


@st.composite
def dossiers(draw):
    """Any valid dossier: no rounds or several in any order, every response, evidence, red lines, hostile text.

    Some are drawn choice by choice, which shrinks best; most are rolled to drawn sizes, which varies most.
    """
    if draw(st.integers(0, 3)) == 0:
        return Building(Drawn(draw), MOST).dossier()
    sizes = {name: draw(st.integers(0, most)) for name, most in asdict(MOST).items()}
    return Building(Rolled(Random(draw(st.integers(0, 2**32)))), Size(**sizes)).dossier()


def generated(
    seed: int, parties: int, rounds: int, demands: int, positions: int
) -> Any:  # Any: a document as JSON has it
    """A dossier of exactly so many records, the same whenever it is asked for with the same numbers."""
    size = Size(
        parties,
        rounds,
        demands,
        min(positions, parties * rounds * demands),
        people=parties,
        sources=3 + demands // 20,
        statements=12 + demands,
        agreements=2 + rounds // 2,
        stances=2 * parties,
        assessments=rounds + demands // 10,
    )
    return Building(Rolled(Random(seed)), size).dossier()


class Building:
    """A dossier that grows kind by kind; what refers is made after what it refers to."""

    def __init__(self, chance, size):
        self.chance = chance
        self.size = size
        self.party_refs = [f"P{number}" for number in range(1, 1 + max(2, chance.how_many(size.parties)))]
        self.person_names = [f"Person {number}" for number in range(1, 1 + chance.how_many(size.people))]
        self.round_refs = [f"R{number}" for number in range(1, 1 + chance.how_many(size.rounds))]
        self.demand_refs = [demand_ref(number) for number in range(1, 1 + chance.how_many(size.demands))]
        self.source_refs = [f"S{number}" for number in range(1, 1 + chance.how_many(size.sources))]
        count = chance.how_many(size.statements) if self.source_refs else 0
        self.statement_refs = [f"S{number}.{number % 3}" for number in range(1, 1 + count)]
        self.agreement_refs = [f"A{number}" for number in range(1, 1 + chance.how_many(size.agreements))]

    def dossier(self):
        """The dossier, whole."""
        return {
            "parley": 1,
            "title": "Talks",
            **without_nothing(about=self.text()),
            "sources": self.sources(),
            "parties": self.parties(),
            "people": [self.person(name) for name in self.person_names],
            "rounds": self.rounds(),
            "demands": self.demands(),
            "agreements": self.agreements(),
            "stances": [self.stance() for _ in range(self.chance.how_many(self.size.stances))],
            "assessments": [self.assessment() for _ in range(self.chance.how_many(self.size.assessments))],
        }

    # Words and references

    def text(self):
        return self.chance.among(TEXTS)

    def yes(self, one_in=2):
        return self.chance.number(1, one_in) == one_in

    def maybe(self, values):
        return self.chance.maybe(values)

    def day(self):
        return str(FIRST_DAY + timedelta(days=self.chance.number(0, 120)))

    def maybe_day(self):
        return self.day() if self.yes() else None

    def supported(self, **fields):
        """A record of these fields, with the statements that support and dispute it."""
        supporting = [ref for ref in (self.maybe(self.statement_refs), self.maybe(self.statement_refs[:3])) if ref]
        disputing = [self.chance.among(self.statement_refs)] if self.statement_refs and self.yes(4) else []
        evidence = {"from": list(dict.fromkeys(supporting)), "disputed_by": disputing}
        return without_nothing(**fields) | without_nothing(**evidence)

    # Who and where from

    def sources(self):
        made = [
            without_nothing(
                ref=ref,
                title=f"Paper {ref}{self.text()}",
                published_on=self.maybe_day(),
                kind=self.chance.among(("analysis", "news", "leak")),
                reliability=self.chance.among("FABCDE"),
                statements=[],
            )
            for ref in self.source_refs
        ]
        for ref in self.statement_refs:
            self.chance.among(made).setdefault("statements", []).append(self.statement(ref))
        return made

    def statement(self, ref):
        return without_nothing(
            ref=ref,
            said_on=self.maybe_day(),
            speaker=self.maybe(self.person_names),
            party=self.maybe(self.party_refs),
            text=f"said {self.text()}",
            credibility=self.chance.among((6, 1, 2, 3, 4, 5)),
            round=self.maybe(self.round_refs),
            visibility=self.chance.among(("public", "public", "internal")),
        )

    def parties(self):
        return [
            self.supported(
                ref=ref,
                name=f"Party {ref}{self.text()}",
                aliases=[f"{ref} alias"] if self.yes() else None,
                kind=self.chance.among(("state", "coalition", "igo")),
                standing=self.chance.among(STANDINGS),
                essential=self.yes(),
                member_of=self.maybe(self.party_refs[:number]),
            )
            for number, ref in enumerate(self.party_refs)
        ]

    def person(self, name):
        return self.supported(name=name, party=self.maybe(self.party_refs), office=self.text())

    def rounds(self):
        order = self.chance.shuffled(range(1, 1 + len(self.round_refs)))
        return [self.round(ref, seq) for ref, seq in zip(self.round_refs, order, strict=True)]

    def round(self, ref, seq):
        return self.supported(
            ref=ref,
            seq=3 * seq - 4,
            title=f"Round {ref}{self.text()}",
            starts_on=self.maybe_day(),
            format=self.chance.among(("direct", "written", "remote", "summit")),
            status=self.chance.among(ROUND_STATUSES),
            delegates=self.delegates(),
        )

    def delegates(self):
        made = []
        for party in self.chance.some(self.party_refs, 2):
            person = self.maybe(self.person_names)
            rank = self.chance.among(("member", "head", "envoy")) if person else None
            role = self.chance.among(("party", "host"))
            made.append(self.supported(party=party, role=role, person=person, rank=rank))
            if person and self.yes(3):
                made.append(self.supported(party=party, person=person, rank="adviser"))
        return made

    # Who wants what of whom

    def demands(self):
        authors = {ref: self.chance.among(self.party_refs) for ref in self.demand_refs}
        positions = self.positions(authors)
        return [self.demand(ref, authors[ref], positions[ref]) for ref in self.demand_refs]

    def demand(self, ref, author, positions):
        return self.supported(
            ref=ref,
            title=f"Demand {ref}{self.text()}",
            issue=self.chance.among(("", "ceasefire", "territory")),
            kind=self.chance.among(("demand", "offer", "red_line")),
            by_party=author,
            to_party=self.maybe([party for party in self.party_refs if party != author]),
            first_round=self.maybe(self.round_refs),
            status=self.chance.among(DEMAND_STATUSES),
            positions=positions,
            links=self.links(ref),
        )

    def positions(self, authors):
        """The positions on each demand: no party says two things on a demand in one round."""
        by_demand: dict[str, list[object]] = {ref: [] for ref in self.demand_refs}
        for place in self.chance.filled(self.places(), self.size.positions):
            round, demand, party = self.place(place)
            by_demand[demand].append(self.position(round, demand, party, authors[demand]))
        return by_demand

    def places(self):
        return range(len(self.round_refs) * len(self.demand_refs) * len(self.party_refs))

    def place(self, number):
        number, party = divmod(number, len(self.party_refs))
        round, demand = divmod(number, len(self.demand_refs))
        return self.round_refs[round], self.demand_refs[demand], self.party_refs[party]

    def position(self, round, demand, party, author):
        response = self.chance.among(("asks", "asks", "asks", "drops") if party == author else ANSWERS)
        others = [other for other in self.demand_refs[:50] if other != demand]
        return self.supported(
            round=round,
            party=party,
            response=response,
            red_line=response in ("asks", "rejects") and self.yes(),
            terms=self.chance.among(("", "", *TEXTS)),
            basis=self.chance.among(BASES),
            hinges_on=self.maybe(others) if response == "conditional" else None,
        )

    def links(self, demand):
        others = [other for other in self.demand_refs[:50] if other != demand]
        kinds = ("conflicts", "conflicts", "replaces", "package")
        return [self.supported(other=other, kind=self.chance.among(kinds)) for other in self.chance.some(others, 2)]

    # What was agreed, and who wants a settlement

    def agreements(self):
        numbers = iter(range(1, 1_000_000))
        return [
            self.supported(
                ref=ref,
                title=f"Deal {ref}{self.text()}",
                round=self.maybe(self.round_refs),
                agreed_on=self.maybe_day(),
                kind="humanitarian",
                settles=self.maybe(self.demand_refs),
                signatories=[
                    self.supported(party=party, role=role)
                    for party, role in self.chance.some(list(product(self.party_refs[:5], ("party", "witness"))), 3)
                ],
                commitments=[self.commitment(f"C{next(numbers)}") for _ in range(self.chance.number(0, 3))],
            )
            for ref in self.agreement_refs
        ]

    def commitment(self, ref):
        due_on = self.maybe_day()
        return self.supported(
            ref=ref,
            by_party=self.chance.among(self.party_refs),
            to_party=self.maybe(self.party_refs),
            text=self.text(),
            quantity=self.chance.among((None, 100, 3, 1, 0.5, 1200)),
            due_on=due_on,
            due_basis=self.chance.among(("stated", "estimated")) if due_on else None,
            supervisor=self.maybe(self.party_refs),
            state=self.chance.among(("open", "open", "fulfilled", "breached", "waived")),
            deliveries=[self.delivery() for _ in range(self.chance.number(0, 3))],
        )

    def delivery(self):
        return self.supported(
            on_date=self.chance.among((str(FIRST_DAY), self.day())),
            amount=self.chance.among((None, 1, 0.5, 0.1, 0.2, 29, 1000)),
            level=self.chance.among((None, 0, 1, 2, 3)),
            note=self.text(),
        )

    def stance(self):
        return self.supported(
            party=self.chance.among(self.party_refs),
            person=self.maybe(self.person_names),
            round=self.maybe(self.round_refs),
            will=self.chance.among(("yes", "conditional", "not_yet", "no", "unclear")),
            driver=self.chance.among((None, "personal", "security")),
            motive=self.text(),
            basis=self.chance.among(BASES),
            source=self.maybe(self.source_refs),
        )

    def assessment(self):
        subjects = {
            "process": [None],
            "party": self.party_refs,
            "round": self.round_refs,
            "demand": self.demand_refs,
            "agreement": self.agreement_refs,
        }
        subject = self.chance.among([name for name, refs in subjects.items() if refs])
        return self.supported(
            subject=subject,
            subject_id=self.chance.among(subjects[subject]),
            round=self.maybe(self.round_refs),
            aspect=self.chance.among(("outlook", "note")),
            label=self.text(),
            text=self.text(),
            source=self.maybe(self.source_refs),
        )


def demand_ref(number):
    """Refs whose natural order is not that of their letters: D1, D2b, D3 ... D10."""
    return f"D{number}b" if number % 5 == 2 else f"D{number}"


def without_nothing(**fields):
    """The fields that hold something; the form leaves out the others."""
    return {name: value for name, value in fields.items() if value not in (None, "", []) and value is not False}


@cache
def file_without_records():
    """The bytes of a dossier that holds nothing, not even a title; to make its tables takes longer than all else."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "empty.db"
        create_store(path).close()
        with closing(sqlite3.connect(path)) as connection, connection:
            connection.execute("DELETE FROM dossier")
        return path.read_bytes()


@contextmanager
def stored(dossier):
    """The dossier in a file that is gone afterwards."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "talks.db"
        path.write_bytes(file_without_records())
        with closing(connect(path)) as connection:
            _fill(connection, json.dumps(dossier).encode(), "talks.json")
        store = open_store(path)
        try:
            yield store
        finally:
            store.close()
