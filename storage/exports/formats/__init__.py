"""How rows leave: one file a format, each in the registry once this is imported."""

from storage.exports.formats import csv, tsv, json, ndjson, markdown, html, xlsx  # isort: skip  # the order in which they are offered
from storage.exports.formats.registry import FORMATS, SQLITE, Format, format_named, format_of
from storage.exports.formats.sheet import AS_IT_IS, Cell, Heading, Sheet, Switches

__all__ = [
    "AS_IT_IS",
    "FORMATS",
    "SQLITE",
    "Cell",
    "Format",
    "Heading",
    "Sheet",
    "Switches",
    "format_named",
    "format_of",
]
__all__ += ["csv", "html", "json", "markdown", "ndjson", "tsv", "xlsx"]
