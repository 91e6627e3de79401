"""Promises that are kept only where everything works together: on a real terminal, at the command line."""

import fcntl
import signal
import sqlite3
import struct
import termios
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner

from storage import Demand, Evidence, Party, Round, Source, Statement, StorageError, open_store
from storage.exports.wording import file_name
from storage.file import file_systems
from storage.file.connection import NO_LOG_BESIDE
from tests.faults.terminal import Terminal
from tests.hostile import HOSTILE
from tests.storage.hand import Hand, by_sqlite
from tests.tui.desk import desk
from tui.commands.group import parley
from tui.ending import Stop


def run(*words):
    """What a command wrote and what it was refused with."""
    done = CliRunner().invoke(parley, [*map(str, words)], standalone_mode=False)
    assert done.exception is None or isinstance(done.exception, StorageError | Stop), done.exception
    return f"{done.output}{done.exception or ''}"


# A file that another program holds

HELD = "Not saved: it is in use by another program."


def test_while_a_step_waits_for_another_program_the_screen_lives_and_in_the_end_keeps_the_text(
    istanbul, tmp_path, loaded
):
    terminal = Terminal(istanbul, home=tmp_path, columns=80, lines=24, loaded=loaded)
    terminal.shows("9 of 9")
    with closing(sqlite3.connect(istanbul, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        terminal.type("3", "right", "e", " now", "enter")
        told = len(terminal.told)
        fcntl.ioctl(terminal._pty, termios.TIOCSWINSZ, struct.pack("HHHH", 30, 140, 0, 0))
        terminal.screen.resize(30, 140)
        terminal.program.send_signal(signal.SIGWINCH)
        terminal.until(lambda: b"Demands" in terminal.told[told:])
        assert HELD not in terminal.text()
        terminal.shows(HELD)
        assert "ceasefire now" in terminal.text()
        other.execute("ROLLBACK")
    terminal.write("enter")
    terminal.shows("u undoes")

    assert terminal.leave() == 0
    with closing(open_store(istanbul)) as store:
        assert [each.label.rpartition(" ")[2] for each in store.log()] == ["now"]


# Names

DRIVING = "talks\x1b]52;c;ZXZpbA==\x07\x1b[2J\x9b2J\u202e.db"


def test_the_name_of_a_file_drives_no_terminal(istanbul, tmp_path, loaded):
    path = tmp_path / DRIVING
    istanbul.rename(path)
    terminal = Terminal(path, home=tmp_path, columns=200, loaded=loaded)
    terminal.shows("9 of 9")
    assert terminal.leave() == 0

    told = terminal.told.decode()
    assert f"{tmp_path}/talks␛]52;c;ZXZpbA==␇" in told.partition("\x1b]2;")[2]
    assert "ZXZpbA" in terminal.text()
    assert [each for each in ("\x1b]52", "\x1b[2J", "\x9b", "\u202e") if each in told.partition("ZXZpbA")[2]] == []


@pytest.mark.parametrize("words", [["new"], ["backup", "istanbul.db"]])
def test_no_new_file_is_made_behind_a_link_that_leads_nowhere(istanbul, tmp_path, words):
    (tmp_path / "link.db").symlink_to("nowhere.db")
    given = [istanbul if word == "istanbul.db" else word for word in words]

    assert run(*given, tmp_path / "link.db").endswith("link.db is there already; choose another name.")
    assert sorted(each.name for each in tmp_path.iterdir()) == ["istanbul.db", "link.db"]


TITLES = [*HOSTILE, "\U00010330" * 90, ".hidden", "a/b\\c:d", "...", ""]


@pytest.mark.parametrize("text", TITLES, ids=range(len(TITLES)))
def test_a_name_that_is_made_of_a_text_can_lie_in_any_folder(tmp_path, text):
    name = file_name(text)

    assert all(letter.isalnum() or letter in "-_" for letter in name)
    assert 0 < len(name) <= 80
    (tmp_path / f"{name}.ndjson").touch()
    assert [each.name for each in tmp_path.iterdir()] == [f"{name}.ndjson"]


# Internal text


@pytest.fixture
def secret(istanbul):
    """A dossier with a party, a round and a demand that rest on what is internal alone."""
    hand = Hand(istanbul)
    hand.add(Source, ref="S2", title="SECRET paper", kind="leak")
    hand.add(Statement, ref="S2.1", source="S2", text="SECRET words", visibility="internal")
    hand.add(Round, ref="SECRR", seq=2, title="SECRET round", format="direct")
    hand.add(Party, ref="SECRP", name="SECRET party", kind="state")
    hand.add(Demand, ref="SECRD", title="SECRET demand", kind="demand", by_party="RUS")
    for subject, ref in (("round", "SECRR"), ("party", "SECRP"), ("demand", "SECRD")):
        hand.add(Evidence, statement="S2.1", subject=subject, subject_id=ref)
    hand.store.close()
    return istanbul


QUESTIONS = [
    ["demands", "--where", "by_party=nobody"],
    ["demands", "--where", "first_round=nothing"],
    ["positions", "--where", "demand=nothing"],
    ["statements", "--where", "source=nothing"],
    ["evidence", "--where", "statement=nothing"],
    ["assessments", "--where", "subject_id=nothing"],
    ["demands", "--as-of", "nothing"],
    ["matrix", "--as-of", "nothing"],
    ["changes", "--since", "nothing"],
    ["zones", "--party", "nobody"],
    ["matrix", "--columns", "nothing"],
    ["demands", "--search", "secr"],
    ["parties", "--where", "name=nobody"],
]


@pytest.mark.parametrize("words", QUESTIONS, ids=" ".join)
def test_no_answer_to_a_question_names_what_is_internal(secret, words):
    assert "SECR" not in run("export", secret, *words)


def test_the_same_questions_do_name_it_where_that_is_asked_for(secret):
    told = [words for words in QUESTIONS if "SECR" in run("export", secret, *words, "--internal")]

    assert len(told) > 7


@pytest.mark.parametrize("ref", ["D1", "RUS", "R1"])
def test_no_brief_names_what_is_internal(secret, ref):
    assert "SECR" not in run("brief", secret, ref)
    assert "SECR" in run("brief", secret, ref, "--internal")


# Input


def test_a_value_longer_than_any_that_parley_writes_is_told_and_the_rest_leaves(istanbul):
    by_sqlite(istanbul, "UPDATE demands SET text = printf('%.*c', 50000001, 'x') WHERE ref = 'D2'")

    told = "a value in it is longer than 50,000,000 bytes, which is more than Parley reads."
    assert run("export", istanbul, "demands").endswith(told)
    assert run("check", istanbul).endswith(told)
    assert run("export", istanbul, "demands", "--columns", "ref", "--no-headers").split() == [
        f"D{number}" for number in range(1, 10)
    ]


def test_a_document_above_the_limit_is_refused_before_it_is_read(tmp_path):
    with (tmp_path / "case.json").open("wb") as file:
        file.truncate(1_000_000_001)

    said = run("new", tmp_path / "new.db", "--seed", tmp_path / "case.json")

    assert said == f"{tmp_path / 'case.json'}: it is larger than 1 GB; split it."
    assert [each.name for each in tmp_path.iterdir()] == ["case.json"]


# A network drive


@pytest.fixture
def on_a_network_drive(tmp_path, monkeypatch):
    """The list of what is mounted says that the test's folder lies on another machine."""
    mounts = tmp_path / "mounts"
    mounts.write_text(f"22 1 8:1 / / rw - ext4 /dev/sda1 rw\n30 22 0:40 / {tmp_path} rw - cifs //server/team rw\n")
    monkeypatch.setattr(file_systems, "MOUNTS", mounts)


def journal(path):
    """What the file itself says of how it is written: 1 with a rollback journal, 2 with a log beside it."""
    return path.read_bytes()[18]


@pytest.mark.usefixtures("on_a_network_drive")
async def test_on_a_network_drive_a_dossier_has_no_log_beside_it_and_its_user_is_told_once(istanbul):
    assert run("log", istanbul) == f"{NO_LOG_BESIDE}\n"
    assert journal(istanbul) == 1
    async with desk(istanbul) as at:
        assert at.says == NO_LOG_BESIDE
        await at.press("3", "right", "e", "text: now", "enter")
        assert at.value("title", "D1").endswith(" now")
        assert at.says.startswith("D1 title")
        assert not Path(f"{istanbul}-wal").exists()


@pytest.mark.usefixtures("on_a_network_drive")
def test_a_dossier_is_made_without_a_log_on_a_network_drive_too(tmp_path):
    run("new", tmp_path / "new.db")

    assert journal(tmp_path / "new.db") == 1
