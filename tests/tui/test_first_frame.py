"""What is loaded by the time the first frame of an existing dossier stands: nothing that only an edit needs."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent

PROGRAM = """
import asyncio, os, sys
from pathlib import Path
from storage import open_store
from tui.app import Parley

class Watched(Parley):
    def first_frame_stands(self):
        shown = "".join(segment.text for strip in self.screen._compositor.render_strips() for segment in strip)
        loaded = sorted({"pydantic", "sqlite_utils", "click"} & set(sys.modules))
        os.write(1, " ".join([str("D9" in shown), *loaded]).encode())  # the app keeps print() for itself
        self.exit()

app = Watched(open_store(Path(sys.argv[1])))
asyncio.run(app.run_async(headless=True, size=(80, 24)))
"""


def test_the_first_frame_comes_before_pydantic_sqlite_utils_and_click(istanbul):
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(istanbul)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )

    assert done.stdout.split() == ["True"], done.stderr
