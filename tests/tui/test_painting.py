"""What is painted of a part of the screen is what Textual would paint there, and nobody is asked for what is hidden."""

from array import array
from itertools import pairwise
from random import Random

import pytest
from textual._compositor import Compositor
from textual.containers import Vertical
from textual.content import Content
from textual.geometry import Region

from storage import Sort
from tests.tui.desk import desk, until
from tests.tui.keyboard import settled
from tui.painting import Painter
from tui.panes.framed import Framed
from tui.screens.main import MainScreen
from tui.widgets.grid import Grid
from tui.widgets.status import StatusLine


@pytest.mark.parametrize(
    "keys", [(), ("e",), ("z",), ("slash", "text:pr"), ("o",), ("4", "down", "e"), ("5",), ("n", "text:D77", "tab")]
)
@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_any_part_of_the_screen_is_painted_as_textual_itself_would(istanbul, long, size, keys):
    chance = Random(7)
    async with desk(istanbul, size) as at:
        await at.press("3", "down", *keys)
        painter = at.main._compositor
        assert isinstance(painter, Painter)
        for _ in range(60 if long else 12):
            parts = [_part(chance, *size) for _ in range(chance.randint(1, 3))]
            crop, lines = Region.from_union(parts), {y for part in parts for y in part.line_range}

            ours = painter._render_chops(crop, lines.__contains__)
            theirs = Compositor._render_chops(painter, crop, lines.__contains__)

            for y in lines:
                for start, end in pairwise(painter.cuts[y]):
                    if start < crop.right and end > crop.x:
                        assert ours[y][start] == theirs[y][start], (y, start)


async def test_what_lies_wholly_behind_other_things_is_not_asked_for_its_lines(istanbul, monkeypatch):
    asked = []

    async with desk(istanbul) as at:
        await at.press("3")
        monkeypatch.setattr(Vertical, "render_lines", lambda self, _crop: asked.append(self.id))
        await at.press("down", "up", "right")

    assert asked == []


async def test_of_lines_that_have_changed_in_part_the_rest_is_not_drawn(istanbul, monkeypatch):
    asked = []

    def drawn(grid, crop, draw=Grid.render_lines):
        asked.append(grid.id)
        return draw(grid, crop)

    async with desk(istanbul, size=(120, 40)) as at:
        await at.press("3")
        monkeypatch.setattr(Grid, "render_lines", drawn)
        at.pane().grid.refresh()
        at.main.query_one(StatusLine).refresh()  # as wide as the screen, below panes that stand beside each other
        await settled(at.pilot)

    assert asked == ["demands-grid"]


async def test_words_in_a_frame_are_painted_without_what_is_in_it(istanbul, monkeypatch):
    asked = []

    async with desk(istanbul) as at:
        await at.press("3")
        with monkeypatch.context() as watched:
            watched.setattr(Grid, "render_lines", lambda self, _crop: asked.append(self.id))
            at.pane().tell_frame(Content("Of whom"), Content("what of it"))
            await settled(at.pilot)
            await at.app.painted()

        assert asked == []
        assert "─ Of whom ─" in at.text()
        assert "─ what of it ─" in at.text()


async def test_where_only_the_words_below_differ_the_line_above_is_not_drawn(istanbul, monkeypatch):
    asked = []

    def drawn(pane, crop, draw=Framed.render_lines):
        asked.append((pane.id, crop.y, crop.height))
        return draw(pane, crop)

    async with desk(istanbul) as at:
        await at.press("3")
        pane = at.pane()
        monkeypatch.setattr(Framed, "render_lines", drawn)
        pane.tell_frame(pane._in_frame[0], Content("what of it"))
        await settled(at.pilot)
        await at.app.painted()

        assert asked == [("demands", pane.outer_size.height - 1, 1)]


async def test_what_a_pane_has_read_is_painted_before_any_message_about_it(istanbul, monkeypatch):
    painted: list[str] = []
    async with desk(istanbul) as at:
        await at.press("3")
        pane = at.pane()
        await until(lambda: not at.main.message_queue_size, at)
        pane.chosen = pane.chosen._replace(sort=(Sort("title"),))
        monkeypatch.setattr(Compositor, "render_update", _noting(Compositor.render_update, painted))
        monkeypatch.setattr(MainScreen, "_on_update", _noting(MainScreen._on_update, painted))

        await pane.load(keep=False)

        assert painted == ["render_update"]
        assert not at.main._dirty_widgets


async def test_what_is_shown_for_one_frame_is_painted_where_the_frame_ends(istanbul, monkeypatch):
    painted: list[str] = []
    async with desk(istanbul) as at:
        await at.press("3")
        await until(lambda: not at.main.message_queue_size, at)  # a frame waits for what the screen is yet to hear
        monkeypatch.setattr(Compositor, "render_update", _noting(Compositor.render_update, painted))
        with at.app.one_frame():
            at.pane().grid.redraw()
            at.main.query_one(StatusLine).refresh()
            assert painted == []

        assert painted == ["render_update"]


async def test_rows_that_take_the_scrollbar_away_are_painted_when_that_is_laid_out(istanbul, monkeypatch):
    done: list[str] = []
    async with desk(istanbul, size=(80, 10)) as at:
        await at.press("3")
        grid = at.pane().grid
        assert grid.show_vertical_scrollbar
        for name in ("_refresh_layout", "_compositor_refresh"):
            monkeypatch.setattr(MainScreen, name, _noting(getattr(MainScreen, name), done))

        await at.app.at_once(grid.show(array("q"), keep=False))

        assert done == ["_refresh_layout", "_compositor_refresh"]
        assert not grid.show_vertical_scrollbar


def _noting(call, noted):
    def noting(*args, **kwargs):
        noted.append(call.__name__)
        return call(*args, **kwargs)

    return noting


def _part(chance: Random, width: int, height: int) -> Region:
    x, y = chance.randrange(width), chance.randrange(height)
    return Region(x, y, chance.randint(1, width - x), chance.randint(1, height - y))
