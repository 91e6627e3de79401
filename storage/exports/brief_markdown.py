"""A page as Markdown: headings, lists, and a footnote for each source that it cites."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from storage.exports.formats.markdown import escaped
from storage.fields import spoken
from storage.folding import natural
from storage.questions.analysis.brief.page import Line, Page, Section, Span, day, listed
from storage.questions.analysis.evidence import Provenance
from storage.questions.analysis.rows import Source, Statement

STARTS_BLOCK: Final = re.compile(r"([#>+=-]|\d+(?=[.)]))")
"""What the start of a line, of a list item as well, makes a heading, a quotation or a list."""

RELIABILITY: Final = {
    "A": "completely reliable",
    "B": "usually reliable",
    "C": "fairly reliable",
    "D": "not usually reliable",
    "E": "unreliable",
    "F": "reliability cannot be judged",
}

STYLES: Final = {"plain": "{}", "strong": "**{}**", "judgement": "*{}*"}


def markdown(page: Page, provenance: Provenance) -> str:
    """The text of a page, ended by a newline; whatever was stored shows exactly as it is."""
    writing = _Writing(provenance)
    parts = [f"# {escaped(page.title)}", *(writing.line(each) for each in page.lead)]
    for section in page.sections:
        parts += writing.section(section)
    return "\n\n".join([*parts, *writing.sources()]) + "\n"


class _Writing:
    """Numbers sources in the order in which they are first cited."""

    def __init__(self, provenance: Provenance) -> None:
        self.provenance = provenance
        self.cited: dict[int, set[Statement]] = {}
        """The statements that stand behind each footnote, by the id of its source."""

    def section(self, section: Section) -> Iterator[str]:
        """The heading and the list; nothing for a section that has neither lines nor a word for that."""
        if not section.lines and not section.empty:
            return
        yield f"## {escaped(section.title)}"
        items = (f"{'  ' if each.under else ''}- {self.line(each)}" for each in section.lines)
        yield "\n".join(items) if section.lines else escaped(section.empty)

    def line(self, line: Line) -> str:
        """One line with its footnotes; what ought to rest on a statement or a source and rests on none says so."""
        text = "".join(_span(each) for each in line.spans)
        text = STARTS_BLOCK.sub(_disarmed, text, count=1) if STARTS_BLOCK.match(text) else text
        text += self._notes(line.supported_by, line.source)
        if line.needs_support and not line.supported_by and line.source is None:
            text += " *(no source recorded)*"
        refs = listed(escaped(each.ref) for each in line.disputed_by)
        return f"{text} Disputed by {refs}.{self._notes(line.disputed_by)}" if refs else text

    def sources(self) -> Iterator[str]:
        """The footnotes under their heading; nothing when none is cited."""
        if self.cited:
            yield "## Sources"
        for number, (id, statements) in enumerate(self.cited.items(), 1):
            yield f"[^{number}]: {_source(self.provenance.sources[id], statements)}"

    def _notes(self, statements: Iterable[Statement], named: int | None = None) -> str:
        """The footnotes of these statements, and of a source that is named without one."""
        for each in statements:
            self.cited.setdefault(each.source, set()).add(each)
        cited = {each.source for each in statements}
        if named is not None:
            self.cited.setdefault(named, set())
            cited.add(named)
        numbers = {id: number for number, id in enumerate(self.cited, 1)}
        return "".join(f"[^{number}]" for number in sorted(numbers[id] for id in cited))


def _span(span: Span) -> str:
    """The text in its style; blanks stay outside, since a style does not hold around them."""
    text = escaped(span.text)
    bare = text.strip()
    return text.replace(bare, STYLES[span.style].format(bare), 1) if bare else text


def _disarmed(found: re.Match[str]) -> str:
    """A number keeps its digits; the sign after them, or the sign itself, is escaped."""
    return found[0] + "\\" if found[0].isdigit() else "\\" + found[0]


def _source(source: Source, statements: Iterable[Statement]) -> str:
    """`*Title*, Author, Publisher, 16 May 2025. <https://...> Analysis, reliability cannot be judged (F).`"""
    named = ", ".join(escaped(part) for part in (source.author, source.publisher, day(source.published_on)) if part)
    title = f"{escaped(source.ref)}, *{escaped(source.title.strip())}*{f', {named}' if named else ''}."
    graded = f"{spoken(source.kind).capitalize()}, {RELIABILITY[source.reliability]} ({source.reliability})."
    refs = sorted({each.ref for each in statements}, key=lambda ref: (natural(ref), ref))
    cited = f"{'Statement' if len(refs) == 1 else 'Statements'} {', '.join(map(escaped, refs))}." if refs else ""
    return " ".join(part for part in (title, _link(source.url), graded, cited) if part)


def _link(url: str) -> str:
    """An address that a reader can follow; anything but http and https is only text."""
    if re.fullmatch(r"https?://[^\s<>\\]+", url):
        return f"<{url}>"
    return escaped(url)
