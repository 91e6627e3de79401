"""Many things taken some at a time, so that a million of them fill no memory."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final, TypeVar

AT_ONCE: Final = 500

T = TypeVar("T")


def in_blocks(items: Iterable[T]) -> Iterator[list[T]]:
    """The items in lists of at most AT_ONCE."""
    rest = iter(items)
    while block := list(islice(rest, AT_ONCE)):
        yield block
