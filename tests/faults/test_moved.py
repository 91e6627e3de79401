"""A dossier that is moved, deleted or replaced while it is open: nothing is called saved that nobody will find."""

import os
import shutil
from contextlib import closing

import pytest

from storage import CannotOpen, Demand, NotSaved, View, create_store, open_store, packaged_seed
from tests.storage.hand import Hand
from tests.tui.desk import desk

MOVED = r"Not saved: another program has moved, deleted or replaced talks.db. Put it back, or leave and open it again."


@pytest.fixture
def talks(istanbul, tmp_path):
    """A dossier behind a link, so that it can be mistaken in every way."""
    (tmp_path / "folder").mkdir()
    shutil.copy(istanbul, tmp_path / "folder" / "real.db")
    (tmp_path / "talks.db").symlink_to(tmp_path / "folder" / "real.db")
    return tmp_path / "talks.db"


@pytest.fixture
def other(tmp_path):
    """Another dossier, made in the same way."""
    create_store(tmp_path / "other.db", packaged_seed()).close()
    return tmp_path / "other.db"


def move_file(talks, _other):
    os.rename(talks.parent / "folder" / "real.db", talks.parent / "elsewhere.db")
    return lambda: os.rename(talks.parent / "elsewhere.db", talks.parent / "folder" / "real.db")


def move_folder(talks, _other):
    os.rename(talks.parent / "folder", talks.parent / "elsewhere")
    return lambda: os.rename(talks.parent / "elsewhere", talks.parent / "folder")


def replace(talks, other):
    os.rename(talks.parent / "folder" / "real.db", talks.parent / "elsewhere.db")
    shutil.copy(other, talks.parent / "folder" / "real.db")
    return lambda: os.replace(talks.parent / "elsewhere.db", talks.parent / "folder" / "real.db")


def turn_link(talks, other):
    talks.unlink()
    talks.symlink_to(other)

    def turn_back():
        talks.unlink()
        talks.symlink_to(talks.parent / "folder" / "real.db")

    return turn_back


def move_log(talks, _other):
    log = talks.parent / "folder" / "real.db-wal"
    os.rename(log, talks.parent / "log")
    return lambda: os.rename(talks.parent / "log", log)


@pytest.mark.parametrize("happens", [move_file, move_folder, replace, turn_link, move_log])
def test_no_step_is_saved_into_a_file_that_is_not_at_its_path(talks, other, happens):
    hand = Hand(talks)
    hand.edit(Demand, "D1", title="Before")
    others = other.read_bytes()
    put_back = happens(talks, other)

    with pytest.raises(NotSaved, match=MOVED):
        hand.edit(Demand, "D2", title="Lost")
    with pytest.raises(NotSaved, match=MOVED):
        hand.undo()
    put_back()
    hand.edit(Demand, "D3", title="After")
    hand.store.close()

    found = Hand(talks)
    assert [found.row(Demand, ref)["title"] for ref in ("D1", "D3")] == ["Before", "After"]
    assert len(found.labels()) == 2
    assert found.store.check() == []
    assert other.read_bytes() == others


def test_nothing_leaves_from_another_file_than_the_one_on_screen(talks, other):
    with closing(open_store(talks)) as store:
        replace(talks, other)

        with pytest.raises(CannotOpen, match="moved, deleted or replaced"), store.stream(View(Demand)) as found:
            list(found)
        with pytest.raises(CannotOpen, match="moved, deleted or replaced"):
            store.backup(talks.parent / "copy.bak")
        assert not (talks.parent / "copy.bak").exists()


def test_a_dossier_that_took_the_place_of_another_keeps_its_log_when_that_is_closed(talks, other):
    hand = Hand(talks)
    hand.edit(Demand, "D1", title="Before")
    os.rename(talks.parent / "folder", talks.parent / "elsewhere")  # with all that lies beside the file
    (talks.parent / "folder").mkdir()
    shutil.copy(other, talks.parent / "folder" / "real.db")
    theirs = Hand(talks)
    theirs.edit(Demand, "D2", title="Theirs")

    hand.store.close()
    theirs.edit(Demand, "D3", title="Theirs too")
    theirs.store.close()

    found = Hand(talks)
    assert [found.row(Demand, ref)["title"] for ref in ("D2", "D3")] == ["Theirs", "Theirs too"]
    assert found.store.check() == []
    assert Hand(talks.parent / "elsewhere" / "real.db").row(Demand, "D1")["title"] == "Before"


async def test_the_screen_says_so_and_keeps_what_was_typed(istanbul, tmp_path):
    async with desk(istanbul) as at:
        await at.press("3", "right", "e", "text: now")
        os.rename(istanbul, tmp_path / "elsewhere.db")
        await at.press("enter")
        assert at.says.startswith("Not saved: another program has moved, deleted or replaced istanbul.db.")
        editor = at.pane().editor
        assert editor is not None
        assert editor.draft_text.endswith(" now")

        os.rename(tmp_path / "elsewhere.db", istanbul)
        await at.press("enter")
        assert at.value("title", "D1") == "30-day unconditional ceasefire now"
        assert at.count("history") == 1
