"""Which records are marked, and a range that is still being chosen."""

from array import array


class Marks:
    """The marked ids, and the row where a range began."""

    def __init__(self) -> None:
        self.ids: set[int] = set()
        self.anchor: int | None = None

    def toggle(self, id: int) -> None:
        """Mark a record, or take its mark away."""
        self.ids = self.ids ^ {id}

    def begin_or_end(self, row: int, ids: "array[int]") -> None:
        """Begin a range at the row; with one begun, mark every record from there to the row."""
        if self.anchor is None:
            self.anchor = row
            return
        first, last = sorted((self.anchor, row))
        self.ids = self.ids.union(ids[first : last + 1])
        self.anchor = None

    def all_or_none(self, ids: "array[int]") -> None:
        """Mark all of these records; none, if all of them are marked."""
        everything = set(ids)
        self.ids = self.ids - everything if everything <= self.ids else self.ids | everything
        self.anchor = None

    def is_in_range(self, row: int, cursor_row: int) -> bool:
        """True for a row between the beginning of the range and the cursor."""
        if self.anchor is None:
            return False
        first, last = sorted((self.anchor, cursor_row))
        return first <= row <= last
