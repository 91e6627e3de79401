"""How far long work is, and whether it is to stop; written on one thread, read on another."""


class Progress:
    """The rows done so far, and the wish that it ends."""

    def __init__(self) -> None:
        self.rows = 0
        self.cancelled = False

    def report(self, rows: int) -> None:
        """Take note of the rows done so far."""
        self.rows = rows

    def is_cancelled(self) -> bool:
        """True once it is to stop."""
        return self.cancelled
