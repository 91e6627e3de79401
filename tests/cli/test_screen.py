"""`parley` and `parley demo` on a terminal: which dossier they open, and what they say when left."""

import re
import sys

import pexpect
import pytest

SEEN_WITHIN_SECONDS = 30


@pytest.fixture
def open_screen(environment, tmp_path):
    """Start `parley` with these words in a terminal of its own, whose data lies in the test's folder."""

    def open_screen(*words):
        return pexpect.spawn(
            sys.executable,
            ["-m", "tui", *map(str, words)],
            env={**environment, "XDG_DATA_HOME": str(tmp_path / "data")},
            dimensions=(24, 80),
            encoding="utf-8",
            timeout=SEEN_WITHIN_SECONDS,
        )

    return open_screen


def leave(screen):
    """Press q once the demands are there; what is said after the screen has gone, and the exit code."""
    screen.expect("Demands")
    screen.send("q")
    screen.expect(pexpect.EOF)
    screen.close()
    said = re.split(r"\x1b\[\?1049l", screen.before)[-1]
    return re.sub(r"\x1b[^a-zA-Z]*[a-zA-Z]", "", said).strip(), screen.exitstatus


def test_a_dossier_tells_its_path_when_it_is_left(open_screen, dossier):
    assert leave(open_screen(dossier)) == (str(dossier), 0)


def test_parley_alone_makes_its_dossier_once(open_screen, tmp_path):
    default = tmp_path / "data" / "parley" / "istanbul.db"

    assert leave(open_screen()) == (str(default), 0)
    made = default.stat().st_ino
    assert leave(open_screen()) == (str(default), 0)

    assert default.stat().st_ino == made
    assert default.parent.stat().st_mode & 0o777 == 0o700


def test_a_demo_is_kept_and_its_path_told(open_screen, tmp_path):
    said, code = leave(open_screen("demo"))

    [kept] = (tmp_path / "data" / "parley").glob("demo-*.db")
    assert (said, code) == (f"The demo is kept in {kept}", 0)
    assert re.fullmatch(r"demo-\d{8}T\d{6}\.db", kept.name)


def test_a_dossier_named_like_a_command_is_opened_by_its_path(open_screen, dossier, tmp_path, monkeypatch):
    dossier.rename(tmp_path / "export")
    monkeypatch.chdir(tmp_path)

    assert leave(open_screen("./export")) == (str(tmp_path / "export"), 0)


def test_a_file_that_is_no_dossier_is_refused_before_any_screen(open_screen, tmp_path):
    (tmp_path / "text.db").write_text("Dear all,")
    screen = open_screen(tmp_path / "text.db")

    screen.expect(pexpect.EOF)
    screen.close()

    assert screen.exitstatus == 1
    assert screen.before.replace("\r\n", "") == f"{tmp_path / 'text.db'} is not a Parley dossier."


def test_an_export_to_a_terminal_can_not_drive_it(run, open_screen, dossier):
    from storage import Demand, open_store

    store = open_store(dossier)
    store.edit(Demand, [store.resolve("demands", "D1")], {"title": "\x1b]0;owned\x07\u202e"})
    store.close()
    words = ("export", dossier, "demands", "--columns", "ref,title", "--no-headers")

    screen = open_screen(*words)
    screen.expect(pexpect.EOF)
    screen.close()

    assert screen.before.splitlines()[0] == "D1,␛]0;owned␇\ufffd"
    assert run(*words).text.startswith("D1,\x1b]0;owned\x07\u202e")
