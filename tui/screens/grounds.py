"""What a record rests on, what rests on a statement, and what could be linked, as lines of a dialog."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from textual.content import Content

from storage import SINGULAR, Condition, Evidence, Found, Kind, Sort, Source, Statement, Suggestion, View
from tui.display import safe
from tui.live_store import LiveStore
from tui.signs import glyphs

MOST_OFFERED: Final = 50
MOST_OF_A_KIND: Final = 8
LONGEST_TEXT: Final = 400

SUBJECTS: Final = Evidence.fields["subject"].choices
"""The kinds of record that a statement can support or dispute."""

CALLED: Final = ("demand", "party", "round", "agreement", "commitment", "person")
"""The kinds that are found by their name alone; the others by their kind and key."""

SIGN_OF: Final = {"supports": "accepts", "disputes": "rejects"}
"""The response whose sign a relation has."""


@dataclass(frozen=True, slots=True)
class Ground:
    """One evidence link: its words, the record that Enter goes to, the statement and its source."""

    link: Found
    words: Content
    goes_to: tuple[Kind, int]
    statement: Found
    source: Found | None


@dataclass(frozen=True, slots=True)
class Offer:
    """A record that can be linked, and what tells it from others."""

    kind: Kind
    id: int
    name: str
    note: str


async def grounds_of(live: LiveStore, kind: Kind, id: int) -> list[Ground]:
    """The statements that support a record, then those that dispute it."""
    links = await _links(live, Condition("subject", "=", kind.singular), Condition("subject_id", "=", id))
    statements = await _by_id(live, Statement, (each.values["statement"] for each in links))
    sources = await _by_id(live, Source, (each.values["source"] for each in statements.values()))
    grounds = []
    for link in links:
        if (said := statements.get(link.id_in("statement"))) is not None:
            source = sources.get(said.id_in("source"))
            grounds.append(Ground(link, _said(link, said, source), (Statement, said.id), said, source))
    return grounds


async def resting_on(live: LiveStore, statement: int) -> list[Ground]:
    """The records that a statement supports, then those that it disputes."""
    links = await _links(live, Condition("statement", "=", statement))
    said, source = await statement_with_source(live, statement)
    known = [link for link in links if link.values["subject"] in SINGULAR]
    known.sort(key=lambda link: (link.values["relation"] != "supports", SUBJECTS.index(str(link.values["subject"]))))
    return [Ground(link, _record(link), _subject(link), said, source) for link in known] if said else []


async def statement_with_source(live: LiveStore, statement: int) -> tuple[Found | None, Found | None]:
    """A statement and its source; None for what is gone."""
    said = (await _by_id(live, Statement, [statement])).get(statement)
    sources = await _by_id(live, Source, [said.values["source"]] if said else [])
    return said, next(iter(sources.values()), None)


async def statements_called(live: LiveStore, typed: str) -> list[Offer]:
    """The statements whose ref begins so or holds it, then those whose text, source or speaker does."""
    called = [each.id for each in await live.suggestions(Statement.table, typed)] if typed else []
    found = await live.find(View(Statement, search=typed), MOST_OFFERED)
    ids = list(dict.fromkeys((*called, *found)))[:MOST_OFFERED]
    rows = await live.rows(View(Statement), ids)
    return [Offer(Statement, row.id, str(row.values["ref"]), str(row.values["text"])) for row in rows]


async def records_called(live: LiveStore, typed: str) -> list[Offer]:
    """The records that `D1` or a name means, and of any kind those that `position R1/D1` means."""
    word, blank, rest = typed.strip().partition(" ")
    if blank and word in SUBJECTS:
        return await _of_kind(live, SINGULAR[word], rest, MOST_OFFERED)
    return [offer for word in CALLED for offer in await _of_kind(live, SINGULAR[word], typed.strip(), MOST_OF_A_KIND)]


async def last_source(live: LiveStore) -> Suggestion | None:
    """The source of the newest statement, else the newest source; None without any."""
    for kind, name in ((Statement, "source"), (Source, "ref")):
        newest = max(await live.find(View(kind)), default=None)
        for found in await live.rows(View(kind), [] if newest is None else [newest]):
            ref = str(found.machine(name))
            return Suggestion(found.id_in(name) if kind is Statement else found.id, ref, ref)
    return None


async def _of_kind(live: LiveStore, kind: Kind, typed: str, most: int) -> list[Offer]:
    found = (await live.suggestions(kind.table, typed))[:most]
    return [
        Offer(kind, each.id, f"{kind.singular} {each.name}", "" if each.long_name == each.name else each.long_name)
        for each in found
    ]


async def _links(live: LiveStore, *where: Condition) -> list[Found]:
    view = View(Evidence, where=where, sort=(Sort("relation", descending=True), Sort("statement")))
    return await live.rows(view, await live.find(view))


async def _by_id(live: LiveStore, kind: Kind, ids: Iterable[object]) -> dict[int, Found]:
    wanted = [id for id in dict.fromkeys(ids) if isinstance(id, int)]
    return {each.id: each for each in await live.rows(View(kind), wanted)}


def _subject(link: Found) -> tuple[Kind, int]:
    return SINGULAR[str(link.values["subject"])], link.id_in("subject_id")


def _said(link: Found, said: Found, source: Found | None) -> Content:
    """`✔ supports  3b  F6  Ukraine · Rustem Umerov  (internal)`, and the text under it."""
    who = (said.long_names.get("party"), said.names.get("speaker"), str(said.values["attribution"]))
    parts = [safe(grade(said, source)), safe(said.names.get("source", ""))]
    parts += [safe(" · ".join(filter(None, who)))] if any(who) else []
    parts += [Content("(internal)")] if said.values["visibility"] == "internal" else []
    head = Content("  ").join([_relation(link), safe(str(said.values["ref"])).stylize("bold"), *parts])
    return Content("\n").join([head, safe(str(said.values["text"]), limit=LONGEST_TEXT)])


def _record(link: Found) -> Content:
    """`✔ supports  demand D1  30-day unconditional ceasefire`."""
    name = f"{link.values['subject']} {link.names.get('subject_id', '')}"
    return Content("  ").join(
        [
            _relation(link),
            safe(name).stylize("bold"),
            safe(link.long_names.get("subject_id") or "", limit=LONGEST_TEXT),
        ]
    )


def _relation(link: Found) -> Content:
    relation = str(link.values["relation"])
    sign = glyphs().responses.get(SIGN_OF.get(relation, ""), "?")
    return safe(f"{sign} {relation}")  # no colour of its own would be read on the cursor's


def grade(said: Found, source: Found | None) -> str:
    """`F6`: how reliable the source is, and how credible what it says."""
    return f"{source.values['reliability'] if source is not None else '?'}{said.values['credibility']}"
