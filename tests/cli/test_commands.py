"""new, log, undo, check, backup, schema and demo: what they do, say and return."""

import json
import re
import shutil
import sqlite3
from datetime import datetime, timedelta

import click
import pytest

from tui.commands import COMMANDS
from tui.commands.group import parley

WHEN = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ"


def change(path, title):
    """Change D1's title as the screen does."""
    from storage import Demand, open_store

    store = open_store(path)
    store.edit(Demand, [store.resolve("demands", "D1")], {"title": title})
    store.close()


def alter(path, sql):
    """Change the file behind Parley's back."""
    connection = sqlite3.connect(path)
    connection.execute(sql)
    connection.commit()
    connection.close()


def test_each_command_ends_in_a_process_of_its_own_as_in_that_of_the_tests(run, program, dossier, tmp_path):
    change(dossier, "Nová")
    (tmp_path / "demands.csv").write_text("ref,title,kind,by_party\nD20,Fish,goal,AAA\n")
    given = {path.name: path.read_bytes() for path in tmp_path.iterdir()}

    for words in (
        "new talks.db",
        "export case.db demands",
        "export case.db matrix -f md -o out.md",
        "export case.db dossier -f sqlite -o out.db",
        "export case.db nothing",
        "import case.db demands.csv",
        "brief case.db D1",
        "log case.db",
        "undo case.db",
        "check case.db",
        "backup case.db copy.bak",
        "schema",
        "keys",
    ):
        ends = []
        for where in (run, program):
            for path in tmp_path.iterdir():
                path.unlink()
            for name, content in given.items():
                (tmp_path / name).write_bytes(content)
            done = where(*words.split(), cwd=tmp_path)
            ends.append((done, sorted(path.name for path in tmp_path.iterdir())))

        assert ends[0] == ends[1], words


def test_new_makes_the_dossier_that_ships_with_parley(run, tmp_path):
    done = run("new", "talks.db", cwd=tmp_path)

    assert (done.code, done.out, done.err) == (0, b"", "talks.db is made; `parley talks.db` opens it.\n")
    refs = run("export", tmp_path / "talks.db", "demands", "--columns", "ref", "--no-headers").text.split()
    assert refs == [f"D{number}" for number in range(1, 10)]


def test_new_makes_an_empty_dossier(run, tmp_path):
    assert run("new", tmp_path / "talks.db", "--empty").code == 0

    assert run("export", tmp_path / "talks.db", "parties", "-f", "json").text == "[]\n"


@pytest.mark.parametrize("words", [[], ["--empty"], ["--seed", "case.json"]])
def test_new_never_writes_over_a_file(run, tmp_path, words):
    (tmp_path / "case.json").write_text('{"parley": 1, "title": "x"}')
    (tmp_path / "talks.db").write_text("mine")

    done = run("new", "talks.db", *words, cwd=tmp_path)

    assert done.code == 1
    assert "talks.db" in done.err
    assert done.err.count("\n") == 1
    assert (tmp_path / "talks.db").read_text() == "mine"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("", "bad.json"),
        ("{", "bad.json"),
        ("[]", "bad.json"),
        ('{"parley": 1}', "title"),
        ('{"parley": 1, "title": "x", "colour": "red"}', "colour"),
        ('{"parley": 1, "title": "x", "demands": [{"ref": "D1", "title": "t", "kind": "wish"}]}', "$.demands[0].kind"),
        ('{"parley": 1, "title": "x", "rounds": NaN}', "bad.json"),
    ],
)
def test_new_refuses_a_malformed_seed_and_makes_nothing(run, tmp_path, content, sentence):
    (tmp_path / "bad.json").write_text(content)

    done = run("new", "talks.db", "--seed", "bad.json", cwd=tmp_path)

    assert (done.code, done.out) == (1, b"")
    assert sentence in done.err
    assert "Traceback" not in done.err
    assert [path.name for path in tmp_path.iterdir()] == ["bad.json"]


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (["--seed", "missing.json"], 1, "missing.json can't be read: No such file or directory.\n"),
        (["--seed", "a.json", "--empty"], 2, "Use either --seed or --empty.\n"),
        (["--read-only"], 2, "`parley new` makes a file, so it can't go with --read-only.\n"),
    ],
)
def test_new_says_what_is_wrong_with_its_words(run, tmp_path, words, code, sentence):
    done = run("new", "talks.db", *words, cwd=tmp_path)

    assert (done.code, done.err) == (code, sentence)
    assert list(tmp_path.iterdir()) == []


def test_log_tells_number_time_author_and_label_newest_last(run, dossier):
    change(dossier, "First")
    change(dossier, "Second")

    done = run("log", dossier)

    assert done.code == 0
    assert len(done.lines) == 2
    assert re.fullmatch(rf"1  {WHEN}  \S+  D1 title .* → First", done.lines[0])
    assert re.fullmatch(rf"2  {WHEN}  \S+  D1 title First → Second", done.lines[1])


def test_log_of_a_record_tells_only_its_own_steps(run, dossier):
    change(dossier, "First")

    assert len(run("log", dossier, "D1").lines) == 1
    assert run("log", dossier, "D2").lines == []
    assert run("log", dossier, "demand:D1").text == run("log", dossier, "D1").text
    assert run("log", dossier, "R1/D1/AAA").code == 0


def test_log_of_what_is_not_there_says_so(run, dossier):
    done = run("log", dossier, "D99")

    assert (done.code, done.out, done.err) == (2, b"", f'There is no record "D99" in {dossier}.\n')


def test_what_is_printed_can_not_drive_the_terminal(run, dossier):
    change(dossier, "\x1b]0;owned\x07\u202e")

    done = run("log", dossier)

    assert "→ ␛]0;owned␇\ufffd" in done.text


def test_undo_takes_back_and_redo_does_again(run, dossier):
    def title():
        return run("export", dossier, "demands", "--where", "ref=D1", "--columns", "title", "--no-headers").text.strip()

    change(dossier, "New title")

    undone = run("undo", dossier)
    assert (undone.code, undone.out) == (0, b"")
    assert "undone" in undone.err
    assert title() == "Daily reading of the gauge"

    redone = run("undo", dossier, "--redo")
    assert redone.code == 0
    assert title() == "New title"
    assert len(run("log", dossier).lines) == 3


def test_undo_says_when_there_is_nothing_left(run, dossier):
    assert (run("undo", dossier).code, run("undo", dossier).err) == (1, "There is nothing to undo.\n")
    assert (run("undo", dossier, "--redo").code, run("undo", dossier, "--redo").err) == (
        1,
        "There is nothing to redo.\n",
    )


@pytest.mark.parametrize("words", [["--read-only", "undo", "FILE"], ["undo", "FILE", "--read-only"]])
def test_read_only_undoes_nothing(run, dossier, words):
    change(dossier, "New title")
    before = dossier.read_bytes()

    done = run(*(dossier if word == "FILE" else word for word in words))

    assert done.code == 1
    assert "read" in done.err
    assert dossier.read_bytes() == before


def test_check_of_a_sound_dossier_is_silent_on_errors(run, dossier):
    done = run("check", dossier)

    assert done.code == 0
    assert not any(line.startswith("error") for line in done.lines)
    assert re.fullmatch(rf"{re.escape(str(dossier))}: errors: 0, notes: \d+\n", done.err)


def test_check_names_what_is_broken_and_returns_1(run, dossier):
    alter(dossier, "UPDATE positions SET response = 'asks' WHERE party = (SELECT id FROM parties WHERE ref = 'BBB')")

    done = run("check", dossier)

    assert done.code == 1
    assert any(re.fullmatch(r"error position R1/D1/BBB: .*\.", line) for line in done.lines)


def test_check_notes_a_stranger_in_the_file(run, dossier):
    alter(dossier, "CREATE INDEX theirs ON demands (title)")

    done = run("check", dossier)

    assert done.code == 0
    assert any(line.startswith("note index theirs: ") for line in done.lines)


def test_backup_copies_the_whole_dossier_and_says_so(run, dossier, tmp_path):
    done = run("backup", dossier, tmp_path / "copy.bak")

    assert (done.code, done.out) == (0, b"")
    assert done.err == f"The whole of {dossier}, internal statements included -> {tmp_path / 'copy.bak'}\n"
    ours, theirs = (run("export", path, "dossier", "--internal") for path in (dossier, tmp_path / "copy.bak"))
    assert ours.out == theirs.out


def test_backup_names_its_copy_after_the_moment(run, dossier, tmp_path):
    assert run("backup", dossier).code == 0

    [copy] = tmp_path.glob("*.bak")
    assert re.fullmatch(r"case-\d{8}T\d{6}\.bak", copy.name)


def test_backups_of_one_second_are_numbered(run, dossier, tmp_path):
    now = datetime.now()
    taken = {f"case-{now + timedelta(seconds=each):%Y%m%dT%H%M%S}.bak" for each in range(60)}
    for name in taken:
        (tmp_path / name).touch()

    done = run("backup", dossier)

    [copy] = {each.name for each in tmp_path.glob("*.bak")} - taken
    assert copy.replace("-2.bak", ".bak") in taken
    assert done.err.endswith(f"-> {tmp_path / copy}\n")


def test_backup_never_writes_over_a_file(run, dossier, tmp_path):
    (tmp_path / "copy.bak").write_text("mine")

    assert run("backup", dossier, tmp_path / "copy.bak").code == 1

    assert (tmp_path / "copy.bak").read_text() == "mine"


def test_schema_prints_the_form_of_a_dossier(run):
    schema = json.loads(run("schema").out)

    assert schema["type"] == "object"
    assert {"parley", "title", "demands"} <= schema["properties"].keys()


BAD_FILES = {
    "missing.db": "There is no file {path}. `parley new {path}` makes one.",
    "folder": "{path} is a folder",
    "empty.db": "{path} is empty, not a Parley dossier.",
    "text.db": "{path} is not a Parley dossier.",
    "other.db": "{path} is an SQLite file, but not a Parley dossier.",
    "half.db": "{path}",
}


@pytest.mark.parametrize(
    ("name", "words"),
    [(name, ["export", "FILE", "demands"]) for name in BAD_FILES]
    + [("half.db", [word, "FILE"]) for word in ("log", "undo", "backup")],
)
def test_a_file_that_is_no_dossier_is_refused_in_one_sentence_and_stays(run, made, tmp_path, name, words):
    (tmp_path / "folder").mkdir()
    (tmp_path / "empty.db").touch()
    (tmp_path / "text.db").write_text("Dear all,\n" * 1000)
    alter(tmp_path / "other.db", "CREATE TABLE t (x)")
    (tmp_path / "half.db").write_bytes(made.read_bytes()[: made.stat().st_size // 2])
    before = {path: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()}

    done = run(*(tmp_path / name if word == "FILE" else word for word in words))

    assert (done.code, done.out) == (1, b"")
    assert done.err.startswith(BAD_FILES[name].format(path=tmp_path / name))
    assert done.err.count("\n") == 1
    assert {path: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()} == before


def test_a_dossier_that_may_only_be_read_can_still_be_exported(run, dossier, tmp_path):
    shutil.copy(dossier, tmp_path / "ro.db")
    (tmp_path / "ro.db").chmod(0o444)

    done = run("export", tmp_path / "ro.db", "demands", "--read-only")

    assert done.code == 0


def test_no_command_refuses_a_file_by_its_rights_in_words_of_its_own():
    commands = filter(None, (parley.get_command(click.Context(parley), name) for name in COMMANDS))
    paths = [each.type for command in commands for each in command.params if isinstance(each.type, click.Path)]

    assert len(paths) > 10
    assert not any(each.exists or each.readable or each.writable for each in paths)
