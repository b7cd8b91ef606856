"""A pan while models train: what lies on the map reaches the new edge at once, not with the next weights."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from latent_explorer.core.view_transform import Rect
from latent_explorer.tools.holes import heat
from latent_explorer.tools.holes.heat_state import HeatState
from latent_explorer.tools.mosaic import controller as mosaic
from latent_explorer.tools.mosaic.state import MosaicState
from latent_explorer.tools.posteriors import controller as posteriors
from latent_explorer.tools.posteriors.state import PosteriorsState
from tests.latent_explorer.program import Program, running

#: The right pane, whose model has a posterior.
PANE = 1


@pytest.fixture
def program(qtbot: QtBot, tmp_path: Path) -> Iterator[Program]:
    with running(qtbot, tmp_path) as made:
        made.wait(lambda: made.right.codes is not None and made.right.view is not None)
        yield made


def covered(program: Program, what: str) -> Rect | None:
    """What is painted of the plane, None for nothing."""
    tools = program.application.tools
    if what == "mosaic":
        tiles = tools[MosaicState].picture(PANE)
        if tiles is None or not tiles.complete:
            return None
        rows, columns = tiles.pixels.shape[:2]
        return tiles.left, tiles.top - rows / tiles.scale, tiles.left + columns / tiles.scale, tiles.top
    picture = tools[HeatState].picture(PANE) if what == "heat" else tools[PosteriorsState].union(PANE)
    return None if picture is None else picture.rect


def reaches_the_edges(program: Program, what: str) -> bool:
    at, view = covered(program, what), program.right.view.rect
    return at is not None and at[0] <= view[0] and at[1] <= view[1] and at[2] >= view[2] and at[3] >= view[3]


@pytest.mark.parametrize("what", ["heat", "ellipses", "mosaic"])
def test_the_new_edge_is_filled_with_the_weights_on_show(
    program: Program, what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    program.training.set_run("training")
    overlays = program.application.tools.overlays
    if what == "heat":
        overlays.choose("heat", "density")
    elif what == "ellipses":
        overlays.choose("ellipses", "all")
    else:
        overlays.switch("mosaic", True)
    program.wait(lambda: reaches_the_edges(program, what))
    for module in (heat, posteriors, mosaic):
        monkeypatch.setattr(module, "_TRAINING", 3_600_000)  # the next weights' turn never comes
    shown = program.maps[PANE]
    middle = QPoint(shown.width() // 2, shown.height() // 2)
    QTest.mousePress(shown, Qt.MouseButton.RightButton, pos=middle)
    QTest.mouseMove(shown, middle + QPoint(-90, 70))
    QTest.mouseMove(shown, middle + QPoint(-150, 110))
    QTest.mouseRelease(shown, Qt.MouseButton.RightButton, pos=middle + QPoint(-150, 110))
    assert not reaches_the_edges(program, what)
    program.wait(lambda: reaches_the_edges(program, what))
