"""Every kind of record that a dossier holds, each field told once; terms and rules are those of the domain."""

from typing import Annotated, Final, Literal

from storage.fields import Day, Long, Open, PartyRef, Ref, RefersTo, Short, Shown, SubjectId, Within
from storage.record import Record, record, rule

ISSUES: Final = (
    *("ceasefire", "security", "territory", "recognition", "prisoners", "humanitarian"),
    *("leaders", "sanctions", "neutrality", "economy", "justice", "process"),
)

Basis = Literal["stated", "reported", "inferred"]


@record
class Dossier(Record):
    """What the whole file is about."""

    table = "dossier"
    singular = "dossier"
    key = ()
    title: Annotated[str, Shown("Title", 30), Short()]
    about: Annotated[str, Shown("About", 40), Long()] = ""


@record
class Party(Record):
    """Who negotiates, helps, or must want a settlement."""

    table = "parties"
    singular = "party"
    order = ("standing",)
    unique = (("ref",), ("name",))
    ref: Annotated[PartyRef, Shown("Ref", 4)]
    name: Annotated[str, Shown("Name", 16), Short()]
    aliases: Annotated[tuple[str, ...], Shown("Aliases", 16)] = ()
    kind: Annotated[Literal["state", "igo", "armed_group", "coalition", "civil_society", "other"], Shown("Kind", 13)]
    standing: Annotated[Literal["primary", "secondary", "third"], Shown("Standing", 9)] = "secondary"
    essential: Annotated[bool, Shown("Essential", 9)] = False
    member_of: Annotated[int | None, Shown("Member of", 9), RefersTo("parties")] = None
    note: Annotated[str, Shown("Note", 30), Long()] = ""


@record
class Person(Record):
    """Who speaks or sits at the table."""

    table = "people"
    singular = "person"
    key = ("name",)
    unique = (("name",),)
    name: Annotated[str, Shown("Name", 22), Short()]
    aliases: Annotated[tuple[str, ...], Shown("Aliases", 20)] = ()
    party: Annotated[int | None, Shown("Party", 5), RefersTo("parties")] = None
    office: Annotated[str, Shown("Office", 28), Short()] = ""


@record
class Round(Record):
    """One meeting, or a move between meetings."""

    table = "rounds"
    singular = "round"
    order = ("seq",)
    columns_first = ("ref", "starts_on", "title")
    unique = (("ref",), ("seq",))
    ref: Annotated[Ref, Shown("Ref", 4)]
    seq: Annotated[int, Shown("Seq", 4)]
    title: Annotated[str, Shown("Round", 22), Short()]
    starts_on: Annotated[Day | None, Shown("Starts", 10)] = None
    ends_on: Annotated[Day | None, Shown("Ends", 10)] = None
    city: Annotated[str, Shown("City", 12), Short()] = ""
    country: Annotated[str, Shown("Country", 12), Short()] = ""
    format: Annotated[
        Literal["direct", "proximity", "shuttle", "multilateral", "summit", "remote", "written"], Shown("Format", 12)
    ]
    track: Annotated[Literal["1", "1.5", "2", "3"], Shown("Track", 5)] = "1"
    status: Annotated[Literal["scheduled", "held", "postponed", "cancelled"], Shown("Status", 9)] = "held"
    outcome: Annotated[
        Literal["pending", "agreement", "partial", "adjourned", "no_result", "broke_down"], Shown("Outcome", 10)
    ] = "pending"
    note: Annotated[str, Shown("Note", 30), Long()] = ""

    @rule("The last day of a round can't come before its first day.", "ends_on")
    def ends_after_it_starts(self) -> bool:
        return self.starts_on is None or self.ends_on is None or self.ends_on >= self.starts_on


@record
class Demand(Record):
    """What a party asks for."""

    table = "demands"
    singular = "demand"
    order = ("ref",)
    indexed_orders = ("title", "kind", "by_party", "to_party", "first_round", "status")
    columns_first = ("ref", "title", "by_party", "to_party", "status")
    unique = (("ref",),)
    ref: Annotated[Ref, Shown("Ref", 4)]
    title: Annotated[str, Shown("Demand", 22), Short()]
    text: Annotated[str, Shown("Text", 40), Long()] = ""
    issue: Annotated[str, Shown("Issue", 12), Short(), Open(ISSUES)] = ""
    interest: Annotated[str, Shown("Interest", 30), Long()] = ""
    kind: Annotated[Literal["demand", "proposal", "offer", "precondition", "goal", "red_line"], Shown("Kind", 12)]
    by_party: Annotated[int, Shown("By", 4), RefersTo("parties")]
    to_party: Annotated[int | None, Shown("To", 4), RefersTo("parties", goes_along=True)] = None
    first_round: Annotated[int | None, Shown("First", 5), RefersTo("rounds")] = None
    status: Annotated[Literal["open", "agreed", "withdrawn", "replaced", "lapsed"], Shown("Status", 9)] = "open"
    note: Annotated[str, Shown("Note", 30), Long()] = ""

    @rule("A party can't address a demand to itself; choose another addressee, or none.", "to_party")
    def addressee_is_another_party(self) -> bool:
        return self.by_party != self.to_party


AUTHORS_RESPONSES: Final = ("asks", "drops")
"""What a party says to its own demand; to those of others it says all the rest, and only that."""
WITH_RED_LINE: Final = ("asks", "rejects")


@record
class Position(Record):
    """What one party said to one demand in one round."""

    table = "positions"
    singular = "position"
    key = ("round", "demand", "party")
    parent = "demand"
    unique = (("round", "demand", "party"),)
    round: Annotated[int, Shown("Round", 5), RefersTo("rounds")]
    demand: Annotated[int, Shown("Demand", 6), RefersTo("demands")]
    party: Annotated[int, Shown("Party", 5), RefersTo("parties")]
    response: Annotated[
        Literal["asks", "drops", "accepts", "conditional", "deferred", "silent", "rejects"], Shown("Response", 13)
    ]
    red_line: Annotated[bool, Shown("Red line", 8)] = False
    terms: Annotated[str, Shown("Terms", 30)] = ""
    basis: Annotated[Basis, Shown("Basis", 8)] = "stated"
    hinges_on: Annotated[int | None, Shown("Hinges on", 9), RefersTo("demands")] = None
    note: Annotated[str, Shown("Note", 30), Long()] = ""

    @rule("A red line goes only with asks or rejects.", "red_line")
    def red_line_goes_with_asks_or_rejects(self) -> bool:
        return not self.red_line or self.response in WITH_RED_LINE

    @rule("Only a conditional response can hinge on another demand.", "hinges_on")
    def only_a_conditional_hinges(self) -> bool:
        return self.hinges_on is None or self.response == "conditional"

    @rule("A response can't hinge on the demand that it answers.", "hinges_on")
    def hinges_on_another_demand(self) -> bool:
        return self.hinges_on is None or self.hinges_on != self.demand


@record
class Delegate(Record):
    """Who was there in a round, for which party, in which role."""

    table = "delegates"
    singular = "delegate"
    key = ("round", "party", "person")
    parent = "round"
    round: Annotated[int, Shown("Round", 5), RefersTo("rounds")]
    party: Annotated[int, Shown("Party", 5), RefersTo("parties")]
    role: Annotated[
        Literal["party", "mediator", "facilitator", "host", "guarantor", "observer", "witness", "absent"],
        Shown("Role", 11),
    ] = "party"
    person: Annotated[int | None, Shown("Person", 22), RefersTo("people", goes_along=True)] = None
    rank: Annotated[Literal["head", "deputy", "member", "adviser", "envoy"] | None, Shown("Rank", 7)] = None
    capacity: Annotated[str, Shown("Capacity", 20), Short()] = ""

    @rule("A person has a rank, and a rank needs a person: set both or neither.", "rank")
    def rank_is_set_exactly_with_a_person(self) -> bool:
        return (self.person is None) == (self.rank is None)


@record
class Link(Record):
    """How one demand bears on another."""

    table = "links"
    singular = "link"
    key = ("demand", "kind", "other")
    parent = "demand"
    demand: Annotated[int, Shown("Demand", 6), RefersTo("demands")]
    other: Annotated[int, Shown("Other", 6), RefersTo("demands")]
    kind: Annotated[Literal["conflicts", "counters", "requires", "replaces", "package"], Shown("Kind", 9)]

    @rule("A demand can't be linked to itself.", "other")
    def links_two_demands(self) -> bool:
        return self.demand != self.other


@record
class Agreement(Record):
    """What was agreed, in or between rounds."""

    table = "agreements"
    singular = "agreement"
    order = ("ref",)
    unique = (("ref",),)
    ref: Annotated[Ref, Shown("Ref", 4)]
    title: Annotated[str, Shown("Agreement", 30), Short()]
    round: Annotated[int | None, Shown("Round", 5), RefersTo("rounds")] = None
    agreed_on: Annotated[Day | None, Shown("Agreed", 10)] = None
    kind: Annotated[
        Literal["procedural", "humanitarian", "ceasefire", "partial", "framework", "comprehensive", "implementation"],
        Shown("Kind", 14),
    ]
    form: Annotated[Literal["announced", "written", "signed", "ratified"], Shown("Form", 9)] = "announced"
    state: Annotated[Literal["pending", "in_force", "completed", "collapsed", "superseded"], Shown("State", 10)] = (
        "pending"
    )
    cbm: Annotated[bool, Shown("CBM", 4)] = False
    settles: Annotated[int | None, Shown("Settles", 7), RefersTo("demands")] = None
    note: Annotated[str, Shown("Note", 30), Long()] = ""


@record
class Signatory(Record):
    """A party to an agreement, and in which role."""

    table = "signatories"
    singular = "signatory"
    key = ("agreement", "party", "role")
    parent = "agreement"
    agreement: Annotated[int, Shown("Agreement", 9), RefersTo("agreements")]
    party: Annotated[int, Shown("Party", 5), RefersTo("parties")]
    role: Annotated[Literal["party", "guarantor", "witness", "mediator"], Shown("Role", 9)] = "party"


@record
class Commitment(Record):
    """Something that a party promised in an agreement."""

    table = "commitments"
    singular = "commitment"
    parent = "agreement"
    order = ("ref",)
    columns_first = ("ref", "by_party", "to_party", "text")
    unique = (("ref",),)
    ref: Annotated[Ref, Shown("Ref", 4)]
    agreement: Annotated[int, Shown("Agreement", 9), RefersTo("agreements")]
    by_party: Annotated[int, Shown("By", 5), RefersTo("parties")]
    to_party: Annotated[int | None, Shown("To", 5), RefersTo("parties")] = None
    text: Annotated[str, Shown("Commitment", 30), Long()] = ""
    quantity: Annotated[float | None, Shown("Quantity", 8), Within(above=0)] = None
    unit: Annotated[str, Shown("Unit", 10), Short()] = ""
    due_text: Annotated[str, Shown("Due, in words", 14), Short()] = ""
    due_on: Annotated[Day | None, Shown("Due", 11)] = None
    due_basis: Annotated[Literal["stated", "estimated", "none"], Shown("Due basis", 9)] = "none"
    supervision: Annotated[str, Shown("Supervision", 20), Short()] = ""
    supervisor: Annotated[int | None, Shown("Supervisor", 10), RefersTo("parties")] = None
    state: Annotated[Literal["open", "fulfilled", "breached", "waived"], Shown("State", 9)] = "open"

    @rule("Give a due date, or say that there is none: due_basis is none exactly when due_on is empty.", "due_basis")
    def due_date_and_basis_agree(self) -> bool:
        return (self.due_on is None) == (self.due_basis == "none")


@record
class Delivery(Record):
    """What was done about a commitment, and when."""

    table = "deliveries"
    singular = "delivery"
    key = ("commitment", "on_date")
    parent = "commitment"
    commitment: Annotated[int, Shown("Commitment", 10), RefersTo("commitments")]
    on_date: Annotated[Day, Shown("On", 10)]
    amount: Annotated[float | None, Shown("Amount", 8)] = None
    level: Annotated[int | None, Shown("Level", 5), Within(0, 3)] = None
    note: Annotated[str, Shown("Note", 30), Long()] = ""


@record
class Source(Record):
    """Where statements come from."""

    table = "sources"
    singular = "source"
    unique = (("ref",),)
    ref: Annotated[Ref, Shown("Ref", 4)]
    title: Annotated[str, Shown("Source", 30), Short()]
    author: Annotated[str, Shown("Author", 16), Short()] = ""
    publisher: Annotated[str, Shown("Publisher", 16), Short()] = ""
    url: Annotated[str, Shown("URL", 24)] = ""
    published_on: Annotated[Day | None, Shown("Published", 10)] = None
    kind: Annotated[
        Literal[
            "official", "transcript", "agreement_text", "news", "analysis", "interview", "social", "leak", "dataset"
        ],
        Shown("Kind", 14),
    ]
    reliability: Annotated[Literal["A", "B", "C", "D", "E", "F"], Shown("Reliability", 11)] = "F"


@record
class Statement(Record):
    """What a source says, on which everything else rests."""

    table = "statements"
    singular = "statement"
    parent = "source"
    columns_first = ("ref", "text", "party", "speaker")
    unique = (("ref",),)
    ref: Annotated[Ref, Shown("Ref", 5)]
    source: Annotated[int, Shown("Source", 6), RefersTo("sources")]
    said_on: Annotated[Day | None, Shown("Said", 10)] = None
    speaker: Annotated[int | None, Shown("Speaker", 20), RefersTo("people")] = None
    party: Annotated[int | None, Shown("Party", 5), RefersTo("parties")] = None
    attribution: Annotated[str, Shown("Attribution", 14), Short()] = ""
    channel: Annotated[
        Literal["table", "press", "video", "speech", "document", "interview", "social", "leak", "article"],
        Shown("Channel", 9),
    ] = "article"
    text: Annotated[str, Shown("Statement", 40), Long()]
    verbatim: Annotated[bool, Shown("Verbatim", 8)] = False
    credibility: Annotated[int, Shown("Credibility", 11), Within(1, 6)] = 6
    round: Annotated[int | None, Shown("Round", 5), RefersTo("rounds")] = None
    visibility: Annotated[Literal["public", "internal"], Shown("Visibility", 10)] = "public"


@record
class Evidence(Record):
    """Which statement supports or disputes which record."""

    table = "evidence"
    singular = "evidence"
    title_of_kind = "Evidence links"
    key = ("statement", "relation", "subject_id")
    statement: Annotated[int, Shown("Statement", 9), RefersTo("statements")]
    subject: Annotated[
        Literal[
            "dossier",
            "party",
            "person",
            "round",
            "demand",
            "position",
            "delegate",
            "link",
            "agreement",
            "signatory",
            "commitment",
            "delivery",
            "stance",
            "assessment",
        ],
        Shown("Kind", 10),
    ]
    subject_id: Annotated[int, Shown("Record", 18), SubjectId()]
    relation: Annotated[Literal["supports", "disputes"], Shown("Relation", 8)] = "supports"


@record
class Stance(Record):
    """Whether a party, or a person, wants a settlement."""

    table = "stances"
    singular = "stance"
    key = ("party", "person", "@round")
    party: Annotated[int, Shown("Party", 5), RefersTo("parties")]
    person: Annotated[int | None, Shown("Person", 20), RefersTo("people", goes_along=True)] = None
    round: Annotated[int | None, Shown("Round", 5), RefersTo("rounds", goes_along=True)] = None
    will: Annotated[Literal["yes", "conditional", "not_yet", "no", "unclear"], Shown("Will", 13)]
    driver: Annotated[
        Literal["strategic", "security", "economic", "domestic", "personal", "humanitarian"] | None, Shown("Driver", 12)
    ] = None
    motive: Annotated[str, Shown("Motive", 30), Long()] = ""
    basis: Annotated[Basis, Shown("Basis", 8)] = "stated"
    source: Annotated[int | None, Shown("Source", 6), RefersTo("sources")] = None


@record
class Assessment(Record):
    """A judgement, marked as one."""

    table = "assessments"
    singular = "assessment"
    key = ("subject_id", "aspect", "@round")
    subject: Annotated[Literal["process", "party", "round", "demand", "agreement"], Shown("Subject", 9)]
    subject_id: Annotated[int | None, Shown("Of", 6), SubjectId()] = None
    round: Annotated[int | None, Shown("Round", 5), RefersTo("rounds", goes_along=True)] = None
    aspect: Annotated[
        Literal["outlook", "significance", "ripeness", "compliance", "leverage", "spoiler", "note"],
        Shown("Aspect", 12),
    ]
    rating: Annotated[int | None, Shown("Rating", 6), Within(-2, 2)] = None
    label: Annotated[str, Shown("Label", 12), Short()] = ""
    text: Annotated[str, Shown("Assessment", 30), Long()] = ""
    condition: Annotated[str, Shown("Condition", 20)] = ""
    confidence: Annotated[Literal["low", "moderate", "high"], Shown("Confidence", 10)] = "low"
    source: Annotated[int | None, Shown("Source", 6), RefersTo("sources")] = None

    @rule("An assessment of the process has no record beside it; any other subject needs one.", "subject_id")
    def subject_is_named(self) -> bool:
        return (self.subject == "process") == (self.subject_id is None)
