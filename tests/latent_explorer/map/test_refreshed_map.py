"""Refreshes of the map during a drag: no superfluous picture, and no animation on an overloaded machine."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from latent_explorer.map import point_colours


def test_under_a_hand_a_glide_that_falls_behind_ends_and_none_follows(bench):
    bench.map.reduced_motion = False
    QTest.mousePress(bench.map, Qt.MouseButton.LeftButton, pos=bench.map.rect().center())
    bench.give(bench.points + np.float32(0.2))
    assert bench.map._motion.running
    bench.map._motion._last -= 1.0  # as if no frame had come for a second
    bench.map._next_frame()
    assert not bench.map._motion.running
    bench.give(bench.points + np.float32(0.2))
    assert not bench.map._motion.running
    QTest.mouseRelease(bench.map, Qt.MouseButton.LeftButton, pos=bench.map.rect().center())
    bench.give(bench.points + np.float32(0.2))
    assert bench.map._motion.running
    bench.rest()


def test_a_refresh_makes_one_picture_and_colours_only_for_other_rows(bench, monkeypatch):
    bench.rest()
    coloured: list[int] = []
    original = point_colours.point_colours
    monkeypatch.setattr(point_colours, "point_colours", lambda *asked: coloured.append(1) or original(*asked))
    rows = np.arange(len(bench.points))
    before = bench.map.rasterisations
    QTest.mousePress(bench.map, Qt.MouseButton.LeftButton, pos=bench.map.rect().center())
    for _ in range(3):
        bench.give(bench.points + np.float32(0.01), rows.copy())
        bench.map.repaint()
        bench.map.repaint()
    assert bench.map.rasterisations == before + 3
    assert not coloured
    bench.give(bench.points[::2], rows[::2])
    assert coloured
    QTest.mouseRelease(bench.map, Qt.MouseButton.LeftButton, pos=bench.map.rect().center())
