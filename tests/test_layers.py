"""Style, types and layers: whatever can be said of the source without running it."""

import subprocess
import sys
from pathlib import Path
from pkgutil import iter_modules

import pytest

import storage

ROOT = Path(__file__).parent.parent
SCRIPTS = Path(sys.executable).parent

CHECKS = {
    "style": "ruff check",
    "format": "ruff format --check",
    "types": "mypy --strict",
    "layers": "lint-imports --no-cache",
}

LONGEST_FILE = 400


@pytest.mark.parametrize("check", CHECKS)
def test_the_source_passes(check):
    tool, *words = CHECKS[check].split()

    done = subprocess.run([SCRIPTS / tool, *words], cwd=ROOT, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout + done.stderr


def test_no_file_of_the_program_is_too_long_to_read_at_once():
    lengths = {
        path: len(path.read_text().splitlines())
        for folder in ("storage", "tui")
        for path in (ROOT / folder).rglob("*.py")
    }

    assert {path: length for path, length in lengths.items() if length > LONGEST_FILE} == {}


def test_no_name_that_others_import_is_hidden_by_a_module_of_storage():
    assert {each.name for each in iter_modules(storage.__path__)}.isdisjoint(storage.MODULES)


def test_nothing_that_a_run_of_the_program_left_behind_lies_beside_the_source():
    pages = {"README.md", "ARCHITECTURE.md", "CHANGELOG.md", "SECURITY.md", "LICENSE"}

    assert {path.name for path in ROOT.iterdir() if path.is_file() and path.name[0] != "."} == {
        "pyproject.toml",
        "seed.json",
        *pages,
    }
