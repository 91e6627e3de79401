"""A dossier whose reader may not write to it: nothing is left beside it, and no half of a step is shown."""

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from storage import Demand
from tests.faults.test_no_room import files
from tests.storage.hand import Hand

ROOT = Path(__file__).parent.parent.parent

READER = """
import io, os, sys
from concurrent.futures import ThreadPoolExecutor
from storage import FORMATS, Demand, StorageError, View, create_store, open_store, outgoing, packaged_seed
def title(store):
    return store.rows(View(Demand), store.find(View(Demand))[:1])[0].values["title"]
store = create_store("loaded.db", packaged_seed())  # while everything may be loaded
title(store), store.news()
with outgoing(store) as leaving:
    leaving.write_view(View(Demand), FORMATS["csv"], io.StringIO())
def read(path):
    if os.getuid() == 0:
        os.setuid(65534)
    store, beside = open_store(path, read_only=True), ThreadPoolExecutor(1)  # as the screen hears of news
    beside.submit(title, store).result()
    while (asked := input()) != "leave":
        try:
            if asked == "news":
                print(len(beside.submit(store.news).result()), flush=True)
            elif asked == "title":
                print(title(store), flush=True)
            elif asked == "at one moment":
                with store.one_moment():
                    print(title(store), flush=True)
                    input()
                print("shown", flush=True)
            elif asked == "stream":
                with store.stream(View(Demand)) as found:
                    print(next(found).values["title"], flush=True)
                    input()
                print("shown", flush=True)
        except StorageError as error:
            print(error, flush=True)
    store.close()
for path in iter(sys.stdin.readline, ""):
    print("begun", flush=True)
    if os.fork():
        os.wait()
        print("left", flush=True)
        continue
    try:
        read(path.rstrip())
    except StorageError as error:
        print(error, flush=True)
        while input() != "leave":
            pass
    break
"""


@pytest.fixture(params=[0o777, 0o755], ids=["writable folder", "read-only folder"])
def talks(istanbul, request):
    """A dossier that only its owner may write to; folders of pytest are closed whenever another run begins."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(shutil.copy(istanbul, folder))
        path.chmod(0o644)
        path.parent.chmod(request.param)
        yield path
        path.parent.chmod(0o755)


@pytest.fixture(scope="module")
def readers(tmp_path_factory):
    """A process that has loaded what is needed, and is one reader without rights after the other."""
    with subprocess.Popen(
        [sys.executable, "-c", READER],
        cwd=tmp_path_factory.mktemp("reader"),
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        text=True,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as program:
        yield program


@pytest.fixture
def reader(readers):
    """Somebody without rights who has a dossier open: says one line to each that is put to them."""

    @contextmanager
    def reader(path):
        def says_to(line):
            print(line, file=readers.stdin, flush=True)
            return readers.stdout.readline().rstrip()

        assert says_to(path) == "begun"  # before more is written, which the process that forks would take
        try:
            yield says_to
        finally:
            left = says_to("leave")
        assert left == "left"

    return reader


def retitled(path, title):
    """Let its owner work on a dossier and leave it, so that the log is brought into the file."""
    owner = Hand(path)
    owner.edit(Demand, "D1", title=title)
    owner.store.close()


def names_beside(path):
    """By what ending the name of each file in the folder differs from that of the dossier."""
    return {each.name.removeprefix(path.name) for each in path.parent.iterdir()}


def test_reading_leaves_nothing_beside_a_dossier_and_its_owner_goes_on_saving(talks, reader):
    before = files(talks.parent)

    with reader(talks) as says_to:
        assert says_to("title") == "30-day unconditional ceasefire"
        assert files(talks.parent) == before

    assert files(talks.parent) == before
    retitled(talks, "Saved")
    assert names_beside(talks) == {""}


def test_who_reads_while_the_owner_works_sees_each_step_when_it_is_saved(talks, reader):
    owner = Hand(talks)
    owner.edit(Demand, "D1", title="One")
    with reader(talks) as says_to:
        assert says_to("title") == "One"
        owner.edit(Demand, "D1", title="Two")
        assert (says_to("news"), says_to("title")) == ("1", "Two")
    assert names_beside(talks) == {"", "-shm", "-wal"}

    owner.store.close()
    assert names_beside(talks) == {""}


@pytest.mark.parametrize("way", ["at one moment", "stream"])
def test_what_was_read_while_the_owner_began_to_work_is_not_shown(talks, reader, way):
    with reader(talks) as says_to:
        assert says_to(way) == "30-day unconditional ceasefire"
        retitled(talks, "One")
        assert says_to("") == f"Another program has begun to work on {talks} while it was read. Try again."

        assert says_to("title") == "One"
        assert (says_to("news"), says_to("news")) == ("1", "0")


@pytest.mark.parametrize("ends", [("-wal",), ("-wal", "-shm")])
def test_steps_that_a_killed_program_left_in_the_log_are_read_or_it_is_said_why_not(talks, tmp_path, reader, ends):
    owner = Hand(talks)
    owner.edit(Demand, "D1", title="Killed")
    for end in ("", *ends):
        shutil.copy(f"{talks}{end}", tmp_path / f"left{end}")
    owner.store.close()
    for end in ("", *ends):
        shutil.move(tmp_path / f"left{end}", f"{talks}{end}")
    before = files(talks.parent)

    with reader(talks) as says_to:
        said = says_to("title")

    if "-shm" in ends:
        assert said == "Killed"
    else:
        assert said.startswith(f"{talks} can't be read: its newest steps are in {talks.name}-wal")
    assert files(talks.parent) == before
    assert Hand(talks).row(Demand, "D1")["title"] == "Killed"


def test_a_step_that_broke_off_in_a_file_without_a_log_is_not_read(talks, tmp_path, reader):
    with closing(sqlite3.connect(talks, isolation_level=None)) as killed:
        killed.execute("PRAGMA journal_mode = DELETE")
        killed.execute("PRAGMA cache_size = 1")  # so that what is changed goes into the file before the step ends
        killed.execute("BEGIN")
        killed.execute("UPDATE demands SET title = 'Half'")
        killed.execute("UPDATE statements SET text = text || 'x'")
        for end in ("", "-journal"):
            shutil.copy(f"{talks}{end}", tmp_path / f"left{end}")
    for end in ("", "-journal"):
        shutil.move(tmp_path / f"left{end}", f"{talks}{end}")

    with reader(talks) as says_to:
        assert says_to("title").endswith("in the midst of a step. Try again, or ask its owner.")
    assert names_beside(talks) == {"", "-journal"}
    assert Hand(talks).row(Demand, "D1")["title"] == "30-day unconditional ceasefire"
