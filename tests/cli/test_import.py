"""parley import: what it does, says and returns."""

import json

import pytest

HEADER = "ref,title,kind,by_party\n"


def test_an_exported_table_can_be_imported_unchanged(run, dossier, tmp_path):
    assert run("new", tmp_path / "other.db", "--empty").code == 0
    for view in ("parties", "rounds", "demands"):
        data = tmp_path / f"case-{view}.csv"
        assert run("export", dossier, view, "--internal", "-o", data).code == 0
        done = run("import", tmp_path / "other.db", data)
        assert (done.code, done.out) == (0, b""), done.err

    texts = [run("export", path, "demands", "--internal").text for path in (dossier, tmp_path / "other.db")]
    assert texts[0] == texts[1]


def test_it_says_what_came_and_undo_takes_it_back(run, dossier, tmp_path):
    before = run("export", dossier, "dossier", "--internal").text
    (tmp_path / "demands.csv").write_text(f"{HEADER}D20,Fish,goal,Alta\nD21,Boats,goal,oberland\n")

    done = run("import", dossier, "demands.csv", cwd=tmp_path)

    assert (done.code, done.out, done.err) == (0, b"", "2 demands imported from demands.csv\n")
    assert run("export", dossier, "demands", "--where", "ref=D21", "--columns", "by_party").lines == ["by_party", "AAA"]
    assert run("log", dossier).lines[-1].endswith("  2 demands imported from demands.csv")
    assert run("undo", dossier).err == "2 demands imported from demands.csv, undone\n"
    assert run("export", dossier, "dossier", "--internal").text == before


def test_a_table_comes_as_a_spreadsheet_saves_it(run, dossier, tmp_path):
    rows = ("Ref;Demand;Kind;By;Text", 'D20;Fish, nets;goal;Alta;"salt; fresh"', ";;;;", "D21;Boats;goal;Alta;", ";;;;")
    saved = b"\xef\xbb\xbf" + "".join(f"{row}\r\n" for row in rows).encode()
    (tmp_path / "demands.csv").write_bytes(saved)

    assert run("import", dossier, "demands.csv", cwd=tmp_path).err == "2 demands imported from demands.csv\n"

    fish = run("export", dossier, "demands", "--where", "ref=D20", "--columns", "title,text").lines
    assert fish == ["title,text", '"Fish, nets",salt; fresh']

    (tmp_path / "demands.csv").write_bytes(saved.replace(b"D2", b"D3").replace(b"D31;Boats;goal", b"D31;Boats;hope"))
    assert run("import", dossier, "demands.csv", cwd=tmp_path).err.startswith("demands.csv: line 4, column Kind: ")


def test_mistakes_are_told_a_line_each_and_nothing_is_imported(run, dossier, tmp_path):
    rows = "".join(f"D{number},x,wish,AAA\n" for number in range(20, 34))
    (tmp_path / "demands.csv").write_text(HEADER + rows)
    before = run("export", dossier, "dossier").text

    for words in ([], ["--dry-run"]):
        done = run("import", dossier, "demands.csv", *words, cwd=tmp_path)

        lines = done.err.splitlines()
        assert (done.code, done.out, len(lines)) == (1, b"", 11)
        assert lines[0].startswith("demands.csv: line 2, column kind: Kind must be one of demand, ")
        assert lines[10] == "and 4 more"
    assert run("export", dossier, "dossier").text == before


def test_a_dry_run_says_what_would_come(run, dossier, tmp_path):
    (tmp_path / "x.csv").write_text(f"{HEADER}D20,Fish,goal,AAA\n")
    before = dossier.read_bytes()

    done = run("import", dossier, "x.csv", "--kind", "demands", "--dry-run", cwd=tmp_path)

    assert (done.code, done.err) == (0, "Nothing is changed; without --dry-run: 1 demand imported from x.csv\n")
    assert run("log", dossier).out == b""
    assert dossier.read_bytes()[100:] == before[100:]


def test_a_whole_dossier_goes_into_an_empty_file_only(run, dossier, tmp_path):
    text = run("export", dossier, "dossier", "--internal").text
    (tmp_path / "case.json").write_text(text)
    assert run("new", tmp_path / "other.db", "--empty").code == 0

    assert run("import", tmp_path / "other.db", tmp_path / "case.json").code == 0

    assert run("export", tmp_path / "other.db", "dossier", "--internal").text == text
    again = run("import", tmp_path / "other.db", tmp_path / "case.json")
    assert again.code == 1
    assert again.err.startswith("A whole dossier goes only into an empty file, and this one holds 4 parties")


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (["none.csv", "--kind", "demands"], 1, "none.csv can't be read: No such file or directory."),
        (["notes.csv"], 2, "The name of notes.csv does not say what it holds; add --kind with one of parties, "),
        (["notes.csv", "--kind", "wishes"], 2, 'There is no kind "wishes"; there are parties, '),
        (
            ["notes.txt"],
            2,
            "notes.txt does not end like data that can be imported; that is csv, tsv, json, ndjson. "
            "A spreadsheet saves a sheet as csv.",
        ),
        (["bare.json", "--kind", "demands"], 1, "bare.json: $: records come as a list of objects"),
        (["notes.csv", "--kind", "demands", "--read-only"], 1, "Not saved: the dossier is open for reading only."),
    ],
)
def test_what_can_not_be_imported_is_refused_in_one_sentence(run, dossier, tmp_path, words, code, sentence):
    (tmp_path / "notes.csv").write_text(HEADER)
    (tmp_path / "bare.json").write_text(json.dumps({"parley": 1, "title": "x"}))

    done = run("import", dossier, *words, cwd=tmp_path)

    assert (done.code, done.out) == (code, b"")
    assert done.err.startswith(sentence)
    assert done.err.count("\n") == 1


def test_what_is_quoted_can_not_drive_the_terminal(run, dossier, tmp_path):
    (tmp_path / "demands.csv").write_text("ref,\x1b[31mred\nD20,x\n")

    done = run("import", dossier, "demands.csv", cwd=tmp_path)

    assert done.code == 1
    assert "\x1b" not in done.err
