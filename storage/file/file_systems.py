"""Is a file on another machine? SQLite's log beside a dossier is safe only between programs of one machine."""

import os
import re
from pathlib import Path
from typing import Final

MOUNTS: Final = Path("/proc/self/mountinfo")
REMOTE: Final = frozenset({"9p", "afs", "ceph", "cifs", "lustre", "ncpfs", "nfs", "nfs4", "smb3", "smbfs"})


def is_on_network(path: Path) -> bool:
    """True when the system says so; False as well where it has no list of its file systems."""
    try:
        mounts = MOUNTS.read_text(errors="surrogateescape")
    except OSError:
        return False
    return is_remote(kind_of(os.path.realpath(path), mounts))


def kind_of(path: str, mounts: str) -> str:
    """The kind of the file system that holds a path, by the list of those that are mounted; empty if none does."""
    found = ("", "")
    for line in mounts.splitlines():
        before, _, after = line.partition(" - ")
        place = re.sub(r"\\([0-7]{3})", lambda octal: chr(int(octal[1], 8)), before.split(" ")[4])
        inside = path == place or path.startswith(place.rstrip("/") + "/")
        if inside and len(place) >= len(found[0]):  # the last one of those mounted at one place lies on top
            found = (place, after.split(" ")[0])
    return found[1]


def is_remote(kind: str) -> bool:
    """True of a network file system, and of one that a program makes up, which seldom keeps what locks promise."""
    return kind in REMOTE or kind.startswith("fuse.")
