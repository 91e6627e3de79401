"""What others do to a dossier: a second program, a wrong clock, a lock, altered rights, poisoned statistics."""

import json
import os
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path

import pytest

from storage import Condition, Conflict, Demand, Position, View, open_store
from storage.file.connection import connect
from storage.questions.query import ids_of
from storage.sqlite import SqliteStore
from tests.storage.hand import Hand, by_sqlite
from tests.tui.desk import desk

ROOT = Path(__file__).parent.parent.parent


def python(program, *words, **more):
    """Run a program of Parley's beside this one."""
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    return subprocess.Popen(
        [sys.executable, "-c", program, *map(str, words)], env=environment, stdout=subprocess.PIPE, text=True, **more
    )


# Two programs at once

HAMMER = """
import json, sys
from storage import Condition, Conflict, Demand, Position, View, open_store
from storage.file.connection import connect
from storage.questions.query import ids_of
store, mine, times = open_store(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
shared, *others = store.find(View(Demand))
conflicts = done = 0
print("ready", flush=True)
sys.stdin.read(1)
while done < times:
    found = store.rows(View(Demand), [shared])[0].values
    try:
        store.edit(Demand, [shared], {"note": str(int(found["note"] or 0) + 1)}, {shared: found})
    except Conflict as conflict:
        conflicts += 1
        # theirs may well be the number that this one wanted to write, but never the one that it has seen
        assert conflict.theirs != found["note"] and f"note is {conflict.theirs} now" in str(conflict)
        continue
    done += 1
    store.edit(Demand, [others[mine]], {"title": f"{mine}.{done}"})
print(json.dumps(conflicts))
store.close()
"""
TIMES = 30


def test_two_programs_that_edit_one_file_at_once_lose_nothing(istanbul):
    programs = [python(HAMMER, istanbul, mine, TIMES, stdin=subprocess.PIPE) for mine in (0, 1)]
    for each in programs:
        assert each.stdout.readline() == "ready\n"
    for each in programs:
        each.stdin.write("x")
        each.stdin.close()
        each.stdin = None

    conflicts = [json.loads(each.communicate(timeout=120)[0]) for each in programs]

    assert [each.returncode for each in programs] == [0, 0]
    hand = Hand(istanbul)
    assert hand.row(Demand, "D1")["note"] == str(2 * TIMES)
    assert [hand.row(Demand, ref)["title"] for ref in ("D2", "D3")] == [f"0.{TIMES}", f"1.{TIMES}"]
    assert len(hand.labels()) == 4 * TIMES
    assert hand.store.check() == []
    assert sum(conflicts) < 20 * TIMES  # each of them was told, none was retried for ever


def test_who_writes_what_another_program_has_just_written_is_told_all_the_same(istanbul):
    one, other = Hand(istanbul), Hand(istanbul)
    saw = {"note": ""}
    one.edit(Demand, "D1", seen=saw, note="1")

    with pytest.raises(Conflict, match=r"D1.note is 1 now, changed by somebody else; you saw ∅.") as told:
        other.edit(Demand, "D1", seen=saw, note="1")
    assert (told.value.theirs, told.value.ours) == ("1", "1")
    assert len(other.labels()) == 1


async def test_what_the_command_line_of_sqlite_changes_appears_and_can_be_edited(istanbul):
    async with desk(istanbul) as at:
        by_sqlite(istanbul, "UPDATE demands SET title = 'Żółw' WHERE ref = 'D3'", "DELETE FROM positions")
        await at.app.live.hear_news()
        await at.press("3", "down")
        assert "Żółw" in at.rows()[2]

        await at.press("slash", "text:zolw", "enter", "right", "e", "text: 2", "enter")
        assert at.value("title", "D3") == "Żółw 2"


async def test_a_file_that_another_program_holds_is_in_use_and_the_typed_text_stays(istanbul):
    async with desk(istanbul) as at:
        store = at.app.live.store
        assert isinstance(store, SqliteStore)
        assert store._writing is not None
        store._writing.execute("PRAGMA busy_timeout = 20")
        with closing(sqlite3.connect(istanbul, isolation_level=None)) as other:
            other.execute("BEGIN EXCLUSIVE")
            await at.press("3", "right", "e", "text: now", "enter")
            assert at.says == "Not saved: it is in use by another program. Try again when that has finished."
            editor = at.pane().editor
            assert editor is not None
            assert editor.draft_text.endswith(" now")
            other.execute("ROLLBACK")

        await at.press("enter")
        assert at.value("title", "D1").endswith(" now")
        assert at.count("history") == 1


# Rights that change under an open dossier

CHANGED_RIGHTS = """
import os, sys
from storage import Demand, StorageError, View, create_store, open_store, packaged_seed
loaded = create_store("loaded.db", packaged_seed())  # while everything may be loaded
loaded.edit(Demand, loaded.find(View(Demand))[:1], {"title": "Loaded"})
if os.getuid() == 0:
    os.setuid(65534)
store = create_store("talks.db", packaged_seed())
first = store.find(View(Demand))[:1]
os.chmod("talks.db", 0o444)
os.chmod(".", 0o555)
try:
    print(store.edit(Demand, first, {"title": "Saved"}).step, len(store.log()))
    store.close()
    open_store("talks.db")
except StorageError as error:
    print(error)
print(open_store("talks.db", read_only=True).rows(View(Demand), first)[0].values["title"])
"""


def test_a_dossier_that_becomes_read_only_while_it_is_open_says_the_truth_about_its_steps():
    with tempfile.TemporaryDirectory() as folder:  # those of pytest are closed whenever another run begins
        if os.getuid() == 0:
            os.chown(folder, 65534, -1)
        out = python(CHANGED_RIGHTS, cwd=folder).communicate(timeout=60)[0]

    assert out.splitlines() == ["1 1", "talks.db may only be read; open it with --read-only.", "Saved"]


# A wrong clock

LATER = (2**62, "2099-01-01T00:00:00Z")
"""An id and a time such as a machine writes whose clock is far ahead."""

EARLY = """
import sys, time
now = sys.argv[1]
time.time = lambda: float(now)
from storage import Demand, Party, View, create_store, packaged_seed
for now in sys.argv[1:]:
    store = create_store(f"{now}.db", packaged_seed())
    first = store.find(View(Demand))[:1]
    added = store.add(Party, {"ref": "UNO", "name": "United Nations", "kind": "igo"}).edits[0].id
    store.edit(Demand, first, {"title": "Early"})
    store.undo()
    ids = [id for table in ("parties", "demands", "positions", "evidence") for id, _ in store.everything(table)]
    print(min(ids) > 0, added == max(id for id, _ in store.everything("parties")))
    print([each.kind for each in store.log()], store.rows(View(Demand), first)[0].values["title"] != "Early")
    print(sorted(each.sentence for each in store.check() if each.error))
"""


def test_a_machine_whose_clock_is_wrong_makes_a_sound_dossier(tmp_path):
    out = python(EARLY, 0, 1e9, 4e9, cwd=tmp_path).communicate(timeout=60)[0]

    assert out.splitlines() == ["True True", "['do', 'do', 'undo'] True", "[]"] * 3


def test_after_steps_from_the_future_new_ones_come_last_and_can_be_undone(istanbul):
    id, at = LATER
    hand = Hand(istanbul)
    hand.edit(Demand, "D1", title="Theirs")
    hand.store.close()
    by_sqlite(istanbul, f"UPDATE history SET at = '{at}'", f"UPDATE demands SET id = {id} WHERE ref = 'D9'")

    hand = Hand(istanbul)
    hand.add(Demand, ref="D10", title="Ours", kind="demand", by_party="UKR")
    hand.edit(Demand, "D1", title="Ours")
    assert hand.id(Demand, "D10") > id
    assert [each.split(" ")[0] for each in hand.labels()] == ["D1", "D10", "D1"]
    assert hand.undo().startswith("D1 title Theirs → Ours") or "undone" in hand.labels()[-1]
    assert hand.row(Demand, "D1")["title"] == "Theirs"
    hand.undo()
    assert "D10" not in hand.keys(Demand)
    with closing(open_store(istanbul)) as store:
        assert [each.kind for each in store.log()] == ["do", "do", "do", "undo", "undo"]


# Statistics, which SQLite believes without looking

POISONED = [
    ["INSERT INTO sqlite_stat1 VALUES ('demands', 'demands_ref_key', '99999999999999999999 0 0')"],
    ["INSERT INTO sqlite_stat1 VALUES ('demands', 'no_such_index', 'no number'), ('demands', NULL, '0')"],
    ["INSERT INTO sqlite_stat1 VALUES (x'ff00', x'00', x'80')", "INSERT INTO sqlite_stat1 VALUES (NULL, NULL, NULL)"],
    [
        "PRAGMA writable_schema = ON",
        "UPDATE sqlite_master SET sql = 'CREATE TABLE sqlite_stat1(x)' WHERE name = 'sqlite_stat1'",
    ],
]


@pytest.mark.parametrize("poison", POISONED)
def test_poisoned_statistics_change_no_answer_and_check_names_them(istanbul, poison):
    hand = Hand(istanbul)
    before = [hand.keys(kind) for kind in (Demand,)], len(hand.store.find(View(Demand, search="ceasefire")))
    hand.store.close()
    by_sqlite(istanbul, "ANALYZE", *poison)

    with closing(open_store(istanbul, read_only=True)) as store:
        assert ("table", "sqlite_stat1") in {(each.kind, each.key) for each in store.check()}
    hand = Hand(istanbul)
    assert ([hand.keys(Demand)], len(hand.store.find(View(Demand, search="ceasefire")))) == before
    hand.edit(Demand, "D1", status="agreed")
    assert hand.undo()


def test_poisoned_statistics_slow_no_question_down(istanbul):
    question, parameters = next(ids_of(View(Position, where=(Condition("demand", "=", 1),))))

    def way(connection):
        return connection.execute(f"EXPLAIN QUERY PLAN {question}", parameters).fetchall()[0][-1]

    poison = "INSERT INTO sqlite_stat1 VALUES ('positions', 'positions_demand', '1000000000 1000000000 unordered')"
    by_sqlite(istanbul, "ANALYZE", "DELETE FROM sqlite_stat1", poison)
    with closing(connect(istanbul)) as of_whoever_believes_them:
        assert way(of_whoever_believes_them) == "SCAN t"

    with closing(SqliteStore(istanbul)) as store:
        assert store.count(View(Position)) > 0  # which is when a connection notices that the schema has changed
        assert way(store._reading).startswith("SEARCH t USING COVERING INDEX positions_demand")
    with closing(connect(istanbul)) as afterwards:
        assert way(afterwards).startswith("SEARCH t USING COVERING INDEX positions_demand")


def test_statistics_stay_while_another_program_writes_and_the_dossier_is_opened_all_the_same(istanbul):
    by_sqlite(istanbul, "ANALYZE")
    with closing(sqlite3.connect(istanbul, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with closing(open_store(istanbul)) as store:
            assert "sqlite_stat1" in {each.key for each in store.check()}
    with closing(open_store(istanbul)) as store:
        assert "sqlite_stat1" not in {each.key for each in store.check()}
