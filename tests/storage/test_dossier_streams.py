"""A whole dossier is written while it is read, however long its lists are."""

import json

from storage.blocks import AT_ONCE
from storage.editing.following import completed
from storage.exports.dossier import MOST_BELOW, whole
from storage.records import Source, Statement

MANY = MOST_BELOW + 2 * AT_ONCE + 1


class OneSource:
    """A dossier of one source with many statements, which are counted as they are read."""

    read = 0

    def everything(self, table, among=None):
        if table == "sources":
            yield 1, completed(Source, {"ref": "S1", "title": "A paper", "kind": "news"})
        if table == "statements" and (among or {}).get("source") == [1]:
            for id in range(1, MANY + 1):
                self.read += 1
                yield id, completed(Statement, {"ref": f"S1.{id}", "source": 1, "text": "Words."})

    def columns(self, kind, _names, among=None):
        return [(id, 1) for id in range(1, MANY + 1)] if (kind, among) == (Statement, ("source", [1])) else []


def test_of_a_long_list_no_more_than_a_block_is_read_ahead():
    source = OneSource()
    pieces, most_ahead, written = [], 0, 0

    for piece in whole(source):
        pieces.append(piece)
        written += piece.count('"ref": "S1.')
        most_ahead = max(most_ahead, source.read - written)

    refs = [each["ref"] for each in json.loads("".join(pieces))["sources"][0]["statements"]]
    assert refs == [f"S1.{id}" for id in range(1, MANY + 1)]
    assert most_ahead <= AT_ONCE
