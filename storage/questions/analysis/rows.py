"""What the questions need of each record; rounds go by their place in the order, all else by id."""

from typing import NamedTuple


class Round(NamedTuple):
    """One meeting or move; `seq` is what the other rows call it by."""

    id: int
    seq: int
    ref: str
    title: str
    starts_on: str | None
    status: str
    outcome: str = "pending"
    city: str = ""
    country: str = ""
    format: str = ""
    ends_on: str | None = None


class Party(NamedTuple):
    """Who asks and answers."""

    id: int
    ref: str
    name: str
    standing: str
    essential: bool = False
    member_of: int | None = None


class Demand(NamedTuple):
    """What a party asks for; `first` is the seq of its first round."""

    id: int
    ref: str
    title: str
    issue: str
    by_party: int
    to_party: int | None
    first: int | None
    status: str


class Position(NamedTuple):
    """What a party said to a demand in the round with this seq."""

    id: int
    seq: int
    demand: int
    party: int
    response: str
    red_line: bool
    terms: str
    basis: str
    hinges_on: int | None


class Link(NamedTuple):
    """How one demand bears on another."""

    demand: int
    other: int
    kind: str


class Agreement(NamedTuple):
    """What was agreed, and the demand that it settles."""

    id: int
    ref: str
    title: str
    agreed_on: str | None
    seq: int | None = None
    kind: str = ""
    form: str = ""
    state: str = ""
    settles: int | None = None


class Signatory(NamedTuple):
    """A party to an agreement, and in which role."""

    agreement: int
    party: int
    role: str


class Commitment(NamedTuple):
    """What a party promised, and by when."""

    id: int
    ref: str
    by_party: int
    text: str
    quantity: float | None
    due_on: str | None
    due_basis: str
    state: str
    agreement: int = 0
    to_party: int | None = None
    unit: str = ""
    due_text: str = ""
    supervision: str = ""
    supervisor: int | None = None


class Delivery(NamedTuple):
    """What was done about a commitment on a day."""

    id: int
    commitment: int
    on_date: str
    amount: float | None
    level: int | None
    note: str


class Source(NamedTuple):
    """Where statements come from."""

    id: int
    ref: str
    reliability: str
    title: str = ""
    author: str = ""
    publisher: str = ""
    url: str = ""
    published_on: str | None = None
    kind: str = ""


class Statement(NamedTuple):
    """What a source says."""

    id: int
    ref: str
    source: int
    said_on: str | None
    party: int | None
    text: str
    credibility: int
    speaker: int | None = None
    attribution: str = ""
    verbatim: bool = False


class Evidence(NamedTuple):
    """That a statement supports or disputes a record."""

    statement: int
    subject: str
    subject_id: int
    relation: str


class Stance(NamedTuple):
    """Whether a party, or a person of it, wants a settlement."""

    id: int
    party: int
    person: int | None
    seq: int | None
    will: str
    driver: str | None
    motive: str
    basis: str
    source: int | None = None


class Assessment(NamedTuple):
    """A judgement on the process or on a record."""

    id: int
    subject: str
    subject_id: int | None
    seq: int | None
    aspect: str
    rating: int | None
    label: str
    text: str
    condition: str
    confidence: str
    source: int | None = None


class Delegate(NamedTuple):
    """Who was there for a party in the round with this seq."""

    id: int
    seq: int
    party: int
    role: str
    person: int | None
    rank: str | None
    capacity: str


class Description(NamedTuple):
    """What a demand covers, and why it is made, in the analyst's reading."""

    kind: str
    text: str
    interest: str
