"""An export can be followed and stopped, and holds one moment of the dossier."""

import io

import pytest

from storage.errors import Cancelled
from storage.exports.exporting import ROWS_BETWEEN_REPORTS, outgoing
from storage.exports.formats import format_named
from storage.file.opened import create_store
from storage.records import Party
from storage.view import View

MANY = 2 * ROWS_BETWEEN_REPORTS + 500


@pytest.fixture
def store(tmp_path):
    parties = ",".join(f'{{"ref":"P{number}","name":"Party {number}","kind":"state"}}' for number in range(MANY))
    seed = f'{{"parley":1,"title":"Many","parties":[{parties}]}}'
    store = create_store(tmp_path / "many.db", seed.encode())
    yield store
    store.close()


def test_progress_is_told_every_thousand_rows_and_at_the_end(store):
    told: list[int] = []

    with outgoing(store) as leaving:
        rows = leaving.write_view(View(Party), format_named("csv"), io.StringIO(), progress=told.append)

    assert rows == MANY
    assert told == [1000, 2000, 2500]


def test_a_cancelled_export_leaves_the_old_file_and_nothing_else(store, tmp_path):
    target = tmp_path / "out.csv"
    target.write_text("old")
    asked = iter([False, True])

    with outgoing(store) as leaving, pytest.raises(Cancelled):
        leaving.write_view(View(Party), format_named("csv"), target, cancelled=lambda: next(asked))

    assert target.read_text() == "old"
    assert not list(tmp_path.glob("*.part"))


def test_what_is_saved_while_an_export_runs_is_not_in_it(store):
    def rename_all(_rows):
        store.edit(Party, store.find(View(Party))[-1:], {"name": "Renamed"})

    out = io.StringIO()
    with outgoing(store) as leaving:
        leaving.write_view(View(Party), format_named("csv"), out, progress=rename_all)

    assert "Renamed" not in out.getvalue()
