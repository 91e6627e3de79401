"""What a pane tells the screen when the user wants to be somewhere else."""

from textual.message import Message

from storage import Found, Kind, Value


class Scoped(Message):
    """Put the screen under a party or a round; under the same one again, lift it."""

    def __init__(self, kind: Kind, found: Found) -> None:
        super().__init__()
        self.kind = kind
        self.found = found


class ScopeLifted(Message):
    """Show the records of every party, as of the usual round."""


class ZoomLeft(Message):
    """Give the other panes their places back."""


class AboutRecord(Message):
    """Do something with one record."""

    def __init__(self, kind: Kind, record_id: int) -> None:
        super().__init__()
        self.kind = kind
        self.record_id = record_id


class GoTo(AboutRecord):
    """Show this record in the pane of its kind."""


class WholeRecord(AboutRecord):
    """Show this record with everything that hangs off it."""


class EvidenceAsked(AboutRecord):
    """Show what this record rests on; of a statement, what rests on it."""


class BriefAsked(AboutRecord):
    """Tell in one page what is known of this record, or of the demand, party or round that it belongs to."""


class CursorAt(Message):
    """The cursor of a pane is on this record now."""

    def __init__(self, pane: str, kind: Kind, record_id: int) -> None:
        super().__init__()
        self.pane = pane
        self.kind = kind
        self.record_id = record_id


class AddUnder(Message):
    """Begin a new record with these values in the pane of its kind."""

    def __init__(self, kind: Kind, values: dict[str, Value]) -> None:
        super().__init__()
        self.kind = kind
        self.values = values
