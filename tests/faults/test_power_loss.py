"""The power goes at any moment: whatever was left of the log beside the file, each step is there whole or not at all.

What a disk may hold after that is made here at the level of copies: the file and its log as they stood between two
steps, the log cut or torn at every place, the file torn page by page while the log was being moved into it.
"""

import sqlite3
from contextlib import closing
from itertools import pairwise
from typing import NamedTuple

import pytest

from storage import Demand, Party, View, open_store
from tests.storage.hand import Hand

PAGE = 4096
WAL_HEADER, FRAME = 32, 24 + PAGE
SECTOR = 512
GARBAGE = b"\xa5" * PAGE


class Recorded(NamedTuple):
    """A session as a disk saw it."""

    file: bytes
    """The dossier, which no step has reached yet."""
    log: bytes
    """The log beside it, which holds every step."""
    ends: list[int]
    """How long the log was after each step, beginning with none."""
    contents: list[object]
    """What the dossier held after each step, beginning with none."""
    moved: bytes
    """The dossier when the log has been moved into it."""


@pytest.fixture(scope="module")
def recorded(tmp_path_factory):
    """A session of edits, additions, a deletion, an undo and a step of many edits."""
    from storage import create_store, packaged_seed

    path = tmp_path_factory.mktemp("recorded") / "istanbul.db"
    create_store(path, packaged_seed()).close()
    file = path.read_bytes()
    wal = path.with_name(path.name + "-wal")
    hand = Hand(path)
    ends, contents = [0], [content(hand.store)]
    steps = [
        lambda: hand.edit(Demand, "D1", title="Ceasefire of 30 days"),
        lambda: hand.add(Party, ref="UNO", name="United Nations", kind="igo"),
        lambda: hand.edit(Demand, "D3", "D4", "D5", status="agreed"),
        lambda: hand.delete(Demand, "D6"),
        hand.undo,
        lambda: hand.edit(Demand, "D2", text="A long text. " * 200),
    ]
    for step in steps:
        step()
        ends.append(wal.stat().st_size)
        contents.append(content(hand.store))
    log = wal.read_bytes()
    with closing(sqlite3.connect(path)) as other:
        other.execute("PRAGMA wal_checkpoint(PASSIVE)")
    moved = path.read_bytes()
    hand.store.close()
    assert all(one != other for one, other in pairwise(contents))
    return Recorded(file, log, ends, contents, moved)


def content(store):
    """All that the steps of the session change, and the log of them."""
    demands = [(each.id, tuple(each.values.items())) for each in store.rows(View(Demand), store.find(View(Demand)))]
    return demands, store.count(View(Party)), [each.label for each in store.log()]


def held(folder, file, log, read_only=True):
    """What a dossier holds that is found in this state when the power is back."""
    path = folder / "found.db"
    for each in folder.glob("found.db*"):
        each.unlink()
    path.write_bytes(file)
    path.with_name("found.db-wal").write_bytes(log)
    with closing(open_store(path, read_only)) as store:
        return content(store)


def whole_before(recorded, length):
    """What the steps make that lie whole within the first bytes of the log."""
    return recorded.contents[sum(end <= length for end in recorded.ends) - 1]


def frames(recorded):
    """Where each frame of the log begins."""
    return range(WAL_HEADER, len(recorded.log), FRAME)


def test_a_log_that_was_cut_holds_the_steps_before_the_cut(recorded, tmp_path, long):
    cuts = {0, 1, WAL_HEADER - 1, len(recorded.log)}
    for start in {*frames(recorded)[:: 1 if long else 4], *recorded.ends[1:-1]}:
        cuts |= {start - 1, start, start + SECTOR}

    for cut in sorted(cuts):
        assert held(tmp_path, recorded.file, recorded.log[:cut]) == whole_before(recorded, cut), cut


def test_a_log_with_a_torn_page_holds_the_steps_before_it(recorded, tmp_path, long):
    for number, start in list(enumerate(frames(recorded)))[:: 1 if long else 3]:
        half, end = start + FRAME // 2, start + FRAME
        filling = GARBAGE if number % 2 else bytes(PAGE)
        torn = recorded.log[:half] + filling[: end - half] + recorded.log[end:]
        # a half page that held the same bytes is not torn
        expected = whole_before(recorded, start if torn != recorded.log else len(recorded.log))
        assert held(tmp_path, recorded.file, torn) == expected, start


def test_frames_of_an_older_log_behind_the_newest_step_are_no_steps(recorded, tmp_path):
    for end in recorded.ends[1:]:
        older = recorded.log[WAL_HEADER : WAL_HEADER + 3 * FRAME]

        assert held(tmp_path, recorded.file, recorded.log[:end] + older) == whole_before(recorded, end)


def test_a_page_torn_while_the_log_was_moved_into_the_file_is_healed(recorded, tmp_path, long):
    after = recorded.moved
    now = bytearray(recorded.file.ljust(len(after), b"\0"))
    changed = [
        start for start in range(0, len(after), PAGE) if now[start : start + PAGE] != after[start : start + PAGE]
    ]
    assert len(changed) > 10

    for start in changed[:: 1 if long else 3]:
        half, end = start + PAGE // 2, start + PAGE
        now[start:end] = after[start:half] + GARBAGE[: end - half]
        assert held(tmp_path, bytes(now), recorded.log, read_only=False) == recorded.contents[-1], start
        if start:  # a disk writes whole sectors, and the first one of the file tells whose it is
            now[start:end] = GARBAGE
            assert held(tmp_path, bytes(now), recorded.log, read_only=False) == recorded.contents[-1], start
        now[start:end] = after[start:end]


def test_a_dossier_found_after_a_power_loss_is_sound_and_takes_the_next_step(recorded, tmp_path):
    for start in frames(recorded)[::9]:
        assert held(tmp_path, recorded.file, recorded.log[: start + 100], read_only=False) == whole_before(
            recorded, start
        )
        hand = Hand(tmp_path / "found.db")
        steps = len(hand.labels())
        hand.edit(Demand, "D9", title=f"After {start}")

        assert len(hand.labels()) == steps + 1
        assert not [each for each in hand.store.check() if each.error or "without a word" in each.sentence]
        hand.store.close()
