"""How often a test by chance tries, which `pytest --long` multiplies."""

import os

LONG = 50
"""How many times as often where somebody has the time."""

ASKED_BY = "PARLEY_TESTS_LONG"
"""The variable that says so to every process of a run."""


def tries(few: int) -> int:
    """So many, or far more."""
    return few * LONG if ASKED_BY in os.environ else few
