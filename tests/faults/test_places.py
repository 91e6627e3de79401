"""Where files are: private from the start, nowhere but where they were asked for, and safe on a network drive."""

import errno
import json
import os
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from storage import CannotOpen, create_store, open_store
from storage.exports.wording import file_name
from storage.file.file_systems import is_remote, kind_of

ROOT = Path(__file__).parent.parent.parent

COMMANDS = """
import json, os, sys
from tui.__main__ import _run
from tui.ending import ended
os.umask(0)
sys.exit(max(ended(lambda words=words: _run(words)) for words in json.loads(sys.argv[1])))
"""

OPEN = """
import json, os, sys
os.umask(0)
from storage import Demand, View, open_store
store = open_store(sys.argv[1])
store.edit(Demand, store.find(View(Demand))[:1], {"status": "agreed"})
names = sorted(name for name in os.listdir() if name.startswith("new.db"))
print(json.dumps({name: oct(os.stat(name).st_mode & 0o777) for name in names}))
"""

CRASH = """
import os, sys
os.umask(0)
from tui.ending import ended
sys.exit(ended(lambda: 1 / 0))
"""


@pytest.fixture
def home(tmp_path):
    """A folder for each thing that a person has: files, a home, a place for temporary files."""
    for name in ("work", "home", "temporary"):
        (tmp_path / name).mkdir()
    return tmp_path


def python(program, home, *words):
    """Run a program of Parley's in a person's folder; how it ended."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("XDG_")}
    environment |= {"HOME": str(home / "home"), "TMPDIR": str(home / "temporary"), "PYTHONPATH": str(ROOT)}
    return subprocess.run(
        [sys.executable, "-c", program, *words],
        cwd=home / "work",
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def modes(folder):
    """What lies below a folder, each file with who may do what to it."""
    return {
        str(each.relative_to(folder)): oct(stat.S_IMODE(each.stat().st_mode))
        for each in sorted(folder.rglob("*"))
        if each.is_file()
    }


def test_every_file_is_private_and_where_it_was_asked_for(home):
    (home / "work" / "old.csv").write_text("old")
    (home / "work" / "old.csv").chmod(0o640)
    (home / "work" / "elsewhere").mkdir()
    (home / "work" / "link.csv").symlink_to("elsewhere/linked.csv")
    commands = [
        ["new", "new.db"],
        ["backup", "new.db"],
        ["backup", "new.db", "copy.bak"],
        ["export", "new.db", "demands", "-o", "out.csv"],
        ["export", "new.db", "demands", "-o", "old.csv"],
        ["export", "new.db", "demands", "-o", "link.csv"],
        ["export", "new.db", "dossier", "-o", "out.json"],
        ["export", "new.db", "dossier", "-f", "sqlite", "-o", "given.db"],
        ["brief", "new.db", "D1", "-o", "D1.md"],
        ["import", "new.db", "out.csv", "--kind", "demands", "--dry-run"],
        ["check", "new.db"],
        ["log", "new.db"],
    ]

    done = python(COMMANDS, home, json.dumps(commands))

    assert done.returncode == 1, done.stderr  # the import finds its rows there already; nothing else is refused
    found = modes(home)
    [dated] = [name for name in found if name.startswith("work/new-")]
    assert found == dict.fromkeys(
        [
            "work/D1.md",
            "work/copy.bak",
            "work/elsewhere/linked.csv",
            "work/given.db",
            "work/link.csv",
            dated,
            "work/new.db",
            "work/out.csv",
            "work/out.json",
        ],
        "0o600",
    ) | {"work/old.csv": "0o640"}


def test_what_lies_beside_an_open_dossier_and_the_report_of_a_crash_are_private(home):
    assert python(COMMANDS, home, json.dumps([["new", "new.db"]])).returncode == 0

    opened = python(OPEN, home, "new.db")
    crashed = python(CRASH, home)

    assert json.loads(opened.stdout) == dict.fromkeys(("new.db", "new.db-shm", "new.db-wal"), "0o600")
    assert crashed.returncode == 70
    [report] = home.rglob("crash-*")
    assert (stat.S_IMODE(report.stat().st_mode), stat.S_IMODE(report.parent.stat().st_mode)) == (0o600, 0o700)


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("../../etc/passwd", "etc-passwd"),
        (".hidden", "hidden"),
        ("-rf", "rf"),
        ("a/b\\c: *?", "a-b-c"),
        ("Żółw_2 漢字", "Żółw_2-漢字"),
        ("\x1b[31mred\x00\u202e", "31mred"),
        ("x" * 81, "x" * 80),
        ("...", "parley"),
        ("", "parley"),
    ],
)
def test_a_name_that_is_proposed_is_safe_in_any_folder(title, name):
    assert file_name(title) == name


# File systems that can't share memory

WITHOUT_SHARED_MEMORY = """
import _sqlite3, ctypes, sys
try:
    library = ctypes.CDLL(_sqlite3.__file__)
    library.sqlite3_vfs_find.restype = ctypes.c_void_p
    alone = ctypes.c_void_p(library.sqlite3_vfs_find(b"unix-dotfile"))
except AttributeError:
    sys.exit(99)
assert library.sqlite3_vfs_register(alone, 1) == 0
from storage import Demand, View, create_store, open_store, packaged_seed
create_store("made.db", packaged_seed()).close()
for name in ("made.db", sys.argv[1]):
    for title in ("One", "Two"):
        store = open_store(name)
        store.edit(Demand, store.find(View(Demand))[:1], {"title": title})
        print(len(store.notices), open(name, "rb").read(20)[18], store.check())
        store.close()
reader = open_store("made.db", read_only=True)
print(len(reader.log()))
"""


def test_without_shared_memory_a_dossier_is_kept_with_a_rollback_journal_and_its_user_told(home, istanbul):
    done = python(WITHOUT_SHARED_MEMORY, home, str(istanbul))
    if done.returncode == 99:
        pytest.skip("this Python hides SQLite from ctypes")

    assert done.stderr == ""
    assert done.stdout.splitlines() == ["1 1 []"] * 4 + ["2"]
    with closing(open_store(istanbul)) as store:  # back where memory can be shared
        assert store.notices == []
        assert istanbul.read_bytes()[18] == 2  # a log beside it
        assert len(store.log()) == 2


MOUNTS = """\
22 1 8:1 / / rw,relatime - ext4 /dev/sda1 rw
23 22 0:21 / /proc rw - proc proc rw
30 22 0:40 / /home/ann/team\\040drive rw,relatime shared:9 - cifs //server/team rw
31 22 0:41 / /mnt rw - nfs4 server:/export rw
32 31 8:2 / /mnt/disk rw - xfs /dev/sdb1 rw
33 22 0:42 / /media rw - fuse.sshfs ann@server: rw
34 22 0:43 / /stick rw - fuseblk /dev/sdc1 rw
35 22 0:44 / /over rw - ext4 /dev/sdd1 rw
36 22 0:45 / /over rw - 9p share rw
"""


@pytest.mark.parametrize(
    ("path", "kind", "remote"),
    [
        ("/home/ann/talks.db", "ext4", False),
        ("/home/ann/team drive/talks.db", "cifs", True),
        ("/home/ann/team drives/talks.db", "ext4", False),
        ("/mnt/a/talks.db", "nfs4", True),
        ("/mnt/disk/talks.db", "xfs", False),
        ("/media/talks.db", "fuse.sshfs", True),
        ("/stick/talks.db", "fuseblk", False),
        ("/over/talks.db", "9p", True),
    ],
)
def test_a_network_drive_is_known_by_its_kind(path, kind, remote):
    assert (kind_of(path, MOUNTS), is_remote(kind)) == (kind, remote)


def test_a_dossier_is_made_where_no_file_may_have_two_names_and_never_over_another(tmp_path, monkeypatch):
    def refuse(*_paths):
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)  # as the file system of many USB sticks does

    create_store(tmp_path / "new.db").close()

    with closing(open_store(tmp_path / "new.db")) as store:
        assert store.title() == "Untitled dossier"
    assert stat.S_IMODE((tmp_path / "new.db").stat().st_mode) == 0o600
    with pytest.raises(CannotOpen, match="is there already"):
        create_store(tmp_path / "new.db")
    assert [path.name for path in tmp_path.iterdir()] == ["new.db"]
