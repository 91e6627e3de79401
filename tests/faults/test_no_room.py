"""No room on the disk, and a disk that fails: a sentence, nothing half done, nothing lost that was typed."""

import json
import os
import re
import resource
import shutil
import subprocess
import sys
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import pytest
from textual.events import Paste

from storage import AS_IT_IS, Demand, NotSaved, Party, View, open_store, read_data
from storage.exports.formats import xlsx
from storage.exports.formats.sheet import Heading, Sheet
from tests.faults.terminal import Terminal
from tests.storage.hand import Hand
from tests.tui.desk import desk

ROOT = Path(__file__).parent.parent.parent
LONG = "A long text about a ceasefire. " * 300


def parties(first):
    """1,200 parties in csv, more than are put in at once."""
    rows = (f"P{number},Party {number},state" for number in range(first, first + 1200))
    return "\n".join(("ref,name,kind", *rows))


FULL = "Not saved: the disk is full. Make room and try again."
FAILS = "Not saved: the disk reports an error."


@contextmanager
def room_for(store, pages):
    """Let the file of an open dossier grow by so many pages and no more, as a full disk would."""
    connection = store._writing
    full = connection.execute("PRAGMA page_count").fetchone()[0] + pages
    most = connection.execute("PRAGMA max_page_count").fetchone()[0]
    connection.execute(f"PRAGMA max_page_count = {full}")
    yield
    connection.execute(f"PRAGMA max_page_count = {most}")


def content(store):
    """What the steps below change, and the log."""
    demands = store.rows(View(Demand), store.find(View(Demand)))
    return [each.values for each in demands], store.count(View(Party)), [each.label for each in store.log()]


def edits_all(hand, _folder):
    hand.store.edit(Demand, hand.store.find(View(Demand)), {"text": LONG})


def imports(hand, folder):
    (folder / "parties.csv").write_text(parties(0))
    with read_data(folder / "parties.csv") as data:
        hand.store.import_data(data)


def undoes(hand, _folder):
    hand.store.undo()


@pytest.mark.parametrize("step", [edits_all, imports, undoes])
def test_a_step_for_which_there_is_no_room_leaves_nothing_of_itself(istanbul, tmp_path, step):
    hand = Hand(istanbul)
    if step is undoes:
        edits_all(hand, tmp_path)
        hand.store.edit(Demand, hand.store.find(View(Demand)), {"text": ""})
    refused = []
    for pages in range(0, 400, 12):
        before = content(hand.store)
        with room_for(hand.store, pages), suppress(NotSaved):
            step(hand, tmp_path)
            break
        refused.append(content(hand.store) == before)
        # what comes next is saved alone
        hand.edit(Demand, "D9", title=f"Room again {pages}")
        assert len(hand.labels()) == len(before[2]) + 1
        hand.undo()
    else:
        raise AssertionError("there never was room enough")
    assert refused == [True] * len(refused) != []
    assert not [each for each in hand.store.check() if each.error or "without a word" in each.sentence]


async def test_a_full_disk_leaves_the_typed_text_in_its_editor(istanbul):
    async with desk(istanbul) as at:
        await at.press("3", *["right"] * 6, "e")
        at.app.post_message(Paste(LONG))
        with room_for(at.app.live.store, 0):
            await at.press("ctrl+s")
            assert at.says == FULL
            editor = at.pane().editor
            assert editor is not None
            assert editor.draft_text.endswith(LONG)

            await at.press("escape", "down", "left", "left", "e", "text:ag", "enter")
            assert at.ask("SELECT label FROM history") == [("D2 status open → agreed",)]
            assert at.count("history_edits") == 1
            await at.press("up", "right", "right", "e", "ctrl+s")
            assert at.says == FULL

        await at.press("ctrl+s")
        assert at.value("text", "D1").endswith(LONG)
        assert at.count("history") == 2


def test_the_program_goes_on_when_its_disk_fails_and_saves_when_it_works_again(istanbul, tmp_path, loaded):
    terminal = Terminal(istanbul, home=tmp_path, loaded=loaded)
    terminal.shows("9 of 9")
    limits = resource.prlimit(terminal.program.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(terminal.program.pid, resource.RLIMIT_FSIZE, (1000, limits[1]))
    terminal.write("3", "right", "e", " now", "enter")
    terminal.shows(FAILS)

    resource.prlimit(terminal.program.pid, resource.RLIMIT_FSIZE, limits)
    terminal.write("enter")
    terminal.shows("u undoes")

    assert terminal.leave() == 0
    with closing(open_store(istanbul)) as store:
        assert [each.label for each in store.log()] == [
            "D1 title 30-day unconditional ceasefire → 30-day unconditional ceasefire now"
        ]


def test_a_workbook_for_which_there_is_no_room_says_so_once(monkeypatch):
    heard = []
    monkeypatch.setattr(sys, "unraisablehook", lambda more: heard.append(str(more)))
    with pytest.raises(OSError, match="No space left on device"):
        xlsx.write(Sheet((Heading("a", "A"),), [["x"]] * 10), Path("/dev/full"), AS_IT_IS)

    assert heard == []


# Commands

LIMITED = """
import io, json, os, resource, sys
from tui.__main__ import _run
from tui.ending import ended
ends = []
for limit, *words in json.loads(sys.argv[1]):
    if limit:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
    sys.stderr = io.StringIO()
    code = ended(lambda: _run(words))
    ends.append((code, sys.stderr.getvalue()))
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
print(json.dumps(ends))
"""


def ends_of(commands, home, before=()):
    """How each of these commands ended, all of them run in one process: exit codes and what stood on stderr."""
    environment = os.environ | {"HOME": str(home), "TMPDIR": str(home), "PYTHONPATH": str(ROOT)}
    words = [*before, sys.executable, "-c", LIMITED, json.dumps(commands)]
    done = subprocess.run(words, cwd=home, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return [tuple(end) for end in json.loads(done.stdout)]


def files(folder):
    """Every file below a folder, with its bytes."""
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


WRITING = {
    ("new", "new.db"): "new.db can't be made: the disk reports an error.\n",
    ("backup", "istanbul.db", "copy.bak"): "copy.bak can't be made: the disk reports an error.\n",
    ("export", "istanbul.db", "dossier", "-o", "out.json"): "out.json is not written: File too large.\n",
    ("export", "istanbul.db", "dossier", "-o", "old.json"): "old.json is not written: File too large.\n",
    (
        "export",
        "istanbul.db",
        "dossier",
        "-f",
        "sqlite",
        "-o",
        "copy.db",
    ): r".*/whole.db can't be made: the disk reports an error.\n",
    ("import", "istanbul.db", "parties.csv"): f"{FAILS}\n",
}
"""Commands that write, and what each says when there is no room."""


def prepare(dossier):
    """Put into a dossier's folder what the commands need."""
    hand = Hand(dossier)
    imports(hand, dossier.parent)
    hand.store.close()
    (dossier.parent / "old.json").write_text("old")
    (dossier.parent / "parties.csv").write_text(parties(2000))


def test_a_command_that_has_no_room_says_so_and_leaves_no_file(istanbul, tmp_path):
    prepare(istanbul)
    before = files(tmp_path)

    ends = ends_of([(33_000, *words) for words in WRITING], tmp_path)

    assert [code for code, _ in ends] == [1] * len(WRITING)
    assert [
        said for (_, said), sentence in zip(ends, WRITING.values(), strict=True) if not re.fullmatch(sentence, said)
    ] == []
    assert files(tmp_path) == before


ON_A_SMALL_DISK = """
mount -t tmpfs -o size=$1k none small && cp istanbul.db old.json parties.csv small && cd small || exit 99
shift
TMPDIR=$PWD "$@" && find . -type f | sort | tr '\\n' ' '
echo
cat /dev/zero > rest 2> /dev/null
"$1" -m tui log istanbul.db 2>&1
"$1" -m tui log istanbul.db --read-only | wc -l
"""


def test_a_disk_that_is_really_full_says_so_and_holds_no_debris(istanbul, tmp_path):
    prepare(istanbul)
    size = sum(each.stat().st_size for each in tmp_path.iterdir()) // 1024 + 80
    (tmp_path / "small").mkdir()
    in_a_namespace = [shutil.which("unshare") or "false", "-m"]
    commands = json.dumps([(0, *words) for words in WRITING])
    done = subprocess.run(
        [*in_a_namespace, "sh", "-c", ON_A_SMALL_DISK, "sh", str(size), sys.executable, "-c", LIMITED, commands],
        cwd=tmp_path,
        env=os.environ | {"HOME": str(tmp_path), "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode in (1, 99) and not done.stdout:
        pytest.skip("only root may make a small disk")

    ends, left, said_at_last, steps_in_log = done.stdout.splitlines()
    for (code, said), (words, sentence) in zip(json.loads(ends), WRITING.items(), strict=True):
        full = re.sub(
            "the disk reports an error|File too large", "(the disk is full|No space left on device).*", sentence
        )
        assert (code, bool(re.match(full.rstrip(), said))) == (1, True), (words, said)
    assert left.split() == ["./istanbul.db", "./old.json", "./parties.csv"]
    assert said_at_last.endswith("the disk is full. Make room and try again, or only read it, with --read-only.")
    assert int(steps_in_log) == 1


@pytest.mark.usefixtures("istanbul")
def test_a_device_without_room_is_told_whatever_the_way_to_it(tmp_path):
    [(code, said)] = ends_of([(0, "export", "istanbul.db", "parties", "-o", "/dev/full")], tmp_path)
    assert (code, said) == (1, "/dev/full is not written: No space left on device.\n")
    assert not list(tmp_path.rglob("crash-*"))
