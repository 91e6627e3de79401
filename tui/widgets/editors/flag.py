"""Yes or no: flips at once, without an editor."""

from storage import Value


def flipped(value: Value) -> bool:
    """The other one of yes and no."""
    return not value
