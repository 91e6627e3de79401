"""What is wrong with data on its way in, line by line, up to a number beyond which nobody reads."""

from collections.abc import Iterable
from typing import Final

from storage.errors import BadInput
from storage.record import Kind
from storage.sentences import headings, of_namesakes, with_article

MOST_PROBLEMS: Final = 1_000
"""How many mistakes end the reading; there may be more of them then."""


class Enough(Exception):
    """Too much is wrong with the data for anybody to read the rest."""


class Mistakes:
    """The lines about the mistakes found so far."""

    def __init__(self) -> None:
        self._lines: list[tuple[int, str]] = []

    def __bool__(self) -> bool:
        return bool(self._lines)

    def note(self, at: int, line: str) -> None:
        """Note a mistake of the record with this number; Enough when it is the last one to be told."""
        self._lines.append((at, line))
        if len(self._lines) == MOST_PROBLEMS:
            raise Enough

    def refuse(self) -> None:
        """BadInput with every line, in the order of the records, if there is any."""
        if self._lines:
            raise BadInput([line for _, line in sorted(self._lines, key=lambda noted: noted[0])])


def same_already(there: str, kind: Kind, fields: Iterable[str]) -> str:
    """`$.demands[3] is a demand with the same ref already.`"""
    same = f"{there} is {with_article(kind.singular)} with the same {headings(kind, fields)} already."
    return f"{same}{of_namesakes(kind)}"
