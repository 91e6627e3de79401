"""What is loaded by the time the first frame of an existing dossier stands: nothing that only an edit needs."""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent

PROGRAM = """
import asyncio, os, sys
from pathlib import Path
from storage import open_store
from tui.app import Parley
from tui.configuration import configured
from tui.memory import Memory

class Watched(Parley):
    def first_frame_stands(self):
        shown = "".join(segment.text for strip in self.screen._compositor.render_strips() for segment in strip)
        later = {"pydantic", "sqlite_utils", "click", "storage.questions.answers", "storage.file.atomic"}
        later |= {"tomllib", "tui.written_configuration", "tui.key_choices"}
        loaded = sorted(later & set(sys.modules))
        os.write(1, " ".join([str("D9" in shown), *loaded]).encode())  # the app keeps print() for itself
        self.exit()

nothing = configured(Path(sys.argv[2]).with_name("config.toml"))
app = Watched(open_store(Path(sys.argv[1])), memory=Memory(Path(sys.argv[2])), configuration=nothing)
asyncio.run(app.run_async(headless=True, size=(80, 24)))
"""


def first_frame(dossier, memory):
    """Whether the first frame shows the last demand, and what is loaded that could have waited."""
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(dossier), str(memory)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )

    assert done.stdout, done.stderr
    return done.stdout.split()


def test_the_first_frame_comes_before_what_edits_computed_views_and_commands_need(istanbul, tmp_path):
    assert first_frame(istanbul, tmp_path / "memory.json") == ["True"]


def test_the_look_of_an_earlier_run_loads_no_more_before_the_first_frame(istanbul, tmp_path):
    look = {"shown": ["ref", "zone", "title"], "widths": {"zone": 12}, "sort": [["status", False], ["zone", True]]}
    (tmp_path / "memory.json").write_text(json.dumps({"theme": "nord", "views": {"demands": look}}))

    assert first_frame(istanbul, tmp_path / "memory.json") == ["True"]
