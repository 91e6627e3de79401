"""Where an export goes: a file that is whole or not there, or stdout."""

import json
import os
import stat

import pytest

from tests.cli.conftest import LEFT_OUT

COLUMNS = ("--columns", "ref,title,to_party,status")

WRITTEN = {
    "csv": b"ref,title,to_party,status\r\n"
    b"D1,Daily reading of the gauge,BBB,open\r\n"
    b"D2,Dam lowered,,open\r\n"
    b'D10,"Gates, ""all"" of them",,withdrawn\r\n',
    "tsv": b"ref\ttitle\tto_party\tstatus\n"
    b"D1\tDaily reading of the gauge\tBBB\topen\n"
    b"D2\tDam lowered\t\topen\n"
    b'D10\tGates, "all" of them\t\twithdrawn\n',
    "ndjson": b'{"ref":"D1","title":"Daily reading of the gauge","to_party":"BBB","status":"open"}\n'
    b'{"ref":"D2","title":"Dam lowered","to_party":null,"status":"open"}\n'
    b'{"ref":"D10","title":"Gates, \\"all\\" of them","to_party":null,"status":"withdrawn"}\n',
    "json": b"""[
  {
    "ref": "D1",
    "title": "Daily reading of the gauge",
    "to_party": "BBB",
    "status": "open"
  },
  {
    "ref": "D2",
    "title": "Dam lowered",
    "to_party": null,
    "status": "open"
  },
  {
    "ref": "D10",
    "title": "Gates, \\"all\\" of them",
    "to_party": null,
    "status": "withdrawn"
  }
]
""",
    "md": b"""| Ref | Demand | To | Status |
| --- | --- | --- | --- |
| D1 | Daily reading of the gauge | BBB | open |
| D2 | Dam lowered | \xe2\x88\x85 | open |
| D10 | Gates, "all" of them | \xe2\x88\x85 | withdrawn |
""",
}


@pytest.fixture
def write(run, dossier, tmp_path):
    """Export the demands into a file; how it ended."""

    def write(target, *words):
        return run("export", dossier, "demands", *COLUMNS, "-o", target, *words, cwd=tmp_path)

    return write


@pytest.mark.parametrize("name", WRITTEN)
def test_each_format_is_written_byte_for_byte_to_stdout(run, dossier, name):
    done = run("export", dossier, "demands", *COLUMNS, "-f", name)

    assert (done.code, done.out, done.err) == (0, WRITTEN[name], LEFT_OUT)


@pytest.mark.parametrize("name", WRITTEN)
def test_a_file_holds_the_same_bytes_and_its_end_names_the_format(write, tmp_path, name):
    done = write(f"out.{name}")

    assert (done.code, done.out, done.err) == (0, b"", f"3 rows -> out.{name}\n{LEFT_OUT}")
    assert (tmp_path / f"out.{name}").read_bytes() == WRITTEN[name]


def test_a_named_format_counts_more_than_the_end_of_the_file(write, tmp_path):
    assert write("out.txt", "-f", "json").code == 0

    assert (tmp_path / "out.txt").read_bytes() == WRITTEN["json"]


def test_people_read_marks_for_what_is_inferred_estimated_empty_and_yes(export):
    positions = export("positions", "-f", "md", "--internal").splitlines()
    commitments = export("commitments", "-f", "md", "--names", "--columns", "by_party,due_on,supervisor")

    assert positions[2:] == [
        "| R1 | D1 | AAA | ◆! asks | ✓ | daily | stated | ∅ | ∅ |",
        "| R1 | D1 | BBB | \\~ conditional |  | weekly \\| hourly | reported | D2 | ∅ |",
        "| R1 | D2 | AAA | (✖! rejects) | ✓ | ∅ | inferred | ∅ | ∅ |",
    ]
    assert commitments.splitlines()[2] == "| Bassa | ≈2024-05-01 | League |"


def test_the_switches_of_csv_are_taken(export):
    text = export("parties", "--columns", "ref,note", "--where", "ref=LGA", "--no-headers", "--bom", "--guard")

    assert text == "\ufeffLGA,'=1+1\r\n"


def test_a_new_file_is_for_its_owner_alone_and_an_old_one_keeps_its_mode(write, tmp_path):
    old = tmp_path / "old.csv"
    old.write_text("old")
    old.chmod(0o664)

    write("new.csv")
    write("old.csv")

    assert stat.S_IMODE((tmp_path / "new.csv").stat().st_mode) == 0o600
    assert stat.S_IMODE(old.stat().st_mode) == 0o664
    assert old.read_bytes() == WRITTEN["csv"]


def test_a_symlink_is_followed_and_its_target_replaced(write, tmp_path):
    (tmp_path / "there").mkdir()
    (tmp_path / "there" / "real.csv").write_text("old")
    (tmp_path / "link.csv").symlink_to(tmp_path / "there" / "real.csv")

    assert write("link.csv").code == 0

    assert (tmp_path / "link.csv").is_symlink()
    assert (tmp_path / "there" / "real.csv").read_bytes() == WRITTEN["csv"]


@pytest.mark.parametrize(
    ("target", "sentence"),
    [
        ("folder", "folder is not written: it is a folder."),
        ("missing/out.csv", "missing/out.csv is not written: No such file or directory."),
        ("case.db", "case.db belongs to the dossier itself; name another file."),
        ("alias.db", "alias.db belongs to the dossier itself; name another file."),
        ("twin.db", "twin.db belongs to the dossier itself; name another file."),
        ("case.db-wal", "case.db-wal belongs to the dossier itself; name another file."),
        ("other.db-wal", "other.db-wal would be taken for a part of other.db; name another file."),
    ],
)
@pytest.mark.parametrize("internal", [[], ["--internal"]])
def test_what_may_not_be_overwritten_stays_and_nothing_is_left_behind(
    write, dossier, tmp_path, target, sentence, internal
):
    (tmp_path / "folder").mkdir()
    (tmp_path / "alias.db").symlink_to(dossier)
    os.link(dossier, tmp_path / "twin.db")
    (tmp_path / "other.db").touch()
    before, names = dossier.read_bytes(), sorted(tmp_path.iterdir())

    done = write(target, "-f", "csv", *internal)

    assert (done.code, done.out, done.err) == (1, b"", sentence + "\n")
    assert dossier.read_bytes() == before
    assert sorted(tmp_path.iterdir()) == names


def test_an_export_leaves_nothing_beside_the_file(write, tmp_path):
    write("out.csv")

    assert sorted(path.name for path in tmp_path.iterdir()) == ["case.db", "out.csv"]


def test_a_pipe_is_written_straight(write, tmp_path):
    os.mkfifo(tmp_path / "pipe")
    reader = os.open(tmp_path / "pipe", os.O_RDONLY | os.O_NONBLOCK)

    done = write("pipe", "-f", "csv")

    assert done.code == 0
    assert os.read(reader, 10_000) == WRITTEN["csv"]
    assert stat.S_ISFIFO((tmp_path / "pipe").stat().st_mode)
    os.close(reader)


def test_a_dash_is_stdout(write):
    assert write("-").out == WRITTEN["csv"]


def test_the_dossier_goes_into_a_file(run, dossier, tmp_path):
    done = run("export", dossier, "dossier", "-o", tmp_path / "out.json")

    assert (done.code, done.err) == (0, f"The whole dossier -> {tmp_path / 'out.json'}\n{LEFT_OUT}")
    assert json.loads((tmp_path / "out.json").read_bytes())["title"] == "Water talks"
