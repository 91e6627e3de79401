"""parley export FILE dossier -f sqlite: a dossier to give away, which holds nothing that was to stay."""

import os
import sqlite3
import stat

import pytest

from storage import RECORDS, Statement, open_store
from tests.cli.conftest import LEFT_OUT
from tests.storage.hand import Hand

SECRET = "Zanzibar"


@pytest.fixture
def secret(dossier):
    """The case with what is internal in every text, some of it changed or deleted since, and a stranger's table."""
    hand = Hand(dossier)
    kinds = {kind.singular: kind for kind in RECORDS.values()}
    hand.add(kinds["source"], ref="S9", title=f"{SECRET} paper", kind="leak")
    hand.add(Statement, ref="S9.1", source="S9", text=f"{SECRET} said", visibility="internal")
    hand.add(kinds["demand"], ref="D90", title=f"{SECRET} demand", text=SECRET * 500, kind="goal", by_party="AAA")
    hand.add(kinds["position"], round="R1", demand="D90", party="BBB", response="silent", terms=f"{SECRET} terms")
    hand.add(kinds["evidence"], statement="S9.1", subject="demand", subject_id="D90")
    hand.edit(kinds["demand"], "D1", note=f"{SECRET} note")
    hand.edit(kinds["demand"], "D1", note="")
    hand.add(kinds["demand"], ref="D91", title=f"{SECRET} gone", kind="goal", by_party="AAA")
    hand.delete(kinds["demand"], "D91")
    hand.store.close()
    with sqlite3.connect(dossier) as connection:
        connection.execute("CREATE TABLE scratch (words TEXT)")
        connection.execute("INSERT INTO scratch VALUES (?)", (f"{SECRET} scratch",))
        connection.execute("ALTER TABLE parties ADD COLUMN remark TEXT")
        connection.execute("UPDATE parties SET remark = ?", (f"{SECRET} remark",))
        connection.execute("ANALYZE")
    connection.close()
    return dossier


def holds(path, text):
    """True when the bytes of the file hold the text, whatever its case."""
    return text.lower().encode() in path.read_bytes().lower()


def copied(run, dossier, out, *words):
    done = run("export", dossier, "dossier", "-f", "sqlite", "-o", out, *words)
    assert (done.code, done.out) == (0, b""), done.err
    assert done.err.removesuffix(LEFT_OUT) == f"The whole dossier, without its log -> {out}\n"
    return out


def test_no_byte_of_the_copy_is_internal(run, secret, tmp_path):
    assert holds(secret, SECRET)

    out = copied(run, secret, tmp_path / "out.db")

    assert not holds(out, SECRET)
    assert not holds(out, "give way on the dam")
    connection = sqlite3.connect(out)
    assert connection.execute("PRAGMA freelist_count").fetchone() == (0,)
    connection.close()


def test_the_copy_is_a_sound_dossier_that_tells_what_the_export_tells(run, secret, tmp_path):
    out = copied(run, secret, tmp_path / "out.db")

    checked = run("check", out)
    assert (checked.code, [line for line in checked.lines if line.startswith("error")]) == (0, [])
    assert run("log", out).out == b""
    assert run("export", out, "dossier").text == run("export", secret, "dossier").text


def test_with_internal_everything_but_the_log_is_in_it(run, secret, tmp_path):
    out = copied(run, secret, tmp_path / "out.db", "--internal")

    assert run("export", out, "dossier", "--internal").text == run("export", secret, "dossier", "--internal").text
    assert run("log", out).out == b""
    assert not holds(out, f"{SECRET} gone")


def test_without_anything_internal_the_log_stays_at_home_all_the_same(run, dossier, tmp_path):
    store = open_store(dossier)
    store.delete(Statement, [store.resolve("statements", "S2.1")])
    store.close()

    out = copied(run, dossier, tmp_path / "out.db")

    assert not holds(out, "give way on the dam")


def test_the_copy_takes_the_place_of_a_file_whole(run, dossier, tmp_path):
    (tmp_path / "real.db").write_text("old")
    (tmp_path / "real.db").chmod(0o640)
    (tmp_path / "link.db").symlink_to("real.db")

    copied(run, dossier, tmp_path / "link.db")
    copied(run, dossier, tmp_path / "new.db")

    assert (tmp_path / "link.db").is_symlink()
    assert [stat.S_IMODE(os.stat(tmp_path / name).st_mode) for name in ("real.db", "new.db")] == [0o640, 0o600]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["case.db", "link.db", "new.db", "real.db"]
    assert run("check", tmp_path / "real.db").code == 0


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (["demands", "-o", "out.db"], 2, "demands can't leave as sqlite; only the whole dossier can"),
        (["dossier"], 2, "A copy in sqlite needs a file to be written to: add -o OUT."),
        (["dossier", "-o", "-"], 2, "A copy in sqlite needs a file"),
        (["dossier", "-o", "out.db", "--search", "x"], 2, "The dossier leaves whole"),
        (["dossier", "-o", "case.db"], 1, "case.db belongs to the dossier itself"),
        (["dossier", "-o", "none/out.db"], 1, "none/out.db is not written: No such file or directory."),
        (["dossier", "-o", "/dev/null"], 1, "/dev/null is not written: it is not a file."),
        (["dossier", "-o", "."], 1, ". is not written"),
        (["dossier", "-o", "left.db"], 1, "left.db is not written: left.db-wal of a dossier lies beside it."),
    ],
)
def test_a_copy_that_can_not_be_made_is_refused_in_one_sentence(run, dossier, tmp_path, words, code, sentence):
    (tmp_path / "left.db-wal").write_text("a log that would be replayed")

    done = run("export", dossier, *words, "-f", "sqlite", cwd=tmp_path)

    assert (done.code, done.out) == (code, b"")
    assert done.err.startswith(sentence)
    assert done.err.count("\n") == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["case.db", "left.db-wal"]
