"""A file is replaced whole or not at all, whatever happens on the way."""

import errno
import os
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from storage import FORMATS, Demand, StorageError, View, create_store, open_store, outgoing, packaged_seed
from storage.errors import NotSaved
from storage.file.atomic import replacing, sync_name


def export_demands(store, target):
    with outgoing(store) as leaving:
        leaving.write_view(View(Demand), FORMATS["csv"], target)


def make_new(_store, target):
    create_store(target, packaged_seed())


def back_up(store, target):
    store.backup(target)


def test_the_old_file_is_whole_until_the_new_one_is(tmp_path):
    target = tmp_path / "out.csv"
    target.write_text("old")

    with replacing(target) as out:
        out.write("new")
        out.flush()
        assert target.read_text() == "old"

    assert target.read_text() == "new"
    assert [path.name for path in tmp_path.iterdir()] == ["out.csv"]


@pytest.mark.parametrize("error", [RuntimeError, KeyboardInterrupt, SystemExit])
def test_whatever_is_raised_leaves_the_old_file_and_nothing_else(tmp_path, error):
    target = tmp_path / "out.csv"
    target.write_text("old")

    def break_off():
        with replacing(target) as out:
            out.write("half")
            raise error

    with pytest.raises(error):
        break_off()

    assert target.read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["out.csv"]


def test_a_file_that_may_not_grow_is_not_written_and_the_reason_is_told(tmp_path):
    (tmp_path / "out.csv").write_text("old")
    program = (
        "import resource, signal, sys\n"
        "from pathlib import Path\n"
        "from storage.file.atomic import replacing\n"
        "from storage.errors import NotSaved\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))\n"
        "try:\n"
        "    with replacing(Path('out.csv')) as out:\n"
        "        for _ in range(1000):\n"
        "            out.write('x' * 1000)\n"
        "except NotSaved as error:\n"
        "    sys.exit(str(error))\n"
    )
    env = {**os.environ, "PYTHONPATH": os.getcwd()}

    done = subprocess.run([sys.executable, "-c", program], cwd=tmp_path, env=env, capture_output=True, text=True)

    assert (done.returncode, done.stderr) == (1, "out.csv is not written: File too large.\n")
    assert (tmp_path / "out.csv").read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["out.csv"]


def test_a_link_to_nothing_yet_makes_what_it_points_to(tmp_path):
    (tmp_path / "link.csv").symlink_to(tmp_path / "real.csv")

    with replacing(tmp_path / "link.csv") as out:
        out.write("new")

    assert (tmp_path / "link.csv").is_symlink()
    assert (tmp_path / "real.csv").read_text() == "new"


def test_links_in_a_ring_are_refused_in_a_sentence(tmp_path):
    (tmp_path / "a").symlink_to(tmp_path / "b")
    (tmp_path / "b").symlink_to(tmp_path / "a")

    with (
        pytest.raises(NotSaved, match="a is not written: Too many levels of symbolic links"),
        replacing(tmp_path / "a"),
    ):
        pass


def test_a_name_as_long_as_names_can_be_is_written(tmp_path):
    target = tmp_path / ("n" * 255)

    with replacing(target) as out:
        out.write("new")

    assert target.read_text() == "new"


def test_a_file_system_that_cannot_wait_for_the_names_in_a_folder_is_no_error():
    sync_name(Path("/proc/self/status"), "status")


@pytest.mark.parametrize("make", [export_demands, make_new, back_up])
def test_a_file_whose_name_the_disk_may_lose_is_not_called_unwritten(istanbul, tmp_path, monkeypatch, make):
    def fails_for_folders(handle, sync=os.fsync):
        if stat.S_ISDIR(os.fstat(handle).st_mode):
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        sync(handle)

    with closing(open_store(istanbul)) as store:
        monkeypatch.setattr(os, "fsync", fails_for_folders)
        with pytest.raises(StorageError, match="out is written, but may be gone after a power cut: Input"):
            make(store, tmp_path / "out")

    assert (tmp_path / "out").stat().st_size
    assert sorted(each.name for each in tmp_path.iterdir() if each.name.startswith(".")) == []
