"""Any keys at any time: the program answers, the file is sound, undo leads to the beginning and redo to the end."""

import time
from random import SystemRandom

import pytest

from tests.faults import monkey
from tests.hostile import hostile_seed

LONG_SECONDS = 3_600
"""How long the monkey goes on where somebody has the time."""


@pytest.mark.parametrize("seed", [104, 109])
def test_nothing_breaks_whatever_keys_are_pressed(seed):
    monkey.replay(seed, 7)


def test_nothing_breaks_in_a_dossier_of_hostile_text():
    monkey.replay(7, 4, content=hostile_seed())


def test_nothing_breaks_in_an_hour(request):
    if not request.config.getoption("--long", default=False):
        pytest.skip("an hour of random keys comes with --long")
    ends = time.monotonic() + LONG_SECONDS
    while time.monotonic() < ends:
        monkey.replay(SystemRandom().randrange(2**32))


def test_the_keys_of_a_seed_are_always_the_same():
    assert monkey.Monkey(5).bursts(30) == monkey.Monkey(5).bursts(30)
    assert monkey.Monkey(5).bursts(30) != monkey.Monkey(6).bursts(30)


def test_what_fails_is_told_with_its_seed_and_shrunk_to_the_bursts_that_it_takes(monkeypatch):
    bursts = [("1",), ("Z",), ("3",)]
    monkeypatch.setattr(monkey.Monkey, "bursts", lambda *_: bursts)
    monkeypatch.setattr(monkey.Run, "hold_true", fails_while_zoomed)

    with pytest.raises(monkey.Failed, match="seed 1, burst 2 of 3"):
        monkey.replay(1, 3)
    assert monkey.shrunk(1, 3) == [1]


async def fails_while_zoomed(run):
    assert not run.at.main.zoomed
